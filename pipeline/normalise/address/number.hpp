// SPDX-License-Identifier: Apache-2.0
// What stands behind the town: 34番地3, 九番地の二十四, 2-12-1 前橋ビル3F. The number is answered as the standard wants
// it (9-24), the building as it was written.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace kokai {

/// Behind a town or a number: ground that has no number of its own. The short ones are such words only at the end.
inline constexpr std::array<std::string_view, 5> ground_words{"地先", "地内", "付近", "近辺", "周辺"};
/// … with whatever follows: 官有地, 国有林内, 番外地, 番外12.
inline constexpr std::array<std::string_view, 6> owned_ground_words{"官有", "国有", "民有", "公有", "無番地", "番外"};
inline constexpr std::array<std::string_view, 4> last_ground_words{"先", "内", "他", "外"};

struct LotNumber {
    std::string number;  // 2-12-1, 甲34-3, 字下河原1137, 3丁目3-5; empty when there is none
    std::string_view building;
    std::string_view note;  // (南栄町) before the number
    std::string_view text;  // all that was looked at
    int parts = 0;          // how many numbers
};

/// Linear in the text; looks no further than the number.
void read_lot_number(std::string_view text, LotNumber& into);

}  // namespace kokai
