// SPDX-License-Identifier: Apache-2.0
// Japanese eras as data, the calendar behind them, and reading a year in any of its writings.
#pragma once

#include "normalise/reading.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kokai {

/// A calendar date; month and day are 0 when they were not given.
struct Day {
    int year = 0, month = 0, day = 0;
    auto operator<=>(const Day&) const = default;
};

struct Era {
    std::string_view name, sign;
    char letter;
    int first_year;  // western year of 元年
    Day first, last;  // the day of change belongs to both: 1912-07-30 is 明治45年 and 大正元年, 1926-12-25 大正15年 and
                      // 昭和元年
};

inline constexpr std::array<Era, 5> eras = {{
    {"明治", "明", 'M', 1868, {1868, 1, 25}, {1912, 7, 30}},
    {"大正", "大", 'T', 1912, {1912, 7, 30}, {1926, 12, 25}},
    {"昭和", "昭", 'S', 1926, {1926, 12, 25}, {1989, 1, 7}},
    {"平成", "平", 'H', 1989, {1989, 1, 8}, {2019, 4, 30}},
    {"令和", "令", 'R', 2019, {2019, 5, 1}, {9999, 12, 31}},
}};

/// The first day that Japan counted by the western calendar. Days of 明治 before it are lunar and have no reading here.
inline constexpr Day first_solar_day{1873, 1, 1};

int days_in_month(int year, int month);
/// Whether a year from 1000 to 2999, and month and day if given, exist.
bool exists(Day day);
/// Days since 1970-01-01.
std::int64_t day_number(Day day);
Day day_of_number(std::int64_t number);
/// 0 Monday … 6 Sunday.
int weekday(Day day);
/// Whether `day` (to the precision it has) lies in the era.
bool lies_in(const Era& era, Day day);

struct Year {
    int year = 0;
    const Era* era = nullptr;
    int era_year = 0;
    int width = 0;          // ASCII digits of the number, 0 for kanji and 元
    bool has_mark = false;  // 年 was there
    bool has_era = false;   // the era was written, not lent by the date before
};

/// 令和5年, R5, 令和五年, 2023年, 2023, 平成28(2016)年, 2016年(平成28年). Two writings must agree. `inherited` is the
/// era of a number below 100 that has none itself (the second half of a range). A bare number of 1 to 3 or more than 4
/// digits is no year.
std::optional<Year> take_year(Scanner& scanner, const Era* inherited = nullptr);

}  // namespace kokai
