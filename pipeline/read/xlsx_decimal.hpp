// SPDX-License-Identifier: Apache-2.0
// A number as Excel knows it: at most 15 decimal digits. Worked with as digits, never as a double, so that 1.005 rounds
// to 1.01 as in Excel and 0.1 + 0.2 is 0.3.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kokai {

/// 0.d1d2d3… × 10^point, no leading and no trailing zeros; no digits at all is zero.
struct Decimal {
    static constexpr int most_digits = 15;

    bool negative = false;
    int point = 0;
    int count = 0;
    std::array<char, most_digits + 1> digits{};

    [[nodiscard]] bool is_zero() const { return count == 0; }
    [[nodiscard]] double as_double() const;
};

/// Reads 12, -3.50, 1.2E-7 …; nothing when the text is no number.
std::optional<Decimal> read_decimal(std::string_view text);

/// Leaves `places` digits behind the decimal point (negative: zeros before it), half away from zero as Excel does. True
/// when digits were lost.
bool round_to(Decimal& number, int places);

/// Appends all digits, without exponent: 0.000012, 123000. Beyond 10^21 or 10^-9 with one: 1.5E+30.
void append_plain(std::string& into, const Decimal& number);

/// The digits before the point ("" for none) and `places` digits behind it, of a number already rounded.
void split(const Decimal& number, int places, std::string& whole, std::string& fraction);

}  // namespace kokai
