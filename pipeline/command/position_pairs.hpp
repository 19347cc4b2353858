// SPDX-License-Identifier: Apache-2.0
// Which columns of a mapped table hold its positions, and what their headers say of the system.
#pragma once

#include "locate/convert_positions.hpp"
#include "locate/points.hpp"
#include "locate/position_cell_column.hpp"
#include "locate/position_header.hpp"
#include "map/sampled_source.hpp"
#include "model/batch.hpp"
#include "model/dataset.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

struct PositionPairs {
    std::optional<PositionPair> main;
    /// Another pair of the same place, for rows where the main one is empty: a survey's X and Y beside 緯度 and 経度.
    std::optional<PositionPair> filler;
};

/// What `crs` promises: nothing, positions in degrees, or in metres.
enum class Declared : std::uint8_t { nothing, degrees, metres };

/// Columns whose headers say that they are part of a position.
std::vector<std::string> position_headers(const Shape& read);

/// The column of the source that both `position` columns are made of; null where each has one of its own.
std::optional<PositionCellColumn> shared_position_cell(const TableSpec& table, const Shape& read, const Shape& mapped,
                                                       const SampledSource& sampled, const PositionColumns& position);

/// `cell`: both columns of `position` are parts of one.
PositionPairs pairs_in(const Shape& mapped, const PositionColumns& position, Declared declared,
                       const std::optional<PositionCellColumn>& cell);

/// What the headers of a pair say together, in the rows of one source.
PositionHeader said_of(const PositionPair& pair, const Shape& mapped, std::size_t source);
/// The headers of a pair: 緯度, 経度
std::string headers_of(const PositionPair& pair, const Shape& mapped);

}  // namespace kokai
