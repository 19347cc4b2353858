// SPDX-License-Identifier: Apache-2.0
// A row is data until something speaks against it: nothing is left out because it merely looks odd.
#include "read/row_judge.hpp"

#include "read/cell_look.hpp"
#include "read/cell_words.hpp"
#include "read/pseudo_rows.hpp"
#include "read/row_words.hpp"
#include "read/table_head.hpp"
#include "read/total_rows.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace kokai {
namespace {

class BodyJudge {
public:
    BodyJudge(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end)
        : grid_(grid), layout_(layout), begin_(begin), end_(end) {
        const std::uint32_t last = end_ > begin_ ? row(end_ - 1).number : 0;
        layout_.roles.resize(std::max<std::size_t>(layout_.roles.size(), last));
    }

    void judge(Totals totals) {
        find_pseudo_rows(grid_, layout_, begin_, end_, totals == Totals::leave_out);
        usual_ = usual_fill();
        repeated_heads();
        footnotes();
        sections();
        if (totals == Totals::leave_out) {
            find_totals(grid_, layout_, begin_, end_);
        }
        continuations();
        spread_sections();
    }

private:
    [[nodiscard]] const GridRow& row(std::size_t at) const { return grid_.rows()[at]; }
    [[nodiscard]] std::uint32_t fill(std::size_t at) const { return fill_of(row(at), layout_.columns); }
    [[nodiscard]] RowRole role(std::size_t at) const { return layout_.role(row(at).number); }
    [[nodiscard]] bool is_data(std::size_t at) const { return role(at) == RowRole::data; }
    void set(std::size_t at, RowRole role) { layout_.roles[row(at).number - 1] = role; }

    [[nodiscard]] std::uint32_t usual_fill() const {
        std::vector<std::uint32_t> fills;
        for (std::size_t i = begin_; i < end_; ++i) {
            if (const std::uint32_t cells = fill(i); cells > 0 && role(i) != RowRole::blank_form) {
                fills.push_back(cells);
            }
        }
        if (fills.empty()) {
            return 0;
        }
        std::nth_element(fills.begin(), fills.begin() + static_cast<std::ptrdiff_t>(fills.size() / 2), fills.end());
        return fills[fills.size() / 2];
    }

    [[nodiscard]] const GridCell* first_cell(std::size_t at) const {
        for (const GridCell& cell : row(at).cells) {
            if (layout_.columns.holds(cell.column)) {
                return &cell;
            }
        }
        return nullptr;
    }

    [[nodiscard]] bool repeats(std::size_t at, std::uint32_t header_row) const {
        const GridRow* head = grid_.row(header_row);
        std::uint32_t same = 0;
        for (const GridCell& cell : row(at).cells) {
            if (layout_.columns.holds(cell.column)) {
                if (head == nullptr || folded_label(head->text(cell.column)) != folded_label(cell.text)) {
                    return false;
                }
                ++same;
            }
        }
        return same >= 2 && head != nullptr && same * 10 >= fill_of(*head, layout_.columns) * 8;
    }

    /// A head that stands again, and the titles above it: what differs from title to title names its part.
    void repeated_heads() {
        std::vector<std::size_t> tops;
        for (std::size_t i = begin_; i < end_; ++i) {
            const bool again = std::any_of(layout_.header_rows.begin(), layout_.header_rows.end(),
                                           [&](std::uint32_t head) { return repeats(i, head); });
            if (!again) {
                continue;
            }
            if (tops.empty() || i != tops.back() + 1 || role(i - 1) != RowRole::repeated_header) {
                tops.push_back(i);
            }
            set(i, RowRole::repeated_header);
        }
        if (tops.empty()) {
            return;
        }
        std::vector<std::vector<std::uint32_t>> titles;  // rows over each head, the first one's first
        titles.push_back(rows_over(grid_.at_or_below(layout_.header_rows.front()), 0));
        for (const std::size_t top : tops) {
            titles.push_back(rows_over(top, begin_));
            for (const std::uint32_t number : titles.back()) {
                layout_.roles[number - 1] = RowRole::section;
            }
        }
        name_parts(titles);
    }

    /// The narrow rows right above a head.
    [[nodiscard]] std::vector<std::uint32_t> rows_over(std::size_t head, std::size_t lowest) const {
        std::vector<std::uint32_t> numbers;
        std::uint32_t next = row(head).number;
        for (std::size_t i = head; i-- > lowest && numbers.size() < 3;) {
            if (row(i).number + 1 != next--) {
                break;
            }
            if (i >= begin_ && role(i) == RowRole::footnote) {
                continue;  // the foot of the page before
            }
            if (fill(i) * 2 > usual_ ||
                (i >= begin_ &&
                 total_word(first_cell(i) == nullptr ? Cell{} : first_cell(i)->text) != TotalWord::none)) {
                break;
            }
            numbers.push_back(row(i).number);
        }
        return numbers;
    }

    void name_parts(const std::vector<std::vector<std::uint32_t>>& titles) {
        std::map<std::uint32_t, std::set<std::string>> texts;  // per column of the sheet
        std::map<std::uint32_t, std::size_t> filled;
        for (const std::vector<std::uint32_t>& rows : titles) {
            for (const std::uint32_t number : rows) {
                for (const GridCell& cell : grid_.row(number)->cells) {
                    texts[cell.column].insert(std::string(without_continued(cell.text)));
                    ++filled[cell.column];
                }
            }
        }
        std::uint32_t best = 0;
        for (const auto& [column, different] : texts) {
            if (different.size() > 1 && filled[column] * 2 >= titles.size() &&
                (best == 0 || different.size() > texts[best].size())) {
                best = column;
            }
        }
        if (best == 0) {
            return;
        }
        for (const std::vector<std::uint32_t>& rows : titles) {
            for (const std::uint32_t number : rows) {
                if (const Cell text = grid_.row(number)->text(best); !text.empty()) {
                    layout_.sections.push_back({number, best, std::string(without_continued(text))});
                }
            }
        }
    }

    void footnotes() {
        if (usual_ < 2) {
            return;
        }
        const ColumnLooks looks(grid_, layout_.columns, begin_, end_, 400);
        bool at_end = true;
        for (std::size_t i = end_; i-- > begin_;) {
            if (!is_data(i)) {
                continue;
            }
            const GridCell* cell = first_cell(i);
            if (cell == nullptr) {
                continue;
            }
            const bool alone = fill(i) == 1 && look_of(*cell) == Look::word;
            const bool apart = i > begin_ && row(i).number > row(i - 1).number + 1;
            const CellRange* merge = grid_.merge_at(row(i).number, cell->column);
            const bool across = merge != nullptr && merge->last_column > merge->first_column;
            const bool over_note = i + 1 < end_ && role(i + 1) == RowRole::footnote && labels_a_note(cell->text);
            const bool closing = at_end && (is_closing_line(cell->text) || over_note || marked_line(i, *cell) ||
                                            (usual_ >= 3 && looks.valued(cell->column)));
            if (alone && total_word(cell->text) == TotalWord::none &&
                (begins_a_note(cell->text) || closing ||
                 (at_end && usual_ >= 3 && (apart || across || noted_above(i))))) {
                set(i, RowRole::footnote);
            } else if (at_end && alone && i + 1 < end_ && role(i + 1) == RowRole::footnote && apart_from_data(i)) {
                set(i, RowRole::footnote);
            } else {
                at_end = false;
            }
        }
    }

    /// ・…, ●…, 1) …: a line of notes, where the records do not begin so.
    [[nodiscard]] bool marked_line(std::size_t at, const GridCell& cell) const {
        if (!begins_with_list_mark(cell.text)) {
            return false;
        }
        for (std::size_t i = begin_; i < end_; ++i) {
            const GridCell* other = is_data(i) && fill(i) > 1 ? row(i).find(cell.column) : nullptr;
            if (i != at && other != nullptr && begins_with_list_mark(other->text)) {
                return false;
            }
        }
        return true;
    }

    /// The row above is a lone note as well: a note of several lines.
    [[nodiscard]] bool noted_above(std::size_t at) const {
        for (std::size_t i = at; i-- > begin_ && row(i).number + 1 == row(i + 1).number && fill(i) == 1;) {
            if (begins_a_note(first_cell(i)->text)) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] bool apart_from_data(std::size_t at) const {
        return at > begin_ && row(at).number > row(at - 1).number + 1;
    }

    void sections() {
        if (usual_ < 2) {
            return;
        }
        const ColumnLooks looks(grid_, layout_.columns, begin_, end_, 400);
        std::map<std::uint32_t, bool> known;
        const auto valued = [&](std::uint32_t column) {
            const auto [one, fresh] = known.emplace(column, false);
            one->second = fresh ? valued_in_records(column) : one->second;
            return one->second;
        };
        for (std::size_t i = begin_; i < end_; ++i) {
            const GridCell* cell = first_cell(i);
            if (!is_data(i) || cell == nullptr || fill(i) != 1 || look_of(*cell) != Look::word ||
                cell->text.size() > 120 || total_word(cell->text) != TotalWord::none || !data_follows(i)) {
                continue;
            }
            const CellRange* merge = grid_.merge_at(row(i).number, cell->column);
            const std::uint32_t across = merge == nullptr ? 1 : merge->last_column - merge->first_column + 1;
            const bool merged = across >= 2 && across * 2 >= std::min(usual_, layout_.columns.width());
            const bool named = usual_ >= 3 && names_a_section(cell->text);
            const bool other_kind = usual_ >= 3 && (valued(cell->column) || lonely_column(looks, cell->column));
            if (merged || named || other_kind) {
                set(i, RowRole::section);
                layout_.sections.push_back({row(i).number, cell->column, std::string(cell->text)});
            }
        }
        std::sort(layout_.sections.begin(), layout_.sections.end(),
                  [](const TableSection& a, const TableSection& b) { return a.row < b.row; });
    }

    [[nodiscard]] bool data_follows(std::size_t at) const {
        for (std::size_t i = at + 1; i < end_; ++i) {
            if (role(i) == RowRole::repeated_header) {
                continue;
            }
            return fill(i) >= std::max(2U, usual_ / 2);
        }
        return false;
    }

    /// Numbers or codes where a row has more than one cell: notes and other sections are not counted as words.
    [[nodiscard]] bool valued_in_records(std::uint32_t column) const {
        std::size_t words = 0;
        std::size_t values = 0;
        for (std::size_t i = begin_; i < std::min(end_, begin_ + 400); ++i) {
            const GridCell* cell = is_data(i) && fill(i) > 1 ? row(i).find(column) : nullptr;
            const Look look = cell == nullptr ? Look::blank : look_of(*cell);
            words += look == Look::word ? 1U : 0U;
            values += is_value(look) ? 1U : 0U;
        }
        return values > 0 && values * 10 >= (values + words) * 7;
    }

    /// Hardly any row but such ones has a cell there.
    [[nodiscard]] bool lonely_column(const ColumnLooks& looks, std::uint32_t column) const {
        const ColumnLooks::Column& one = looks.of(column);
        const std::size_t rows = std::min<std::size_t>(end_ - begin_, 400);
        return rows >= 6 && (one.words + one.values + one.marks) * std::size_t{3} <= rows &&
               (column >= layout_.names.size() + 1 || layout_.names[column - 1].empty());
    }

    /// A row without its key and with one text only goes on where the row above stopped.
    void continuations() {
        if (usual_ < 4) {
            return;
        }
        const std::uint32_t key = key_column();
        if (key == 0) {
            return;
        }
        for (std::size_t i = begin_ + 1; i < end_; ++i) {
            const bool above = is_data(i - 1) || role(i - 1) == RowRole::continuation;
            if (!is_data(i) || !above || row(i).number != row(i - 1).number + 1 ||
                !grid_.shown(row(i).number, key).empty() || fill(i) * 4 > usual_ || fill(i) == 0) {
                continue;
            }
            const bool goes_on = std::all_of(row(i).cells.begin(), row(i).cells.end(), [&](const GridCell& cell) {
                return !layout_.columns.holds(cell.column) ||
                       (look_of(cell) == Look::word && continued(i, cell.column));
            });
            if (goes_on) {
                set(i, RowRole::continuation);
            }
        }
    }

    [[nodiscard]] bool continued(std::size_t at, std::uint32_t column) const {
        for (std::size_t i = at; i-- > begin_;) {
            if (role(i) != RowRole::continuation) {
                const GridCell* cell = row(i).find(column);
                return cell != nullptr && look_of(*cell) == Look::word;
            }
        }
        return false;
    }

    /// The first column that has a value in (nearly) every row that is no continuation.
    [[nodiscard]] std::uint32_t key_column() const {
        for (std::uint32_t column = layout_.columns.first;
             column <= std::min(layout_.columns.last, layout_.columns.first + 1); ++column) {
            std::size_t rows = 0;
            std::size_t filled = 0;
            for (std::size_t i = begin_; i < end_; ++i) {
                if (is_data(i) && fill(i) * 4 > usual_) {
                    ++rows;
                    filled += grid_.shown(row(i).number, column).empty() ? 0U : 1U;
                }
            }
            if (rows >= 3 && filled == rows) {
                return column;
            }
        }
        return 0;
    }

    void spread_sections() {
        if (layout_.sections.empty()) {
            return;
        }
        layout_.section_of.assign(layout_.roles.size(), 0);
        std::size_t next = 0;
        for (std::uint32_t number = layout_.sections.front().row; number <= layout_.roles.size(); ++number) {
            while (next < layout_.sections.size() && layout_.sections[next].row <= number) {
                ++next;
            }
            layout_.section_of[number - 1] = static_cast<std::uint32_t>(next);
        }
    }

    const Grid& grid_;
    TableLayout& layout_;
    std::size_t begin_, end_;
    std::uint32_t usual_ = 0;
};

}  // namespace

void judge_rows(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end, Totals totals) {
    BodyJudge(grid, layout, begin, end).judge(totals);
}

/// A label and nothing but counts beside it, each with its unit: 計 | 3施設.
bool RowJudge::only_counts(const std::vector<Cell>& cells) {
    bool total = false;
    for (const Cell cell : cells) {
        const std::optional<Count> count = count_in(cell);
        if (!cell.empty() && (!count || (count->label == Count::Label::none && !count->unit))) {
            return false;
        }
        total = total || (count && count->label == Count::Label::total);
    }
    return total;
}

/// 計 and 数 end the words for totals; a bracket may stand behind them; l ends "total".
bool RowJudge::ends_like_total(Cell cell) {
    return cell.ends_with("計") || cell.ends_with("数") || cell.ends_with("）") || cell.ends_with(')') ||
           cell.ends_with('l') || cell.ends_with('L');
}

RowRole RowJudge::judge_cells(std::size_t first, Cell label, const std::vector<Cell>& cells) const {
    std::size_t filled = 0;
    std::size_t as_heads = 0;
    std::size_t numbers = 0;
    std::size_t words = 0;
    std::size_t heads = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        heads += i < heads_.size() && !heads_[i].empty() ? 1U : 0U;
        if (cells[i].empty()) {
            continue;
        }
        ++filled;
        as_heads += i < heads_.size() && cells[i] == heads_[i] ? 1U : 0U;
        const Look look = look_of(cells[i]);
        numbers += look == Look::number ? 1U : 0U;
        words += look == Look::word ? 1U : 0U;
    }
    if (as_heads == filled && filled >= 2 && as_heads * 10 >= heads * 8) {
        return RowRole::repeated_header;
    }
    if (filled == 1 && heads >= 3 && is_closing_line(label)) {
        return RowRole::footnote;
    }
    if (totals_ == Totals::leave_out && filled * 2 <= heads + 1 && only_counts(cells)) {
        return RowRole::total;
    }
    // A table that begins at column E has its labels in E and F.
    const auto begins = static_cast<std::size_t>(
        std::find_if(heads_.begin(), heads_.end(), [](const std::string& head) { return !head.empty(); }) -
        heads_.begin());
    if (totals_ == Totals::leave_out && first < begins + 2 && numbers >= 1 && words == 1 &&
        total_word(label) == TotalWord::total) {
        return RowRole::total;
    }
    return RowRole::data;
}

}  // namespace kokai
