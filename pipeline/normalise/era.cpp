// SPDX-License-Identifier: Apache-2.0
// Calendar arithmetic is Hinnant's civil-day formula; everything else follows the table in era.hpp.
#include "normalise/era.hpp"

#include "normalise/utf8.hpp"

namespace kokai {

namespace {

bool begins_number(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '.')) {
        text.remove_prefix(1);
    }
    if (text.empty()) {
        return false;
    }
    std::size_t at = 0;
    const char32_t c = utf8::next(text, at);
    return (c >= '0' && c <= '9') || kanji_digit(c) >= 0 || c == U'元';
}

/// A name, letter or single kanji of an era, with a number behind it.
const Era* take_era(Scanner& scanner) {
    const std::size_t start = scanner.position();
    for (const Era& era : eras) {
        const char upper = era.letter;
        const auto lower = static_cast<char>(era.letter - 'A' + 'a');
        const bool named =
            scanner.take(era.name) || scanner.take(era.sign) || scanner.take({&upper, 1}) || scanner.take({&lower, 1});
        if (named && begins_number(scanner.rest())) {
            scanner.spaces();
            if (scanner.take(".")) {  // S.57.3.31
                scanner.spaces();
            }
            return &era;
        }
        scanner.back_to(start);
    }
    return nullptr;
}

/// One writing of a year, without brackets and without 年.
std::optional<Year> take_plain_year(Scanner& scanner, const Era* inherited) {
    const std::size_t start = scanner.position();
    Year year;
    scanner.take("西暦");
    scanner.spaces();
    year.era = take_era(scanner);
    year.has_era = year.era != nullptr;
    if (year.era != nullptr && scanner.take("元")) {
        year.era_year = 1;
    } else {
        const auto number = scanner.numeral();
        if (!number) {
            scanner.back_to(start);
            return std::nullopt;
        }
        year.width = number->width;
        const bool is_western = number->value >= 1000 && number->value <= 2999 && number->width % 4 == 0;
        if (year.era == nullptr && inherited != nullptr && !is_western) {
            year.era = inherited;
        }
        if (year.era == nullptr ? !is_western : (number->value < 1 || number->value > 99 || number->width > 2)) {
            scanner.back_to(start);
            return std::nullopt;
        }
        (year.era == nullptr ? year.year : year.era_year) = static_cast<int>(number->value);
    }
    if (year.era != nullptr) {
        year.year = year.era->first_year + year.era_year - 1;
    }
    return year;
}

/// (平成28年) or (2016): nothing when there is no such bracket, else the year in it.
std::optional<Year> take_bracketed_year(Scanner& scanner) {
    const std::size_t start = scanner.position();
    scanner.spaces();
    if (scanner.take("(")) {
        scanner.spaces();
        if (auto year = take_plain_year(scanner, nullptr)) {
            scanner.spaces();
            scanner.take("年");
            scanner.take("度");
            scanner.spaces();
            if (scanner.take(")")) {
                return year;
            }
        }
    }
    scanner.back_to(start);
    return std::nullopt;
}

}  // namespace

int days_in_month(int year, int month) {
    constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days.at(static_cast<std::size_t>(month - 1));
}

bool exists(Day day) {
    if (day.year < 1000 || day.year > 2999 || day.month < 0 || day.month > 12 || day.day < 0) {
        return false;
    }
    if (day.month == 0) {
        return day.day == 0;
    }
    return day.day <= days_in_month(day.year, day.month);
}

std::int64_t day_number(Day day) {
    const std::int64_t year = day.year - (day.month <= 2 ? 1 : 0);
    const std::int64_t cycle = year / 400;  // years here are positive
    const std::int64_t year_of_cycle = year - cycle * 400;
    const std::int64_t day_of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;
    return cycle * 146097 + year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year - 719468;
}

Day day_of_number(std::int64_t number) {
    const std::int64_t shifted = number + 719468;
    const std::int64_t cycle = shifted / 146097;
    const std::int64_t day_of_cycle = shifted - cycle * 146097;
    const std::int64_t year_of_cycle =
        (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 - day_of_cycle / 146096) / 365;
    const std::int64_t day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;
    const std::int64_t civil_month = month < 10 ? month + 3 : month - 9;
    return {static_cast<int>(year_of_cycle + cycle * 400 + (civil_month <= 2 ? 1 : 0)), static_cast<int>(civil_month),
            static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1)};
}

int weekday(Day day) {
    return static_cast<int>(((day_number(day) + 3) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
}

bool lies_in(const Era& era, Day day) {
    Day first = era.first;
    Day last = era.last;
    if (day.day == 0) {
        first.day = last.day = 0;
    }
    if (day.month == 0) {
        first.month = last.month = 0;
    }
    return first <= day && day <= last;
}

std::optional<Year> take_year(Scanner& scanner, const Era* inherited) {
    const std::size_t start = scanner.position();
    auto year = take_plain_year(scanner, inherited);
    if (!year) {
        return std::nullopt;
    }
    auto other = take_bracketed_year(scanner);
    const std::size_t before_mark = scanner.position();
    scanner.spaces();
    year->has_mark = scanner.take("年");
    if (!year->has_mark) {
        scanner.back_to(before_mark);
    } else if (!other) {
        other = take_bracketed_year(scanner);
    }
    if (other && other->year != year->year) {
        scanner.back_to(start);
        return std::nullopt;
    }
    if (year->era == nullptr && other && other->era != nullptr) {
        year->era = other->era;
        year->era_year = other->era_year;
        year->has_era = true;
    }
    return year;
}

}  // namespace kokai
