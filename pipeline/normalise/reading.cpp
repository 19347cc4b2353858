// SPDX-License-Identifier: Apache-2.0
// Values are not names: here everything folds that can fold, and what NFKC would turn into another number (①, ², ½)
// stays visible.
#include "normalise/reading.hpp"

#include "normalise/nfkc.hpp"
#include "normalise/text.hpp"
#include "normalise/utf8.hpp"

#include <algorithm>
#include <array>

namespace kokai {

namespace {

bool is_kana(char32_t c) {
    return c >= 0x3041 && c <= 0x30FF;
}

bool is_wave_dash(char32_t c) {
    return c == 0x301C || c == 0x223C || c == 0x223E || c == 0x3030;
}

/// Printable ASCII is plain but for spaces at its ends.
bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

/// The plain form of a text that tidy() has seen.
std::string plain_of(const std::string& tidied) {
    const std::string folded = nfkc(tidied, Fold::values);
    std::string out;
    out.reserve(folded.size());
    char32_t before = 0;
    for (std::size_t at = 0; at < folded.size();) {
        if (const std::size_t run = utf8::inert_run(folded, at); run > 0) {
            out.append(folded, at, run);
            before = utf8::last_of_inert(std::string_view(folded).substr(at, run));
            at += run;
            continue;
        }
        const char32_t c = utf8::next(folded, at);
        if (is_dash(c) && !(c == 0x30FC && is_kana(before))) {
            out.push_back('-');
        } else if (is_wave_dash(c)) {
            out.push_back('~');
        } else {
            utf8::append(out, c);
        }
        before = c;
    }
    return std::string(trimmed(out));
}

}  // namespace

std::string plain(std::string_view input) {
    if (is_plain_ascii(input)) {
        return std::string(trimmed(input));
    }
    const Tidied tidied = tidy(input, Widths::keep);
    return tidied.broken ? std::string() : plain_of(tidied.text);
}

Reading open_value(std::string_view input) {
    Reading reading;
    if (is_plain_ascii(input)) {
        reading.text = trimmed(input);
    } else {
        const Tidied tidied = tidy(input, Widths::keep);
        if (tidied.broken) {
            return {"", flag_only("error:encoding")};
        }
        reading.text = plain_of(tidied.text);
    }
    if (reading.text.empty()) {
        reading.answer = Normalised{};
    } else if (is_empty_marker(reading.text)) {
        reading.answer = flag_only("empty");
    }
    return reading;
}

bool is_empty_marker(std::string_view text) {
    // Words that departments write where there is nothing to say. 随時 or 要相談 are not among them: they say
    // something.
    static constexpr std::array<std::string_view, 38> words = {
        "…",          "……",       "‥",        "...",      "・",       "・・・",   "※",        "*",
        "なし",       "無し",     "ナシ",     "不明",     "未定",     "未設定",   "未記入",   "未入力",
        "未登録",     "未詳",     "不詳",     "該当なし", "該当無し", "記載なし", "記載無し", "情報なし",
        "データなし", "設定なし", "登録なし", "空欄",     "空白",     "null",     "NULL",     "Null",
        "None",       "N/A",      "n/a",      "NA",       "#N/A",     "NaN"};
    const bool only_dashes = std::all_of(text.begin(), text.end(), [](char c) { return c == '-' || c == ' '; });
    if (only_dashes) {
        return !text.empty();
    }
    constexpr std::size_t longest = std::string_view("(データなし)").size();
    if (text.size() > longest || is_digit(text.front())) {
        return false;
    }
    if (text.front() == '(' && text.back() == ')' && text.size() > 2) {
        text = text.substr(1, text.size() - 2);  // （不明）, （なし）
    }
    return std::find(words.begin(), words.end(), text) != words.end();
}

Normalised value_only(std::string value) {
    return {std::move(value), {}};
}

Normalised flag_only(std::string_view flag) {
    return {"", {std::string(flag)}};
}

std::optional<Numeral> Scanner::digits() {
    Numeral number;
    const std::size_t start = at_;
    while (!at_end() && is_digit(text_[at_])) {
        if (++number.width > 18) {
            at_ = start;
            return std::nullopt;
        }
        number.value = number.value * 10 + (text_[at_] - '0');
        ++at_;
    }
    if (number.width == 0) {
        return std::nullopt;
    }
    return number;
}

std::optional<Numeral> Scanner::numeral() {
    if (is_digit(peek())) {
        return digits();
    }
    // 二〇二四 is read by position, 三十一 by its units; 二〇十 is neither.
    const std::size_t start = at_;
    std::int64_t total = 0;
    std::int64_t pending = -1;
    std::int64_t last_unit = 10000;
    int length = 0;
    while (!at_end()) {
        std::size_t behind = at_;
        const int digit = kanji_digit(utf8::next(text_, behind));
        if (digit < 0) {
            break;
        }
        bool fits = length < 8;
        if (digit < 10) {
            if (pending < 0) {
                pending = digit;
            } else {
                fits = fits && last_unit == 10000;
                pending = pending * 10 + digit;
            }
        } else {
            fits = fits && digit < last_unit && pending != 0 && pending < 10;
            total += (pending < 0 ? 1 : pending) * digit;
            pending = -1;
            last_unit = digit;
        }
        if (!fits) {
            at_ = start;
            return std::nullopt;
        }
        at_ = behind;
        ++length;
    }
    if (length == 0 || (last_unit != 10000 && pending == 0)) {
        at_ = start;
        return std::nullopt;
    }
    return Numeral{total + (pending < 0 ? 0 : pending), 0};
}

std::string padded(std::int64_t number, int width) {
    std::string text = std::to_string(number);
    const auto wanted = static_cast<std::size_t>(width);
    return text.size() < wanted ? std::string(wanted - text.size(), '0') + text : text;
}

bool drop_suffix(std::string_view& text, std::string_view suffix) {
    if (text.size() < suffix.size() || text.substr(text.size() - suffix.size()) != suffix) {
        return false;
    }
    text.remove_suffix(suffix.size());
    return true;
}

bool drop_prefix(std::string_view& text, std::string_view prefix) {
    if (text.substr(0, prefix.size()) != prefix) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

std::string without_brackets(std::string text) {
    if (text.size() > 2 && text.front() == '(' && text.find_first_of("()", 1) == text.size() - 1 &&
        text.back() == ')') {
        return std::string(trimmed(std::string_view(text).substr(1, text.size() - 2)));
    }
    return text;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

}  // namespace kokai
