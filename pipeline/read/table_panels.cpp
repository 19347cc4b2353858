// SPDX-License-Identifier: Apache-2.0
#include "read/table_panels.hpp"

#include "read/cell_look.hpp"
#include "read/cell_words.hpp"
#include "read/panel_lists.hpp"
#include "read/row_words.hpp"
#include "read/table_head.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

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

/// In nearly all rows both have cells, or none.
bool end_together(const Grid& grid, ColumnSpan one, ColumnSpan other, std::size_t begin, std::size_t end) {
    std::size_t lone = 0;
    for (std::size_t i = begin; i < end; ++i) {
        lone += (fill_of(grid.rows()[i], one) > 0) != (fill_of(grid.rows()[i], other) > 0) ? 1U : 0U;
    }
    return lone * 10 <= end - begin;
}

/// The columns of the key that both have; of two keys the one that names, for two lists both count from 1.
std::pair<std::uint32_t, std::uint32_t> shared_key(const GridRow& head, ColumnSpan one, ColumnSpan other) {
    std::pair<std::uint32_t, std::uint32_t> numbers{0, 0};
    bool names_of_one = false;
    bool names_of_other = false;
    for (const GridCell& cell : head.cells) {
        const bool names = is_key_head(cell.text) && !heads_running_numbers(cell.text);
        names_of_one = names_of_one || (names && one.holds(cell.column));
        names_of_other = names_of_other || (names && other.holds(cell.column));
        for (const GridCell& twin : head.cells) {
            if (!is_key_head(cell.text) || !one.holds(cell.column) || !other.holds(twin.column) ||
                folded_label(cell.text) != folded_label(twin.text)) {
                continue;
            }
            if (names) {
                return {cell.column, twin.column};
            }
            numbers = {cell.column, twin.column};
        }
    }
    return names_of_one && names_of_other ? std::pair<std::uint32_t, std::uint32_t>{0, 0} : numbers;
}

/// Both say in each row which record they are about, and it is the same one.
bool keys_agree(const Grid& grid, std::uint32_t head_row, ColumnSpan one, ColumnSpan other, std::size_t begin,
                std::size_t end) {
    const GridRow* head = grid.row(head_row);
    const auto [left, right] =
        head == nullptr ? std::pair<std::uint32_t, std::uint32_t>{0, 0} : shared_key(*head, one, other);
    std::size_t both = 0;
    std::size_t same = 0;
    for (std::size_t i = begin; left != 0 && i < end; ++i) {
        const Cell key = grid.rows()[i].text(left);
        const Cell twin = grid.rows()[i].text(right);
        both += !key.empty() && !twin.empty() ? 1U : 0U;
        same += !key.empty() && key == twin ? 1U : 0U;
    }
    return same >= 2 && same * 10 >= both * 8;
}

/// 開設者 | 施設, 令和5年度 | 令和6年度, 旧 | 新: what stands over the columns of one record.
bool titles_of_one_record(const Grid& grid, std::uint32_t head_row, ColumnSpan one, ColumnSpan other) {
    constexpr std::array<std::string_view, 11> parties{"者",   "法人", "事業主", "主体", "団体", "代表",
                                                       "会長", "親",   "本社",   "本部", "本店"};
    constexpr std::array<std::string_view, 10> sides{"旧",     "新",     "変更前", "変更後", "改正前",
                                                     "改正後", "移転前", "移転後", "統合前", "統合後"};
    const GridRow* titles = head_row > 1 ? grid.row(head_row - 1) : nullptr;
    const auto title_of = [&](ColumnSpan span) {
        for (const GridCell& cell : titles->cells) {
            if (span.holds(cell.column)) {
                return folded_label(cell.text);
            }
        }
        return std::string();
    };
    const auto tells = [&](const std::string& title) {
        return looks_like_period(title) || std::find(sides.begin(), sides.end(), title) != sides.end() ||
               std::any_of(parties.begin(), parties.end(),
                           [&](std::string_view word) { return title.ends_with(word); });
    };
    if (titles == nullptr) {
        return false;
    }
    const std::string left = title_of(one);
    const std::string right = title_of(other);
    return !left.empty() && !right.empty() && left != right && (tells(left) || tells(right));
}

/// Columns of one table whatever their heads: each row is about one record.
bool go_together(const Grid& grid, std::uint32_t head_row, ColumnSpan one, ColumnSpan other, std::size_t begin,
                 std::size_t end) {
    return (keys_agree(grid, head_row, one, other, begin, end) || titles_of_one_record(grid, head_row, one, other)) &&
           end_together(grid, one, other, begin, end);
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
        // The same heads under two titles: two lists, or both halves of one record.
        const bool own_heads = same_heads(grid, head_row, left, run) ? is_list_beside(grid, head_row, left, run)
                                                                     : share_key(grid, head_row, left, run);
        const bool own_keys = has_key(grid, head_row, left) && has_key(grid, head_row, run) && own_heads;
        if (two_named && !go_together(grid, head_row, left, run, begin, end) &&
            (same_names(names, left, run) || own_keys || b_ends_early || a_ends_early)) {
            parts.push_back(run);
        } else {
            left.last = run.last;
        }
    }
    std::vector<ColumnSpan> all;
    for (const ColumnSpan& part : parts) {
        std::vector<ColumnSpan> again = periodic(part, names);
        if (again.size() > 1 && go_together(grid, head_row, again[0], again[1], begin, end)) {
            again.clear();
        }
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
