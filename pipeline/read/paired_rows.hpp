// SPDX-License-Identifier: Apache-2.0
// Tables whose records take two rows each: a second line of names below the header, and a second line of values below
// every first one.
#pragma once

#include "read/table_layout.hpp"

#include <cstddef>

namespace kokai {

/// Sets layout.second_lines, the names of the first line and the roles of the rows when (nearly) all rows of the grid's
/// list from `begin` to `end` stand in pairs; moves `begin` behind the second line of names.
void find_pairs(const Grid& grid, TableLayout& layout, std::size_t& begin, std::size_t end);

}  // namespace kokai
