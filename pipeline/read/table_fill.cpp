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

bool is_sign(const GridCell& cell) {
    return cell.kind == CellKind::text && is_ditto(cell.text);
}

/// ○ ↓ 々: one character that is no word.
bool is_lone_sign(std::string_view text) {
    return text == "々" || look_of(text) == Look::mark || text == "↓" || text == "↑" || text == "→" || text == "←";
}

/// A list of several signs, each once, that says what they mean: there 〃 is itself.
bool explains_signs(const Grid& grid, const TableLayout& layout, std::uint32_t column, std::size_t begin,
                    std::size_t end) {
    std::set<std::string> others;
    std::size_t dittos = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const GridRow& row = grid.rows()[i];
        const GridCell* cell = is_data(layout, row.number) ? row.find(column) : nullptr;
        if (cell == nullptr) {
            continue;
        }
        if (is_sign(*cell)) {
            ++dittos;
        } else if (!is_lone_sign(cell->text) || !others.insert(std::string(cell->text)).second) {
            return false;
        }
    }
    return dittos == 1 && others.size() >= 3;
}

/// 〃 and its like, one cell a fill: the value above, which another 〃 may have had from further up.
void fill_dittos(const Grid& grid, TableLayout& layout, std::uint32_t column, std::size_t begin, std::size_t end) {
    Cell above;
    std::uint32_t from = 0;
    bool below_ditto = false;
    for (std::size_t i = begin; i < end; ++i) {
        const GridRow& row = grid.rows()[i];
        if (!is_data(layout, row.number)) {
            continue;
        }
        const GridCell* cell = row.find(column);
        below_ditto = cell != nullptr &&
                      (is_sign(*cell) || (below_ditto && cell->kind == CellKind::text && reads_as_quotes(cell->text)));
        if (!below_ditto) {
            above = cell != nullptr ? row.text(column) : grid.shown(row.number, column);
            from = row.number;
            continue;
        }
        layout.fills.push_back(
            {column, above.empty() ? row.number : from, row.number, row.number, std::string(above), false, true});
    }
}

void fill_dittos(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end) {
    std::set<std::uint32_t> columns;
    for (std::size_t i = begin; i < end; ++i) {
        for (const GridCell& cell : grid.rows()[i].cells) {
            if (layout.columns.holds(cell.column) && is_sign(cell)) {
                columns.insert(cell.column);
            }
        }
    }
    for (const std::uint32_t column : columns) {
        if (!explains_signs(grid, layout, column, begin, end)) {
            fill_dittos(grid, layout, column, begin, end);
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
