// SPDX-License-Identifier: Apache-2.0
#include "read/grid.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <numeric>

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

void Grid::begin_row(std::uint32_t number, bool hidden) {
    end();
    rows_.push_back({number, hidden, {}});
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

const CellRange* Grid::merge_at(std::uint32_t row, std::uint32_t column) const {
    if (merges.empty()) {
        return nullptr;
    }
    if (merges_by_row_.size() != merges.size()) {
        merges_by_row_.resize(merges.size());
        std::iota(merges_by_row_.begin(), merges_by_row_.end(), 0U);
        std::sort(merges_by_row_.begin(), merges_by_row_.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return merges[a].first_row < merges[b].first_row; });
        for (const CellRange& range : merges) {
            tallest_merge_ = std::max(tallest_merge_, range.last_row - range.first_row);
        }
    }
    const std::uint32_t highest = row > tallest_merge_ ? row - tallest_merge_ : 0;
    auto at = std::lower_bound(merges_by_row_.begin(), merges_by_row_.end(), highest,
                               [&](std::uint32_t one, std::uint32_t wanted) { return merges[one].first_row < wanted; });
    for (; at != merges_by_row_.end() && merges[*at].first_row <= row; ++at) {
        const CellRange& range = merges[*at];
        if (range.last_row >= row && range.first_column <= column && range.last_column >= column) {
            return &range;
        }
    }
    return nullptr;
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
