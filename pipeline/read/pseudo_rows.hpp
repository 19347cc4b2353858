// SPDX-License-Identifier: Apache-2.0
// Rows of a held table that look like records and are none: lines of a form that nobody filled in, examples, feet of
// pages, whom to ask, counts below a list. What is left out here is always told.
#pragma once

#include "read/table_layout.hpp"

#include <cstddef>

namespace kokai {

/// Marks them among the rows of the grid's list from `begin` to `end` whose role is data. `counts`: counts below a list
/// as well.
void find_pseudo_rows(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end, bool counts);

}  // namespace kokai
