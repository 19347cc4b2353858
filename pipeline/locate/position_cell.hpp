// SPDX-License-Identifier: Apache-2.0
// One cell that holds a whole position: 「36.371366,139.077931」 under 緯度経度, 「44151.577, -68044.571」 under 座標.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kokai {

/// The two parts as they are written, without brackets and labels, so that whoever reads columns reads them, too.
struct PositionCell {
    std::string first, second;  // as they stand
    bool degrees = true;        // else two numbers: metres, or degrees that lost their point
    bool in_japan = false;      // degrees whose ranges tell which is which
    bool labelled = false;      // the cell tells it: 北緯…, E139…, Y=…, POINT (…)
    bool turned = false;        // told so, the longitude (the Y) stands first
};

/// `36.37,139.07`, `(139.07 36.37)`, 北緯36度22分17秒 東経139度4分40秒, `緯度:36.37、経度:139.07`, 362217.1/1390440.5,
/// `geo:36.37,139.07`, X=44151.577 Y=-68044.571. A height behind them is passed over: `,112.3`, （標高112m）. Degrees
/// outside Japan only at a comma. Null for what is no pair.
std::optional<PositionCell> read_position_cell(std::string_view cell);

/// The form of a pair without a number in it: `0,0`, `,`, 北緯 東経. Words (市役所内) are something else.
bool is_unfilled_position(std::string_view cell);

}  // namespace kokai
