// SPDX-License-Identifier: Apache-2.0
// The lengths and the groups of special numbers are the numbering plan's (総務省 電気通信番号計画); only area codes
// need a table. Mended by rule where libphonenumber 8.12 is behind or silent: 060 mobiles (in use since 2026) and 0200
// (fourteen digits).
#include "normalise/phone.hpp"

#include "normalise/phone_words.hpp"
#include "normalise/reading.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

namespace {

constexpr std::string_view area_hints =
#include "normalise/area_codes.inc"
    ;
static_assert(area_hints.size() == 1000);

struct AreaRange {
    std::uint32_t from;  // the six digits behind the 0
    std::uint32_t digits;
};
constexpr auto area_ranges = std::to_array<AreaRange>({
#include "normalise/area_ranges.inc"
});

bool starts(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

/// Numbers that are no one's line: mobiles, IP phones, data.
bool has_eleven_digits(std::string_view digits) {
    constexpr std::array<bool, 10> second{false, false, true, false, false, true, true, true, true, true};
    return digits.size() >= 3 && digits[0] == '0' && digits[2] == '0' && is_digit(digits[1]) &&
           second[static_cast<std::size_t>(digits[1] - '0')];
}

std::size_t length_of(std::string_view digits) {
    if (starts(digits, "0200")) {
        return 14;
    }
    return has_eleven_digits(digits) ? 11 : 10;
}

std::string grouped(std::string_view digits, std::size_t first, std::size_t second) {
    return std::string(digits.substr(0, first)) + "-" + std::string(digits.substr(first, second)) + "-" +
           std::string(digits.substr(first + second));
}

/// Numbers that start like none in use are grouped all the same, as libphonenumber does: by their first three digits.
std::size_t digits_of_no_area(std::string_view digits) {
    const char second = digits[1];
    const char third = digits[2];
    if (second == '1' && third == '1') {
        return 3;
    }
    if (second == '3' && third == '0') {
        return 2;
    }
    constexpr std::string_view of_other_services = "25789";
    const bool service = of_other_services.find(second) != std::string_view::npos && third <= '1';
    return service || second == '0' ? 0 : 4;
}

/// Digits of the right length with their hyphens; nothing when no grouping is known.
std::optional<std::string> format_digits(std::string_view digits) {
    if (starts(digits, "0200")) {
        return grouped(digits, 4, 5);
    }
    if (starts(digits, "0800")) {
        return grouped(digits, 4, 3);
    }
    if (has_eleven_digits(digits)) {
        return grouped(digits, 3, 4);
    }
    if (starts(digits, "0120") || starts(digits, "0570") || starts(digits, "0990")) {
        return grouped(digits, 4, 3);
    }
    const std::size_t area = area_code_digits(digits);
    if (area == 0) {
        return std::nullopt;
    }
    return grouped(digits, area, 6 - area);
}

bool is_short_number(std::string_view text) {
    if (drop_prefix(text, "#")) {
        return text.size() == 4 && all_digits(text);
    }
    return text.size() == 3 && all_digits(text) && text.front() == '1';
}

/// A lost 0 is put back where the number is whole again with it: 277760962, 9012345678.
bool restore_leading_zero(std::string& digits) {
    const std::string with_zero = "0" + digits;
    if (with_zero.size() != length_of(with_zero)) {
        return false;
    }
    const bool in_use = has_eleven_digits(with_zero) || area_code_hint(with_zero) != '.';
    if (in_use) {
        digits = with_zero;
    }
    return in_use;
}

/// 272241111.0: what a spreadsheet made of the digits.
void drop_float_zero(std::string_view& text) {
    std::string_view digits = text;
    if (drop_suffix(digits, ".0") && digits.size() >= 9 && all_digits(digits)) {
        text = digits;
    }
}

/// The digits of one number; punctuation between them is dropped, anything else is refused.
std::optional<std::string> digits_of(std::string_view text) {
    std::string digits;
    while (!text.empty()) {
        if (is_digit(text.front())) {
            digits.push_back(text.front());
            text.remove_prefix(1);
            continue;
        }
        bool known = false;
        for (const std::string_view mark : {"-", "(", ")", " ", ".", "・", "_"}) {
            known = known || drop_prefix(text, mark);
        }
        if (!known) {
            return std::nullopt;
        }
    }
    return digits;
}

/// Digits and the signs among them: no label, extension, fax or second number to look for.
bool is_bare(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || c == '-' || c == '(' || c == ')' || c == '+' || c == ' ' || c == '.';
    });
}

Normalised read_one(std::string_view text) {
    Normalised result;
    if (!is_bare(text)) {
        drop_phone_labels(text);
        if (const auto extension = take_extension(text)) {
            if (extension->empty()) {
                return flag_only("error:not-a-phone");
            }
            result.flags.push_back("ext:" + *extension);
            drop_phone_labels(text);
        }
    }
    if (is_short_number(text)) {
        result.value = text;
        result.flags.insert(result.flags.begin(), "short");
        return result;
    }
    drop_float_zero(text);
    const bool international = drop_prefix(text, "+");
    if (international && !drop_prefix(text, "81")) {
        return flag_only("error:foreign");
    }
    auto digits = digits_of(text);
    if (!digits || digits->empty()) {
        return flag_only("error:not-a-phone");
    }
    if (digits->front() != '0') {
        if (international) {
            digits->insert(0, 1, '0');
        } else if (restore_leading_zero(*digits)) {
            result.flags.insert(result.flags.begin(), "warn:leading-zero-restored");
        } else {
            return flag_only("error:length");
        }
    }
    if (starts(*digits, "00") || starts(*digits, "010")) {
        return flag_only("error:foreign");
    }
    if (digits->size() != length_of(*digits)) {
        return flag_only("error:length");
    }
    const auto formatted = format_digits(*digits);
    if (!formatted) {
        return flag_only("error:not-a-phone");
    }
    result.value = *formatted;
    return result;
}

/// 027-224-1111 in groups whose digits count to a whole number. The groups themselves are believed.
bool is_legal_hyphenated(std::string_view text) {
    const std::size_t first = text.find('-');
    const std::size_t second = first == std::string_view::npos ? first : text.find('-', first + 1);
    if (second == std::string_view::npos || text.front() != '0') {
        return false;
    }
    const std::string_view area = text.substr(0, first);
    const std::string_view middle = text.substr(first + 1, second - first - 1);
    const std::string_view last = text.substr(second + 1);
    if (!all_digits(area) || !all_digits(middle) || !all_digits(last) || starts(area, "00")) {
        return false;
    }
    const std::size_t count = area.size() + middle.size() + last.size();
    if (area == "0120" || area == "0570" || area == "0990") {
        return middle.size() == 3 && last.size() == 3;
    }
    if (area == "0800") {
        return middle.size() == 3 && last.size() == 4;
    }
    if (area == "0200") {
        return middle.size() == 5 && last.size() == 5;
    }
    if (has_eleven_digits(area)) {
        return area.size() == 3 && middle.size() == 4 && last.size() == 4;
    }
    return count == 10 && last.size() == 4 && area.size() >= 2 && area.size() <= 5;
}

/// (054)626-1139: the standards' form with the area code in brackets; mobiles have none.
bool is_legal_bracketed(std::string_view text) {
    if (!drop_prefix(text, "(")) {
        return false;
    }
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos || close < 2 || close > 5 || text.size() != 12 || text.front() != '0') {
        return false;
    }
    const std::string_view area = text.substr(0, close);
    const std::string_view local = text.substr(close + 1);
    return all_digits(area) && !has_eleven_digits(area) && !starts(area, "00") && local[local.size() - 5] == '-' &&
           all_digits(local.substr(0, local.size() - 5)) && all_digits(local.substr(local.size() - 4));
}

bool is_legal_one(std::string_view text) {
    if (text.empty()) {
        return false;
    }
    if (text.front() == '(') {
        return is_legal_bracketed(text);
    }
    if (drop_prefix(text, "+81 ")) {
        return is_legal_bracketed(text);
    }
    return is_legal_hyphenated(text) || is_short_number(text);
}

/// The parts between blanks or ・ when each of them is a number with its hyphens or brackets.
std::optional<std::vector<std::string>> split_whole_numbers(const std::string& text) {
    const std::string marked = replace_all(text, "・", " ");
    std::vector<std::string> parts;
    std::string_view rest = marked;
    while (!rest.empty()) {
        const std::size_t at = rest.find(' ');
        const std::string_view part = rest.substr(0, at);
        if (!part.empty() && !is_legal_one(part)) {
            return std::nullopt;
        }
        if (!part.empty()) {
            parts.emplace_back(part);
        }
        rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
    }
    return parts.size() < 2 ? std::nullopt : std::optional(std::move(parts));
}

Normalised read_all(const std::vector<std::string>& parts) {
    Normalised all;
    for (const std::string& part : parts) {
        Normalised one = read_one(part);
        if (one.failed() || one.value.empty()) {
            return flag_only(one.flags.empty() ? "error:not-a-phone" : one.flags.front());
        }
        all.value += (all.value.empty() ? "" : " / ") + one.value;
        for (std::string& flag : one.flags) {
            if (!all.has(flag)) {
                all.flags.push_back(std::move(flag));
            }
        }
    }
    return all;
}

template <typename Test>
bool each_part(std::string_view text, Test test) {
    for (;;) {
        const std::size_t at = text.find(" / ");
        if (!test(text.substr(0, at))) {
            return false;
        }
        if (at == std::string_view::npos) {
            return true;
        }
        text = text.substr(at + 3);
    }
}

bool is_clean_one(std::string_view text) {
    if (text.empty() || is_short_number(text)) {
        return !text.empty();
    }
    if (!is_legal_hyphenated(text)) {
        return false;
    }
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
    return !starts(digits, "010") && format_digits(digits) == text;
}

}  // namespace

std::size_t area_code_digits(std::string_view digits) {
    const char hint = area_code_hint(digits);
    if (hint >= '2' && hint <= '4') {
        return static_cast<std::size_t>(hint - '0');
    }
    if (digits.size() < 7) {
        return 0;
    }
    if (hint == '.') {
        return digits_of_no_area(digits);
    }
    std::uint32_t number = 0;
    for (const char digit : digits.substr(1, 6)) {
        number = number * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    const auto* const behind =
        std::upper_bound(area_ranges.begin(), area_ranges.end(), number,
                         [](std::uint32_t one, const AreaRange& range) { return one < range.from; });
    return std::prev(behind)->digits;
}

char area_code_hint(std::string_view digits) {
    if (digits.size() < 4) {
        return '.';
    }
    const auto digit = [&](std::size_t at) { return static_cast<std::size_t>(digits[at] - '0'); };
    return area_hints[digit(1) * 100 + digit(2) * 10 + digit(3)];
}

bool is_legal_phone(std::string_view text) {
    return each_part(text, is_legal_one);
}

bool is_clean_phone(std::string_view text) {
    return each_part(text, is_clean_one);
}

Normalised normalise_phone(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    const bool bare = is_bare(reading.text);
    std::string text = bare ? reading.text : without_joint_label(reading.text);
    const auto fax = bare ? std::nullopt : take_fax(text);
    Normalised all = read_all(bare ? std::vector{text} : split_phones(text));
    if (all.failed()) {
        // 027-224-1111 090-1234-5678: blanks part two numbers only where each is whole.
        if (const auto apart = split_whole_numbers(text)) {
            all = read_all(*apart);
        }
    }
    if (fax && !all.failed()) {
        const Normalised number = read_all({*fax});
        if (number.failed() || number.value.empty()) {
            return flag_only("error:not-a-phone");
        }
        all.flags.push_back("fax:" + number.value);
    }
    return all;
}

}  // namespace kokai
