// SPDX-License-Identifier: Apache-2.0
// Where a table stands on its sheet and what each row is: what the finder answers, and what the readers go by. Rows and
// columns are counted from 1, as Excel shows them.
#pragma once

#include "read/grid.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

enum class RowRole : std::uint8_t {
    data,
    outside,      // above or below the table, or of another table
    title,        // above the header
    header,       // its texts are the names of the columns
    header_note,  // keys, types or numbers below a header: header, but no part of the names
    repeated_header,
    section,  // stands over the rows that follow it; becomes a column
    total,
    continuation,  // the rest of the row above
    second_line,   // of the record above, with names of its own
    footnote,
    example,     // shows how to fill the table in
    blank_form,  // a number, and nothing else
    pinned_out   // dataset.json says so
};

/// Cells that take their value from one above: a vertical merge, a group written once, or 〃.
struct TableFill {
    std::uint32_t column = 0, from_row = 0, first_row = 0, last_row = 0;
    std::string text;  // of a 〃 with nothing above it: empty
    bool merged = false;
    bool ditto = false;
};

/// A column of the second line of every record.
struct SecondLine {
    std::uint32_t column = 0;
    std::string name;
};

struct TableSection {
    std::uint32_t row = 0, column = 0;
    std::string text;
};

/// A row taken for a total, and what its numbers say.
struct TableTotal {
    std::uint32_t row = 0;
    std::uint32_t label_column = 0;
    std::uint32_t agreeing = 0, differing = 0;  // columns of whole numbers
    std::uint32_t column = 0;                   // the first that differs
    std::string label, found, expected;
};

/// A table of the sheet that was not taken.
struct OtherTable {
    std::uint32_t first_row = 0, last_row = 0;
    ColumnSpan columns;
    std::uint64_t rows = 0;
    std::string first_head;
    bool twin = false;  // stands beside the table that was taken, and has the same header
};

struct TableLayout {
    std::vector<std::uint32_t> header_rows;
    ColumnSpan columns;
    std::vector<std::string> names;      // of every column of the sheet up to the last; empty = none
    std::vector<std::string> last_head;  // the texts of the last header row, to know it again
    std::uint32_t first_row = 0;         // of the data
    std::uint32_t last_row = 0;          // 0 = to the end of the sheet, wherever that is
    bool whole = true;                   // roles cover every row of the sheet
    bool vertical = false;               // one record: items in the first column, values beside them
    std::uint32_t value_column = 0;      // of a vertical table
    bool keeps_totals = false;           // a word for totals is a category here
    bool header_doubtful = false;        // the header looks like the rows below it

    std::vector<RowRole> roles;             // by row number - 1; shorter = data
    std::vector<std::uint32_t> section_of;  // by row number - 1: index into sections + 1, 0 = none; may be shorter
    std::vector<TableSection> sections;
    std::vector<SecondLine> second_lines;
    std::vector<TableFill> fills;
    std::vector<TableTotal> totals;
    std::vector<OtherTable> others;
    std::vector<std::string> titles;
    std::uint64_t data_rows = 0;  // of those that were looked at
    double score = 0;             // for choosing among sheets

    [[nodiscard]] RowRole role(std::uint32_t row) const {
        if (row < first_row || (last_row != 0 && row > last_row)) {
            return row - 1 < roles.size() && roles[row - 1] != RowRole::data ? roles[row - 1] : RowRole::outside;
        }
        return row - 1 < roles.size() ? roles[row - 1] : RowRole::data;
    }
    [[nodiscard]] const TableSection* section(std::uint32_t row) const {
        const std::uint32_t at = row - 1 < section_of.size() ? section_of[row - 1] : 0;
        return at == 0 ? nullptr : &sections[at - 1];
    }
};

}  // namespace kokai
