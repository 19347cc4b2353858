// SPDX-License-Identifier: Apache-2.0
// 24:00 is kept with a warning; 25時 belongs to another day and is refused, as is every word around a time (頃,
// 以降の受付 …).
#include "normalise/time.hpp"

#include "normalise/reading.hpp"

#include <algorithm>
#include <optional>

namespace kokai {

namespace {

constexpr std::string_view invalid = "error:invalid-time";

enum class Half { none, morning, afternoon };

struct Clock {
    std::int64_t hour = 0, minute = 0, second = 0;
    Half half = Half::none;
    bool padded = false;   // 05:00, of a clock with 24 hours
    bool english = false;  // 12 PM is noon in English; 午後12時 may be either
    std::string_view error;

    [[nodiscard]] std::int64_t seconds() const { return (hour * 60 + minute) * 60 + second; }
};

Clock failed(std::string_view error = invalid) {
    Clock clock;
    clock.error = error;
    return clock;
}

Half take_half(Scanner& scanner, bool& english) {
    for (const std::string_view word : {"AM", "am", "Am", "A.M.", "a.m."}) {
        if (scanner.take(word)) {
            english = true;
            return Half::morning;
        }
    }
    for (const std::string_view word : {"PM", "pm", "Pm", "P.M.", "p.m."}) {
        if (scanner.take(word)) {
            english = true;
            return Half::afternoon;
        }
    }
    if (scanner.take("午前")) {
        return Half::morning;
    }
    return scanner.take("午後") ? Half::afternoon : Half::none;
}

std::optional<std::int64_t> two_digits(Scanner& scanner) {
    const auto number = scanner.digits();
    if (!number || number->width != 2 || number->value > 59) {
        return std::nullopt;
    }
    return number->value;
}

/// 9:00, 17:15:00
bool take_colons(Scanner& scanner, Clock& clock) {
    const auto minute = two_digits(scanner);
    if (!minute) {
        return false;
    }
    clock.minute = *minute;
    if (scanner.take(":")) {
        const auto second = two_digits(scanner);
        if (!second) {
            return false;
        }
        clock.second = *second;
    }
    return true;
}

/// 時, 時半, 時30分, 時5分30秒
bool take_words(Scanner& scanner, Clock& clock) {
    scanner.spaces();
    if (scanner.take("半")) {
        clock.minute = 30;
        return true;
    }
    const std::size_t start = scanner.position();
    const auto minute = scanner.numeral();
    if (!minute) {
        return true;
    }
    scanner.spaces();
    if (minute->value > 59 || minute->width > 2 || !scanner.take("分")) {
        scanner.back_to(start);
        return false;
    }
    clock.minute = minute->value;
    const std::size_t behind_minute = scanner.position();
    scanner.spaces();
    const auto second = scanner.numeral();
    if (second && second->value <= 59 && scanner.take("秒")) {
        clock.second = second->value;
    } else {
        scanner.back_to(behind_minute);
    }
    return true;
}

/// Hours by the half of the day; `before` lends 午後 to the end of a range (午後1時~5時).
std::string_view settle_half(Clock& clock, const Clock* before) {
    const bool lent = clock.half == Half::none && before != nullptr && before->half == Half::afternoon &&
                      clock.hour > 0 && clock.hour < 12;
    const Half half = lent ? Half::afternoon : clock.half;
    if (half == Half::none) {
        return {};
    }
    if (clock.hour == 12) {
        if (!clock.english) {
            return "error:ambiguous";
        }
        clock.hour = half == Half::morning ? 0 : 12;
        return {};
    }
    if (half == Half::morning) {
        return clock.hour > 12 ? invalid : std::string_view();
    }
    if (clock.hour < 12) {
        clock.hour += 12;
    }
    clock.half = half;
    return {};
}

Clock read_clock(std::string_view text, const Clock* before) {
    Clock clock;
    Scanner scanner(text);
    scanner.spaces();
    if (scanner.take("正午")) {
        clock.hour = 12;
        scanner.spaces();
        return scanner.at_end() ? clock : failed();
    }
    clock.half = take_half(scanner, clock.english);
    scanner.spaces();
    const auto hour = scanner.numeral();
    if (!hour) {
        return failed();
    }
    clock.hour = hour->value;
    clock.padded = hour->width >= 2;
    scanner.spaces();
    bool bare = false;  // 9 alone may be anything; 9 PM is a time
    if (hour->width > 0 && hour->width <= 2 && scanner.take(":")) {
        scanner.spaces();
        if (!take_colons(scanner, clock)) {
            return failed();
        }
    } else if (hour->width <= 2 && scanner.take("時")) {
        if (!take_words(scanner, clock)) {
            return failed();
        }
    } else if ((hour->width == 3 || hour->width == 4) && clock.half == Half::none) {  // 0900, 900
        clock.hour = hour->value / 100;
        clock.minute = hour->value % 100;
    } else {
        bare = true;
    }
    scanner.spaces();
    if (clock.half == Half::none) {
        clock.half = take_half(scanner, clock.english);  // 9:00 PM
        if (clock.half != Half::none && !clock.english) {
            return failed();
        }
        scanner.spaces();
    }
    if (bare && !clock.english) {
        return failed();
    }
    if (!scanner.at_end()) {
        return failed();
    }
    if (const std::string_view error = settle_half(clock, before); !error.empty()) {
        return failed(error);
    }
    if (clock.minute > 59 || clock.seconds() > std::int64_t{24} * 3600) {
        return failed();
    }
    return clock;
}

std::string print(const Clock& clock) {
    std::string text = padded(clock.hour, 2) + ":" + padded(clock.minute, 2);
    return clock.second == 0 ? text : text + ":" + padded(clock.second, 2);
}

/// What programs write for a cell of Excel that holds a time alone: the day before Excel's first one.
void drop_day_zero(std::string_view& text) {
    for (const std::string_view day :
         {"1899-12-30", "1899/12/30", "1899-12-31", "1899/12/31", "1900-01-00", "1900/01/00", "1900/1/0"}) {
        std::string_view rest = text;
        if (drop_prefix(rest, day) && (drop_prefix(rest, " ") || drop_prefix(rest, "T"))) {
            text = rest;
            return;
        }
    }
}

/// Excel keeps 9:00 as 0.375: the fraction of a day. Beyond the minute it is what calculation left of one (0.99999).
std::optional<Normalised> read_serial(std::string_view text) {
    const bool short_form = !text.empty() && text.front() == '.';
    if (!short_form && text.substr(0, 2) != "0.") {
        return std::nullopt;
    }
    const std::string_view fraction = text.substr(short_form ? 1 : 2);
    if (!all_digits(fraction) || fraction.size() > 18) {
        return std::nullopt;
    }
    std::int64_t scale = 1;
    std::int64_t value = 0;
    for (const char digit : fraction.substr(0, 12)) {
        value = value * 10 + (digit - '0');
        scale *= 10;
    }
    constexpr std::int64_t last_minute = 24 * 60 - 1;
    const std::int64_t minutes = std::min((value * 1440 * 2 + scale) / (scale * 2), last_minute);
    Clock clock;
    clock.hour = minutes / 60;
    clock.minute = minutes % 60;
    return Normalised{print(clock), {"excel-serial"}};
}

bool is_end_of_day(const Clock& clock) {
    return clock.hour == 24;
}

/// 翌5:00, 翌日5時, 翌朝5時, (翌)5時.
bool drop_next_day(std::string_view& text) {
    while (drop_prefix(text, " ")) {
    }
    for (const std::string_view word : {"翌日の", "翌朝の", "翌日", "翌朝", "(翌日)", "(翌)", "翌"}) {
        if (drop_prefix(text, word)) {
            return true;
        }
    }
    return false;
}

Normalised range_of(std::string_view from, std::string_view to) {
    const auto is_blank = [](std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; };
    const bool open_start = is_blank(from) || from == "..";
    const bool open_end = is_blank(to) || to == "..";
    if (open_start && open_end) {
        return flag_only(invalid);
    }
    Clock first;
    Clock last;
    // 22:00-翌5:00: the end says itself that it is of the next day.
    const bool next_day = !open_start && !open_end && drop_next_day(to);
    if (!open_start) {
        first = read_clock(from, nullptr);
        if (!first.error.empty()) {
            return flag_only(first.error);
        }
    }
    if (!open_end) {
        last = read_clock(to, open_start || next_day ? nullptr : &first);
        if (!last.error.empty()) {
            return flag_only(last.error);
        }
    }
    if (next_day && last.seconds() >= first.seconds()) {
        return flag_only(invalid);
    }
    // Midnight has one reading: 10:00~0:00 ends with its day.
    const bool one_reading = open_start || open_end || next_day || last.seconds() == 0;
    // 22:00-5:00 is a night; but where only one side says 午前 or 午後, an end before its start has two readings.
    if (!one_reading && first.half != last.half && last.seconds() < first.seconds()) {
        return flag_only("error:ambiguous");
    }
    if (!one_reading && first.half == Half::afternoon && last.seconds() < first.seconds()) {
        return flag_only("error:ambiguous");
    }
    // 9時~5時 and 8:30~5:00: 17:00, or a night. From 13:00 on the clock has 24 hours, and where it writes 05:00.
    const bool of_half_days = first.half == Half::none && last.half == Half::none && first.hour <= 12 && !last.padded;
    if (!one_reading && of_half_days && last.seconds() < first.seconds()) {
        return flag_only("error:ambiguous");
    }
    Normalised result = value_only((open_start ? ".." : print(first)) + "/" + (open_end ? ".." : print(last)));
    if ((!open_start && is_end_of_day(first)) || (!open_end && is_end_of_day(last))) {
        result.flags.emplace_back("warn:end-of-day");
    }
    return result;
}

}  // namespace

bool is_clock_time(std::string_view text) {
    const auto pair_at = [&](std::size_t at, char most) {
        return is_digit(text[at]) && text[at] <= most && is_digit(text[at + 1]);
    };
    if (text.size() != 5 && text.size() != 8) {
        return false;
    }
    if (!pair_at(0, '2') || (text[0] == '2' && text[1] > '3') || text[2] != ':' || !pair_at(3, '5')) {
        return false;
    }
    return text.size() == 5 || (text[5] == ':' && pair_at(6, '5') && text.substr(6) != "00");
}

bool is_clean_time(std::string_view text) {
    if (is_clock_time(text) || text == "24:00") {
        return true;
    }
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        return false;
    }
    const auto is_end = [](std::string_view part) { return is_clock_time(part) || part == "24:00" || part == ".."; };
    return text != "../.." && is_end(text.substr(0, slash)) && is_end(text.substr(slash + 1));
}

Normalised normalise_time(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    if (auto serial = read_serial(reading.text)) {
        return *serial;
    }
    const std::string text = replace_all(reading.text, "から", "~");
    std::string_view whole = text;
    drop_day_zero(whole);
    const bool until = drop_suffix(whole, "まで") || drop_suffix(whole, "迄");
    std::size_t separator = whole.find_first_of("~-/");
    if (until && separator == std::string_view::npos) {
        return range_of({}, whole);
    }
    if (separator != std::string_view::npos) {
        return range_of(whole.substr(0, separator), whole.substr(separator + 1));
    }
    const Clock clock = read_clock(whole, nullptr);
    if (!clock.error.empty()) {
        return flag_only(clock.error);
    }
    Normalised result = value_only(print(clock));
    if (is_end_of_day(clock)) {
        result.flags.emplace_back("warn:end-of-day");
    }
    return result;
}

}  // namespace kokai
