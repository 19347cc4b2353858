// SPDX-License-Identifier: Apache-2.0
// A column whose cells hold whole positions becomes two, which every later stage reads like any others.
#pragma once

#include "engine/stage.hpp"
#include "locate/position_cell.hpp"
#include "locate/system_candidate.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {

struct PositionCellColumn {
    std::string name;
    AxisNames names = AxisNames::latitude_longitude;  // what its two numbers are
    bool turned = false;                              // the second of these stands first
};

/// What the cells of a column hold: nine of ten of those filled are degrees in Japan to three decimals, or, under a
/// usual header, half are, or two numbers as large as metres. Null for any other column.
std::optional<PositionCellColumn> position_cell_column(std::string_view name, const std::vector<Cell>& cells);

/// 緯度経度, 座標（第9系）, 位置情報: a usual header of such a column.
bool is_position_cell_header(std::string_view header);

/// The one such column of a table. Of several the one with a usual header; null where none is, or more than one.
std::optional<PositionCellColumn> find_position_cell(const Shape& shape, const Batch* sample);

/// Whether columns may place a row of the batch: its source has no shapes, or points and, in some rows, none.
bool leaves_rows_to_columns(const Batch& batch);

/// The two numbers of a cell, as `column.names` has them. A cell whose order is not that of its column stays so: a
/// latitude and a longitude that are exchanged are told later, unless the cell itself says which is which.
std::optional<std::pair<std::string, std::string>> split_position_cell(std::string_view cell,
                                                                       const PositionCellColumn& column);

/// Parts the cells of a column. Where `latitude` and `longitude` are made of it, both hold the whole cell; else the
/// cell stays as it is, and they are filled, or added.
class SplitPositions : public Transform {
public:
    /// `fills`: rows may have a position besides, so that an unreadable cell is no error of the row.
    SplitPositions(PositionCellColumn column, std::string latitude, std::string longitude, bool fills = false)
        : source_(std::move(column)), latitude_name_(std::move(latitude)), longitude_name_(std::move(longitude)),
          fills_(fills) {}

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    void split(Batch& batch, std::size_t row, Cell cell, Findings& findings) const;

    PositionCellColumn source_;
    std::string latitude_name_, longitude_name_;
    bool fills_ = false;
    Shape shape_;
    std::size_t column_ = Shape::npos, latitude_ = Shape::npos, longitude_ = Shape::npos;
    bool in_place_ = false;
};

}  // namespace kokai
