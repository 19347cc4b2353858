// SPDX-License-Identifier: Apache-2.0
#include "normalise/day_list.hpp"

#include <array>

namespace kokai {

namespace {

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
    for (std::size_t i = 0; i < weekday_letters.size(); ++i) {
        if (take_english_day(scanner, english.at(i))) {
            return i;
        }
        if (scanner.take(weekday_letters.at(i))) {
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
    for (std::size_t i = first;; i = (i + 1) % weekday_letters.size()) {
        set |= 1U << i;
        if (i == last) {
            return set;
        }
    }
}

bool take_separator(Scanner& scanner) {
    for (const std::string_view one : {" ", "・", "、", ",", ";", "/", "と", "及び", "および", "\n", "."}) {
        if (scanner.take(one)) {
            return true;
        }
    }
    return false;
}

/// 毎日, 平日: a word for several days. Behind others 無休 names no more days: 月・火・水、無休.
unsigned take_word_of_days(Scanner& scanner, bool first) {
    for (const std::string_view word : {"毎日", "全日", "全曜日", "年中無休", "無休"}) {
        if (!first && word.ends_with("無休")) {
            continue;
        }
        if (scanner.take(word)) {
            return all_days;
        }
    }
    return scanner.take("平日") ? span_of(0, 4) : 0;
}

/// The rest of 月~金 behind its 月.
std::optional<std::size_t> take_span_end(Scanner& scanner) {
    scanner.spaces();
    if (!scanner.take("~") && !scanner.take("-") && !scanner.take("から")) {
        return std::nullopt;
    }
    scanner.spaces();
    const auto last = take_day(scanner);
    if (last) {
        scanner.take("まで");
    }
    return last;
}

/// Of 月~金、水 the days that stand behind the span and in it.
unsigned behind_first(std::string_view text, const Days& found) {
    Scanner scanner(text);
    while (take_separator(scanner)) {
    }
    if (take_word_of_days(scanner, true) == 0) {
        take_day(scanner);
        take_span_end(scanner);
    }
    const Days rest = take_days(scanner.rest());
    const bool within = rest.plain_list && rest.count + 1 == found.count && (rest.set & ~found.first) == 0;
    return within && found.first != rest.set ? rest.set : 0;
}

}  // namespace

std::string print_days(unsigned set) {
    std::string text;
    for (std::size_t i = 0; i < weekday_letters.size(); ++i) {
        if ((set & (1U << i)) != 0) {
            text += weekday_letters.at(i);
        }
    }
    return text;
}

Days take_days(std::string_view text) {
    Scanner scanner(text);
    Days found;
    while (true) {
        const std::size_t joint_start = scanner.position();
        while (take_separator(scanner)) {
        }
        const std::string_view this_joint = text.substr(joint_start, scanner.position() - joint_start);
        if (scanner.take("毎週")) {
            scanner.spaces();
        }
        const std::size_t start = scanner.position();
        unsigned item = take_word_of_days(scanner, found.count == 0);
        bool several = item != 0;
        if (!several) {
            const auto first = take_day(scanner);
            if (!first) {
                return found;
            }
            const bool long_form = scanner.position() - start > 3 || start - joint_start > this_joint.size();
            const std::size_t behind = scanner.position();
            const auto last = take_span_end(scanner);
            several = last.has_value();
            if (!several) {
                scanner.back_to(behind);
            }
            item = last ? span_of(*first, *last) : 1U << *first;
            found.certain = found.certain || several || found.count > 0 || long_form;
        }
        found.certain = found.certain || several;
        found.all_in_one = several && found.count == 0;
        if (found.count == 1) {
            found.joint = this_joint;
        }
        found.one_joint = found.one_joint && (found.count < 2 || this_joint == found.joint);
        found.spans = found.spans || several;
        found.plain_list = found.one_joint && !found.spans;
        found.first = found.count == 0 ? item : found.first;
        found.set |= item;
        ++found.count;
        found.end = scanner.position();
    }
}

bool is_days_alone(std::string_view text, const Days& found) {
    Scanner scanner(text.substr(found.end));
    while (take_separator(scanner)) {
    }
    return found.set != 0 && scanner.at_end();
}

std::optional<unsigned> all_but(const Days& closed) {
    if (closed.plain_list || closed.all_in_one) {
        return closed.set == all_days ? std::nullopt : std::optional(all_days & ~closed.set);
    }
    return std::nullopt;
}

std::optional<unsigned> open_days(std::string_view text, const Days& closed) {
    if (const auto others = all_but(closed)) {
        return others;
    }
    const bool span_first = (closed.first & (closed.first - 1)) != 0;
    const unsigned taken_out = span_first ? behind_first(text, closed) : 0;
    return taken_out == 0 ? std::nullopt : std::optional(closed.first & ~taken_out);
}

}  // namespace kokai
