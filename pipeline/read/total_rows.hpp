// SPDX-License-Identifier: Apache-2.0
// Total and subtotal rows of a held table, by their labels and by their numbers: a word alone is not enough where the
// same word may be a category.
#pragma once

#include "read/table_layout.hpp"

#include <cstddef>

namespace kokai {

/// Marks total rows among the rows of the grid's list from `begin` to `end` whose role is data, and notes what their
/// numbers say in layout.totals.
void find_totals(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end);

}  // namespace kokai
