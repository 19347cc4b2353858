// SPDX-License-Identifier: Apache-2.0
// A unit is taken off only when it is one that we know: 「1号認定 20」 or 「3丁目」 must not become numbers.
#include "normalise/number.hpp"

#include "normalise/reading.hpp"
#include "normalise/units.hpp"
#include "normalise/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace kokai {

namespace {

constexpr std::string_view not_a_number = "error:not-a-number";

enum class Grouping { none, right, wrong };

/// 1,234,567: one to three digits, then threes.
Grouping look_at_commas(std::string_view whole) {
    const std::size_t first = whole.find(',');
    if (first == std::string_view::npos) {
        return Grouping::none;
    }
    if (first == 0 || first > 3 || whole.front() == '0') {
        return Grouping::wrong;
    }
    for (std::size_t at = first; at < whole.size(); at += 4) {
        if (whole[at] != ',' || at + 4 > whole.size() || !all_digits(whole.substr(at + 1, 3))) {
            return Grouping::wrong;
        }
    }
    return Grouping::right;
}

/// Digits with a fraction as they were written, no exponent.
struct Decimal {
    std::string whole, fraction;
    bool has_point = false;
};

std::string print(const Decimal& number, bool negative) {
    std::string whole = number.whole;
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    if (whole.empty()) {
        whole = "0";
    }
    const bool zero = whole == "0" && number.fraction.find_first_not_of('0') == std::string::npos;
    return (negative && !zero ? "-" : "") + whole + (number.fraction.empty() ? "" : "." + number.fraction);
}

/// 1.2E+05 -> 120000: exactly, by moving the point.
bool move_point(Decimal& number, std::int64_t places) {
    if (places > 30 || places < -30) {
        return false;
    }
    for (; places > 0; --places) {
        number.whole += number.fraction.empty() ? '0' : number.fraction.front();
        number.fraction.erase(0, number.fraction.empty() ? 0 : 1);
    }
    for (; places < 0; ++places) {
        number.fraction.insert(0, 1, number.whole.empty() ? '0' : number.whole.back());
        if (!number.whole.empty()) {
            number.whole.pop_back();
        }
    }
    return true;
}

/// Arabic digits at the front of `text`, which loses them. Nothing when there are none; `wrong_commas` says why it
/// failed.
std::optional<Decimal> take_decimal(std::string_view& text, bool& wrong_commas) {
    std::size_t end = 0;
    while (end < text.size() && (is_digit(text[end]) || text[end] == ',')) {
        ++end;
    }
    const std::string_view whole = text.substr(0, end);
    Decimal number;
    if (!whole.empty() && look_at_commas(whole) == Grouping::wrong) {
        wrong_commas = whole.find_first_of("0123456789") != std::string_view::npos;
        return std::nullopt;
    }
    std::copy_if(whole.begin(), whole.end(), std::back_inserter(number.whole), is_digit);
    if (end < text.size() && text[end] == '.') {
        number.has_point = true;
        ++end;
        while (end < text.size() && is_digit(text[end])) {
            number.fraction += text[end];
            ++end;
        }
    }
    if (number.whole.empty() && number.fraction.empty()) {
        return std::nullopt;
    }
    text.remove_prefix(end);
    return number;
}

/// 10^0 … 10^16 for the kanji that multiply, 0 for others.
std::int64_t multiplier(char32_t point) {
    switch (point) {
    case U'万':
    case U'萬':
        return 10'000;
    case U'億':
        return 100'000'000;
    case U'兆':
        return 1'000'000'000'000;
    default: {
        const int digit = kanji_digit(point);
        return digit >= 10 ? digit : 0;
    }
    }
}

/// A number in tens of thousandths, so that 1.2345万 stays exact.
constexpr std::int64_t fixed_one = 10'000;
constexpr std::int64_t fixed_most = std::int64_t{1} << 62;

bool multiply(std::int64_t& value, std::int64_t factor) {
    return !__builtin_mul_overflow(value, factor, &value) && value < fixed_most;
}
bool add(std::int64_t& value, std::int64_t more) {
    return !__builtin_add_overflow(value, more, &value) && value < fixed_most;
}

std::optional<std::int64_t> to_fixed(const Decimal& number) {
    if (number.whole.size() > 12 || number.fraction.size() > 4) {
        return std::nullopt;
    }
    std::string digits = number.whole + number.fraction;
    digits.append(4 - number.fraction.size(), '0');
    return std::stoll(digits);
}

std::string print_fixed(std::int64_t value) {
    std::string fraction = padded(value % fixed_one, 4);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return std::to_string(value / fixed_one) + (fraction.empty() ? "" : "." + fraction);
}

/// 1億2,345万6千, 百二十, 二〇二四, 3.5万: digits or kanji digits with kanji multipliers. Takes what it reads off
/// `text`.
std::optional<std::string> take_kanji_number(std::string_view& text) {
    std::string_view rest = text;
    std::int64_t total = 0;     // whole groups of 万, 億, 兆
    std::int64_t group = 0;     // below the next of them
    std::int64_t pending = -1;  // digits not yet multiplied
    std::int64_t last_big = INT64_MAX;
    std::int64_t last_small = 10'000;
    bool positional = false;
    bool read_any = false;
    while (!rest.empty()) {
        bool wrong_commas = false;
        if (is_digit(rest.front()) || rest.front() == '.') {
            if (pending >= 0) {
                return std::nullopt;
            }
            const auto number = take_decimal(rest, wrong_commas);
            const auto fixed = number ? to_fixed(*number) : std::nullopt;
            if (!fixed) {
                return std::nullopt;
            }
            pending = *fixed;
            positional = false;
            read_any = true;
            continue;
        }
        std::size_t behind = 0;
        const char32_t point = utf8::next(rest, behind);
        const std::int64_t factor = multiplier(point);
        const int digit = kanji_digit(point);
        if (factor == 0 && digit < 0) {
            break;
        }
        read_any = true;
        rest.remove_prefix(behind);
        if (factor == 0) {
            if (pending >= 0 && !positional) {
                return std::nullopt;
            }
            pending = pending < 0 ? 0 : pending;
            positional = true;
            if (!multiply(pending, 10) || !add(pending, digit * fixed_one)) {
                return std::nullopt;
            }
            continue;
        }
        if (factor < 10'000) {
            if (factor >= last_small || pending == 0 || (positional && pending >= 10 * fixed_one)) {
                return std::nullopt;
            }
            std::int64_t part = pending < 0 ? fixed_one : pending;
            if (!multiply(part, factor) || !add(group, part)) {
                return std::nullopt;
            }
            last_small = factor;
        } else {
            if (pending >= 0 && !add(group, pending)) {
                return std::nullopt;
            }
            if (factor >= last_big || group == 0 || !multiply(group, factor) || !add(total, group)) {
                return std::nullopt;
            }
            group = 0;
            last_big = factor;
            last_small = 10'000;
        }
        pending = -1;
        positional = false;
    }
    if (!read_any || (pending == 0 && (group != 0 || total != 0))) {
        return std::nullopt;
    }
    if (pending >= 0 && !add(group, pending)) {
        return std::nullopt;
    }
    if (!add(total, group)) {
        return std::nullopt;
    }
    text = rest;
    return print_fixed(total);
}

/// Takes 約 and 程度 off; true when one was there.
bool take_approximation(std::string_view& text) {
    bool found = false;
    for (const std::string_view word : {"約", "およそ", "おおよそ", "おおむね", "概ね", "凡そ", "ほぼ", "推定"}) {
        found = drop_prefix(text, word) || found;
    }
    for (const std::string_view word : {"程度", "前後", "ほど", "余り"}) {
        found = drop_suffix(text, word) || found;
    }
    return found;
}

void trim(std::string_view& text) {
    while (drop_prefix(text, " ")) {
    }
    while (drop_suffix(text, " ")) {
    }
}

bool is_fraction(std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && all_digits(text.substr(0, slash)) && all_digits(text.substr(slash + 1));
}

struct Amount {
    std::string digits;
    bool wrong_commas = false;
};

/// The number at the front of `text`; Arabic digits stay as written unless a kanji multiplies them.
std::optional<Amount> take_amount(std::string_view& text, bool negative) {
    std::string_view rest = text;
    bool wrong_commas = false;
    auto number = take_decimal(rest, wrong_commas);
    if (wrong_commas) {
        return Amount{"", true};
    }
    const auto follows_kanji = [&] {
        std::size_t at = 0;
        const char32_t point = rest.empty() ? 0 : utf8::next(rest, at);
        return multiplier(point) != 0;
    };
    if (number && !follows_kanji()) {
        if (!rest.empty() && (rest.front() == 'E' || rest.front() == 'e') && rest.size() > 1) {
            Scanner scanner(rest.substr(1));
            const bool minus = scanner.take("-");
            if (!minus) {
                scanner.take("+");
            }
            const auto places = scanner.digits();
            if (places && scanner.at_end()) {
                if (!move_point(*number, minus ? -places->value : places->value)) {
                    return std::nullopt;
                }
                rest = {};
            }
        }
        text = rest;
        return Amount{print(*number, negative), false};
    }
    rest = text;
    const auto kanji = take_kanji_number(rest);
    if (!kanji) {
        return std::nullopt;
    }
    text = rest;
    return Amount{(negative && *kanji != "0" ? "-" : "") + *kanji, false};
}

}  // namespace

bool is_clean_number(std::string_view text) {
    const std::size_t start = !text.empty() && text.front() == '-' ? 1 : 0;
    std::size_t at = start;
    while (at < text.size() && is_digit(text[at])) {
        ++at;
    }
    const std::size_t whole = at - start;
    if (whole == 0 || (text[start] == '0' && whole > 1)) {
        return false;
    }
    if (at < text.size()) {
        if (text[at] != '.' || !all_digits(text.substr(at + 1))) {
            return false;
        }
    }
    return start == 0 || text.find_first_of("123456789") != std::string_view::npos;
}

bool is_clean_integer(std::string_view text) {
    return is_clean_number(text) && text.find('.') == std::string_view::npos;
}

Normalised normalise_number(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    std::string_view text = reading.text;
    if (is_clean_number(text)) {
        return value_only(std::string(text));
    }
    if (text == "x" || text == "X" || text == "χ" || text == "***" || text == "秘匿") {
        return {"", {"empty", "suppressed"}};
    }
    if (text.size() > 3 && text.find_first_not_of("〇") == std::string_view::npos) {
        return flag_only(not_a_number);  // 〇〇 is a place kept free
    }
    if (is_fraction(text)) {
        return {std::string(text), {"not-a-number"}};
    }
    Normalised result;
    const bool approximate = take_approximation(text);
    trim(text);
    const bool negative =
        drop_prefix(text, "-") || drop_prefix(text, "▲") || drop_prefix(text, "△") || drop_prefix(text, "マイナス");
    if (!negative) {
        drop_prefix(text, "+");
    }
    trim(text);
    for (const std::string_view diameter : {"φ", "Φ", "ø", "Ø", "⌀"}) {  // φ75 of pipes and hydrants
        drop_prefix(text, diameter);
    }
    trim(text);
    bool yen = drop_prefix(text, "¥") || drop_prefix(text, "\\");
    if (!yen && text.substr(0, 3) == "金" && drop_suffix(text, "円")) {  // 金1,000円 of contracts
        yen = drop_prefix(text, "金");
    }
    trim(text);
    const auto amount = take_amount(text, negative);
    if (!amount) {
        return flag_only(not_a_number);
    }
    if (amount->wrong_commas) {
        return flag_only("error:thousands-separator");
    }
    trim(text);
    std::string unit(text);
    if (yen) {
        if (!unit.empty() && unit != "-") {
            return flag_only(not_a_number);
        }
        unit = "円";
    }
    if (!unit.empty()) {
        if (!is_unit(unit)) {
            return flag_only(not_a_number);
        }
        result.flags.push_back("unit:" + unit);
    }
    result.value = amount->digits;
    if (approximate) {
        result.flags.emplace_back("warn:approximate");
    }
    return result;
}

}  // namespace kokai
