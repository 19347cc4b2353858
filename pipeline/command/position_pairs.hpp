// SPDX-License-Identifier: Apache-2.0
// Which columns of a mapped table hold its positions, and what their headers say of the system.
#pragma once

#include "command/position_cells.hpp"
#include "locate/convert_positions.hpp"
#include "locate/points.hpp"
#include "locate/position_header.hpp"
#include "model/batch.hpp"

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

/// `cell`: of what both columns of `position` are parts, or are filled from.
PositionPairs pairs_in(const Shape& mapped, const PositionColumns& position, Declared declared,
                       const std::optional<PositionCellUse>& cell);

/// What the headers of a pair say together, in the rows of one source.
PositionHeader said_of(const PositionPair& pair, const Shape& mapped, std::size_t source);
/// The headers of a pair: 緯度, 経度
std::string headers_of(const PositionPair& pair, const Shape& mapped);

}  // namespace kokai
