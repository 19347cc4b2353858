// SPDX-License-Identifier: Apache-2.0
// The list of codes is a table made from the Address Base Registry; see lg_codes.inc.
#include "normalise/code.hpp"

#include "normalise/reading.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

namespace {

constexpr auto lg_codes = std::to_array<std::uint16_t>({
#include "normalise/lg_codes.inc"
});
static_assert(std::is_sorted(lg_codes.begin(), lg_codes.end()));

struct Repair {
    std::string code;
    bool zero = false, check_digit = false;
};

/// The readings of four or five digits that are real codes.
std::vector<Repair> repairs_of(const std::string& digits) {
    std::vector<Repair> found;
    const auto consider = [&](const std::string& five, bool zero) {
        if (is_known_lg_code(five)) {
            found.push_back({five + lg_check_digit(five), zero, true});
        }
    };
    if (digits.size() == 5) {
        const std::string with_zero = "0" + digits;
        if (is_clean_code(with_zero)) {
            found.push_back({with_zero, true, false});
        }
        consider(digits, false);
    } else if (digits.size() == 4) {
        consider("0" + digits, true);
    }
    return found;
}

/// The digits of a code; blanks and the hyphen before a check digit go, as does the .0 that a spreadsheet adds.
std::string digits_of(std::string_view text) {
    drop_suffix(text, ".0");
    std::string digits;
    for (const char c : text) {
        if (is_digit(c)) {
            digits.push_back(c);
        } else if ((c != '-' && c != ' ') || digits.empty()) {
            return {};
        }
    }
    return digits;
}

/// 9 - (sum mod 9) over the base, weights 1 and 2 in turn from the right.
char corporate_check_digit(std::string_view twelve_digits) {
    int sum = 0;
    for (std::size_t i = 0; i < twelve_digits.size(); ++i) {
        const int digit = twelve_digits[twelve_digits.size() - 1 - i] - '0';
        sum += i % 2 == 0 ? digit : 2 * digit;
    }
    return static_cast<char>('9' - sum % 9);
}

}  // namespace

char lg_check_digit(std::string_view five_digits) {
    int sum = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        sum += (five_digits[i] - '0') * (6 - static_cast<int>(i));
    }
    return static_cast<char>('0' + (11 - sum % 11) % 10);
}

bool is_known_lg_code(std::string_view five_digits) {
    if (five_digits.size() != 5 || !all_digits(five_digits)) {
        return false;
    }
    std::uint32_t value = 0;
    for (const char digit : five_digits) {
        value = value * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    return value <= UINT16_MAX &&
           std::binary_search(lg_codes.begin(), lg_codes.end(), static_cast<std::uint16_t>(value));
}

bool is_clean_code(std::string_view text) {
    return text.size() == 6 && is_known_lg_code(text.substr(0, 5)) && text[5] == lg_check_digit(text);
}

Normalised normalise_code(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    const std::string digits = digits_of(reading.text);
    if (digits.empty()) {
        return flag_only("error:not-a-code");
    }
    if (digits.size() == 6) {
        if (digits[5] != lg_check_digit(digits)) {
            return flag_only("error:check-digit");
        }
        Normalised result = value_only(digits);
        if (!is_clean_code(digits)) {
            result.flags.emplace_back("warn:unknown-code");
        }
        return result;
    }
    if (digits.size() != 4 && digits.size() != 5) {
        return flag_only("error:length");
    }
    const std::vector<Repair> readings = repairs_of(digits);
    if (readings.empty()) {
        return flag_only("error:check-digit");
    }
    if (readings.size() > 1) {
        return flag_only("error:ambiguous");
    }
    Normalised result = value_only(readings.front().code);
    if (readings.front().zero) {
        result.flags.emplace_back("warn:leading-zero-restored");
    }
    if (readings.front().check_digit) {
        result.flags.emplace_back("warn:check-digit-added");
    }
    return result;
}

bool is_clean_corporate_number(std::string_view text) {
    return text.size() == 13 && all_digits(text) && text.front() == corporate_check_digit(text.substr(1));
}

Normalised normalise_corporate_number(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    std::string_view text = reading.text;
    drop_prefix(text, "T");  // the invoice register puts a T before the same number
    std::string digits = digits_of(text);
    if (digits.empty()) {
        return flag_only("error:not-a-code");
    }
    if (digits.size() == 12) {
        return {corporate_check_digit(digits) + digits, {"warn:check-digit-added"}};
    }
    if (digits.size() != 13) {
        return flag_only("error:length");
    }
    return is_clean_corporate_number(digits) ? value_only(std::move(digits)) : flag_only("error:check-digit");
}

}  // namespace kokai
