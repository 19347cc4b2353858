// SPDX-License-Identifier: Apache-2.0
// The header of a table: which rows of a sheet hold the names of its columns, and the names.
#pragma once

#include "read/cell_look.hpp"
#include "read/table_layout.hpp"

#include <cstddef>
#include <vector>

namespace kokai {

/// What the columns of some rows look like.
class ColumnLooks {
public:
    /// Of at most `most` rows from the index on.
    ColumnLooks(const Grid& grid, ColumnSpan span, std::size_t begin, std::size_t end, std::size_t most = 40);

    struct Column {
        std::uint32_t words = 0, values = 0, marks = 0;
    };
    [[nodiscard]] const Column& of(std::uint32_t column) const { return columns_[column - span_.first]; }
    /// Numbers, dates or codes in most cells.
    [[nodiscard]] bool valued(std::uint32_t column) const;

    /// How a row compares: words where the others have values, and values where they have values.
    struct Contrast {
        std::uint32_t words = 0, values = 0;
    };
    [[nodiscard]] Contrast contrast(const GridRow& row) const;

private:
    ColumnSpan span_;
    std::vector<Column> columns_;
};

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
