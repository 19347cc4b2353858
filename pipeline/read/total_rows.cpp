// SPDX-License-Identifier: Apache-2.0
#include "read/total_rows.hpp"

#include "read/cell_look.hpp"
#include "read/cell_words.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace kokai {
namespace {

constexpr std::uint32_t label_columns = 4;       // a label stands near the beginning of its row
constexpr std::size_t most_checked = 300;        // total rows whose numbers are looked at: each costs a pass
constexpr std::size_t most_visited = 2'000'000;  // rows that all these passes may look at

std::string plain(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) {
        text.pop_back();
    }
    return text;
}

/// 0-4, 15～64歳, 65以上.
struct Range {
    long first = 0, last = 0;
};

std::optional<Range> range_of(std::string_view text) {
    if (text.size() > 40) {
        return {};
    }
    const std::string folded = folded_label(text);
    std::string_view rest = folded;
    const auto take_number = [&](long& number) {
        std::size_t digits = 0;
        number = 0;
        while (digits < rest.size() && digits < 4 && rest[digits] >= '0' && rest[digits] <= '9') {
            number = number * 10 + (rest[digits++] - '0');
        }
        rest.remove_prefix(digits);
        return digits > 0;
    };
    const auto take = [&](std::string_view word) {
        const bool there = rest.starts_with(word);
        rest.remove_prefix(there ? word.size() : 0);
        return there;
    };
    Range range;
    if (!take_number(range.first)) {
        return {};
    }
    take("歳");
    if (take("以上")) {
        range.last = 1'000'000;
        return rest.empty() ? std::optional(range) : std::nullopt;
    }
    if (!take("-") && !take("~") && !take("〜") && !take("～") && !take("‐") && !take("−")) {
        return {};
    }
    if (!take_number(range.last)) {
        return {};
    }
    take("歳");
    return rest.empty() && range.last > range.first ? std::optional(range) : std::nullopt;
}

class TotalFinder {
public:
    TotalFinder(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end)
        : grid_(grid), layout_(layout), begin_(begin), end_(end) {
        choose_columns();
        values_.resize((end_ - begin_) * columns_.size());
        for (std::size_t i = begin_; i < end_; ++i) {
            for (std::size_t k = 0; k < columns_.size(); ++k) {
                const GridCell* cell = row(i).find(columns_[k]);
                values_[(i - begin_) * columns_.size() + k] = cell == nullptr ? std::nullopt : number_in(cell->text);
            }
        }
    }

    void find() {
        if (columns_.empty()) {
            return;
        }
        take_age_ranges();
        count_labels();
        for (std::size_t i = begin_; i < end_; ++i) {
            if (!is_data(i)) {
                continue;
            }
            const Label own = label(i);
            if (own.word == TotalWord::total) {
                judge_total(i, own);
            } else if (own.word == TotalWord::hint) {
                i = judge_run(i, own);
            }
        }
    }

private:
    struct Label {
        TotalWord word = TotalWord::none;
        std::uint32_t column = 0;
        bool leading = false;
        Cell text;
    };
    struct Agreement {
        std::uint32_t agreeing = 0, differing = 0, column = 0;
        double found = 0, expected = 0;
        std::size_t addends = 0;
        [[nodiscard]] bool holds() const { return agreeing > 0 && agreeing * 2 >= agreeing + differing; }
    };
    using Sums = std::vector<double>;

    [[nodiscard]] const GridRow& row(std::size_t at) const { return grid_.rows()[at]; }
    [[nodiscard]] bool is_data(std::size_t at) const { return layout_.role(row(at).number) == RowRole::data; }
    [[nodiscard]] const std::optional<double>& value(std::size_t at, std::size_t k) const {
        return values_[(at - begin_) * columns_.size() + k];
    }

    /// Columns of numbers, without those that only count the rows.
    void choose_columns() {
        for (std::uint32_t column = layout_.columns.first; column <= layout_.columns.last; ++column) {
            std::size_t numbers = 0;
            std::size_t words = 0;
            bool counting = true;
            std::optional<double> before;
            for (std::size_t i = begin_; i < end_; ++i) {
                const GridCell* cell = row(i).find(column);
                if (cell == nullptr || !is_data(i)) {
                    continue;
                }
                const Look look = look_of(*cell);
                if (look == Look::number) {
                    const std::optional<double> number = number_in(cell->text);
                    counting = counting && number && (!before || *number == *before + 1);
                    before = number;
                    ++numbers;
                } else {
                    words += look == Look::mark ? 0U : 1U;
                }
            }
            if (numbers >= 2 && numbers * 10 >= (numbers + words) * 7 && !counting) {
                columns_.push_back(column);
            }
        }
    }

    [[nodiscard]] Label label(std::size_t at) const {
        Label best;
        std::uint32_t words = 0;
        for (const GridCell& cell : row(at).cells) {
            if (!layout_.columns.holds(cell.column) || cell.kind != CellKind::text) {
                continue;
            }
            if (cell.column >= layout_.columns.first + label_columns) {
                break;
            }
            const TotalWord word = total_word(cell.text);
            if (word != TotalWord::none && (best.word == TotalWord::none || word > best.word)) {
                best = {word, cell.column, words == 0, cell.text};
            }
            words += look_of(cell) == Look::word ? 1U : 0U;
        }
        return best;
    }

    void count_labels() {
        for (std::size_t i = begin_; i < end_; ++i) {
            rows_of_data_ += is_data(i) ? 1U : 0U;
            if (const Label own = label(i); own.word == TotalWord::total) {
                ++labelled_[folded_label(own.text)];
            }
        }
    }

    /// Single ages in the first column make every range of ages a subtotal of them.
    void take_age_ranges() {
        std::set<long> singles;
        for (std::size_t i = begin_; i < end_; ++i) {
            if (const std::optional<double> age = number_in(row(i).text(layout_.columns.first));
                age && *age >= 0 && *age < 200 && *age == std::floor(*age)) {
                singles.insert(static_cast<long>(*age));
            }
        }
        if (singles.size() < 5) {
            return;
        }
        for (std::size_t i = begin_; i < end_; ++i) {
            const std::optional<Range> range = range_of(row(i).text(layout_.columns.first));
            if (!range || !is_data(i)) {
                continue;
            }
            const auto inside = singles.lower_bound(range->first);
            if (inside != singles.end() && *inside <= range->last) {
                set_total(i, {TotalWord::hint, layout_.columns.first, true, row(i).text(layout_.columns.first)}, {});
            }
        }
    }

    void add_to(Sums& sums, std::size_t at) const {
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            sums[k] += value(at, k).value_or(0);
        }
    }

    [[nodiscard]] Agreement compare(std::size_t at, const Sums& sums, std::size_t addends) const {
        std::vector<std::optional<double>> own;
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            own.push_back(value(at, k));
        }
        return compare(own, sums, addends);
    }

    [[nodiscard]] Agreement compare(const std::vector<std::optional<double>>& values, const Sums& sums,
                                    std::size_t addends) const {
        Agreement result;
        result.addends = addends;
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            const std::optional<double>& own = values[k];
            if (!own || (*own == 0 && sums[k] == 0)) {
                continue;
            }
            const bool whole = *own == std::floor(*own) && sums[k] == std::floor(sums[k]);
            if (std::abs(*own - sums[k]) <= (whole ? 0.001 : 0.051)) {
                ++result.agreeing;
            } else if (whole) {
                if (result.differing++ == 0) {
                    result.column = columns_[k];
                    result.found = *own;
                    result.expected = sums[k];
                }
            }
        }
        return result;
    }

    static bool better(const Agreement& one, const Agreement& than) {
        return one.agreeing != than.agreeing ? one.agreeing > than.agreeing
                                             : one.agreeing > 0 && one.differing < than.differing;
    }

    [[nodiscard]] bool may_check() const {
        return checked_++ < most_checked && checked_ * (end_ - begin_) <= most_visited;
    }

    /// Against what stands above it (all of it, or since the last total) and, for a total that comes first, below it.
    [[nodiscard]] Agreement check(std::size_t at) const {
        if (!may_check()) {
            return {};
        }
        Sums block(columns_.size());
        std::size_t addends = 0;
        std::size_t i = at;
        Agreement best;
        bool in_block = true;
        while (i-- > begin_) {
            if (is_data(i)) {
                add_to(block, i);
                ++addends;
            } else if (layout_.role(row(i).number) == RowRole::total && in_block && addends > 0) {
                in_block = false;
                if (addends >= 2) {
                    best = compare(at, block, addends);
                }
            }
        }
        if (addends >= 2) {
            const Agreement all = compare(at, block, addends);
            best = best.addends == 0 || better(all, best) ? all : best;
        }
        Sums below(columns_.size());
        std::size_t lower = 0;
        for (i = at + 1; i < end_ && !best.holds(); ++i) {
            if (!is_data(i) || label(i).word == TotalWord::total) {
                if (lower > 0 && layout_.role(row(i).number) != RowRole::total) {
                    break;
                }
                continue;
            }
            add_to(below, i);
            if (++lower >= 2) {
                const Agreement these = compare(at, below, lower);
                best = these.holds() && (these.agreeing >= 2 || columns_.size() == 1) ? these : best;
            }
        }
        return best;
    }

    void judge_total(std::size_t at, const Label& own) {
        const Agreement agreement = check(at);
        const bool convincing = agreement.holds() && agreement.addends >= 2;
        const std::size_t alike = labelled_[folded_label(own.text)];
        if (!convincing && (!own.leading || alike > std::max<std::size_t>(3, rows_of_data_ / 5))) {
            return;  // a category that is called so
        }
        set_total(at, own, agreement);
    }

    /// Rows one after another whose labels only hint at totals: taken when one of them, or their sum, is the sum of
    /// what stands above (or, for a single one, below). Returns the last row of the run.
    std::size_t judge_run(std::size_t at, const Label& own) {
        std::size_t last = at;
        const std::string text = folded_label(own.text);
        while (last + 1 < end_ && is_data(last + 1) && label(last + 1).word == TotalWord::hint &&
               folded_label(label(last + 1).text) == text) {
            ++last;
        }
        const auto convinces = [&](const Agreement& agreement) {
            return agreement.holds() && agreement.addends >= 2 && (agreement.agreeing >= 2 || columns_.size() == 1);
        };
        std::vector<Agreement> agreements;
        bool total = false;
        Sums above(columns_.size());
        std::size_t addends = 0;
        if (last > at) {
            if (!may_check()) {
                return last;
            }
            for (std::size_t i = begin_; i < at; ++i) {
                if (is_data(i)) {
                    add_to(above, i);
                    ++addends;
                }
            }
        }
        for (std::size_t i = at; i <= last; ++i) {
            agreements.push_back(last == at ? check(i) : compare(i, above, addends));
            total = total || convinces(agreements.back());
        }
        std::vector<std::optional<double>> together(columns_.size());
        for (std::size_t k = 0; k < columns_.size() && last > at; ++k) {
            for (std::size_t i = at; i <= last; ++i) {
                together[k] = together[k].value_or(0) + value(i, k).value_or(0);
            }
        }
        const Agreement sum = compare(together, above, addends);
        const bool parts = last > at && convinces(sum);
        if (total || parts) {
            for (std::size_t i = at; i <= last; ++i) {
                if (parts) {
                    set_total(i, own, sum);
                    continue;
                }
                // Of a run only one row has to be the sum of all; the others are parts of it.
                const Agreement& agreement = agreements[i - at];
                set_total(i, own, convinces(agreement) ? agreement : Agreement{});
            }
        }
        return last;
    }

    void set_total(std::size_t at, const Label& own, const Agreement& agreement) {
        const std::uint32_t number = row(at).number;
        layout_.roles.resize(std::max<std::size_t>(layout_.roles.size(), number));
        layout_.roles[number - 1] = RowRole::total;
        layout_.totals.push_back({number, own.column, agreement.agreeing, agreement.differing, agreement.column,
                                  std::string(own.text), agreement.column == 0 ? std::string() : plain(agreement.found),
                                  agreement.column == 0 ? std::string() : plain(agreement.expected)});
    }

    const Grid& grid_;
    TableLayout& layout_;
    std::size_t begin_, end_;
    std::vector<std::uint32_t> columns_;
    std::vector<std::optional<double>> values_;
    std::map<std::string, std::size_t> labelled_;
    std::size_t rows_of_data_ = 0;
    mutable std::size_t checked_ = 0;
};

}  // namespace

void find_totals(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end) {
    if (begin < end) {
        TotalFinder(grid, layout, begin, end).find();
        std::sort(layout.totals.begin(), layout.totals.end(),
                  [](const TableTotal& a, const TableTotal& b) { return a.row < b.row; });
    }
}

}  // namespace kokai
