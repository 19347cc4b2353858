// SPDX-License-Identifier: Apache-2.0
#include "read/cell_link.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kokai {
namespace {

constexpr std::size_t most_linked_cells = 1'000'000;
constexpr char begin_text = '\x01', begin_column = '\x02';

std::uint64_t key_of(std::uint32_t row, std::uint32_t column) {
    return (std::uint64_t{row} << 16U) | column;
}

char upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter;
}

bool begins_with_word(std::string_view text, std::string_view word) {
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == upper(b); });
}

/// Up to the mark that ends an argument or joins two texts, outside of quotes and brackets.
std::string_view take_term(std::string_view& text) {
    bool quoted = false;
    std::size_t depth = 0;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const char letter = text[at];
        quoted = letter == '"' ? !quoted : quoted;
        if (quoted) {
            continue;
        }
        if (depth == 0 && (letter == '&' || letter == ',' || letter == ';' || letter == ')')) {
            break;
        }
        depth += letter == '(' || letter == '[' ? 1U : 0U;
        depth -= (letter == ')' || letter == ']') && depth != 0 ? 1U : 0U;
    }
    const std::string_view term = trimmed(text.substr(0, at));
    text.remove_prefix(at);
    return term;
}

/// "…" with doubled quotes inside.
std::optional<std::string> literal(std::string_view term) {
    if (term.size() < 2 || term.front() != '"' || term.back() != '"') {
        return {};
    }
    std::string text;
    term = term.substr(1, term.size() - 2);
    for (std::size_t i = 0; i < term.size(); ++i) {
        if (term[i] == '"' && (i + 1 == term.size() || term[++i] != '"')) {
            return {};
        }
        text += term[i];
    }
    return text;
}

/// The column of D2, $D2 or [.D2] when it stands in this row; 0 when it is anything else.
std::uint32_t column_in_row(std::string_view term, std::uint32_t row) {
    if (term.starts_with("[.") && term.ends_with(']')) {
        term = term.substr(2, term.size() - 3);
    }
    term.remove_prefix(term.starts_with('$') ? 1 : 0);
    std::uint32_t column = 0;
    std::size_t letters = 0;
    for (; letters < term.size() && letters < 4 && upper(term[letters]) >= 'A' && upper(term[letters]) <= 'Z';
         ++letters) {
        column = column * 26 + static_cast<std::uint32_t>(upper(term[letters]) - 'A' + 1);
    }
    term.remove_prefix(letters);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(term.data(), term.data() + term.size(), number);
    const bool whole = !term.empty() && error == std::errc{} && end == term.data() + term.size();
    return whole && number == row && column <= most_sheet_columns ? column : 0;
}

}  // namespace

void CellLinks::add(const CellRange& range, std::string target) {
    const auto number = static_cast<std::uint32_t>(targets_.size());
    targets_.push_back(std::move(target));
    for (std::uint32_t row = range.first_row; row <= range.last_row; ++row) {
        for (std::uint32_t column = range.first_column; column <= range.last_column; ++column) {
            if (cells_.size() == most_linked_cells) {
                return;
            }
            cells_.emplace_back(key_of(row, column), number);
        }
    }
}

void CellLinks::finish() {
    std::stable_sort(cells_.begin(), cells_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

std::string_view CellLinks::at(std::uint32_t row, std::uint32_t column) const {
    const std::uint64_t key = key_of(row, column);
    const auto found = std::lower_bound(cells_.begin(), cells_.end(), key,
                                        [](const auto& cell, std::uint64_t wanted) { return cell.first < wanted; });
    return found != cells_.end() && found->first == key ? std::string_view(targets_[found->second])
                                                        : std::string_view();
}

std::string compile_link(std::string_view formula, std::uint32_t row) {
    constexpr std::string_view name = "HYPERLINK";
    formula = trimmed(formula);
    if (formula.starts_with("of:")) {
        formula.remove_prefix(3);
    }
    formula.remove_prefix(formula.starts_with('=') ? 1 : 0);
    if (!begins_with_word(formula, name)) {
        return {};
    }
    formula = trimmed(formula.substr(name.size()));
    if (!formula.starts_with('(')) {
        return {};
    }
    formula.remove_prefix(1);
    std::string compiled;
    while (true) {
        const std::string_view term = take_term(formula);
        if (const std::optional<std::string> text = literal(term)) {
            compiled += begin_text + *text;
        } else if (const std::uint32_t column = column_in_row(term, row); column != 0) {
            compiled += begin_text;
            compiled += begin_column + std::to_string(column);
        } else {
            return {};
        }
        if (!formula.starts_with('&')) {
            return formula.empty() ? std::string() : compiled;
        }
        formula.remove_prefix(1);
    }
}

std::string computed_link(std::string_view compiled, const std::function<std::string(std::uint32_t)>& text_of_column) {
    std::string target;
    while (compiled.starts_with(begin_text)) {
        compiled.remove_prefix(1);
        const std::size_t end = std::min(compiled.find(begin_text), compiled.size());
        std::string_view part = compiled.substr(0, end);
        compiled.remove_prefix(end);
        if (!part.starts_with(begin_column)) {
            target += part;
            continue;
        }
        part.remove_prefix(1);
        std::uint32_t column = 0;
        std::from_chars(part.data(), part.data() + part.size(), column);
        target += text_of_column(column);
    }
    return target;
}

bool refers_to_other_workbook(std::string_view formula) {
    if (formula.find("['") != std::string_view::npos && formula.find("'#") != std::string_view::npos) {
        return true;
    }
    // [1]Sheet1!A1, '[1]施設 一覧'!A1, [1]!name; [0] is the workbook itself, Table[1] a column.
    for (std::size_t at = formula.find('['); at != std::string_view::npos; at = formula.find('[', at + 1)) {
        std::size_t end = at + 1;
        while (end < formula.size() && formula[end] >= '0' && formula[end] <= '9') {
            ++end;
        }
        if (end == at + 1 || end == formula.size() || formula[end] != ']' ||
            formula.substr(at + 1, end - at - 1) == "0") {
            continue;
        }
        const bool quoted = at > 0 && formula[at - 1] == '\'';
        const std::size_t mark = quoted ? formula.find("'!", end) : formula.find_first_of("![](),;\"", end + 1);
        if (mark != std::string_view::npos && (quoted || formula[mark] == '!')) {
            return true;
        }
    }
    return false;
}

}  // namespace kokai
