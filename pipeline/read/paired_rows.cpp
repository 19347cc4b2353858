// SPDX-License-Identifier: Apache-2.0
#include "read/paired_rows.hpp"

#include "read/cell_look.hpp"
#include "read/cell_words.hpp"
#include "read/table_head.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace kokai {
namespace {

constexpr std::size_t fewest_pairs = 2;

/// A row of the grid, and the columns that the second line has names for.
struct SecondHead {
    const GridRow* row = nullptr;
    const GridRow* first = nullptr;
    std::vector<std::uint32_t> columns;
};

/// Names below names: each below one of the first line, none below the first column, no values.
SecondHead second_head(const Grid& grid, const TableLayout& layout, std::size_t begin, std::size_t end) {
    SecondHead second;
    if (layout.header_rows.size() == 1 && begin < end) {
        second.row = &grid.rows()[begin];
        second.first = grid.row(layout.header_rows.front());
    } else if (layout.header_rows.size() == 2) {
        second.row = grid.row(layout.header_rows.back());
        second.first = grid.row(layout.header_rows.front());
    }
    if (second.row == nullptr || second.first == nullptr || second.row->number != second.first->number + 1) {
        return {};
    }
    std::size_t heads = 0;
    for (const GridCell& cell : second.row->cells) {
        if (!layout.columns.holds(cell.column)) {
            continue;
        }
        const CellRange* above = grid.merge_at(second.first->number, cell.column);
        const bool across = above != nullptr && above->last_column > above->first_column;
        if (look_of(cell) != Look::word || cell.column == layout.columns.first ||
            second.first->text(cell.column).empty() || across) {
            return {};
        }
        heads += is_head_word(cell.text) ? 1U : 0U;
        second.columns.push_back(cell.column);
    }
    const bool plausible = heads > 0 && heads * 2 >= second.columns.size();
    return plausible && second.columns.size() < fill_of(*second.first, layout.columns) ? second : SecondHead{};
}

/// The second line of the record above it: only where there are names for it, right below a line with the key.
bool is_second_line(const Grid& grid, const TableLayout& layout, const SecondHead& head, std::size_t at) {
    const GridRow& line = grid.rows()[at];
    const GridRow& above = grid.rows()[at - 1];
    if (line.number != above.number + 1 || above.text(layout.columns.first).empty()) {
        return false;
    }
    return fill_of(line, layout.columns) > 0 &&
           std::all_of(line.cells.begin(), line.cells.end(), [&](const GridCell& cell) {
               return !layout.columns.holds(cell.column) ||
                      std::find(head.columns.begin(), head.columns.end(), cell.column) != head.columns.end();
           });
}

}  // namespace

void find_pairs(const Grid& grid, TableLayout& layout, std::size_t& begin, std::size_t end) {
    const SecondHead head = second_head(grid, layout, begin, end);
    if (head.row == nullptr) {
        return;
    }
    const std::size_t first = grid.at_or_below(head.row->number + 1);
    std::vector<std::uint32_t> second_rows;
    std::size_t records = 0;
    for (std::size_t i = first; i < end; ++i) {
        if (i > first && is_second_line(grid, layout, head, i)) {
            second_rows.push_back(grid.rows()[i].number);
        } else if (fill_of(grid.rows()[i], layout.columns) > 1) {
            ++records;
        }
    }
    if (second_rows.size() < fewest_pairs || second_rows.size() * 3 < records * 2) {
        return;
    }
    for (std::uint32_t column = layout.columns.first; column <= layout.columns.last; ++column) {
        layout.names[column - 1] = std::string(grid.shown(head.first->number, column));
    }
    for (const std::uint32_t column : head.columns) {
        layout.second_lines.push_back({column, std::string(head.row->text(column))});
    }
    layout.header_rows = {head.first->number, head.row->number};
    layout.first_row = head.row->number + 1;
    layout.roles.resize(std::max<std::size_t>({layout.roles.size(), head.row->number, second_rows.back()}));
    layout.roles[head.row->number - 1] = RowRole::header;
    for (const std::uint32_t row : second_rows) {
        layout.roles[row - 1] = RowRole::second_line;
    }
    begin = first;
}

}  // namespace kokai
