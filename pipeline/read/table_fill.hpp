// SPDX-License-Identifier: Apache-2.0
// Cells of a held table whose value stands further up: under a vertical merge always, under a group's name only when
// the whole column says so.
#pragma once

#include "read/table_layout.hpp"

#include <cstddef>

namespace kokai {

/// Fills layout.fills for the rows of the grid's list from `begin` to `end` whose role is data.
void find_fills(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end);

}  // namespace kokai
