// SPDX-License-Identifier: Apache-2.0
// Panels side by side under the same heads: several lists, or the two halves of one record (設置者 and 施設, 旧 and 新,
// one year and the next).
#pragma once

#include "read/table_layout.hpp"

#include <cstdint>
#include <vector>

namespace kokai {

/// Both are lists of their own: records are numbered in each, one ends earlier, or each is entitled a list. Never under
/// titles that name a party, an old and a new state, or a year.
bool is_list_beside(const Grid& grid, std::uint32_t head_row, ColumnSpan one, ColumnSpan other);

/// The same of tables found by themselves, with a gap between each two.
bool are_lists(const Grid& grid, const std::vector<TableLayout>& panels);

/// 1 to 20 in one panel, 21 to 40 in the next.
bool numbers_go_on(const Grid& grid, const std::vector<TableLayout>& panels);

}  // namespace kokai
