// SPDX-License-Identifier: Apache-2.0
// The forms of one date: 令和6年4月1日(月), R6.4.1, 2024/4/1, 20240401, R060401, Excel's 45383, with 現在 or a time
// behind.
#include "normalise/date_reader.hpp"

#include "normalise/utf8.hpp"

#include <algorithm>

namespace kokai {

namespace {

constexpr std::string_view invalid = "error:invalid-date";

DateReading failed(std::string_view error = invalid) {
    DateReading reading;
    reading.error = error;
    return reading;
}

/// Excel's day 60 is a 29 February 1900 that never was; only days that nobody takes for something else are read: 1927
/// to 2099.
std::optional<DateReading> read_serial(std::string_view text) {
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    if (whole.size() != 5 || !all_digits(whole)) {
        return std::nullopt;
    }
    DateReading reading;
    if (point != std::string_view::npos) {
        const std::string_view fraction = text.substr(point + 1);
        if (!all_digits(fraction)) {
            return std::nullopt;
        }
        if (fraction.find_first_not_of('0') != std::string_view::npos) {
            reading.flags.emplace_back("warn:time-dropped");
        }
    }
    Scanner scanner(whole);
    const std::int64_t serial = scanner.digits()->value;
    if (serial < 10000 || serial > 73050) {
        return std::nullopt;
    }
    reading.day = day_of_number(serial + day_number({1899, 12, 30}));
    reading.flags.insert(reading.flags.begin(), "excel-serial");
    return reading;
}

struct Parts {
    std::optional<Year> year;
    int month = 0, day = 0;
    bool ambiguous = false;
};

bool take_part(Scanner& scanner, int& part) {
    scanner.spaces();
    const auto number = scanner.numeral();
    if (!number || number->width > 2 || number->value < 1 || number->value > 31) {
        return false;
    }
    part = static_cast<int>(number->value);
    return true;
}

/// 4月1日, 4月, and behind a date of the same month 5日.
bool take_month_and_day(Scanner& scanner, Parts& parts, bool may_lack_month, bool may_lack_mark = false) {
    const std::size_t start = scanner.position();
    int first = 0;
    if (!take_part(scanner, first)) {
        scanner.back_to(start);
        return false;
    }
    scanner.spaces();
    if (scanner.take("月")) {
        parts.month = first;
        const std::size_t behind_month = scanner.position();
        if (take_part(scanner, parts.day)) {
            scanner.spaces();
            if (scanner.take("日")) {
                return true;
            }
        }
        parts.day = 0;
        scanner.back_to(behind_month);
        return true;
    }
    // 2024/10/12~13 may leave the 日 out, too; the 15 of 2024/10/12 10:00~15 is an hour.
    const bool ends = may_lack_mark && (scanner.at_end() || scanner.peek() == '(');
    if (may_lack_month && (scanner.take("日") || ends)) {
        parts.day = first;
        return true;
    }
    scanner.back_to(start);
    return false;
}

/// The rest of 2024/4/1, 2024-4, R6.4.1 behind the year: one separator throughout.
bool take_separated(Scanner& scanner, Parts& parts) {
    const char separator = scanner.peek();
    if (separator != '-' && separator != '/' && separator != '.') {
        return false;
    }
    scanner.take({&separator, 1});
    if (!take_part(scanner, parts.month)) {
        return false;
    }
    const std::size_t behind_month = scanner.position();
    scanner.spaces();
    if (!scanner.take({&separator, 1})) {
        scanner.back_to(behind_month);
        return true;
    }
    if (!take_part(scanner, parts.day)) {
        return false;
    }
    if (separator == '.' && scanner.rest() == ".") {
        scanner.take(".");
    }
    return true;
}

/// 11/25/2018: only when the numbers say which is the day.
bool take_year_last(Scanner& scanner, Parts& parts) {
    const std::size_t start = scanner.position();
    int first = 0;
    int second = 0;
    if (take_part(scanner, first) && scanner.take("/") && take_part(scanner, second) && scanner.take("/")) {
        const auto number = scanner.digits();
        if (number && number->width == 4) {
            Year year;
            year.year = static_cast<int>(number->value);
            parts.year = year;
            parts.ambiguous = first <= 12 && second <= 12 && first != second;
            parts.month = first > 12 ? second : first;
            parts.day = first > 12 ? first : second;
            return true;
        }
    }
    scanner.back_to(start);
    return false;
}

/// 240401 may be a day of 2024 or of 平成24年, and 200504 also May of 2005: six digits are a month only where they can
/// be nothing else.
bool may_be_short_day(std::int64_t six_digits) {
    const std::int64_t month = six_digits / 100 % 100;
    const std::int64_t day = six_digits % 100;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/// Digits without marks are a date of records, not of the far future.
constexpr int last_packed_year = 2199;

/// 20240401, 202404, R060401.
bool take_packed(Scanner& scanner, Parts& parts) {
    const std::size_t start = scanner.position();
    const Era* era = nullptr;
    for (const Era& one : eras) {
        if (scanner.take({&one.letter, 1}) || scanner.take(one.name)) {
            era = &one;
            break;
        }
    }
    const auto number = scanner.digits();
    const bool whole_date = number && number->width == (era == nullptr ? 8 : 6);
    const bool month_only = number && era == nullptr && number->width == 6;
    if (!whole_date && !month_only) {
        scanner.back_to(start);
        return false;
    }
    std::int64_t value = number->value;
    if (whole_date) {
        parts.day = static_cast<int>(value % 100);
        value /= 100;
    }
    parts.month = static_cast<int>(value % 100);
    Year year;
    year.era = era;
    year.year = static_cast<int>(value / 100);
    if (era != nullptr) {
        year.era_year = year.year;
        year.year = era->first_year + year.era_year - 1;
    }
    if (parts.month == 0 || (whole_date && parts.day == 0) || (era != nullptr && year.era_year == 0)) {
        scanner.back_to(start);
        return false;
    }
    parts.ambiguous = month_only && may_be_short_day(number->value);
    if (year.year > last_packed_year && !parts.ambiguous) {
        scanner.back_to(start);
        return false;
    }
    parts.year = year;
    return true;
}

/// (月), (月曜日), (日・祝), 日曜日: -1 when there is none, else 0 for Monday … 6.
int take_weekday(Scanner& scanner) {
    static constexpr std::string_view days = "月火水木金土日";
    const std::size_t start = scanner.position();
    scanner.spaces();
    const bool bracket = scanner.take("(");
    int found = -1;
    for (std::size_t i = 0; i < 7 && found < 0; ++i) {
        if (scanner.take(days.substr(i * 3, 3))) {
            found = static_cast<int>(i);
        }
    }
    const bool long_form = found >= 0 && scanner.take("曜");
    if (long_form) {
        scanner.take("日");
    }
    if (found >= 0 && bracket) {
        if (scanner.take("・") || scanner.take("、") || scanner.take(",")) {
            // A holiday may stand beside the day of the week.
        }
        if (!scanner.take("祝日")) {
            scanner.take("祝");
        }
        if (scanner.take(")")) {
            return found;
        }
    } else if (found >= 0 && long_form) {
        return found;
    }
    scanner.back_to(start);
    return -1;
}

/// 13時, 13時30分, 午後1時半: only that there is a time counts.
bool take_time_in_words(Scanner& scanner) {
    const std::size_t start = scanner.position();
    scanner.spaces();
    if (!scanner.take("午前")) {
        scanner.take("午後");
    }
    const auto hour = scanner.numeral();
    if (!hour || hour->value > 24 || !scanner.take("時")) {
        scanner.back_to(start);
        return false;
    }
    if (scanner.take("半")) {
        return true;
    }
    const std::size_t behind_hour = scanner.position();
    const auto minute = scanner.numeral();
    if (!minute || minute->value > 59 || !scanner.take("分")) {
        scanner.back_to(behind_hour);
    }
    return true;
}

/// 10:30, T10:30:00, 10:30:00.000+09:00, 10時30分. Midnight is what programs write for "no time".
enum class Time { none, midnight, given, other_zone };
Time take_time(Scanner& scanner) {
    if (take_time_in_words(scanner)) {
        return Time::given;
    }
    const std::size_t start = scanner.position();
    if (!scanner.take("T") && !scanner.take(" ")) {
        return Time::none;
    }
    scanner.spaces();
    const auto hour = scanner.digits();
    std::int64_t rest = 0;
    if (!hour || hour->width > 2 || hour->value > 24 || !scanner.take(":")) {
        scanner.back_to(start);
        return Time::none;
    }
    for (int part = 0; part < 2; ++part) {
        const auto number = scanner.digits();
        if (!number || number->width != 2 || number->value > 59) {
            scanner.back_to(start);
            return Time::none;
        }
        rest += number->value;
        if (!scanner.take(":")) {
            break;
        }
    }
    if (scanner.take(".")) {
        if (const auto fraction = scanner.digits()) {
            rest += fraction->value;
        }
    }
    if (scanner.take("+09:00") || scanner.take("+0900")) {
        return hour->value + rest == 0 ? Time::midnight : Time::given;
    }
    if (scanner.take("Z") || scanner.peek() == '+' || scanner.peek() == '-') {
        return Time::other_zone;  // may be another day in Japan
    }
    return hour->value + rest == 0 ? Time::midnight : Time::given;
}

bool take_parts(Scanner& scanner, Parts& parts, const DateReading* before) {
    const std::size_t start = scanner.position();
    // The second date of a range may lack what the first has: 8月5日, 5日, 8/5.
    if (before != nullptr && before->day.day != 0) {
        if (take_month_and_day(scanner, parts, true, !before->has_time) && parts.day != 0) {
            return true;
        }
        scanner.back_to(start);
        parts = {};
        for (const std::string_view separator : {"/", "."}) {
            if (before->has_time && separator == ".") {
                continue;  // 10:00~15.30
            }
            if (take_part(scanner, parts.month) && scanner.take(separator) && take_part(scanner, parts.day) &&
                (scanner.at_end() || scanner.peek() == '(' || scanner.peek() == ' ')) {
                return true;
            }
            scanner.back_to(start);
            parts = {};
        }
    } else if (before != nullptr && before->day.month != 0) {  // 令和5年4月~6月
        if (take_month_and_day(scanner, parts, false) && scanner.at_end() && parts.day == 0) {
            return true;
        }
        scanner.back_to(start);
        parts = {};
    }
    if (take_packed(scanner, parts) || take_year_last(scanner, parts)) {
        return true;
    }
    parts = {};
    scanner.back_to(start);
    parts.year = take_year(scanner, before == nullptr ? nullptr : before->era);
    if (!parts.year) {
        return false;
    }
    if (parts.year->has_mark) {
        take_month_and_day(scanner, parts, false);
        return true;
    }
    const char next = scanner.peek();
    if (next == '-' || next == '/' || next == '.') {
        return take_separated(scanner, parts);
    }
    // 2016 and H28 alone are years; a number that only borrows its era is not.
    const bool borrows = before != nullptr && parts.year->era != nullptr && !parts.year->has_era;
    return !borrows;
}

/// 平成30年4月1日(2018年4月1日): the same day once more; anything else stays where it is.
void take_same_date(Scanner& scanner, Day day) {
    const std::size_t start = scanner.position();
    scanner.spaces();
    Parts other;
    if (scanner.take("(") && take_parts(scanner, other, nullptr) && scanner.take(")") && other.year &&
        Day{other.year->year, other.month, other.day} == day) {
        return;
    }
    scanner.back_to(start);
}

}  // namespace

DateReading read_single_date(std::string_view text, const DateReading* before) {
    if (auto serial = read_serial(text)) {
        return *serial;
    }
    Scanner scanner(text);
    scanner.spaces();
    Parts parts;
    if (!take_parts(scanner, parts, before)) {
        return failed();
    }
    if (parts.ambiguous) {
        return failed("error:ambiguous");
    }
    DateReading reading;
    reading.day = {parts.year ? parts.year->year : before->day.year, parts.month, parts.day};
    if (!parts.year && parts.month == 0) {
        reading.day.month = before->day.month;
    }
    reading.era = parts.year ? parts.year->era : before->era;
    // 2024/10/12 10:00~1530 ends at an hour, not in a year.
    const bool bare = parts.year && !parts.year->has_mark && reading.day.month == 0;
    if (!exists(reading.day) || (before != nullptr && before->has_time && bare)) {
        return failed();
    }
    take_same_date(scanner, reading.day);
    const int written_weekday = take_weekday(scanner);
    const Time time = take_time(scanner);
    reading.has_time = time != Time::none;
    if (time == Time::other_zone) {
        return failed("error:ambiguous");
    }
    scanner.spaces();
    if (scanner.take("現在") || scanner.take("時点")) {
        scanner.spaces();
    }
    scanner.take("。");
    if (!scanner.at_end() || ((time != Time::none || written_weekday >= 0) && reading.day.day == 0)) {
        return failed();
    }
    if (reading.era != nullptr) {
        if (reading.day.month != 0 && reading.day < first_solar_day) {
            return failed("error:lunar-calendar");
        }
        if (!lies_in(*reading.era, reading.day)) {
            reading.flags.emplace_back("warn:era-range");
        }
    }
    if (written_weekday >= 0 && weekday(reading.day) != written_weekday) {
        reading.flags.emplace_back("warn:weekday");
    }
    if (time == Time::given) {
        reading.flags.emplace_back("warn:time-dropped");
    }
    return reading;
}

std::string iso(Day day) {
    std::string text = padded(day.year, 4);
    if (day.month != 0) {
        text += "-" + padded(day.month, 2);
    }
    if (day.day != 0) {
        text += "-" + padded(day.day, 2);
    }
    return text;
}

bool begins_before(Day first, Day last) {
    if (first.month == 0 || last.month == 0) {
        return first.year <= last.year;
    }
    if (first.day == 0 || last.day == 0) {
        first.day = last.day = 0;
    }
    return first <= last;
}

}  // namespace kokai
