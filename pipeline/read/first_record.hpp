// SPDX-License-Identifier: Apache-2.0
// The first record below a header may have words where the others have numbers (調査中, 北緯36度21分): no second row of
// names.
#pragma once

#include "read/column_looks.hpp"

#include <cstddef>
#include <string_view>

namespace kokai {

/// 調査中, 位置未定, （不明）: stands where a value is not known yet.
bool stands_for_no_value(std::string_view text);
/// 北緯36度21分27秒, N36.3575: a position in words and signs.
bool is_written_position(std::string_view text);

/// Whether the row at `at` is a record, below rows from `top` on that name every column: its words stand for values, or
/// its other cells begin as those below them do (A001, 前橋市…). `below`: the looks of the rows after it.
bool reads_as_record(const Grid& grid, ColumnSpan span, std::size_t top, std::size_t at, std::size_t end,
                     const ColumnLooks& below);

}  // namespace kokai
