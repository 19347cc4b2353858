// SPDX-License-Identifier: Apache-2.0
// A set of seven bits. What the set cannot hold (祝日, 第2・第4月曜日, seasons) becomes a note, never lost and never
// cut off.
#include "normalise/weekdays.hpp"

#include "normalise/reading.hpp"

#include <re2/re2.h>

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

bool take_separator(Scanner& scanner) {
    for (const std::string_view one : {" ", "・", "、", ",", ";", "/", "と", "及び", "および", "\n", "."}) {
        if (scanner.take(one)) {
            return true;
        }
    }
    return false;
}

/// The days at the front of a text.
struct Days {
    unsigned set = 0;
    std::size_t end = 0;     // behind the last of them
    bool certain = false;    // 曜, a span or several days: not the 月 of 月1回
    bool all_in_one = true;  // one span or word: 月~金, 平日; a list may go on in what follows
};

Days take_days(std::string_view text) {
    Scanner scanner(text);
    Days days_found;
    int count = 0;
    while (true) {
        while (take_separator(scanner)) {
        }
        const std::size_t start = scanner.position();
        if (scanner.take("毎日") || scanner.take("全日") || scanner.take("全曜日") || scanner.take("年中無休") ||
            scanner.take("無休")) {
            days_found.set |= all_days;
            days_found.certain = true;
        } else if (scanner.take("平日")) {
            days_found.set |= span_of(0, 4);
            days_found.certain = true;
        } else if (const auto first = take_day(scanner)) {
            days_found.certain = days_found.certain || count > 0 || scanner.position() - start > 3;
            scanner.spaces();
            const std::size_t behind = scanner.position();
            std::optional<std::size_t> last;
            if (scanner.take("~") || scanner.take("-") || scanner.take("から")) {
                scanner.spaces();
                last = take_day(scanner);
            }
            if (last) {
                scanner.take("まで");
                days_found.set |= span_of(*first, *last);
                days_found.certain = true;
            } else {
                scanner.back_to(behind);
                days_found.set |= 1U << *first;
                days_found.all_in_one = false;
            }
        } else {
            return days_found;
        }
        ++count;
        days_found.all_in_one = days_found.all_in_one && count == 1;
        days_found.end = scanner.position();
    }
}

std::optional<unsigned> read_days(std::string_view text) {
    const Days found = take_days(text);
    std::string_view rest = text.substr(found.end);
    Scanner scanner(rest);
    while (take_separator(scanner)) {
    }
    return found.set != 0 && scanner.at_end() ? std::optional(found.set) : std::nullopt;
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

std::string_view stripped(std::string_view text) {
    bool again = true;
    while (again) {
        again = false;
        for (const std::string_view one : {" ", "\n", "、", ",", "。", ";", "/", "・", "※", ":"}) {
            again = drop_prefix(text, one) || again;
            again = drop_suffix(text, one) || again;
        }
    }
    return text;
}

Normalised with_note(unsigned set, std::string_view note) {
    std::string text = replace_all(replace_all(std::string(stripped(note)), "\n", " "), "~", "～");
    text = without_brackets(std::move(text));
    return set == 0 ? Normalised{"", {"warn:varies", "note:" + text}} : Normalised{print(set), {"note:" + text}};
}

/// 土 9:00-12:00 behind 月~金 9:00-17:00: days that the first ones do not hold. 祝日, 3日 and 第2土曜 are none.
bool names_more_days(std::string_view text) {
    static const re2::RE2 rule(R"((?:^|[^0-9祝休平末第の・][ ]*)[月火水木金土日](?:曜|[ :・~(0-9午は、]|$))",
                               re2::RE2::Quiet);
    std::string outside;
    int depth = 0;
    for (const char c : text) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0 && c != ')') {
            outside += c;
        }
    }
    static const re2::RE2 ordinal(R"(第[0-9一二三四五・、,と~第]+[月火水木金土日](?:曜日?)?)", re2::RE2::Quiet);
    re2::RE2::GlobalReplace(&outside, ordinal, "");
    return re2::RE2::PartialMatch(outside, rule);
}

/// 火曜定休, 月曜日は休館: open on the other days.
bool says_closed(std::string_view rest) {
    drop_prefix(rest, "は");
    for (const std::string_view word : {"休館", "定休", "休業", "休園", "休診", "休所", "休み", "お休み", "休"}) {
        if (drop_prefix(rest, word)) {
            drop_prefix(rest, "日");
            return rest.empty() || rest.front() == '(' || rest.front() == ' ';
        }
    }
    return false;
}

/// Days and what a set of them cannot say; or all of it a remark, where only a remark can hold it.
Normalised with_exceptions(std::string_view text) {
    const Days found = take_days(text);
    std::string_view rest = text.substr(found.end);
    if (found.set != 0 && found.set != all_days && found.certain && says_closed(rest)) {
        return with_note(all_days & ~found.set, text);
    }
    if (found.set != 0 && (found.certain || rest.front() == '(') && !names_more_days(rest)) {
        std::string_view only = rest;
        if (drop_prefix(only, "のみ") && stripped(only).empty()) {
            return value_only(print(found.set));
        }
        const std::string_view said = stripped(rest);
        for (const std::string_view holiday : {"祝", "祝日", "祝祭日", "祭日", "休日", "国民の祝日", "祝休日"}) {
            if (said == holiday) {
                return with_note(found.set, text);
            }
        }
        // 土、日、祝日を除く goes on with its list: only behind a span or word of its own an exception begins.
        const bool excepts = rest.front() != '(' &&
                             (said.find("除") != std::string_view::npos || said.find("以外") != std::string_view::npos);
        for (const std::string_view start : {"(", "[", "※", "、", "。", ",", " ", "のみ", "第", "・第"}) {
            if (rest.substr(0, start.size()) == start && (!excepts || found.all_in_one)) {
                return with_note(found.set, rest);
            }
        }
    }
    static const re2::RE2 about_days(
        "曜|[月火水木金土日][~・、][月火水木金土日]|第[0-9一二三四五].*[月火水木金土日]|祝日|祝祭日|土日|平日",
        re2::RE2::Quiet);
    if (re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), about_days)) {
        return with_note(0, text);
    }
    return flag_only("error:not-weekdays");
}

}  // namespace

bool is_clean_weekdays(std::string_view text) {
    if (text.empty() || text.size() % 3 != 0) {
        return false;
    }
    std::size_t next = 0;
    for (std::size_t at = 0; at < text.size(); at += 3, ++next) {
        while (next < days.size() &&
               (days[next][0] != text[at] || days[next][1] != text[at + 1] || days[next][2] != text[at + 2])) {
            ++next;
        }
        if (next == days.size()) {
            return false;
        }
    }
    return true;
}

Normalised normalise_weekdays(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
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
    if (set) {
        return *set == 0 ? flag_only("error:not-weekdays") : value_only(print(*set));
    }
    return with_exceptions(plain_days);
}

}  // namespace kokai
