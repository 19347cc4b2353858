// SPDX-License-Identifier: Apache-2.0
// Coordinates from text and to text, in a few nanoseconds: through an integer, rounded once.
#pragma once

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kokai {

/// A plain decimal (`36.389049`, `-5`): exact up to 15 digits by one division, by from_chars beyond. Anything else is
/// no number.
inline std::optional<double> parse_decimal(std::string_view text) {
    constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
    const std::size_t begin = at;
    std::uint64_t digits = 0;  // runs over beyond 19 digits, where it is not used
    for (; is_digit(at); ++at) {
        digits = digits * 10 + static_cast<unsigned>(text[at] - '0');
    }
    std::size_t count = at - begin;
    std::size_t after_point = 0;
    if (count != 0 && at < text.size() && text[at] == '.') {
        const std::size_t point = at++;
        for (; is_digit(at); ++at) {
            digits = digits * 10 + static_cast<unsigned>(text[at] - '0');
        }
        after_point = at - point - 1;
        count = after_point == 0 ? 0 : count + after_point;
    }
    if (count == 0 || at != text.size()) {
        return std::nullopt;
    }
    if (count <= 15) {
        const double value = static_cast<double>(digits) / powers[after_point];
        return text[0] == '-' ? -value : value;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

/// With at most so many decimals, rounded, without padding.
template <int decimals>
void append_decimal(std::string& out, double number) {
    static_assert(decimals > 0 && decimals <= 9);
    constexpr std::int64_t unit = [] {
        std::int64_t power = 1;
        for (int i = 0; i < decimals; ++i) {
            power *= 10;
        }
        return power;
    }();
    auto whole = static_cast<std::int64_t>(std::nearbyint(number * static_cast<double>(unit)));
    if (whole < 0) {
        out += '-';
        whole = -whole;
    }
    char digits[24];
    char* const end = digits + sizeof digits;
    char* at = end;
    auto fraction = static_cast<std::uint32_t>(whole % unit);
    auto before = static_cast<std::uint64_t>(whole / unit);
    if (fraction != 0) {
        int places = decimals;
        while (fraction % 10 == 0) {
            fraction /= 10;
            --places;
        }
        for (; places > 0; --places) {
            *--at = static_cast<char>('0' + fraction % 10);
            fraction /= 10;
        }
        *--at = '.';
    }
    do {
        *--at = static_cast<char>('0' + before % 10);
        before /= 10;
    } while (before != 0);
    out.append(at, static_cast<std::size_t>(end - at));
}

/// Degrees with at most seven decimals, without padding: 139.06, 36.3890491.
inline void append_degrees(std::string& out, double degrees) {
    append_decimal<7>(out, degrees);
}

/// Whether a number has an end after nine decimals, as people and instruments write them; one that was computed goes
/// on to the sixteenth digit.
inline bool ends_after_nine_decimals(double number) {
    return std::nearbyint(number * 1e9) / 1e9 == number;
}

}  // namespace kokai
