// SPDX-License-Identifier: Apache-2.0
// The header of a table: which rows of a sheet hold the names of its columns, and the names.
#pragma once

#include "read/column_looks.hpp"
#include "read/table_layout.hpp"

#include <cstddef>
#include <vector>

namespace kokai {

struct TableHead {
    std::vector<std::uint32_t> rows;       // all header rows
    std::vector<std::uint32_t> note_rows;  // those of them that are no part of the names
    std::vector<std::uint32_t> title_rows;
    bool doubtful = false;
};

/// Cells of a row within the span.
std::uint32_t fill_of(const GridRow& row, ColumnSpan span);

/// The head of the first table in the rows [begin, end) of the grid's list; no rows when there is nothing at all.
TableHead find_head(const Grid& grid, ColumnSpan span, std::size_t begin, std::size_t end);

/// The names of the columns 1 … span.last, of the given header rows: parents and children joined with `_`, units in
/// brackets behind.
std::vector<std::string> head_names(const Grid& grid, ColumnSpan span, const std::vector<std::uint32_t>& rows,
                                    const std::vector<std::uint32_t>& note_rows);

}  // namespace kokai
