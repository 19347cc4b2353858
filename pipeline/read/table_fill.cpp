// SPDX-License-Identifier: Apache-2.0
#include "read/table_fill.hpp"

#include "read/cell_look.hpp"
#include "read/cell_words.hpp"
#include "read/text_facts.hpp"

#include <algorithm>
#include <set>

namespace kokai {
namespace {

bool is_data(const TableLayout& layout, std::uint32_t row) {
    return layout.role(row) == RowRole::data;
}

void fill_merges(const Grid& grid, TableLayout& layout) {
    for (const CellRange& range : grid.merges) {
        if (range.last_row == range.first_row || !layout.columns.holds(range.first_column) ||
            range.first_row < layout.first_row || (layout.last_row != 0 && range.first_row > layout.last_row)) {
            continue;
        }
        const GridRow* anchor = grid.row(range.first_row);
        const Cell text = anchor == nullptr ? Cell{} : anchor->text(range.first_column);
        if (text.empty() || !is_data(layout, range.first_row)) {
            continue;
        }
        layout.fills.push_back(
            {range.first_column, range.first_row, range.first_row + 1, range.last_row, std::string(text), true, false});
    }
}

/// A column whose name is written once for a group of rows: the leftmost ones only, words only, each name once, and the
/// column right of it filled in every row.
bool is_group_column(const Grid& grid, const TableLayout& layout, std::uint32_t column, std::size_t begin,
                     std::size_t end) {
    std::size_t rows = 0;
    std::size_t filled = 0;
    std::size_t next_filled = 0;
    std::size_t groups_of_many = 0;
    std::set<std::string> names;
    bool blank_before = false;
    for (std::size_t i = begin; i < end; ++i) {
        const GridRow& row = grid.rows()[i];
        if (!is_data(layout, row.number)) {
            continue;
        }
        ++rows;
        next_filled += grid.shown(row.number, column + 1).empty() ? 0U : 1U;
        const GridCell* cell = row.find(column);
        if (cell == nullptr) {
            if (rows == 1 || grid.merge_at(row.number, column) != nullptr) {
                return false;
            }
            groups_of_many += blank_before ? 0U : 1U;
            blank_before = true;
            continue;
        }
        if (look_of(*cell) != Look::word || is_ascii_key(cell->text) || !names.insert(std::string(cell->text)).second) {
            return false;
        }
        blank_before = false;
        ++filled;
    }
    return filled >= 2 && groups_of_many >= 2 && rows - filled >= filled && next_filled == rows;
}

/// 〃 and its like, one cell a fill: the value above, which another 〃 may have had from further up.
void fill_dittos(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end) {
    const auto is_sign = [](const GridCell& cell) { return cell.kind == CellKind::text && is_ditto(cell.text); };
    const auto first = std::find_if(grid.rows().begin() + static_cast<std::ptrdiff_t>(begin),
                                    grid.rows().begin() + static_cast<std::ptrdiff_t>(end), [&](const GridRow& row) {
                                        return std::any_of(row.cells.begin(), row.cells.end(), is_sign);
                                    });
    if (first == grid.rows().begin() + static_cast<std::ptrdiff_t>(end)) {
        return;
    }
    struct Above {
        Cell text;
        std::uint32_t row = 0;
    };
    std::vector<Above> above(layout.columns.width());
    for (std::size_t i = begin; i < end; ++i) {
        const GridRow& row = grid.rows()[i];
        if (!is_data(layout, row.number)) {
            continue;
        }
        for (std::uint32_t column = layout.columns.first; column <= layout.columns.last; ++column) {
            Above& before = above[column - layout.columns.first];
            const GridCell* cell = row.find(column);
            if (cell == nullptr || !is_sign(*cell)) {
                before = {cell != nullptr ? row.text(column) : grid.shown(row.number, column), row.number};
                continue;
            }
            layout.fills.push_back({column, before.text.empty() ? row.number : before.row, row.number, row.number,
                                    std::string(before.text), false, true});
        }
    }
}

}  // namespace

void find_fills(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end) {
    fill_merges(grid, layout);
    fill_dittos(grid, layout, begin, end);
    for (std::uint32_t column = layout.columns.first; column < layout.columns.last; ++column) {
        if (column > layout.names.size() || layout.names[column - 1].empty() ||
            !is_group_column(grid, layout, column, begin, end)) {
            break;
        }
        TableFill fill;
        for (std::size_t i = begin; i < end; ++i) {
            const GridRow& row = grid.rows()[i];
            if (!is_data(layout, row.number)) {
                continue;
            }
            if (const GridCell* cell = row.find(column)) {
                if (fill.last_row != 0) {
                    layout.fills.push_back(fill);
                }
                fill = {column, row.number, row.number + 1, 0, std::string(cell->text), false, false};
            } else {
                fill.last_row = row.number;
            }
        }
        if (fill.last_row != 0) {
            layout.fills.push_back(fill);
        }
    }
    std::sort(layout.fills.begin(), layout.fills.end(), [](const TableFill& a, const TableFill& b) {
        return a.first_row != b.first_row ? a.first_row < b.first_row : a.column < b.column;
    });
}

}  // namespace kokai
