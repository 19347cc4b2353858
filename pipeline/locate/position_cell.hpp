// SPDX-License-Identifier: Apache-2.0
// One cell that holds a whole position, in a table without schema: 「36.371366,139.077931」 under 緯度経度, 座標 or
// 位置. The cell stays as it is; columns 緯度 and 経度 are added.
#pragma once

#include "engine/stage.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kokai {

struct PositionCell {
    std::string latitude, longitude;  // decimal degrees, with the digits of the cell
    bool north_first = true;          // as it stands
};

/// `36.37,139.07`, `(139.07 36.37)`, 北緯36度22分17秒 東経139度4分40秒, `緯度:36.37、経度:139.07`. In Japan the ranges
/// tell the order; what lies elsewhere is read by `north_first`, and only at a comma. Null for what is no pair.
std::optional<PositionCell> read_position_cell(std::string_view cell, bool north_first = true);

/// The column whose values are positions: nine of ten of those filled. Of several the one with a usual header; null
/// where none is, or more than one.
struct PositionCellColumn {
    std::string name;
    bool north_first = true;  // most of them
};
std::optional<PositionCellColumn> find_position_cell(const Shape& shape, const Batch* sample);

class SplitPositions : public Transform {
public:
    explicit SplitPositions(PositionCellColumn column) : source_(std::move(column)) {}

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    PositionCellColumn source_;
    Shape shape_;
    std::size_t column_ = Shape::npos;
};

}  // namespace kokai
