// SPDX-License-Identifier: Apache-2.0
// Hand-written scans: they run over every cell of a held sheet, and none of them needs more than one pass.
#include "read/cell_look.hpp"

#include "read/word_list.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace kokai {
namespace {

constexpr std::array<std::string_view, 34> marks{
    "○", "◯",  "〇", "◎", "●", "△",  "▲",  "×", "✕",   "✖", "x",  "X",  "-",  "--",   "－",   "―",    "‐",
    "−", "ー", "–",  "—", "*", "**", "＊", "…", "...", "･", "・", "有", "無", "あり", "なし", "不明", "null"};
constexpr std::size_t longest_mark = 6;
static_assert(std::all_of(marks.begin(), marks.end(), [](std::string_view one) { return one.size() <= longest_mark; }));

/// One full-width ASCII character (EF BC 81 … EF BD 9E), or 0.
char narrow(std::string_view text) {
    if (text.size() < 3 || text[0] != '\xEF') {
        return 0;
    }
    const auto second = static_cast<unsigned char>(text[1]);
    const auto third = static_cast<unsigned char>(text[2]);
    const int code = ((second & 0x3F) << 6) + (third & 0x3F) + 0xF000;
    return (second == 0xBC || second == 0xBD) && code >= 0xFF01 && code <= 0xFF5E
               ? static_cast<char>(code - 0xFF01 + 0x21)
               : static_cast<char>(0);
}

std::size_t length_of(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// Digits and the signs that stand between them, nothing else; at least one digit.
bool is_digits_and(std::string_view folded, std::string_view signs) {
    bool digit = false;
    for (const char letter : folded) {
        if (is_ascii_digit(letter)) {
            digit = true;
        } else if (signs.find(letter) == std::string_view::npos) {
            return false;
        }
    }
    return digit;
}

/// What makes a date or a time of digits.
constexpr std::array<std::string_view, 13> moment_parts{"年",   "月",   "日",   "時",   "分",   "午前", "午後",
                                                        "令和", "平成", "昭和", "大正", "明治", "元"};

/// Most cells are told by their first letter: one that begins with kana, or with a kanji of no date, is a word.
bool begins_like_word(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    if (text.size() < 3) {
        return false;
    }
    if (lead == 0xE3) {
        const auto second = static_cast<unsigned char>(text[1]);
        return second >= 0x81 && second <= 0x83;
    }
    return lead >= 0xE4 && lead <= 0xE9 &&
           std::none_of(moment_parts.begin(), moment_parts.end(),
                        [&](std::string_view part) { return part.substr(0, 3) == text.substr(0, 3); });
}

/// Digits, and at least one of the kanji that make a date or a time of them.
bool is_kanji_moment(std::string_view folded) {
    bool digit = false;
    bool part = false;
    while (!folded.empty()) {
        if (is_ascii_digit(folded.front())) {
            digit = true;
            folded.remove_prefix(1);
            continue;
        }
        const auto known = std::find_if(moment_parts.begin(), moment_parts.end(),
                                        [&](std::string_view one) { return folded.starts_with(one); });
        if (known == moment_parts.end()) {
            return false;
        }
        part = true;
        folded.remove_prefix(known->size());
    }
    return digit && part;
}

}  // namespace

std::string folded_label(std::string_view text) {
    constexpr std::string_view ideographic_space = "\xE3\x80\x80";
    std::string folded;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte <= ' ') {
            ++at;
        } else if (byte < 0x80) {
            folded += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            ++at;
        } else if (text.substr(at).starts_with(ideographic_space)) {
            at += 3;
        } else if (const char ascii = narrow(text.substr(at)); ascii != 0) {
            folded += static_cast<char>(ascii >= 'A' && ascii <= 'Z' ? ascii + 32 : ascii);
            at += 3;
        } else {
            const std::size_t length = std::min(length_of(text[at]), text.size() - at);
            folded.append(text.substr(at, length));
            at += length;
        }
    }
    return folded;
}

std::optional<double> number_in(std::string_view text) {
    if (text.empty() || text.size() > 40 || begins_like_word(text)) {
        return {};
    }
    std::string folded = folded_label(text);
    std::string plain;
    bool negative = false;
    std::string_view rest = folded;
    for (const std::string_view sign : {"△", "▲", "-", "−", "+"}) {
        if (rest.starts_with(sign)) {
            negative = sign != "+";
            rest.remove_prefix(sign.size());
            break;
        }
    }
    if (rest.ends_with('%')) {
        rest.remove_suffix(1);
    }
    for (const char letter : rest) {
        if (letter != ',') {
            plain += letter;
        }
    }
    double value = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (error != std::errc{} || end != plain.data() + plain.size() || plain.empty() || !std::isfinite(value) ||
        !(is_ascii_digit(plain.front()) || plain.front() == '.')) {
        return {};
    }
    return negative ? -value : value;
}

Look look_of(std::string_view text, CellKind kind) {
    if (text.empty()) {
        return kind == CellKind::error ? Look::mark : Look::blank;
    }
    if (kind == CellKind::number) {
        return Look::number;
    }
    if (kind == CellKind::date) {
        return Look::moment;
    }
    if (kind == CellKind::error || kind == CellKind::boolean ||
        (text.size() <= longest_mark && is_one_of(marks, text))) {
        return Look::mark;
    }
    if (text.size() > 80 || begins_like_word(text)) {
        return Look::word;
    }
    if (number_in(text)) {
        return Look::number;
    }
    const std::string folded = folded_label(text);
    if (is_digits_and(folded, "/-.:~")) {
        return folded.find_first_of("/:") != std::string::npos || std::count(folded.begin(), folded.end(), '-') == 2
                   ? Look::moment
                   : Look::code;
    }
    if (is_digits_and(folded, "()-.,+/:") || folded.starts_with("http://") || folded.starts_with("https://") ||
        folded.starts_with("〒")) {
        return Look::code;
    }
    return is_kanji_moment(folded) ? Look::moment : Look::word;
}

Look look_of(const GridCell& cell) {
    return look_of(cell.text, cell.kind);
}

bool looks_like_period(std::string_view text) {
    if (text.size() > 40) {
        return false;
    }
    const std::string folded = folded_label(text);
    if (const std::optional<double> number = number_in(folded)) {
        return *number >= 1868 && *number <= 2200 && folded.size() == 4;
    }
    std::string_view rest = folded;
    const bool short_era = rest.size() >= 2 && rest.size() <= 3 &&
                           std::string_view("rhst").find(rest[0]) != std::string_view::npos &&
                           is_digits_and(rest.substr(1), "");
    for (const std::string_view end : {"年度", "年"}) {
        if (rest.ends_with(end)) {
            return true;
        }
    }
    return short_era || (rest.ends_with("月") && rest.size() <= 12) || (rest.starts_with("第") && rest.size() <= 15);
}

}  // namespace kokai
