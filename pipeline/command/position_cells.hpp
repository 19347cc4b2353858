// SPDX-License-Identifier: Apache-2.0
// The column of a table whose cells hold whole positions, and what becomes of it.
#pragma once

#include "locate/points.hpp"
#include "locate/position_cell_column.hpp"
#include "map/sampled_source.hpp"
#include "model/batch.hpp"
#include "model/dataset.hpp"
#include "model/schema.hpp"

#include <optional>
#include <string>

namespace kokai {

struct PositionCellUse {
    PositionCellColumn column;
    std::string latitude, longitude;  // columns that its numbers go into
    /// Only for rows whose own latitude and longitude (or X and Y) are empty; the two columns are dropped again.
    bool fills = false;
};

/// The column that both `position` columns are made of; else the only one with positions; else, beside a latitude and a
/// longitude, or an X and a Y, one with a usual header. In a table with shapes only for rows that have none.
std::optional<PositionCellUse> position_cell_of(const TableSpec& table, const Shape& read, const Shape& mapped,
                                                const Schema* schema, const SampledSource& sampled,
                                                const PositionColumns& position);

}  // namespace kokai
