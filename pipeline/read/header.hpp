// SPDX-License-Identifier: Apache-2.0
// Header cells become column names, alike for every kind of source: trimmed, line breaks out, unnamed and doubled ones
// told apart.
#pragma once

#include "model/batch.hpp"
#include "model/finding.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// The columns for one header row. `filled[i]` = values seen below an empty header; an unnamed column with none is left
/// out: `published[i]` says which columns are in the Shape. Findings: header-empty, header-duplicate at `row` of
/// `sheet`.
Shape shape_of_header(const std::vector<std::string>& header, const std::vector<std::uint64_t>& filled,
                      std::uint32_t row, std::uint16_t source, std::vector<bool>& published, Findings& findings,
                      std::uint16_t sheet = 0);

}  // namespace kokai
