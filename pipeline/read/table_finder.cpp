// SPDX-License-Identifier: Apache-2.0
#include "read/table_finder.hpp"

#include "read/cell_look.hpp"
#include "read/cell_words.hpp"
#include "read/paired_rows.hpp"
#include "read/table_fill.hpp"
#include "read/table_head.hpp"
#include "read/table_panels.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace kokai {
namespace {

constexpr std::size_t most_regions = 64;
constexpr std::uint32_t most_row = 2'000'000;  // a pin beyond is no row of a sheet that could be held

class TableFinder {
public:
    TableFinder(const Grid& grid, const TableWishes& wishes)
        : grid_(grid), wishes_(wishes),
          span_(wishes.columns.width() > 0 ? wishes.columns : ColumnSpan{1, grid.last_column()}) {}

    TableLayout find() {
        if (grid_.rows().empty() || span_.width() == 0) {
            return {};
        }
        if (!wishes_.header_rows.empty()) {
            return at_pinned_header(wishes_.header_rows);
        }
        if (wishes_.transposed) {
            return at_pinned_header({first_of_two_cells()});
        }
        if (wishes_.first_row == 0 && wishes_.last_row == 0) {
            if (TableLayout vertical = find_vertical(grid_, span_); vertical.vertical) {
                return vertical;
            }
        }
        return best_of(regions());
    }

private:
    [[nodiscard]] bool pins_rows() const {
        return !wishes_.header_rows.empty() || wishes_.transposed || wishes_.first_row != 0 || wishes_.last_row != 0;
    }
    [[nodiscard]] const GridRow& row(std::size_t at) const { return grid_.rows()[at]; }
    [[nodiscard]] std::size_t count() const { return grid_.rows().size(); }

    /// The records' names stand over their columns: the first row with more than a title in it.
    [[nodiscard]] std::uint32_t first_of_two_cells() const {
        for (std::size_t i = 0; i < count(); ++i) {
            if (fill_of(row(i), span_) >= 2) {
                return row(i).number;
            }
        }
        return row(0).number;
    }

    TableLayout at_pinned_header(std::vector<std::uint32_t> rows) {
        TableHead head;
        head.rows = std::move(rows);
        std::sort(head.rows.begin(), head.rows.end());
        for (std::size_t i = 0; i < count() && row(i).number < head.rows.front(); ++i) {
            head.title_rows.push_back(row(i).number);
        }
        std::size_t end = 0;
        return region(head, end);
    }

    /// One table after another down the sheet.
    std::vector<TableLayout> regions() {
        std::vector<TableLayout> all;
        // What dataset.json says of the data's first row says that the header is above it.
        const std::size_t limit = wishes_.first_row > 1 ? grid_.at_or_below(wishes_.first_row) : count();
        std::size_t begin = 0;
        while (begin < count() && all.size() < most_regions) {
            TableHead head = find_head(grid_, span_, begin, all.empty() ? std::max<std::size_t>(limit, 1) : count());
            if (head.rows.empty()) {
                break;
            }
            std::size_t end = begin;
            all.push_back(region(head, end));
            if (end <= begin || wishes_.first_row != 0) {
                break;
            }
            begin = end;
        }
        return all;
    }

    TableLayout region(const TableHead& head, std::size_t& end) {
        TableLayout layout;
        layout.whole = grid_.whole;
        layout.header_rows = head.rows;
        layout.header_doubtful = head.doubtful;
        layout.first_row = std::max(head.rows.back() + 1, wishes_.first_row);
        layout.columns = span_;
        const std::size_t begin = grid_.at_or_below(layout.first_row);
        end = wishes_.last_row != 0 ? grid_.at_or_below(wishes_.last_row + 1)
              : wishes_.transposed  ? count()
                                    : end_of_region(head, begin);
        if (end < count() || wishes_.last_row != 0) {
            layout.last_row = wishes_.last_row != 0 ? wishes_.last_row
                              : end > begin         ? row(end - 1).number
                                                    : layout.first_row - 1;
        }
        layout.names = head_names(grid_, span_, head.rows, head.note_rows);
        take_panel(layout, begin, end);
        leave_out_margin(layout, begin, end);
        set_roles_above(layout, head);
        std::size_t first = begin;
        if (grid_.whole && !pins_rows()) {
            find_pairs(grid_, layout, first, end);
        }
        judge(layout, first, end);
        for (std::uint32_t number = 0; const std::string& name : layout.names) {
            const GridRow* last = grid_.row(layout.second_lines.empty() ? head.rows.back() : head.rows.front());
            layout.last_head.push_back(last == nullptr ? name : std::string(last->text(++number)));
        }
        score(layout, begin, end);
        return layout;
    }

    void set_roles_above(TableLayout& layout, const TableHead& head) const {
        const std::uint32_t deepest = std::max(head.rows.back(), layout.first_row == 0 ? 0 : layout.first_row - 1);
        layout.roles.assign(deepest, RowRole::outside);
        for (const std::uint32_t number : head.title_rows) {
            if (number - 1 < layout.roles.size()) {
                layout.roles[number - 1] = RowRole::title;
            }
            if (const GridRow* line = grid_.row(number); line != nullptr && !line->cells.empty()) {
                std::string text;
                for (const GridCell& cell : line->cells) {
                    text += (text.empty() ? "" : " ") + std::string(cell.text);
                }
                layout.titles.push_back(text);
            }
        }
        for (const std::uint32_t number : head.rows) {
            layout.roles[number - 1] = RowRole::header;
        }
        for (const std::uint32_t number : head.note_rows) {
            layout.roles[number - 1] = RowRole::header_note;
        }
    }

    void judge(TableLayout& layout, std::size_t begin, std::size_t end) const {
        if (!grid_.whole) {
            pin_out(layout);
            layout.keeps_totals = wishes_.says_all_rows() || calls_many_total(layout, begin, end);
            return;
        }
        if (begin < end) {
            layout.roles.resize(std::max<std::size_t>(layout.roles.size(), row(end - 1).number), RowRole::data);
        }
        pin_out(layout);
        if (wishes_.transposed) {
            return;
        }
        if (!wishes_.says_all_rows()) {
            judge_rows(grid_, layout, begin, end, wishes_.totals);
        }
        find_fills(grid_, layout, begin, end);
    }

    void pin_out(TableLayout& layout) const {
        for (const std::uint32_t number : wishes_.skip) {
            if (number == 0 || number > most_row) {
                continue;
            }
            layout.roles.resize(std::max<std::size_t>(layout.roles.size(), number), RowRole::data);
            layout.roles[number - 1] = RowRole::pinned_out;
        }
    }

    /// A word for totals that begins row after row is a category: 総数, 男, 女.
    [[nodiscard]] bool calls_many_total(const TableLayout& layout, std::size_t begin, std::size_t end) const {
        std::size_t many = 0;
        for (std::size_t i = begin; i < end; ++i) {
            for (const GridCell& cell : row(i).cells) {
                if (layout.columns.holds(cell.column)) {
                    many += total_word(cell.text) == TotalWord::total ? 1U : 0U;
                    break;
                }
            }
        }
        return many > std::max<std::size_t>(2, (end - begin) / 50);
    }

    void score(TableLayout& layout, std::size_t begin, std::size_t end) const {
        for (std::size_t i = begin; i < end; ++i) {
            layout.data_rows +=
                layout.role(row(i).number) == RowRole::data && fill_of(row(i), layout.columns) > 0 ? 1U : 0U;
        }
        std::size_t named = 0;
        std::size_t long_names = 0;
        std::size_t heads = 0;
        for (std::uint32_t column = layout.columns.first; column <= layout.columns.last; ++column) {
            const std::string& name = layout.names[column - 1];
            named += name.empty() ? 0U : 1U;
            long_names += name.size() > 120 ? 1U : 0U;
            heads += is_head_word(name) ? 1U : 0U;
        }
        layout.score = static_cast<double>(layout.data_rows) * static_cast<double>(named);
        layout.score *= named < 2 ? 0.02 : 1.0;
        layout.score *= long_names * 2 >= std::max<std::size_t>(named, 1) ? 0.1 : 1.0;
        layout.score *= 1.0 + static_cast<double>(std::min<std::size_t>(heads, 4)) * 0.5;
    }

    /// Index of the row where another table begins, its titles included.
    [[nodiscard]] std::size_t end_of_region(const TableHead& head, std::size_t begin) const {
        const ColumnLooks looks(grid_, span_, begin, count());
        const GridRow* top = grid_.row(head.rows.back());
        for (std::size_t i = begin + 1; i + 1 < count(); ++i) {
            if (!begins_another(looks, top, i)) {
                continue;
            }
            std::size_t first = i;
            while (first > begin + 1 && row(first - 1).number + 1 == row(first).number && narrow(first - 1, i)) {
                --first;
            }
            // Titles may stand apart from their head by a blank row.
            while (first > begin + 1 && row(first - 1).number + 1 < row(first).number && narrow(first - 1, i) &&
                   row(first - 2).number + 1 < row(first - 1).number) {
                --first;
            }
            return first;
        }
        return count();
    }

    [[nodiscard]] bool narrow(std::size_t at, std::size_t head) const {
        return fill_of(row(at), span_) * 2 <= fill_of(row(head), span_);
    }

    [[nodiscard]] bool begins_another(const ColumnLooks& looks, const GridRow* top, std::size_t at) const {
        const GridRow& line = row(at);
        const std::uint32_t cells = fill_of(line, span_);
        std::size_t first = at;  // of it and the titles right above it
        while (first > 1 && at - first < 3 && row(first - 1).number + 1 == row(first).number && narrow(first - 1, at)) {
            --first;
        }
        const bool apart = row(first - 1).number + 1 < row(first).number;
        if (cells < 2 || !(apart || first < at)) {
            return false;
        }
        std::uint32_t heads = 0;
        std::uint32_t same = 0;
        for (const GridCell& cell : line.cells) {
            if (!span_.holds(cell.column)) {
                continue;
            }
            if (is_value(look_of(cell)) && (!looks_like_period(cell.text) || is_running_number(cell, at))) {
                return false;
            }
            heads += is_head_word(cell.text) ? 1U : 0U;
            same += top != nullptr && folded_label(top->text(cell.column)) == folded_label(cell.text) ? 1U : 0U;
        }
        if (same == cells) {
            return false;  // the same head again: the same table
        }
        const GridRow& next = row(at + 1);
        if (next.number != line.number + 1 || fill_of(next, span_) * 2 < cells) {
            return false;
        }
        const ColumnLooks::Contrast contrast = looks.contrast(line);
        if (contrast.values > 0) {
            return false;
        }
        if (contrast.words < 2 && !(apart && heads >= 2 && heads * 2 >= cells)) {
            return false;
        }
        // The first row below must not be of the same look as this one, or the words are just data.
        const ColumnLooks below(grid_, span_, at + 1, count(), 20);
        return (contrast.words >= 2 && below.contrast(line).words >= 1) ||
               (apart && heads * 2 >= cells && heads >= 2 && (same > 0 || below.contrast(line).words >= 1));
    }

    /// 2020 between 2019 and 2021 is the number of a record, not a year at the head of a column.
    [[nodiscard]] bool is_running_number(const GridCell& cell, std::size_t at) const {
        const auto number = [](std::string_view text) {
            long value = -1;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            return error == std::errc() && end == text.data() + text.size() ? value : -1;
        };
        const long own = number(cell.text);
        return own > 0 && ((at > 0 && number(row(at - 1).text(cell.column)) == own - 1) ||
                           (at + 1 < count() && number(row(at + 1).text(cell.column)) == own + 1));
    }

    /// Of tables side by side the one with the most rows is taken, of equals the first.
    void take_panel(TableLayout& layout, std::size_t begin, std::size_t end) const {
        if (wishes_.columns.width() > 0) {
            return;
        }
        const std::vector<ColumnSpan> panels =
            split_panels(grid_, span_, layout.names, layout.header_rows.back(), begin, end);
        if (panels.size() < 2) {
            return;
        }
        std::size_t best = 0;
        std::vector<std::uint64_t> rows;
        for (std::size_t i = 0; i < panels.size(); ++i) {
            rows.push_back(0);
            for (std::size_t at = begin; at < end; ++at) {
                rows.back() += fill_of(row(at), panels[i]) >= 2 ? 1U : 0U;
            }
            // A panel that is one row shorter at its end is no smaller table.
            best = rows[i] > rows[best] + rows[best] / 10 ? i : best;
        }
        layout.columns = panels[best];
        for (std::size_t i = 0; i < panels.size(); ++i) {
            if (i != best) {
                layout.others.push_back({layout.header_rows.front(), end > begin ? row(end - 1).number : 0, panels[i],
                                         rows[i], first_name(layout, panels[i]),
                                         same_heads(grid_, layout.header_rows.back(), panels[best], panels[i])});
            }
        }
        for (std::uint32_t column = 1; column <= layout.names.size(); ++column) {
            if (!layout.columns.holds(column)) {
                layout.names[column - 1].clear();
            }
        }
        layout.names.resize(layout.columns.last);
    }

    /// A table that begins at column E has nothing in A to D: its labels stand in E and F.
    void leave_out_margin(TableLayout& layout, std::size_t begin, std::size_t end) const {
        const auto is_blank = [&](std::uint32_t column) {
            if (column > layout.names.size() || !layout.names[column - 1].empty()) {
                return false;
            }
            for (std::size_t i = begin; i < end; ++i) {
                if (row(i).find(column) != nullptr) {
                    return false;
                }
            }
            return true;
        };
        while (grid_.whole && layout.columns.first < layout.columns.last && is_blank(layout.columns.first)) {
            ++layout.columns.first;
        }
    }

    static std::string first_name(const TableLayout& layout, ColumnSpan span) {
        for (std::uint32_t column = span.first; column <= span.last && column <= layout.names.size(); ++column) {
            if (!layout.names[column - 1].empty()) {
                return layout.names[column - 1];
            }
        }
        return {};
    }

    [[nodiscard]] TableLayout best_of(std::vector<TableLayout> all) const {
        if (all.empty()) {
            return {};
        }
        std::size_t best = 0;
        for (std::size_t i = 1; i < all.size(); ++i) {
            best = all[i].data_rows > all[best].data_rows ? i : best;
        }
        TableLayout chosen = std::move(all[best]);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i != best && all[i].data_rows > 0 && all[i].score > 0) {
                chosen.others.push_back({all[i].header_rows.front(), all[i].last_row, all[i].columns, all[i].data_rows,
                                         first_name(all[i], all[i].columns), false});
            }
        }
        return chosen;
    }

    const Grid& grid_;
    const TableWishes& wishes_;
    ColumnSpan span_;
};

}  // namespace

TableLayout find_table(const Grid& grid, const TableWishes& wishes) {
    return TableFinder(grid, wishes).find();
}

bool same_shape(const TableLayout& one, const TableLayout& other) {
    std::vector<std::string> a;
    std::vector<std::string> b;
    for (const std::string& name : one.names) {
        a.push_back(folded_label(name));
    }
    for (const std::string& name : other.names) {
        b.push_back(folded_label(name));
    }
    const auto shorten = [](std::vector<std::string>& names) {
        while (!names.empty() && names.back().empty()) {
            names.pop_back();
        }
    };
    shorten(a);
    shorten(b);
    return a.size() >= 2 && a == b && one.columns.first == other.columns.first && !one.vertical && !other.vertical;
}

ColumnSpan read_column_span(std::string_view text) {
    ColumnSpan span{0, 0};
    std::uint32_t* side = &span.first;
    for (const char letter : text) {
        if (letter == ':' && side == &span.first && span.first > 0) {
            side = &span.last;
        } else if (letter >= 'A' && letter <= 'Z' && *side < most_sheet_columns) {
            *side = *side * 26 + static_cast<std::uint32_t>(letter - 'A' + 1);
        } else {
            return {1, 0};
        }
    }
    return span.first > 0 && span.last >= span.first && span.last <= most_sheet_columns ? span : ColumnSpan{1, 0};
}

}  // namespace kokai
