// SPDX-License-Identifier: Apache-2.0
// In which coordinate system the position columns of a table stand, and the stage that brings them into JGD2011: what
// somebody said (`crs`), held against where the points come to lie.
#pragma once

#include "command/assemble.hpp"
#include "command/position_cells.hpp"
#include "locate/convert_positions.hpp"
#include "locate/points.hpp"
#include "locate/system_score.hpp"
#include "map/sampled_source.hpp"
#include "read/crs_advice.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

/// What is known of where the positions should lie: the municipality with this code (empty: nothing).
SystemEvidence evidence_of(const std::string& municipality);

/// The same question about the shapes of a GIS file; without a municipality their addresses answer it.
CrsAdviser crs_adviser(const std::string& municipality, const std::filesystem::path& grids);

/// None when the columns hold degrees in JGD2011, or when there are none. Tells crs-guessed, crs-doubtful,
/// crs-undecided, axes-swapped, and column-missing where a system is declared for no columns. `cell`: the one column
/// that both are parts of, or are filled from. `position`: the latitude and longitude columns of `mapped`, if it has
/// any; then those where the steps put them.
std::vector<std::unique_ptr<ConvertPositions>>
positions_to_convert(const TableJob& job, const Shape& read, const Shape& mapped, const SampledSource& sampled,
                     const std::optional<PositionCellUse>& cell, PositionColumns& position,
                     const std::string& municipality, const SchemaLibrary& schemas, Findings& findings);

}  // namespace kokai
