// SPDX-License-Identifier: Apache-2.0
// What the readers of single values share: the plain form that they parse, the markers for "no value", a small scanner.
#pragma once

#include "normalise/kanji_digit.hpp"
#include "normalise/normalised.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kokai {

/// A cell made ready for a reader: widths folded, every dash '-', every wave dash '~', spaces U+0020, invisible
/// characters gone. When the cell is blank, a marker, or not UTF-8, there is nothing to parse and `answer` holds what
/// to say.
struct Reading {
    std::string text;
    std::optional<Normalised> answer;
};
Reading open_value(std::string_view input);

/// The plain form alone; empty for bytes that are not UTF-8.
std::string plain(std::string_view input);

/// Markers for "no value" in plain form: dashes, …, 不明, 未定, なし, null, N/A, ※ and the like.
bool is_empty_marker(std::string_view plain_text);

/// A value without flags, a flag without a value.
Normalised value_only(std::string value);
Normalised flag_only(std::string_view flag);

/// A whole number as it stood: digits, or kanji (三十一, 二〇二四). `width` counts ASCII digits and is 0 for kanji.
struct Numeral {
    std::int64_t value = 0;
    int width = 0;
};

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
    [[nodiscard]] std::size_t position() const { return at_; }
    void back_to(std::size_t position) { at_ = position; }
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }

    void spaces() {
        while (!at_end() && text_[at_] == ' ') {
            ++at_;
        }
    }
    bool take(std::string_view literal) {
        if (text_.substr(at_, literal.size()) != literal) {
            return false;
        }
        at_ += literal.size();
        return true;
    }
    /// ASCII digits, at most 18.
    std::optional<Numeral> digits();
    /// ASCII digits or kanji numerals below 10,000.
    std::optional<Numeral> numeral();

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
inline bool all_digits(std::string_view text) {
    for (const char c : text) {
        if (!is_digit(c)) {
            return false;
        }
    }
    return !text.empty();
}

/// `number` with at least `width` digits.
std::string padded(std::int64_t number, int width);

/// Ends with `suffix`: takes it off.
bool drop_suffix(std::string_view& text, std::string_view suffix);
bool drop_prefix(std::string_view& text, std::string_view prefix);

/// （令和6年4月1日現在） without the brackets that hold the whole of it.
std::string without_brackets(std::string text);

std::string replace_all(std::string text, std::string_view from, std::string_view to);

}  // namespace kokai
