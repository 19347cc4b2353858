// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_decimal.hpp"

#include <algorithm>
#include <charconv>

namespace kokai {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

char digit_at(const Decimal& number, int place) {
    return place >= 0 && place < number.count ? number.digits[static_cast<std::size_t>(place)] : '0';
}

void drop_trailing_zeros(Decimal& number) {
    while (number.count > 0 && number.digits[static_cast<std::size_t>(number.count - 1)] == '0') {
        --number.count;
    }
    if (number.count == 0) {
        number.point = 0;
        number.negative = false;
    }
}

/// Keeps the first `keep` digits; `up`: what follows is a half or more.
void cut(Decimal& number, int keep, bool up) {
    number.count = keep;
    if (up) {
        int place = keep - 1;
        while (place >= 0 && number.digits[static_cast<std::size_t>(place)] == '9') {
            --place;
        }
        number.count = place + 1;
        if (place >= 0) {
            ++number.digits[static_cast<std::size_t>(place)];
        } else {
            number.digits[0] = '1';
            number.count = 1;
            ++number.point;
        }
    }
    drop_trailing_zeros(number);
}

}  // namespace

double Decimal::as_double() const {
    if (is_zero()) {
        return 0;
    }
    std::string text = negative ? "-0." : "0.";
    text.append(digits.data(), static_cast<std::size_t>(count));
    text += "e" + std::to_string(point);
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<Decimal> read_decimal(std::string_view text) {
    Decimal number;
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
        number.negative = text[at] == '-';
        ++at;
    }
    bool any = false, behind_point = false, up = false;
    int kept = 0, point = 0;
    for (; at < text.size(); ++at) {
        const char letter = text[at];
        if (letter == '.' && !behind_point) {
            behind_point = true;
            continue;
        }
        if (!is_digit(letter)) {
            break;
        }
        any = true;
        if (kept == 0 && letter == '0') {
            point -= behind_point ? 1 : 0;
            continue;
        }
        if (kept < Decimal::most_digits) {
            number.digits[static_cast<std::size_t>(kept)] = letter;
        } else if (kept == Decimal::most_digits) {
            up = letter >= '5';
        }
        ++kept;
        point += behind_point ? 0 : 1;
    }
    if (!any) {
        return std::nullopt;
    }
    if (at < text.size()) {
        if (text[at] != 'E' && text[at] != 'e') {
            return std::nullopt;
        }
        ++at;
        at += at < text.size() && text[at] == '+' ? 1U : 0U;
        int exponent = 0;
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
        if (error != std::errc{} || end != text.data() + text.size() || exponent > 400 || exponent < -400) {
            return std::nullopt;
        }
        point += exponent;
    }
    if (kept > 400) {
        return std::nullopt;
    }
    number.point = point;
    cut(number, std::min(kept, Decimal::most_digits), up);
    return number;
}

bool round_to(Decimal& number, int places) {
    const int keep = number.point + places;
    if (keep >= number.count) {
        return false;
    }
    if (keep < 0) {
        number = {};
        return true;
    }
    cut(number, keep, digit_at(number, keep) >= '5');
    return true;
}

void split(const Decimal& number, int places, std::string& whole, std::string& fraction) {
    whole.clear();
    fraction.clear();
    for (int place = 0; place < number.point; ++place) {
        whole += digit_at(number, place);
    }
    for (int place = number.point; place < number.point + places; ++place) {
        fraction += digit_at(number, place);
    }
}

void append_plain(std::string& into, const Decimal& number) {
    if (number.is_zero()) {
        into += '0';
        return;
    }
    if (number.negative) {
        into += '-';
    }
    const std::string_view digits(number.digits.data(), static_cast<std::size_t>(number.count));
    if (number.point > 21 || number.point < -9) {
        into += digits[0];
        if (digits.size() > 1) {
            into += '.';
            into += digits.substr(1);
        }
        const int exponent = number.point - 1;
        into += exponent < 0 ? "E-" : "E+";
        into += std::to_string(exponent < 0 ? -exponent : exponent);
        return;
    }
    if (number.point <= 0) {
        into += "0.";
        into.append(static_cast<std::size_t>(-number.point), '0');
        into += digits;
        return;
    }
    const auto whole = static_cast<std::size_t>(number.point);
    if (whole >= digits.size()) {
        into += digits;
        into.append(whole - digits.size(), '0');
    } else {
        into += digits.substr(0, whole);
        into += '.';
        into += digits.substr(whole);
    }
}

}  // namespace kokai
