// SPDX-License-Identifier: Apache-2.0
#include "read/pseudo_rows.hpp"

#include "read/cell_look.hpp"
#include "read/cell_words.hpp"
#include "read/row_words.hpp"
#include "read/table_head.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace kokai {
namespace {

constexpr std::size_t most_examples = 3;
constexpr std::size_t page_break_rows = 4;  // from the foot of a page to the head on the next one
constexpr std::size_t most_sign_lines = 8;  // of a block about who made the table

class PseudoRows {
public:
    PseudoRows(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end)
        : grid_(grid), layout_(layout), begin_(begin), end_(end), facts_(layout.columns.width()) {
        fills_.reserve(end_ - begin_);
        for (std::size_t i = begin_; i < end_; ++i) {
            fills_.push_back(fill_of(row(i), layout_.columns));
        }
    }

    void find(bool counts) {
        usual_ = usual_fill();
        if (const std::uint32_t running = layout_.columns.width() < 3 ? 0 : line_numbers(); running != 0) {
            sign_offs();  // the lines of a form end above them
            blank_forms(running);
            usual_ = usual_fill();
        }
        if (usual_ < 2) {
            if (counts) {
                counted();
            }
            return;  // a list of names: a cell alone is a record
        }
        page_lines();
        examples();
        sign_offs();
        if (counts) {
            counted();
        }
    }

private:
    /// What the cells of a column have in common.
    struct ColumnFacts {
        std::size_t filled = 0, numbers = 0;
        bool alike = true;  // all its cells say the same
    };

    [[nodiscard]] const GridRow& row(std::size_t at) const { return grid_.rows()[at]; }
    [[nodiscard]] std::uint32_t fill(std::size_t at) const { return fills_[at - begin_]; }
    [[nodiscard]] bool is_data(std::size_t at) const { return layout_.role(row(at).number) == RowRole::data; }
    /// Looked at when a row makes it worth while.
    [[nodiscard]] const ColumnFacts& facts(std::uint32_t column) const {
        std::optional<ColumnFacts>& known = facts_[column - layout_.columns.first];
        if (!known) {
            known.emplace();
            const GridCell* first = nullptr;
            for (std::size_t i = begin_; i < end_; ++i) {
                if (const GridCell* cell = is_data(i) ? row(i).find(column) : nullptr) {
                    first = first == nullptr ? cell : first;
                    ++known->filled;
                    known->alike = known->alike && cell->text == first->text;
                    known->numbers += look_of(*cell) == Look::number ? 1U : 0U;
                }
            }
        }
        return *known;
    }
    void set(std::size_t at, RowRole role) {
        const std::uint32_t number = row(at).number;
        layout_.roles.resize(std::max<std::size_t>(layout_.roles.size(), number));
        layout_.roles[number - 1] = role;
    }

    [[nodiscard]] std::uint32_t usual_fill() const {
        std::vector<std::uint32_t> fills;
        for (std::size_t i = begin_; i < end_; ++i) {
            if (const std::uint32_t cells = fill(i); cells > 0 && is_data(i)) {
                fills.push_back(cells);
            }
        }
        if (fills.empty()) {
            return 0;
        }
        std::nth_element(fills.begin(), fills.begin() + static_cast<std::ptrdiff_t>(fills.size() / 2), fills.end());
        return fills[fills.size() / 2];
    }

    template <typename Test>
    [[nodiscard]] bool all_cells(std::size_t at, Test&& test) const {
        return std::all_of(row(at).cells.begin(), row(at).cells.end(),
                           [&](const GridCell& cell) { return !layout_.columns.holds(cell.column) || test(cell); });
    }

    /// Numbered lines of a form below the last record: nothing but the number, or but what every row has. A line alone
    /// may be a record nobody has written yet, and so may numbers between records.
    void blank_forms(std::uint32_t running) {
        const auto prepared = [&](const GridCell& cell) {
            return cell.column == running || (facts(cell.column).alike && nearly_full(cell.column));
        };
        std::size_t bottom = end_;
        while (bottom > begin_ && stands_below_lines(bottom - 1, running)) {
            --bottom;
        }
        std::size_t top = bottom;
        while (top > begin_ && number_in_row(top - 1, running) && all_cells(top - 1, prepared) &&
               (top == bottom || *number_in_row(top - 1, running) < *number_in_row(top, running))) {
            --top;
        }
        if (bottom - top < 2 || !any_record(top)) {
            return;
        }
        for (std::size_t i = top; i < bottom; ++i) {
            set(i, RowRole::blank_form);
        }
    }

    /// The column that counts the lines, 0 without one or where the last rows are as full as others.
    [[nodiscard]] std::uint32_t line_numbers() const {
        const std::uint32_t most = *std::max_element(fills_.begin(), fills_.end());
        if (fills_.back() * 2 > most + 1) {
            return 0;
        }
        for (std::uint32_t column = layout_.columns.first; column <= layout_.names.size(); ++column) {
            if (heads_line_numbers(layout_.names[column - 1])) {
                const ColumnFacts& one = facts(column);
                if (one.numbers > 0 && one.numbers * 10 >= one.filled * 7 && !one.alike) {
                    return column;
                }
            }
        }
        return 0;
    }

    [[nodiscard]] bool nearly_full(std::uint32_t column) const {
        return facts(column).filled * 10 >= (end_ - begin_) * 9;
    }

    [[nodiscard]] std::optional<double> number_in_row(std::size_t at, std::uint32_t column) const {
        const GridCell* cell = is_data(at) ? row(at).find(column) : nullptr;
        return cell != nullptr && look_of(*cell) == Look::number ? number_in(cell->text) : std::nullopt;
    }

    /// A note, a sum or whom to ask below the lines of the form.
    [[nodiscard]] bool stands_below_lines(std::size_t at, std::uint32_t running) const {
        const GridCell* first = first_cell(at);
        if (!is_data(at) || number_in_row(at, running)) {
            return !is_data(at);
        }
        const std::optional<Count> count = first == nullptr ? std::nullopt : count_in(first->text);
        return first == nullptr || is_closing_line(first->text) || is_page_line(first->text) ||
               is_whom_to_ask(first->text) || (count && count->label != Count::Label::none);
    }

    [[nodiscard]] bool any_record(std::size_t end) const {
        for (std::size_t i = begin_; i < end; ++i) {
            if (is_data(i) && fill(i) >= 2) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] const GridCell* first_cell(std::size_t at) const {
        const auto first = std::find_if(row(at).cells.begin(), row(at).cells.end(),
                                        [&](const GridCell& cell) { return layout_.columns.holds(cell.column); });
        return first == row(at).cells.end() ? nullptr : &*first;
    }

    /// A cell alone at the end, or where a page ends and the next one begins.
    void page_lines() {
        bool at_end = true;
        for (std::size_t i = end_; i-- > begin_;) {
            const GridCell* cell = fill(i) == 1 ? first_cell(i) : nullptr;
            const bool page = is_data(i) && cell != nullptr && cell->kind == CellKind::text && is_page_line(cell->text);
            if (page && (at_end ? !goes_on_from_a_page(cell->text) : head_follows(i)) && !has_page_values(*cell)) {
                set(i, RowRole::footnote);
                continue;
            }
            at_end = at_end && (fill(i) == 0 || !is_data(i) || (cell != nullptr && is_closing_line(cell->text)));
        }
    }

    /// Dates, ratios and pages of a book: records have what looks like the foot of a page.
    [[nodiscard]] bool has_page_values(const GridCell& line) const {
        const Look look = look_of(line);
        for (std::size_t i = begin_; i < end_; ++i) {
            const GridCell* cell = is_data(i) && fill(i) >= 2 ? row(i).find(line.column) : nullptr;
            if (cell != nullptr && (is_page_line(cell->text) || (look != Look::word && look_of(*cell) == look))) {
                return true;
            }
        }
        return false;
    }

    /// The head of the table stands again right below.
    [[nodiscard]] bool head_follows(std::size_t at) const {
        const GridRow* head = layout_.header_rows.empty() ? nullptr : grid_.row(layout_.header_rows.back());
        for (std::size_t i = at + 1; head != nullptr && i < std::min(end_, at + 1 + page_break_rows); ++i) {
            if (fill(i) >= 2 &&
                all_cells(i, [&](const GridCell& cell) { return cell.text == head->text(cell.column); })) {
                return true;
            }
        }
        return false;
    }

    /// Marked rows at the top, fewer than the records: keys like 例1, 例2, 例3 go on below or fill the table.
    void examples() {
        std::vector<std::size_t> top;
        std::size_t rows = 0;
        std::size_t marked = 0;
        for (std::size_t i = begin_; i < end_; ++i) {
            if (!is_data(i) || fill(i) < 2) {
                continue;
            }
            if (rows == 0 && is_made_up(i)) {
                set(i, RowRole::example);
                continue;
            }
            if (marked_in_front(i)) {
                ++marked;
                if (top.size() == rows) {
                    top.push_back(i);
                }
            }
            ++rows;
        }
        if (marked == top.size() && marked <= most_examples && marked * 2 < rows) {
            for (const std::size_t at : top) {
                set(at, RowRole::example);
            }
        }
    }

    /// In the first cell of the row, or behind its number.
    [[nodiscard]] bool marked_in_front(std::size_t at) const {
        for (const GridCell& cell : row(at).cells) {
            if (layout_.columns.holds(cell.column)) {
                if (marks_an_example(cell.text)) {
                    return true;
                }
                if (look_of(cell) != Look::number) {
                    return false;
                }
            }
        }
        return false;
    }

    /// ○○公民館 in ○○町, over rows that have names: without a word that says so, in the first row only.
    [[nodiscard]] bool is_made_up(std::size_t at) const {
        std::size_t placeholders = 0;
        bool place = false;
        for (const GridCell& cell : row(at).cells) {
            if (holds_placeholder(cell.text)) {
                ++placeholders;
                place = place || holds_made_up_place(cell.text);
            }
        }
        const bool next_too =
            at + 1 < end_ && std::any_of(row(at + 1).cells.begin(), row(at + 1).cells.end(),
                                         [](const GridCell& cell) { return holds_placeholder(cell.text); });
        return placeholders >= 2 && place && at + 1 < end_ && !next_too;
    }

    /// Blocks at the end that begin with whom to ask, each apart from what stands above it, or under a column of
    /// numbers.
    void sign_offs() {
        for (std::size_t bottom = end_; bottom > begin_;) {
            std::size_t top = bottom - 1;
            while (top > begin_ && row(top - 1).number + 1 == row(top).number && bottom - top < most_sign_lines &&
                   !begins_sign_off(top)) {
                --top;
            }
            if (!begins_sign_off(top) || top == begin_) {
                return;
            }
            for (std::size_t i = top; i < bottom; ++i) {
                if (is_data(i)) {
                    set(i, RowRole::footnote);
                }
            }
            bottom = top;
        }
    }

    /// Behind a blank row, or where the records have numbers and none of them a word.
    [[nodiscard]] bool begins_sign_off(std::size_t at) const {
        const GridCell* first = is_data(at) && at > begin_ ? first_cell(at) : nullptr;
        const bool sign_off = first != nullptr && is_sign_off(first->text);
        if (first == nullptr || (!sign_off && !labels_a_note(first->text))) {
            return false;
        }
        const ColumnFacts& column = facts(first->column);
        const bool among_numbers = column.numbers * 2 > column.filled;
        if (row(at - 1).number + 1 < row(at).number) {
            return among_numbers || (sign_off && !may_be_listed(first->text));
        }
        const GridCell* beside = row(at).find(first->column + 1);
        const bool label_and_text = beside != nullptr && fill(at) == 2 && usual_ >= 4;
        return among_numbers && (is_whom_to_ask(first->text) || label_and_text);
    }

    /// What the cells of a row count, and whether they say anything else.
    struct Tally {
        Count::Label label = Count::Label::none;
        const GridCell* labelled = nullptr;
        const GridCell* counted = nullptr;
        std::optional<double> number;
        bool counter = false;
        bool plain = true;  // each number says what it counts, or stands where other rows have none
        bool nothing_else = true;
    };

    [[nodiscard]] Tally tally_of(std::size_t at) const {
        Tally tally;
        for (const GridCell& cell : row(at).cells) {
            if (!layout_.columns.holds(cell.column)) {
                continue;
            }
            const std::optional<Count> count = cell.kind == CellKind::date ? std::nullopt : count_in(cell.text);
            if (!count) {
                if (look_of(cell) != Look::mark) {
                    tally.nothing_else = false;
                    return tally;
                }
                continue;
            }
            if (count->label != Count::Label::none) {
                tally.labelled = tally.labelled == nullptr ? &cell : tally.labelled;
                tally.label = std::max(tally.label, count->label);
            }
            if (count->number) {
                const ColumnFacts& column = facts(cell.column);
                tally.plain = tally.plain && (count->unit || count->label != Count::Label::none ||
                                              column.numbers * 2 <= column.filled);
                tally.counted = tally.counted == nullptr ? &cell : tally.counted;
                tally.number = tally.number ? tally.number : count->number;
                tally.counter = tally.counter || count->counter;
            }
        }
        return tally;
    }

    /// A row of labels and counts that sums up the rows above it. What no word calls a sum is one at the end of them
    /// only, and if it counts them.
    [[nodiscard]] bool sums_up(std::size_t at, const Tally& tally, double all, double block) const {
        if (all == 0 || !only_counts(at, tally)) {
            return false;
        }
        if (tally.label == Count::Label::none || tally.label == Count::Label::amount) {
            return tally.number && (*tally.number == all || *tally.number == block) && ends_block(at);
        }
        if (tally.number && *tally.number != all && *tally.number != block && is_category(*tally.labelled)) {
            return false;
        }
        return usual_ >= 2 || ends_block(at);
    }

    /// 男, 女, 計 of each town, behind the town's name.
    [[nodiscard]] bool is_category(const GridCell& label) const {
        std::size_t same = 0;
        for (std::size_t i = begin_; i < end_ && label.column > layout_.columns.first && same < 2; ++i) {
            same += row(i).text(label.column) == label.text ? 1U : 0U;
        }
        return same > 1;
    }

    /// Nothing, a blank row or the next sum stands below.
    [[nodiscard]] bool ends_block(std::size_t at) const {
        if (at + 1 == end_ || row(at + 1).number > row(at).number + 1 || !is_data(at + 1)) {
            return true;
        }
        const GridCell* next = first_cell(at + 1);
        const Tally below = tally_of(at + 1);
        return next == nullptr || is_closing_line(next->text) ||
               (below.nothing_else && below.label > Count::Label::amount);
    }

    /// A row of labels and counts. Numbers in columns of numbers are for those who add them up.
    [[nodiscard]] bool only_counts(std::size_t at, const Tally& tally) const {
        if (!tally.nothing_else || !tally.plain) {
            return false;
        }
        const std::uint32_t cells = fill(at);
        if (usual_ < 2) {
            return tally.label != Count::Label::none && tally.number && tally.counter;  // 計5施設
        }
        if (tally.label == Count::Label::none) {
            return cells == 1 && tally.counter && !counted_above(at, tally.counted->column, true);
        }
        if (!tally.number) {
            return cells == 1 && !leads_a_block(at) && (tally.label == Count::Label::total || usual_ >= 3);
        }
        return tally.label != Count::Label::group || cells < usual_;
    }

    [[nodiscard]] bool counted_above(std::size_t at, std::uint32_t column, bool with_unit) const {
        const std::optional<Count> above = at > begin_ ? count_in(row(at - 1).text(column)) : std::nullopt;
        return above && (!with_unit || above->unit);
    }

    /// 総数 alone over the rows that follow names them, and sums up nothing.
    [[nodiscard]] bool leads_a_block(std::size_t at) const {
        const bool below = at + 1 < end_ && row(at + 1).number == row(at).number + 1 && fill(at + 1) >= 2;
        const bool above =
            at > begin_ && row(at - 1).number + 1 == row(at).number && is_data(at - 1) && fill(at - 1) >= 2;
        return below && !above;
    }

    void counted() {
        double all = 0;
        double block = 0;
        for (std::size_t i = begin_; i < end_; ++i) {
            if (!is_data(i) || fill(i) == 0) {
                continue;
            }
            // A count leaves cells blank, but in the smallest of tables.
            const Tally tally = fill(i) < std::max(usual_, 4U) ? tally_of(i) : Tally{};
            if (fill(i) >= std::max(usual_, 4U) || !sums_up(i, tally, all, block)) {
                const double record = fill(i) >= std::min(usual_, 2U) ? 1 : 0;
                all += record;
                block += record;
                continue;
            }
            set(i, RowRole::total);
            layout_.totals.push_back(told(i, tally, all, block));
            block = 0;
        }
    }

    [[nodiscard]] TableTotal told(std::size_t at, const Tally& tally, double all, double block) const {
        const GridCell& label = tally.labelled != nullptr ? *tally.labelled : *tally.counted;
        TableTotal total;
        total.row = row(at).number;
        total.label_column = label.column;
        total.label = std::string(label.text);
        if (tally.counted != nullptr && tally.counted != &label) {
            total.label += " " + std::string(tally.counted->text);
        }
        if (!tally.number || (*tally.number != all && *tally.number != block && !tally.counter)) {
            return total;
        }
        const bool agrees = *tally.number == all || *tally.number == block;
        if (!agrees && counted_above(at, tally.counted->column, false)) {
            return total;  // it adds up what each row counts
        }
        total.agreeing = 1;
        if (!agrees) {
            total.differing = 1;
            total.column = tally.counted->column;
            total.found = std::string(tally.counted->text);
            total.expected = std::to_string(static_cast<long long>(block > 0 ? block : all)) + "件";
        }
        return total;
    }

    const Grid& grid_;
    TableLayout& layout_;
    std::size_t begin_, end_;
    std::vector<std::uint32_t> fills_;  // cells of each row
    mutable std::vector<std::optional<ColumnFacts>> facts_;
    std::uint32_t usual_ = 0;
};

}  // namespace

void find_pseudo_rows(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end, bool counts) {
    if (begin < end) {
        PseudoRows(grid, layout, begin, end).find(counts);
    }
}

}  // namespace kokai
