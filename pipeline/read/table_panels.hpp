// SPDX-License-Identifier: Apache-2.0
// Tables that stand otherwise than one below the other: side by side, or on their side.
#pragma once

#include "read/table_layout.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace kokai {

/// The tables that stand side by side below one header row: a head that repeats, or columns apart that end elsewhere.
/// One span when it is one table. `head_row`: the last one of the header.
std::vector<ColumnSpan> split_panels(const Grid& grid, ColumnSpan span, const std::vector<std::string>& names,
                                     std::uint32_t head_row, std::size_t begin, std::size_t end);

/// The same words head both, whatever titles stand above them.
bool same_heads(const Grid& grid, std::uint32_t head_row, ColumnSpan one, ColumnSpan other);

/// A single record written downwards: items in one column, values beside them. Not `vertical` when it is none.
TableLayout find_vertical(const Grid& grid, ColumnSpan span);

}  // namespace kokai
