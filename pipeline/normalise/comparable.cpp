// SPDX-License-Identifier: Apache-2.0
// Nearly all cells have been normalised before they are compared, so that the clean form is looked for first.
#include "normalise/comparable.hpp"

#include "normalise/date.hpp"
#include "normalise/number.hpp"
#include "normalise/time.hpp"
#include "support/decimal.hpp"
#include "support/text.hpp"

#include <cstddef>

namespace kokai {
namespace {

constexpr std::size_t longest = 256;  // bytes of a number, a day or a time with its words

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// YYYY-MM-DD as a number that grows with the day. The calendar has been looked at by the normaliser.
std::optional<std::int32_t> day_of(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    std::int32_t value = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 4 || i == 7) {
            continue;
        }
        if (!is_digit(text[i])) {
            return std::nullopt;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/// HH:MM, beyond midnight too (24:00, 25:30); seconds are left out.
std::optional<std::int32_t> minutes_of(std::string_view text) {
    const bool with_seconds = text.size() == 8 && text[5] == ':' && is_digit(text[6]) && is_digit(text[7]);
    if ((text.size() != 5 && !with_seconds) || text[2] != ':' || !is_digit(text[0]) || !is_digit(text[1]) ||
        !is_digit(text[3]) || !is_digit(text[4])) {
        return std::nullopt;
    }
    const std::int32_t hours = (text[0] - '0') * 10 + (text[1] - '0');
    const std::int32_t minutes = (text[3] - '0') * 10 + (text[4] - '0');
    return minutes < 60 ? std::optional(hours * 60 + minutes) : std::nullopt;
}

std::optional<Moment> clean_moment(std::string_view text) {
    if (const auto day = day_of(text)) {
        return Moment{Moment::Of::calendar, *day};
    }
    if (const auto minutes = minutes_of(text)) {
        return Moment{Moment::Of::clock, *minutes};
    }
    return std::nullopt;
}

}  // namespace

std::optional<double> amount_in(std::string_view cell) {
    cell = trimmed(cell);
    if (const auto plain = parse_decimal(cell)) {
        return plain;
    }
    if (cell.ends_with('%')) {
        cell.remove_suffix(1);
    } else if (cell.ends_with("％")) {
        cell.remove_suffix(std::string_view("％").size());
    }
    if (cell.empty() || cell.size() > longest) {
        return std::nullopt;
    }
    const Normalised number = normalise_number(cell);
    return number.failed() ? std::nullopt : parse_decimal(number.value);
}

std::optional<Moment> moment_in(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.empty() || cell.size() > longest) {
        return std::nullopt;
    }
    if (const auto clean = clean_moment(cell)) {
        return clean;
    }
    if (const Normalised date = normalise_date(cell); !date.failed()) {
        if (const auto day = day_of(date.value)) {
            return Moment{Moment::Of::calendar, *day};
        }
    }
    if (const Normalised time = normalise_time(cell); !time.failed()) {
        if (const auto minutes = minutes_of(time.value)) {
            return Moment{Moment::Of::clock, *minutes};
        }
    }
    return std::nullopt;
}

}  // namespace kokai
