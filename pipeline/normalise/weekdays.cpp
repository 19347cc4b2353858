// SPDX-License-Identifier: Apache-2.0
// A set of seven bits. What the set cannot hold (祝日, 第2・第4月曜日, seasons) becomes a note, never lost and never
// cut off.
#include "normalise/weekdays.hpp"

#include "normalise/day_closing.hpp"
#include "normalise/day_list.hpp"
#include "normalise/reading.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>

namespace kokai {

namespace {

/// ㈪ ㊊ and (月) are the day itself.
std::string without_rings(std::string text) {
    constexpr std::array<std::string_view, 7> bracketed = {"㈪", "㈫", "㈬", "㈭", "㈮", "㈯", "㈰"};
    constexpr std::array<std::string_view, 7> circled = {"㊊", "㊋", "㊌", "㊍", "㊎", "㊏", "㊐"};
    for (std::size_t i = 0; i < weekday_letters.size(); ++i) {
        text = replace_all(text, bracketed.at(i), weekday_letters.at(i));
        text = replace_all(text, circled.at(i), weekday_letters.at(i));
        text = replace_all(text, "(" + std::string(weekday_letters.at(i)) + ")", weekday_letters.at(i));
    }
    return text;
}

Normalised with_note(unsigned set, std::string_view note) {
    std::string text = replace_all(replace_all(std::string(stripped(note)), "\n", " "), "~", "～");
    text = without_brackets(std::move(text));
    return set == 0 ? Normalised{"", {"warn:varies", "note:" + text}} : Normalised{print_days(set), {"note:" + text}};
}

/// What may stand behind open days and only adds to them: a holiday, or a remark.
std::optional<Normalised> with_remark(std::string_view text, unsigned set, std::string_view rest) {
    // 月曜日、年末年始 and 火曜、祝日の翌日 are days on which places are closed, though nobody says so.
    static const re2::RE2 days_off(std::string("(?:") + joint + holiday + ")*" + joint +
                                       "(?:年末年始|年末・年始|祝日の翌日|その翌日|お盆|正月)(?:" + joint + holiday +
                                       ")*",
                                   re2::RE2::Quiet);
    if (fully(outside_of_brackets(rest), days_off)) {
        return std::nullopt;
    }
    std::string_view said = stripped(rest);
    static const re2::RE2 open_word("(?:に|は|まで)?(?:開[館園所場庁]|営業|診療|利用可能?|使用可能?|実施|収集)(?:日)?",
                                    re2::RE2::Quiet);
    if (fully(said, open_word)) {
        return value_only(print_days(set));
    }
    if (drop_suffix(said, "のみ") || drop_suffix(said, "だけ")) {
        if (stripped(said).empty()) {
            return value_only(print_days(set));
        }
    }
    for (const std::string_view one : {"祝", "祝日", "祝祭日", "祭日", "休日", "国民の祝日", "祝休日"}) {
        if (said == one) {
            return with_note(set, text);
        }
    }
    for (const std::string_view start : {"(", "[", "※", "、", "。", ",", " ", "\n", ";", "のみ", "第", "・第"}) {
        if (rest.substr(0, start.size()) == start) {
            return with_note(set, rest);
        }
    }
    return std::nullopt;
}

/// 月(午前)・木(午後): the days of a list that each have their hours in a bracket.
std::optional<Normalised> with_hours_of_each(std::string_view text) {
    static const re2::RE2 hours("\\([^()]*(?:午前|午後|[AP]M|[0-9]時|[0-9]:)[^()]*\\)", re2::RE2::Quiet);
    static const re2::RE2 turns("休|閉|除|以外|第|隔週", re2::RE2::Quiet);
    std::string days(text);
    if (re2::RE2::GlobalReplace(&days, hours, "") < 2 || partly(text, turns)) {
        return std::nullopt;
    }
    const Days found = take_days(days);
    return is_days_alone(days, found) ? std::optional(with_note(found.set, text)) : std::nullopt;
}

/// Days and what a set of them cannot say; or all of it a remark, where only a remark can hold it.
Normalised with_exceptions(std::string_view text) {
    if (auto read = with_hours_of_each(text)) {
        return *read;
    }
    const Days found = take_days(text);
    const std::string_view rest = text.substr(found.end);
    const Says outside =
        found.set == 0 ? Says::nothing : says_closed(outside_of_brackets(rest), found, Where::behind_days);
    if (found.set != 0 && (found.certain || outside == Says::closed || rest.front() == '(' || rest.front() == '[')) {
        const Remark remark = read_remarks(rest, found);
        const Says says = std::max(outside, remark.says);
        if (outside == Says::closed || says == Says::closed) {
            const auto open = open_days(text, found);
            return with_note(open && remark.closed == 0 ? *open : 0, text);
        }
        const unsigned set = found.set & ~remark.closed;
        if (says == Says::nothing && !names_more_days(rest) && !lists_more_days(rest) && set != 0) {
            if (auto read = with_remark(text, set, rest)) {
                return *read;
            }
        }
    }
    static const re2::RE2 about_days(
        "曜|[月火水木金土日][~・、][月火水木金土日]|第[0-9一二三四五].*[月火水木金土日]|祝日|祝祭日|土日|平日|毎日|"
        "無休|[月火水木金土日]{3}|"
        "[月火水木金土日]\\((?:定?休|祝|午前|午後)",
        re2::RE2::Quiet);
    // 火 木 and 火木、休日は休み, but not 火木器.
    const bool list = found.count > 1 && (!found.joint.empty() || !joint_of(rest).empty());
    if (list || partly(text, about_days)) {
        return with_note(0, text);
    }
    return flag_only("error:not-weekdays");
}

/// 休館日:月曜, 定休日は火・水: the other days. 開館日:火~日 only repeats the header.
std::optional<Normalised> read_titled(std::string_view text) {
    static const re2::RE2 closed_title("(?:(?:定休|休(?:館|業|園|診|所|場|室))日?|休み|休)(?:は|:|=|\\))*[ \\n]*",
                                       re2::RE2::Quiet);
    static const re2::RE2 open_title("(?:(?:開[館園所設場庁]|営業|診療|利用可能|使用可能|利用|使用|実施|受付|収集)(?:"
                                     "曜日|日)|曜日)(?:は|:|=)*[ \\n]*",
                                     re2::RE2::Quiet);
    re2::StringPiece rest(text.data(), text.size());
    if (re2::RE2::Consume(&rest, open_title)) {
        const std::string_view named{rest.data(), rest.size()};
        return take_days(named).set != 0 ? std::optional(normalise_weekdays(named)) : std::nullopt;
    }
    const bool holiday_itself = text.starts_with("休日");
    if (!holiday_itself && re2::RE2::Consume(&rest, closed_title)) {
        static const re2::RE2 more(std::string("(?:") + joint + holiday + ")*[。 ]*", re2::RE2::Quiet);
        const std::string_view named{rest.data(), rest.size()};
        const Days closed = take_days(named);
        const auto open = all_but(closed);
        const bool whole = closed.set != 0 && fully(outside_of_brackets(named.substr(closed.end)), more);
        return closed.set != 0 ? std::optional(with_note(whole && open ? *open : 0, text)) : std::nullopt;
    }
    return std::nullopt;
}

/// 祝日を除く月~金, 年末年始以外の毎日: the exception stands in front.
std::optional<Normalised> read_behind_exception(std::string_view text) {
    static const re2::RE2 exception(std::string("(?:") + holiday + joint + ")+(?:を?除く|を?のぞく|以外)の?[ 、]*",
                                    re2::RE2::Quiet);
    re2::StringPiece rest(text.data(), text.size());
    if (!re2::RE2::Consume(&rest, exception)) {
        return std::nullopt;
    }
    const std::string_view open{rest.data(), rest.size()};
    const Days found = take_days(open);
    return is_days_alone(open, found) ? std::optional(with_note(found.set, text)) : std::nullopt;
}

}  // namespace

bool is_clean_weekdays(std::string_view text) {
    if (text.empty() || text.size() % 3 != 0) {
        return false;
    }
    std::size_t next = 0;
    for (std::size_t at = 0; at < text.size(); at += 3, ++next) {
        while (next < weekday_letters.size() &&
               (weekday_letters[next][0] != text[at] || weekday_letters[next][1] != text[at + 1] ||
                weekday_letters[next][2] != text[at + 2])) {
            ++next;
        }
        if (next == weekday_letters.size()) {
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
    for (const auto& read : {read_titled, read_behind_exception}) {
        if (auto answer = read(text)) {
            return *answer;
        }
    }
    const bool others = drop_suffix(text, "以外") || drop_suffix(text, "以外毎日") || drop_suffix(text, "を除く毎日") ||
                        drop_suffix(text, "を除く");
    const Days found = take_days(text);
    if (!is_days_alone(text, found)) {
        return with_exceptions(plain_days);
    }
    if (!others) {
        return value_only(print_days(found.set));
    }
    if (const auto open = open_days(text, found)) {
        return value_only(print_days(*open));
    }
    return found.set == all_days ? flag_only("error:not-weekdays") : with_note(0, plain_days);
}

}  // namespace kokai
