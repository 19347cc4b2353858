// SPDX-License-Identifier: Apache-2.0
// Finds the table on a sheet: scores what stands there instead of taking the first row. A plain function over cells, no
// files; what dataset.json pins is taken as said.
#pragma once

#include "read/row_judge.hpp"
#include "read/table_layout.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

struct TableWishes {
    std::vector<std::uint32_t> header_rows;
    std::uint32_t first_row = 0, last_row = 0;
    std::vector<std::uint32_t> skip;
    ColumnSpan columns{1, 0};  // of one panel; empty = all
    Totals totals = Totals::leave_out;
    bool transposed = false;  // the names of the items stand in the first column: one header row, and all below is data

    /// Both ends are given: every row between them is data.
    [[nodiscard]] bool says_all_rows() const { return first_row != 0 && last_row != 0; }
};

/// The table with the most data rows, of equals the first; the others are in its `others`. No header_rows and not
/// vertical: there is no table.
TableLayout find_table(const Grid& grid, const TableWishes& wishes = {});

/// Whether two sheets hold the same kind of table: the same names in the same columns.
bool same_shape(const TableLayout& one, const TableLayout& other);

/// `A:D` or `AB:AD`; an empty span when it is neither.
ColumnSpan read_column_span(std::string_view text);

}  // namespace kokai
