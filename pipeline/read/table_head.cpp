// SPDX-License-Identifier: Apache-2.0
// A row is a header for what stands below it: words over numbers, as wide as the table, keys over names. Where nothing
// speaks for another row, the first one that is not blank is the header.
#include "read/table_head.hpp"

#include "read/cell_words.hpp"
#include "read/first_record.hpp"
#include "read/row_words.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace kokai {
namespace {

constexpr std::size_t rows_ahead = 40;
constexpr std::size_t most_head_rows = 4;

template <typename Test>
std::uint32_t count_cells(const GridRow& row, ColumnSpan span, Test&& test) {
    std::uint32_t count = 0;
    for (const GridCell& cell : row.cells) {
        count += span.holds(cell.column) && test(cell) ? 1U : 0U;
    }
    return count;
}

/// The usual number of cells of the rows from here on: 70 of 100 rows have no more, or a third has just as many.
std::uint32_t usual_fill(const Grid& grid, ColumnSpan span, std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> fills;
    for (std::size_t i = begin; i < std::min(end, begin + rows_ahead); ++i) {
        fills.push_back(fill_of(grid.rows()[i], span));
    }
    if (fills.empty()) {
        return 0;
    }
    std::sort(fills.begin(), fills.end());
    std::uint32_t usual = fills[(fills.size() - 1) * 7 / 10];
    for (auto same = fills.begin(); same != fills.end();) {
        const auto next = std::upper_bound(same, fills.end(), *same);
        const auto many = static_cast<std::size_t>(next - same);
        usual = many >= 3 && many * 3 >= fills.size() ? std::max(usual, *same) : usual;
        same = next;
    }
    return usual;
}

bool all_words(const GridRow& row, ColumnSpan span) {
    return count_cells(row, span, [](const GridCell& cell) {
               return is_value(look_of(cell)) && !looks_like_period(cell.text);
           }) == 0;
}

bool first_begins_with_hash(const GridRow& row, ColumnSpan span) {
    for (const GridCell& cell : row.cells) {
        if (span.holds(cell.column)) {
            return cell.text.starts_with('#');
        }
    }
    return false;
}

class HeadFinder {
public:
    HeadFinder(const Grid& grid, ColumnSpan span, std::size_t begin, std::size_t end)
        : grid_(grid), span_(span), begin_(begin), end_(end) {}

    TableHead find() {
        TableHead head;
        std::size_t at = past_notes();
        for (const std::size_t start = at; at + 1 < end_ && at - start < rows_ahead && is_title(at);) {
            ++at;
        }
        at = back_to_words(at);
        const std::size_t first = parents_above(at);
        for (std::size_t i = begin_; i < first; ++i) {
            head.title_rows.push_back(row(i).number);
        }
        for (std::size_t i = first; i <= at; ++i) {
            head.rows.push_back(row(i).number);
        }
        extend(head, at);
        if (head.rows.size() == 1) {
            const ColumnLooks::Contrast contrast = looks_below(at).contrast(row(at));
            head.doubtful = contrast.values >= 2 && contrast.words == 0 && contrast.values * 2 >= fill(at);
        }
        return head;
    }

private:
    [[nodiscard]] const GridRow& row(std::size_t at) const { return grid_.rows()[at]; }
    [[nodiscard]] std::uint32_t fill(std::size_t at) const { return fill_of(row(at), span_); }
    [[nodiscard]] ColumnLooks looks_below(std::size_t at) const { return {grid_, span_, at + 1, end_}; }
    [[nodiscard]] bool adjacent(std::size_t at) const { return at < end_ && row(at).number == row(at - 1).number + 1; }

    /// Lines of notes, however many, over a row of heads: that row. Else the first one.
    [[nodiscard]] std::size_t past_notes() const {
        constexpr std::size_t most_notes = 300;
        for (std::size_t at = begin_; at + 1 < end_ && at - begin_ < most_notes; ++at) {
            if (heads_what_follows(at)) {
                return at;
            }
            const GridRow& line = row(at);
            const bool list = fill(at) == 1 && is_head_word(line.cells.front().text);  // of one column
            if (list || (fill(at) > 1 && !is_about_the_making(line))) {
                break;
            }
        }
        return begin_;
    }

    [[nodiscard]] bool heads_what_follows(std::size_t at) const {
        if (fill(at) < 3 || !all_words(row(at), span_) || fill(at + 1) * 2 <= fill(at)) {
            return false;
        }
        const std::uint32_t heads =
            count_cells(row(at), span_, [](const GridCell& cell) { return is_head_word(cell.text); });
        return heads >= 2 && heads * 2 >= fill(at);
    }

    /// 作成課 | 総務課 | 作成日 | 令和6年4月1日
    [[nodiscard]] bool is_about_the_making(const GridRow& line) const {
        return count_cells(line, span_, [](const GridCell& cell) {
                   return is_sign_off(cell.text) || (cell.text.size() < 60 && is_about_the_table(cell.text));
               }) > 0;
    }

    /// Much narrower than what follows, or a line about the table above the header proper.
    [[nodiscard]] bool is_title(std::size_t at) const {
        const std::uint32_t own = fill(at);
        const std::uint32_t usual = usual_fill(grid_, span_, at, end_);
        if (own == 0) {
            return true;
        }
        if (usual >= 3 && own * 2 <= usual) {
            return !is_head_over_sparse_rows(at);
        }
        const std::uint32_t next = fill(at + 1);
        if (own == 1 && next >= 2 && all_words(row(at + 1), span_) && usual >= 2) {
            const std::uint32_t heads =
                count_cells(row(at + 1), span_, [](const GridCell& cell) { return is_head_word(cell.text); });
            return heads > 0 || looks_below(at + 1).contrast(row(at + 1)).words > 0;
        }
        if (own >= usual || next <= own || next * 10 < usual * 8 || !all_words(row(at + 1), span_)) {
            return false;
        }
        return count_cells(row(at), span_, [](const GridCell& cell) { return is_about_the_table(cell.text); }) > 0;
    }

    /// Half a header is no title: names over the columns that have some, numbers right below.
    [[nodiscard]] bool is_head_over_sparse_rows(std::size_t at) const {
        return fill(at) >= 2 && all_words(row(at), span_) && adjacent(at + 1) && !all_words(row(at + 1), span_) &&
               fill(at + 1) * 10 >= usual_fill(grid_, span_, at, end_) * 7 &&
               looks_below(at).contrast(row(at + 1)).values > 0 &&
               count_cells(row(at), span_, [](const GridCell& cell) { return is_about_the_table(cell.text); }) == 0;
    }

    /// Where the row that is wide enough looks like the data, the header is the last row above it.
    [[nodiscard]] std::size_t back_to_words(std::size_t at) const {
        const ColumnLooks::Contrast contrast = looks_below(at).contrast(row(at));
        if (at > begin_ && adjacent(at) && contrast.values > contrast.words && all_words(row(at - 1), span_) &&
            fill(at - 1) >= (fill(at) <= 3 ? 1U : 2U)) {
            return at - 1;
        }
        return at;
    }

    /// The first row of the header when merged or spread parents stand above the row at `at`.
    [[nodiscard]] std::size_t parents_above(std::size_t at) const {
        std::size_t first = at;
        while (first > begin_ && at - first < 2 && adjacent(first) && is_parent(first - 1, first)) {
            --first;
        }
        return first;
    }

    [[nodiscard]] bool is_parent(std::size_t above, std::size_t below) const {
        const GridRow& parent = row(above);
        if (fill(above) < 2 || !all_words(parent, span_) || count_cells(parent, span_, [](const GridCell& cell) {
                                                                return cell.text.size() > 60 ||
                                                                       is_about_the_table(cell.text);
                                                            }) > 0) {
            return false;
        }
        std::uint32_t covered = 0;
        bool merged = false;
        for (const GridCell& cell : parent.cells) {
            const CellRange* range = span_.holds(cell.column) ? grid_.merge_at(parent.number, cell.column) : nullptr;
            covered += range == nullptr ? 1 : range->last_column - range->first_column + 1;
            merged = merged || range != nullptr;
        }
        if (merged) {
            return covered * 10 >= fill(below) * 6;
        }
        return parent_tells_apart(parent, row(below));
    }

    /// Without merges (CSV): the same name twice below, told apart by different words above.
    [[nodiscard]] bool parent_tells_apart(const GridRow& parent, const GridRow& child) const {
        const auto spread = [&](std::uint32_t column) {
            Cell text;
            for (const GridCell& cell : parent.cells) {
                if (cell.column <= column && span_.holds(cell.column)) {
                    text = cell.text;
                }
            }
            return text;
        };
        for (std::size_t i = 0; i < child.cells.size(); ++i) {
            for (std::size_t j = i + 1; j < child.cells.size(); ++j) {
                if (child.cells[i].text == child.cells[j].text && span_.holds(child.cells[i].column) &&
                    spread(child.cells[i].column) != spread(child.cells[j].column)) {
                    return true;
                }
            }
        }
        return false;
    }

    void extend(TableHead& head, std::size_t at) const {
        const std::size_t top = at + 1 - head.rows.size();
        for (std::size_t next = at + 1; next < end_ && next - top < most_head_rows && adjacent(next); ++next) {
            const Joining joining = joins(top, next);
            if (joining == Joining::no) {
                return;
            }
            head.rows.push_back(row(next).number);
            if (joining == Joining::note) {
                head.note_rows.push_back(row(next).number);
            }
        }
    }

    enum class Joining : std::uint8_t { no, names, note };

    [[nodiscard]] Joining joins(std::size_t top, std::size_t next) const {
        const GridRow& line = row(next);
        const std::uint32_t cells = fill(next);
        if (cells == 0) {
            return Joining::no;
        }
        if (first_begins_with_hash(row(top), span_) && first_begins_with_hash(line, span_)) {
            return cells * 2 > fill(top) ? Joining::note : Joining::no;
        }
        if (spanned_by_merge(top, next)) {
            return Joining::names;
        }
        const std::uint32_t unit_cells =
            count_cells(line, span_, [](const GridCell& cell) { return is_unit_cell(cell.text); });
        const ColumnLooks below = looks_below(next);
        const ColumnLooks::Contrast contrast = below.contrast(line);
        if (unit_cells * 10 >= cells * 6 && contrast.values == 0 && contrast.words > 0) {
            return Joining::names;
        }
        const ColumnNumbers numbers = column_numbers(line);
        if (cells > 1 && ((numbers == ColumnNumbers::marked && !marked_below(next)) ||
                          (numbers == ColumnNumbers::plain && contrast.values * 2 < cells && cells >= 4))) {
            return Joining::note;
        }
        if (contrast.values > 0 || !all_words(line, span_) ||
            count_cells(line, span_, [](const GridCell& cell) { return cell.text.size() > 90; }) > 0) {
            return Joining::no;
        }
        const std::uint32_t heads =
            count_cells(line, span_, [](const GridCell& cell) { return is_head_word(cell.text); });
        if (keys_and_names(row(top), line) &&
            (contrast.words >= 1 || (heads * 3 >= cells * 2 && stands_out(top, next)))) {
            return Joining::names;
        }
        if (contrast.words >= 2 && next + 1 < end_ && valued_cells(line, below) == contrast.words) {
            return reads_as_record(grid_, span_, top, next, end_, below) ? Joining::no : Joining::names;
        }
        // A text alone in the first column names a section.
        const bool section = cells == 1 && !line.text(span_.first).empty();
        const bool third = next >= top + 2 && !section && valued_cells(line, below) == cells;
        if (contrast.words >= 1 && next + 1 < end_ &&
            (third || (contrast.words == 1 && has_gaps_over(row(next - 1), line)))) {
            return Joining::names;
        }
        return Joining::no;
    }

    /// Cells of the row that stand in columns of values, of whatever look but marks.
    [[nodiscard]] std::uint32_t valued_cells(const GridRow& line, const ColumnLooks& below) const {
        return count_cells(line, span_, [&](const GridCell& cell) { return below.valued(cell.column); });
    }

    /// A merge of a header row reaches down into this row, or across and has words of this row below it.
    [[nodiscard]] bool spanned_by_merge(std::size_t top, std::size_t next) const {
        const std::uint32_t number = row(next).number;
        for (std::uint32_t column = span_.first; column <= span_.last; ++column) {
            const CellRange* down = grid_.merge_at(number, column);
            if (down != nullptr && down->first_row >= row(top).number && down->first_row < number) {
                return row_of_words_or_periods(next);
            }
        }
        std::uint32_t children = 0;
        const GridRow& parent = row(next - 1);
        for (const GridCell& cell : parent.cells) {
            const CellRange* across = grid_.merge_at(parent.number, cell.column);
            if (!span_.holds(cell.column) || across == nullptr || across->first_row != parent.number ||
                across->last_row != parent.number || across->last_column == across->first_column ||
                across->last_column - across->first_column + 1 >= span_.width()) {
                continue;
            }
            std::uint32_t own = 0;
            for (std::uint32_t column = across->first_column; column <= across->last_column; ++column) {
                own += row(next).text(column).empty() ? 0U : 1U;
            }
            children += own >= 2 ? 1U : 0U;
        }
        return children > 0 && row_of_words_or_periods(next);
    }

    [[nodiscard]] bool row_of_words_or_periods(std::size_t at) const { return all_words(row(at), span_); }

    /// English keys over Japanese names, or the other way round.
    [[nodiscard]] bool keys_and_names(const GridRow& one, const GridRow& other) const {
        const auto keys = [&](const GridRow& line) {
            return count_cells(line, span_, [](const GridCell& cell) { return is_ascii_key(cell.text); });
        };
        const auto names = [&](const GridRow& line) {
            return count_cells(line, span_, [](const GridCell& cell) { return has_japanese(cell.text); });
        };
        const std::uint32_t all_one = fill_of(one, span_);
        const std::uint32_t all_other = fill_of(other, span_);
        if (all_one < 2 || all_other * 10 < all_one * 5) {
            return false;
        }
        return (keys(one) * 10 >= all_one * 7 && names(other) * 10 >= all_other * 7) ||
               (names(one) * 10 >= all_one * 7 && keys(other) * 10 >= all_other * 7);
    }

    /// Names without numbers below them: as many as there are keys, each once, and hardly any in the next row.
    [[nodiscard]] bool stands_out(std::size_t top, std::size_t next) const {
        const auto heads = [&](std::size_t at) {
            return count_cells(row(at), span_, [](const GridCell& cell) { return is_head_word(cell.text); });
        };
        std::set<std::string_view> different;
        for (const GridCell& cell : row(next).cells) {
            different.insert(cell.text);
        }
        return fill(next) >= 3 && fill(next) * 10 >= fill(top) * 8 && different.size() == row(next).cells.size() &&
               next + 1 < end_ && heads(next + 1) * 3 < fill(next + 1);
    }

    /// 1 2 3 4 …, (1) (2) (3) …, ① ② ③ …: numbers of the columns. Marked ones are nothing else.
    enum class ColumnNumbers : std::uint8_t { none, plain, marked };

    /// (3), ③
    [[nodiscard]] static std::optional<double> marked_number(std::string_view cell) {
        constexpr std::array<std::string_view, 20> circled{"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩",
                                                           "⑪", "⑫", "⑬", "⑭", "⑮", "⑯", "⑰", "⑱", "⑲", "⑳"};
        const std::string text = folded_label(cell);
        if (const auto sign = std::find(circled.begin(), circled.end(), text); sign != circled.end()) {
            return static_cast<double>(sign - circled.begin() + 1);
        }
        return text.size() > 2 && text.starts_with('(') && text.ends_with(')')
                   ? number_in(std::string_view(text).substr(1, text.size() - 2))
                   : std::nullopt;
    }

    /// Records that are such numbers themselves: ranks.
    [[nodiscard]] bool marked_below(std::size_t at) const {
        return at + 1 < end_ && count_cells(row(at + 1), span_,
                                            [](const GridCell& cell) { return marked_number(cell.text).has_value(); }) *
                                        2 >=
                                    fill(at + 1);
    }

    [[nodiscard]] ColumnNumbers column_numbers(const GridRow& line) const {
        double expected = 1;
        bool marked = true;
        for (const GridCell& cell : line.cells) {
            if (!span_.holds(cell.column)) {
                continue;
            }
            const std::optional<double> number = marked_number(cell.text);
            marked = marked && number;
            if (number.value_or(number_in(folded_label(cell.text)).value_or(0)) != expected) {
                return ColumnNumbers::none;
            }
            expected += 1;
        }
        return expected == 1 ? ColumnNumbers::none : marked ? ColumnNumbers::marked : ColumnNumbers::plain;
    }

    /// Whether the row above leaves columns free that have a word here: a parent and its children.
    [[nodiscard]] bool has_gaps_over(const GridRow& above, const GridRow& line) const {
        return count_cells(line, span_,
                           [&](const GridCell& cell) {
                               return above.find(cell.column) == nullptr && cell.column > span_.first;
                           }) > 0 &&
               count_cells(line, span_, [&](const GridCell& cell) { return above.find(cell.column) != nullptr; }) > 0;
    }

    const Grid& grid_;
    ColumnSpan span_;
    std::size_t begin_, end_;
};

}  // namespace

std::uint32_t fill_of(const GridRow& row, ColumnSpan span) {
    return count_cells(row, span, [](const GridCell&) { return true; });
}

TableHead find_head(const Grid& grid, ColumnSpan span, std::size_t begin, std::size_t end) {
    while (begin < end && fill_of(grid.rows()[begin], span) == 0) {
        ++begin;
    }
    return begin < end ? HeadFinder(grid, span, begin, end).find() : TableHead{};
}

std::vector<std::string> head_names(const Grid& grid, ColumnSpan span, const std::vector<std::uint32_t>& rows,
                                    const std::vector<std::uint32_t>& note_rows) {
    std::vector<std::uint32_t> lines;
    for (const std::uint32_t number : rows) {
        if (std::find(note_rows.begin(), note_rows.end(), number) == note_rows.end()) {
            lines.push_back(number);
        }
    }
    std::vector<std::string> names(span.last);
    for (std::uint32_t column = span.first; column <= span.last; ++column) {
        std::string& name = names[column - 1];
        std::string last;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            Cell part = grid.shown(lines[i], column);
            const bool below = std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end(),
                                           [&](std::uint32_t line) { return !grid.shown(line, column).empty(); });
            if (part.empty() && below && name.empty()) {
                for (std::uint32_t left = column; part.empty() && left > span.first;) {
                    part = grid.shown(lines[i], --left);
                }
                // A parent without merges reaches over the columns that have a name of their own below.
                for (std::uint32_t left = column; left > span.first && grid.shown(lines[i], left).empty(); --left) {
                    bool named = false;
                    for (std::size_t j = i + 1; j < lines.size(); ++j) {
                        named = named || !grid.shown(lines[j], left - 1).empty();
                    }
                    part = named ? part : Cell{};
                }
            }
            if (part.empty() || part == last) {
                continue;
            }
            last = part;
            if (i > 0 && !name.empty() && is_unit_cell(part)) {
                const bool bracketed = part.starts_with('(') || part.starts_with("（");
                name += bracketed ? std::string(part) : "(" + std::string(part) + ")";
            } else {
                name += (name.empty() ? "" : "_") + std::string(part);
            }
        }
    }
    return names;
}

}  // namespace kokai
