// SPDX-License-Identifier: Apache-2.0
// Serial numbers of days as dates and times: the second half of NumberFormat.
#include "read/xlsx_format.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kokai {
namespace {

constexpr std::int64_t seconds_a_day = 86400;
constexpr double end_of_days = 2958466;  // the day after 9999-12-31, the last that Excel knows

struct CivilDay {
    std::int64_t year = 0, month = 0, day = 0;
};

/// The civil calendar from days since 1970-01-01 (after H. Hinnant, "chrono-compatible low-level date algorithms").
CivilDay civil_day(std::int64_t days) {
    const std::int64_t shifted = days + 719468;  // days since 0000-03-01
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const std::int64_t day_of_era = shifted - era * 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    CivilDay civil;
    civil.day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    civil.month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    civil.year = year_of_era + era * 400 + (civil.month <= 2 ? 1 : 0);
    return civil;
}

void append_padded(std::string& into, std::int64_t value, std::size_t width) {
    const std::string digits = std::to_string(value);
    into.append(width > digits.size() ? width - digits.size() : 0, '0');
    into += digits;
}

void append_date(std::string& into, std::int64_t days) {
    const CivilDay civil = civil_day(days);
    append_padded(into, civil.year, 4);
    into += '-';
    append_padded(into, civil.month, 2);
    into += '-';
    append_padded(into, civil.day, 2);
}

}  // namespace

/// False when the serial is no moment of this date system: then the number itself is the value.
bool NumberFormat::show_moment(const Section& section, double serial, DateSystem dates, std::string& out) {
    if (!(serial >= 0) || serial >= end_of_days) {
        return false;
    }
    const std::int64_t seconds = std::llround(serial * static_cast<double>(seconds_a_day));
    const std::int64_t serial_day = seconds / seconds_a_day;
    const auto has = [&](Part first, Part last) {
        return std::any_of(section.tokens.begin(), section.tokens.end(),
                           [&](const Token& token) { return token.part >= first && token.part <= last; });
    };
    const bool year = has(Part::year, Part::year), month = has(Part::month, Part::month),
               day = has(Part::day, Part::day);
    const bool time = has(Part::hour, Part::all_seconds);
    if (!year && !month && !day && !has(Part::weekday, Part::weekday_english)) {
        show_time(section, seconds, out);
        return true;
    }
    std::int64_t days = 0;  // since 1970-01-01
    if (dates == DateSystem::from_1904) {
        days = serial_day - 24107;
        if (serial_day > 2957003) {
            return false;
        }
    } else {
        // Excel takes 1900 for a leap year: its day 60 never was, and the days before it count one less. Day 0 is the
        // empty cell.
        if (serial_day == 0 || serial_day == 60) {
            return false;
        }
        days = serial_day - (serial_day < 60 ? 25568 : 25569);
    }
    if (time) {
        append_date(out, days);
        out += ' ';
        show_time(section, seconds % seconds_a_day, out);
    } else if (month && day) {
        append_date(out, days);  // 4月1日 as well: the year is in the cell
    } else if (year && month) {
        append_date(out, days);
        out.resize(out.size() - 3);
    } else {
        show_parts_as_written(section, days, out);
    }
    return true;
}

/// `aaa` is 月, `m"月"` 4月, `yyyy"年度"` 2024年度: a label, not a day. Years are written in the Western way.
void NumberFormat::show_parts_as_written(const Section& section, std::int64_t days, std::string& out) {
    constexpr std::array<std::string_view, 7> japanese{"日", "月", "火", "水", "木", "金", "土"};
    constexpr std::array<std::string_view, 7> english{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                      "Thursday", "Friday", "Saturday"};
    const CivilDay civil = civil_day(days);
    const auto weekday = static_cast<std::size_t>(((days + 4) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
    for (const Token& token : section.tokens) {
        switch (token.part) {
        case Part::year:
            append_padded(out, civil.year, 4);
            break;
        case Part::month:
            append_padded(out, civil.month, token.width == 2 ? 2 : 1);
            break;
        case Part::day:
            append_padded(out, civil.day, token.width == 2 ? 2 : 1);
            break;
        case Part::weekday:
            out += japanese[weekday];
            out += token.width >= 4 ? "曜日" : "";
            break;
        case Part::weekday_english:
            out += english[weekday].substr(0, token.width >= 4 ? std::string_view::npos : 3);
            break;
        default:
            out += token.text;
        }
    }
    const bool only_weekday = std::none_of(section.tokens.begin(), section.tokens.end(), [](const Token& token) {
        return token.part >= Part::year && token.part <= Part::day;
    });
    if (only_weekday && out.size() > 2 && out.front() == '(' && out.back() == ')') {
        out = out.substr(1, out.size() - 2);
    }
}

/// 09:00, 09:00:30 (seconds only where the format has them and there are any), 25:30 and 100:00 of [h]:mm, 90 of [m].
void NumberFormat::show_time(const Section& section, std::int64_t seconds, std::string& out) {
    const auto has = [&](Part part) {
        return std::any_of(section.tokens.begin(), section.tokens.end(),
                           [&](const Token& token) { return token.part == part; });
    };
    if (has(Part::all_seconds)) {
        out += std::to_string(seconds);
        return;
    }
    if (has(Part::all_minutes)) {
        out += std::to_string(seconds / 60);
        if (has(Part::second)) {
            out += ':';
            append_padded(out, seconds % 60, 2);
        }
        return;
    }
    const bool all_hours = has(Part::all_hours);
    append_padded(out, all_hours ? seconds / 3600 : seconds / 3600 % 24, 2);
    out += ':';
    append_padded(out, seconds / 60 % 60, 2);
    const bool without_hours = !all_hours && !has(Part::hour);  // mm:ss must not be taken for hh:mm
    if (has(Part::second) && (seconds % 60 != 0 || without_hours)) {
        out += ':';
        append_padded(out, seconds % 60, 2);
    }
}

}  // namespace kokai
