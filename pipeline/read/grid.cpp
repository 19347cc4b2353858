// SPDX-License-Identifier: Apache-2.0
#include "read/grid.hpp"

#include "support/text.hpp"

#include <algorithm>

namespace kokai {

const GridCell* GridRow::find(std::uint32_t column) const {
    const auto found =
        std::lower_bound(cells.begin(), cells.end(), column,
                         [](const GridCell& cell, std::uint32_t wanted) { return cell.column < wanted; });
    return found != cells.end() && found->column == column ? &*found : nullptr;
}

void Grid::end() {
    if (!rows_.empty() && rows_.back().cells.empty()) {
        rows_.pop_back();
    }
}

void Grid::begin_row(std::uint32_t number) {
    end();
    rows_.push_back({number, {}});
}

void Grid::add(std::uint32_t column, std::string_view text, CellKind kind) {
    const std::string_view inside = trimmed(text);
    if (inside.empty() && kind != CellKind::error) {
        return;
    }
    rows_.back().cells.push_back({column, kind, texts_.keep(inside)});
    last_column_ = std::max(last_column_, column);
    ++cells_;
}

std::size_t Grid::at_or_below(std::uint32_t number) const {
    const auto found = std::lower_bound(rows_.begin(), rows_.end(), number,
                                        [](const GridRow& row, std::uint32_t wanted) { return row.number < wanted; });
    return static_cast<std::size_t>(found - rows_.begin());
}

const GridRow* Grid::row(std::uint32_t number) const {
    const std::size_t at = at_or_below(number);
    return at < rows_.size() && rows_[at].number == number ? &rows_[at] : nullptr;
}

void Grid::index_merges() const {
    // A hostile sheet has merges without end, or ones as large as the sheet: cells that lie in the grid, so many and no
    // more.
    constexpr std::size_t most_cells = 1'000'000;
    merges_indexed_ = true;
    const std::uint32_t bottom = rows_.empty() ? 0 : rows_.back().number;
    for (std::uint32_t i = 0; i < merges.size(); ++i) {
        const CellRange& range = merges[i];
        for (std::uint32_t row = range.first_row; row <= std::min(range.last_row, bottom); ++row) {
            for (std::uint32_t column = range.first_column; column <= std::min(range.last_column, last_column_);
                 ++column) {
                if (merge_of_cell_.size() == most_cells) {
                    return;
                }
                merge_of_cell_.emplace((std::uint64_t{row} << 32U) | column, i);
            }
        }
    }
}

const CellRange* Grid::merge_at(std::uint32_t row, std::uint32_t column) const {
    if (merges.empty()) {
        return nullptr;
    }
    if (!merges_indexed_) {
        index_merges();
    }
    const auto found = merge_of_cell_.find((std::uint64_t{row} << 32U) | column);
    return found == merge_of_cell_.end() ? nullptr : &merges[found->second];
}

Cell Grid::shown(std::uint32_t row_number, std::uint32_t column) const {
    const GridRow* line = row(row_number);
    const Cell own = line == nullptr ? Cell{} : line->text(column);
    if (!own.empty()) {
        return own;
    }
    if (const CellRange* range = merge_at(row_number, column)) {
        const GridRow* anchor = row(range->first_row);
        return anchor == nullptr ? Cell{} : anchor->text(range->first_column);
    }
    return {};
}

}  // namespace kokai
