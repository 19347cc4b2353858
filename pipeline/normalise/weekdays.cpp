// SPDX-License-Identifier: Apache-2.0
// A set of seven bits. What the column cannot hold (祝日, 第2・第4月曜日, seasons) is refused whole, never cut off.
#include "normalise/weekdays.hpp"

#include "normalise/reading.hpp"

#include <array>
#include <optional>

namespace kokai {

namespace {

constexpr std::array<std::string_view, 7> days = {"月", "火", "水", "木", "金", "土", "日"};
constexpr unsigned all_days = 0x7F;

std::string print(unsigned set) {
    std::string text;
    for (std::size_t i = 0; i < days.size(); ++i) {
        if ((set & (1U << i)) != 0) {
            text += days.at(i);
        }
    }
    return text;
}

/// Mon, monday, MON.
bool take_english_day(Scanner& scanner, std::string_view name) {
    const std::size_t start = scanner.position();
    for (const char letter : name) {
        const auto upper = static_cast<char>(letter - 'a' + 'A');
        if (!scanner.take({&letter, 1}) && !scanner.take({&upper, 1})) {
            const std::size_t taken = scanner.position() - start;
            const char next = scanner.peek();
            const bool letter_follows = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
            if (taken < 3 || letter_follows) {
                scanner.back_to(start);
                return false;
            }
            scanner.take(".");
            return true;
        }
    }
    return true;
}

/// 月, 月曜, 月曜日, Mon, Monday.
std::optional<std::size_t> take_day(Scanner& scanner) {
    static constexpr std::array<std::string_view, 7> english = {"monday", "tuesday",  "wednesday", "thursday",
                                                                "friday", "saturday", "sunday"};
    for (std::size_t i = 0; i < days.size(); ++i) {
        if (take_english_day(scanner, english.at(i))) {
            return i;
        }
        if (scanner.take(days.at(i))) {
            if (scanner.take("曜")) {
                scanner.take("日");
            }
            return i;
        }
    }
    return std::nullopt;
}

/// From one day to another around the week: 土~月 is three days.
unsigned span_of(std::size_t first, std::size_t last) {
    unsigned set = 0;
    for (std::size_t i = first;; i = (i + 1) % days.size()) {
        set |= 1U << i;
        if (i == last) {
            return set;
        }
    }
}

std::optional<unsigned> read_days(std::string_view text) {
    Scanner scanner(text);
    unsigned set = 0;
    while (!scanner.at_end()) {
        const auto take_separator = [&] {
            for (const std::string_view one : {" ", "・", "、", ",", ";", "/", "と", "及び", "および", "\n", "."}) {
                if (scanner.take(one)) {
                    return true;
                }
            }
            return false;
        };
        while (take_separator()) {
        }
        if (scanner.at_end()) {
            break;
        }
        if (scanner.take("毎日") || scanner.take("全日") || scanner.take("全曜日") || scanner.take("年中無休") ||
            scanner.take("無休")) {
            set |= all_days;
            continue;
        }
        if (scanner.take("平日")) {
            set |= span_of(0, 4);
            continue;
        }
        const auto first = take_day(scanner);
        if (!first) {
            return std::nullopt;
        }
        scanner.spaces();
        const std::size_t behind = scanner.position();
        if (scanner.take("~") || scanner.take("-") || scanner.take("から")) {
            scanner.spaces();
            const auto last = take_day(scanner);
            if (!last) {
                scanner.back_to(behind);
                return std::nullopt;
            }
            scanner.take("まで");
            set |= span_of(*first, *last);
        } else {
            set |= 1U << *first;
        }
    }
    return set == 0 ? std::nullopt : std::optional(set);
}

/// ㈪ ㊊ and (月) are the day itself.
std::string without_rings(std::string text) {
    constexpr std::array<std::string_view, 7> bracketed = {"㈪", "㈫", "㈬", "㈭", "㈮", "㈯", "㈰"};
    constexpr std::array<std::string_view, 7> circled = {"㊊", "㊋", "㊌", "㊍", "㊎", "㊏", "㊐"};
    for (std::size_t i = 0; i < days.size(); ++i) {
        text = replace_all(text, bracketed.at(i), days.at(i));
        text = replace_all(text, circled.at(i), days.at(i));
        text = replace_all(text, "(" + std::string(days.at(i)) + ")", days.at(i));
    }
    return text;
}

}  // namespace

bool is_clean_weekdays(std::string_view text) {
    const std::size_t size = text.size();
    for (const std::string_view day : days) {
        drop_prefix(text, day);
    }
    return size > 0 && text.empty();
}

Normalised normalise_weekdays(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    if (reading.text.find("祝") != std::string::npos || reading.text.find("休日") != std::string::npos) {
        return flag_only("error:holidays");
    }
    const std::string plain_days = without_rings(reading.text);
    std::string_view text = plain_days;
    bool others = drop_suffix(text, "以外");
    if (!others && (drop_suffix(text, "を除く毎日") || drop_suffix(text, "を除く"))) {
        others = true;
    }
    auto set = read_days(text);
    if (set && others) {
        set = all_days & ~*set;
    }
    if (!set || *set == 0) {
        return flag_only("error:not-weekdays");
    }
    return value_only(print(*set));
}

}  // namespace kokai
