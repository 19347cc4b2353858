// SPDX-License-Identifier: Apache-2.0
// The best assignment of columns to fields as a whole: each once, the sum of the worths as great as can be.
#pragma once

#include <cstddef>
#include <vector>

namespace kokai {

/// worth[row][column] >= 0; answers the column of each row, or npos. Pairs worth 0 are never assigned.
std::vector<std::size_t> best_assignment(const std::vector<std::vector<double>>& worth);

inline constexpr std::size_t unassigned = static_cast<std::size_t>(-1);

}  // namespace kokai
