// SPDX-License-Identifier: Apache-2.0
#include "read/table_panels.hpp"

#include "read/cell_look.hpp"
#include "read/cell_words.hpp"
#include "read/row_words.hpp"
#include "read/table_head.hpp"

#include <algorithm>
#include <set>

namespace kokai {
namespace {

constexpr std::size_t most_items = 80;

std::string name_at(const std::vector<std::string>& names, std::uint32_t column) {
    return column <= names.size() ? folded_label(names[column - 1]) : std::string();
}

/// A, B, C, A, B, C from the first named column to the last.
std::vector<ColumnSpan> periodic(ColumnSpan named, const std::vector<std::string>& names) {
    for (std::uint32_t width = 2; width * 2 <= named.width(); ++width) {
        if (named.width() % width != 0) {
            continue;
        }
        bool same = true;
        for (std::uint32_t column = named.first; same && column + width <= named.last; ++column) {
            same = !name_at(names, column).empty() && name_at(names, column) == name_at(names, column + width);
        }
        if (!same) {
            continue;
        }
        std::vector<ColumnSpan> panels;
        for (std::uint32_t first = named.first; first < named.last; first += width) {
            panels.push_back({first, first + width - 1});
        }
        return panels;
    }
    return {};
}

struct Extent {
    std::size_t rows = 0;
    std::uint32_t last_row = 0;
};

Extent extent_of(const Grid& grid, ColumnSpan span, std::size_t begin, std::size_t end) {
    Extent extent;
    for (std::size_t i = begin; i < end; ++i) {
        if (fill_of(grid.rows()[i], span) > 0) {
            ++extent.rows;
            extent.last_row = grid.rows()[i].number;
        }
    }
    return extent;
}

bool same_names(const std::vector<std::string>& names, ColumnSpan one, ColumnSpan other) {
    if (one.width() != other.width()) {
        return false;
    }
    for (std::uint32_t i = 0; i < one.width(); ++i) {
        if (name_at(names, one.first + i) != name_at(names, other.first + i)) {
            return false;
        }
    }
    return true;
}

/// Heads the column that names the records of a table, or counts them.
bool is_key_head(std::string_view text) {
    const std::string folded = folded_label(text);
    return heads_running_numbers(text) || folded.ends_with("名称") || folded.ends_with("名");
}

bool has_key(const Grid& grid, std::uint32_t head_row, ColumnSpan span) {
    const GridRow* head = grid.row(head_row);
    return head != nullptr && std::any_of(head->cells.begin(), head->cells.end(), [&](const GridCell& cell) {
               return span.holds(cell.column) && is_key_head(cell.text);
           });
}

/// Two columns that name the records, by the same word: no table needs that twice.
bool share_key(const Grid& grid, std::uint32_t head_row, ColumnSpan one, ColumnSpan other) {
    const GridRow* head = grid.row(head_row);
    std::set<std::string> keys;
    for (const GridCell& cell : head->cells) {
        const std::string folded = folded_label(cell.text);
        if (!is_key_head(cell.text)) {
            continue;
        }
        if (one.holds(cell.column)) {
            keys.insert(folded);
        } else if (other.holds(cell.column) && keys.contains(folded)) {
            return true;
        }
    }
    return false;
}

std::size_t named_in(const std::vector<std::string>& names, ColumnSpan span) {
    std::size_t count = 0;
    for (std::uint32_t column = span.first; column <= span.last; ++column) {
        count += name_at(names, column).empty() ? 0U : 1U;
    }
    return count;
}

}  // namespace

bool same_heads(const Grid& grid, std::uint32_t head_row, ColumnSpan one, ColumnSpan other) {
    const GridRow* head = grid.row(head_row);
    if (head == nullptr || one.width() != other.width()) {
        return false;
    }
    for (std::uint32_t i = 0; i < one.width(); ++i) {
        const Cell text = head->text(one.first + i);
        if (text.empty() || folded_label(text) != folded_label(head->text(other.first + i))) {
            return false;
        }
    }
    return true;
}

std::vector<ColumnSpan> split_panels(const Grid& grid, ColumnSpan span, const std::vector<std::string>& names,
                                     std::uint32_t head_row, std::size_t begin, std::size_t end) {
    const std::size_t rows = end > begin ? end - begin : 0;
    if (rows == 0) {
        return {span};
    }
    std::vector<std::size_t> filled(span.width(), 0);
    for (std::size_t i = begin; i < end; ++i) {
        for (const GridCell& cell : grid.rows()[i].cells) {
            if (span.holds(cell.column)) {
                ++filled[cell.column - span.first];
            }
        }
    }
    std::vector<bool> hidden(span.width(), false);
    for (const CellRange& range : grid.hidden_columns) {
        for (std::uint32_t column = range.first_column; column <= std::min(range.last_column, span.last); ++column) {
            if (span.holds(column)) {
                hidden[column - span.first] = true;
            }
        }
    }
    std::vector<ColumnSpan> runs;
    bool open = false;
    for (std::uint32_t column = span.first; column <= span.last; ++column) {
        if (hidden[column - span.first]) {
            if (open) {
                runs.back().last = column;
            }
            continue;
        }
        // A stray cell in a column without a name does not close the gap.
        const bool gap = name_at(names, column).empty() && filled[column - span.first] * 50 <= rows;
        if (!gap && !open) {
            runs.push_back({column, column});
        } else if (!gap) {
            runs.back().last = column;
        }
        open = !gap;
    }
    std::vector<ColumnSpan> parts;
    for (const ColumnSpan& run : runs) {
        if (parts.empty()) {
            parts.push_back(run);
            continue;
        }
        ColumnSpan& left = parts.back();
        const Extent a = extent_of(grid, left, begin, end);
        const Extent b = extent_of(grid, run, begin, end);
        const std::uint32_t top = grid.rows()[begin].number;
        const bool two_named = named_in(names, left) >= 2 && named_in(names, run) >= 2;
        const std::uint32_t height_a = a.rows == 0 ? 0 : a.last_row - top + 1;
        const std::uint32_t height_b = b.rows == 0 ? 0 : b.last_row - top + 1;
        const bool b_ends_early = b.rows > 0 && height_b * 2 <= height_a && b.rows * 2 >= height_b;
        const bool a_ends_early = a.rows > 0 && height_a * 2 <= height_b && a.rows * 2 >= height_a;
        const bool own_keys = has_key(grid, head_row, left) && has_key(grid, head_row, run) &&
                              (same_heads(grid, head_row, left, run) || share_key(grid, head_row, left, run));
        if (two_named && (same_names(names, left, run) || own_keys || b_ends_early || a_ends_early)) {
            parts.push_back(run);
        } else {
            left.last = run.last;
        }
    }
    std::vector<ColumnSpan> all;
    for (const ColumnSpan& part : parts) {
        const std::vector<ColumnSpan> again = periodic(part, names);
        all.insert(all.end(), again.begin(), again.end());
        if (again.empty()) {
            all.push_back(part);
        }
    }
    return all.size() < 2 ? std::vector<ColumnSpan>{span} : all;
}

TableLayout find_vertical(const Grid& grid, ColumnSpan span) {
    const std::vector<GridRow>& rows = grid.rows();
    if (!grid.whole || rows.size() < 4 || rows.size() > most_items) {
        return {};
    }
    // The item stands first, its value behind it; a title may stand above.
    std::uint32_t items = 0;
    std::uint32_t values = 0;
    for (const GridRow& row : rows) {
        if (fill_of(row, span) > 3) {
            return {};
        }
        if (fill_of(row, span) == 2 && items == 0) {
            items = row.cells.front().column;
            values = row.cells.back().column;
        }
    }
    if (items == 0 || !span.holds(items)) {
        return {};
    }
    std::set<std::string> labels;
    std::set<Look> looks;
    std::size_t known = 0;
    std::size_t pairs = 0;
    TableLayout layout;
    for (const GridRow& row : rows) {
        const GridCell* item = row.find(items);
        const GridCell* value = row.find(values);
        if (item == nullptr || (value == nullptr && row.cells.size() > 1)) {
            return {};
        }
        const bool is_item = value != nullptr || is_head_word(item->text);
        layout.roles.resize(row.number, RowRole::outside);
        if (!is_item) {
            layout.roles[row.number - 1] = pairs == 0 ? RowRole::title : RowRole::footnote;
            continue;
        }
        const bool head_of_both = value != nullptr && pairs == 0 && is_head_word(value->text);
        if (head_of_both) {
            layout.roles[row.number - 1] = RowRole::header;
            continue;
        }
        if (look_of(*item) != Look::word || item->text.size() > 60 || !labels.insert(folded_label(item->text)).second) {
            return {};
        }
        ++pairs;
        known += is_head_word(item->text) ? 1U : 0U;
        if (value != nullptr) {
            const Look look = look_of(*value);
            looks.insert(look == Look::mark ? Look::word : look);
        }
        layout.first_row = layout.first_row == 0 ? row.number : layout.first_row;
        layout.last_row = row.number;
        layout.roles[row.number - 1] = RowRole::data;
        layout.names.emplace_back(item->text);
    }
    // Items that head columns elsewhere, and values of several kinds: a list of two columns has one kind.
    if (pairs < 4 || known < 3 || known * 2 < pairs || looks.size() < 2) {
        return {};
    }
    layout.vertical = true;
    layout.columns = {items, values};
    layout.value_column = values;
    layout.data_rows = 1;
    layout.score = static_cast<double>(pairs);
    return layout;
}

}  // namespace kokai
