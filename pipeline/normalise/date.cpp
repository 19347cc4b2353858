// SPDX-License-Identifier: Apache-2.0
// A small scanner over the plain form; a word around a date or a year left out is refused, never guessed.
#include "normalise/date.hpp"

#include "normalise/date_reader.hpp"
#include "normalise/era.hpp"
#include "normalise/fiscal_year.hpp"
#include "normalise/reading.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace kokai {

namespace {

/// 2024, 2024-07 or 2024-07-01 exactly.
std::optional<Day> read_iso(std::string_view text) {
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = 0;
        for (std::size_t i = at; i < at + length; ++i) {
            value = value * 10 + (text[i] - '0');
        }
        return value;
    };
    const auto digits_at = [&](std::size_t at, std::size_t length) { return all_digits(text.substr(at, length)); };
    Day day;
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) {
        return std::nullopt;
    }
    if (!digits_at(0, 4)) {
        return std::nullopt;
    }
    day.year = number(0, 4);
    if (text.size() >= 7) {
        if (text[4] != '-' || !digits_at(5, 2)) {
            return std::nullopt;
        }
        day.month = number(5, 2);
        if (day.month == 0) {
            return std::nullopt;
        }
    }
    if (text.size() == 10) {
        if (text[7] != '-' || !digits_at(8, 2)) {
            return std::nullopt;
        }
        day.day = number(8, 2);
        if (day.day == 0) {
            return std::nullopt;
        }
    }
    return exists(day) ? std::optional(day) : std::nullopt;
}

constexpr char list_separator = ';';

bool is_later(Day day, Day before) {
    return std::tie(day.year, day.month, day.day) > std::tie(before.year, before.month, before.day);
}

bool is_iso_range(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        return false;
    }
    const std::string_view from = text.substr(0, slash);
    const std::string_view to = text.substr(slash + 1);
    const auto first = read_iso(from);
    const auto last = read_iso(to);
    if (from == "..") {
        return last.has_value();
    }
    if (to == "..") {
        return first.has_value();
    }
    return first && last && begins_before(*first, *last);
}

/// 2024-04-01;2024-04-08: whole dates, each later than the one before.
bool is_iso_list(std::string_view text) {
    std::optional<Day> before;
    std::size_t count = 0;
    for (;; ++count) {
        const std::size_t end = text.find(list_separator);
        const auto day = read_iso(text.substr(0, end));
        if (!day || day->day == 0 || (before && !is_later(*day, *before))) {
            return false;
        }
        before = day;
        if (end == std::string_view::npos) {
            return count > 0;
        }
        text = text.substr(end + 1);
    }
}

/// P1Y, P3M, P2W, P10D and their sums in that order.
bool is_iso_duration(std::string_view text) {
    if (!drop_prefix(text, "P") || text.empty()) {
        return false;
    }
    for (const char unit : {'Y', 'M', 'W', 'D'}) {
        std::size_t digits = 0;
        while (digits < text.size() && is_digit(text[digits])) {
            ++digits;
        }
        if (digits > 0 && digits < text.size() && text[digits] == unit) {
            text.remove_prefix(digits + 1);
        }
    }
    return text.empty();
}

/// 自 A 至 B, A から B まで, A 以降 become A~B.
std::string with_wave_dash(std::string text) {
    std::string_view view = text;
    if (drop_prefix(view, "至")) {
        return "~" + std::string(view);
    }
    const bool has_start = drop_prefix(view, "自");
    text = replace_all(std::string(view), "から", "~");
    if (has_start) {
        text = replace_all(text, "至", "~");
        text += text.find('~') == std::string::npos ? "~" : "";
    }
    view = text;
    while (!view.empty() && view.back() == ' ') {
        view.remove_suffix(1);
    }
    if (drop_suffix(view, "以降") || drop_suffix(view, "以後")) {
        return std::string(view) + "~";
    }
    if (drop_suffix(view, "まで") || drop_suffix(view, "迄") || drop_suffix(view, "以前")) {
        return view.find('~') == std::string_view::npos ? "~" + std::string(view) : std::string(view);
    }
    return std::string(view);
}

std::string_view without_spaces_around(std::string_view text) {
    while (drop_prefix(text, " ")) {
    }
    while (drop_suffix(text, " ")) {
    }
    return text;
}

/// 2024年10月12~13日: the first day takes its 日 from the second; 令和6年4~6月 its 月, 令和4~6年 its 年.
std::string with_day_mark(std::string_view from, std::string_view to) {
    std::string text(from);
    if (from.empty() || !is_digit(from.back())) {
        return text;
    }
    const std::size_t digits = from.find_last_not_of("0123456789") + 1;
    const std::string_view before = from.substr(0, digits);
    std::string_view rest = to;
    Scanner scanner(rest);
    if (!scanner.digits()) {
        return text;
    }
    for (const auto& [mark, larger] : {std::pair<std::string_view, std::string_view>{"日", "月"}, {"月", "年"}}) {
        if (before.ends_with(larger) && scanner.take(mark)) {
            return text + std::string(mark);
        }
    }
    return text;
}

Normalised range_of(std::string_view from, std::string_view to) {
    from = without_spaces_around(from);
    to = without_spaces_around(to);
    if (from.empty() && to.empty()) {
        return flag_only("error:invalid-date");
    }
    DateReading first;
    DateReading last;
    if (!from.empty()) {
        const std::string whole = with_day_mark(from, to);
        first = read_single_date(whole);
        if (!first.ok()) {
            return flag_only(first.error);
        }
    }
    if (!to.empty()) {
        last = read_single_date(to, from.empty() ? nullptr : &first);
        if (!last.ok()) {
            return flag_only(last.error);
        }
    }
    if (!from.empty() && !to.empty() && !begins_before(first.day, last.day)) {
        return flag_only("error:invalid-date");
    }
    Normalised result = value_only((from.empty() ? ".." : iso(first.day)) + "/" + (to.empty() ? ".." : iso(last.day)));
    result.flags = first.flags;
    for (const std::string& flag : last.flags) {
        if (!result.has(flag)) {
            result.flags.push_back(flag);
        }
    }
    return result;
}

/// S40年代, 1990年代. The last decade of an era ends with it.
std::optional<Normalised> read_decade(std::string_view text) {
    Scanner scanner(text);
    const auto year = take_year(scanner);
    if (!year || !year->has_mark || !scanner.take("代") || !scanner.at_end()) {
        return std::nullopt;
    }
    const int counted = year->era == nullptr ? year->year : year->era_year;
    if (year->era == nullptr && counted % 100 == 0) {
        return flag_only("error:ambiguous");  // 2000年代: ten years or a hundred
    }
    if (counted % 10 != 0) {
        return flag_only("error:invalid-date");
    }
    int last = year->year + 9;
    if (year->era != nullptr && last > year->era->last.year) {
        last = year->era->last.year;
    }
    if (last < year->year) {
        return flag_only("error:invalid-date");
    }
    return value_only(iso({year->year, 0, 0}) + "/" + iso({last, 0, 0}));
}

/// R4.4.1-R5.3.31: one dash that has a date without dashes on either side.
std::optional<Normalised> read_dashed_range(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos || text.find('-', dash + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view from = text.substr(0, dash);
    const std::string_view to = text.substr(dash + 1);
    if (without_spaces_around(from).empty() || without_spaces_around(to).empty()) {
        return std::nullopt;
    }
    Normalised range = range_of(from, to);
    return range.failed() ? std::nullopt : std::optional(std::move(range));
}

/// 令和6年4月1日、8日、15日: whole dates in their order; each may leave out what it has in common with the one before.
std::optional<Normalised> read_list(std::string_view text) {
    std::string joined = replace_all(std::string(text), "、", ",");
    for (const std::string_view joint : {"・", "及び", "および", ";"}) {
        joined = replace_all(std::move(joined), joint, ",");
    }
    if (joined.find(',') == std::string::npos) {
        return std::nullopt;
    }
    Normalised all;
    std::optional<DateReading> before;
    for (std::string_view rest = joined;;) {
        const std::size_t end = rest.find(',');
        DateReading one = read_single_date(without_spaces_around(rest.substr(0, end)), before ? &*before : nullptr);
        if (!one.ok() || one.day.day == 0 || (before && !is_later(one.day, before->day))) {
            return std::nullopt;
        }
        all.value += (all.value.empty() ? "" : std::string(1, list_separator)) + iso(one.day);
        for (const std::string& flag : one.flags) {
            if (!all.has(flag)) {
                all.flags.push_back(flag);
            }
        }
        if (end == std::string_view::npos) {
            return all;
        }
        before = std::move(one);
        rest = rest.substr(end + 1);
    }
}

Normalised read_date_text(const std::string& plain_text) {
    if (is_clean_date(plain_text)) {
        return value_only(plain_text);
    }
    if (auto decade = read_decade(plain_text)) {
        return *decade;
    }
    const std::string text = with_wave_dash(plain_text);
    const std::size_t wave = text.find('~');
    if (wave != std::string::npos) {
        if (text.find('~', wave + 1) != std::string::npos) {
            return flag_only("error:invalid-date");
        }
        return range_of(std::string_view(text).substr(0, wave), std::string_view(text).substr(wave + 1));
    }
    DateReading single = read_single_date(text);
    if (single.ok()) {
        return {iso(single.day), std::move(single.flags)};
    }
    if (auto list = read_list(text)) {
        return *list;
    }
    if (auto range = read_dashed_range(text)) {
        return *range;
    }
    return flag_only(single.error);
}

}  // namespace

bool is_clean_date(std::string_view text) {
    return read_iso(text).has_value() || is_iso_range(text) || is_iso_list(text);
}

bool is_full_date(std::string_view text) {
    return text.size() == 10 && read_iso(text).has_value();
}

Normalised normalise_date(std::string_view input) {
    const Reading reading = open_value(input);
    return reading.answer ? *reading.answer : read_date_text(without_brackets(reading.text));
}

bool is_clean_period(std::string_view text) {
    return is_iso_range(text) || is_iso_duration(text);
}

Normalised normalise_period(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    if (is_clean_period(reading.text)) {
        return value_only(reading.text);
    }
    const bool names_fiscal_years = reading.text.find("年度") != std::string::npos;
    Normalised result = names_fiscal_years ? normalise_fiscal_year(reading.text) : read_date_text(reading.text);
    if (result.failed() || result.value.empty()) {
        return result.has("error:lunar-calendar") || result.has("error:ambiguous") ? result
                                                                                   : flag_only("error:invalid-period");
    }
    if (names_fiscal_years) {
        // A Japanese fiscal year runs from April to March.
        const int first = std::stoi(result.value.substr(0, 4));
        const int last = std::stoi(result.value.substr(result.value.size() - 4));
        result.value = std::to_string(first) + "-04-01/" + std::to_string(last + 1) + "-03-31";
        return result;
    }
    if (!is_iso_range(result.value)) {
        return flag_only("error:invalid-period");
    }
    return result;
}

}  // namespace kokai
