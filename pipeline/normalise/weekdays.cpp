// SPDX-License-Identifier: Apache-2.0
// A set of seven bits. What the set cannot hold (祝日, 第2・第4月曜日, seasons) becomes a note, never lost and never
// cut off.
#include "normalise/weekdays.hpp"

#include "normalise/day_list.hpp"
#include "normalise/reading.hpp"

#include <re2/re2.h>

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
    return set == 0 ? Normalised{"", {"warn:varies", "note:" + text}} : Normalised{print_days(set), {"note:" + text}};
}

/// A text without what stands in brackets.
std::string outside_of_brackets(std::string_view text) {
    std::string outside;
    int depth = 0;
    for (const char c : text) {
        depth += c == '(' || c == '[' ? 1 : 0;
        if (depth == 0) {
            outside += c;
        }
        depth -= (c == ')' || c == ']') && depth > 0 ? 1 : 0;
    }
    return outside;
}

/// 土 9:00-12:00 behind 月~金 9:00-17:00: days that the first ones do not hold. 祝日, 3日 and 第2土曜 are none.
bool names_more_days(std::string_view text) {
    static const re2::RE2 rule(R"((?:^|[^0-9祝休平末第翌当前の・][ ]*)[月火水木金土日](?:曜|[ :・~(0-9午は、]|$))",
                               re2::RE2::Quiet);
    std::string outside = outside_of_brackets(text);
    static const re2::RE2 ordinal(R"(第[0-9一二三四五・、,と~第]+[月火水木金土日](?:曜日?)?)", re2::RE2::Quiet);
    re2::RE2::GlobalReplace(&outside, ordinal, "");
    return re2::RE2::PartialMatch(outside, rule);
}

bool fully(std::string_view text, const re2::RE2& rule) {
    return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), rule);
}
bool partly(std::string_view text, const re2::RE2& rule) {
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), rule);
}

constexpr const char* joint = R"re([ ・、,/;\n]*(?:及び|および|並びに|または|又は|と|や)?[ ]*)re";
constexpr const char* holiday =
    R"re((?:国民の祝日|祝祭日|祝休日|振替休日|祝日の翌日|その翌日|祝日|祝|祭日|休日|年末年始|年末・年始|お盆|盆|)re"
    R"re(夏[季期](?:休暇)?|正月|[0-9]{1,2}[月/][0-9]{1,2}日?(?:~(?:翌年?)?[0-9]{1,2}[月/][0-9]{1,2}日?)?))re";
constexpr const char* closed_word =
    R"re((?:定休日?|休(?:館|業|園|診|所|場|室|校|止|講)日?|お?休み|休|閉(?:館|園|所|庁|鎖|店|場|室)日?))re"
    R"re((?:です|となります|とします|とする|します)?)re";
constexpr const char* but_word = R"re((?:除く|除き|のぞく|除外)(?:、?毎日)?|以外(?:、?毎日)?)re";

enum class Says { nothing, closed, unclear };

enum class Where { behind_days, in_bracket };

/// What stands behind days (brackets taken out) that turns them round: 休館, は休診, ・祝日休み, を除く.
Says says_closed(std::string_view tail, const Days& open, Where where) {
    static const re2::RE2 alone(std::string("(?:は|が|を|も)?(?:毎週|全館|終日)?(?:") + closed_word + "|" + but_word +
                                    ")[。 ]*",
                                re2::RE2::Quiet);
    static const re2::RE2 listed(std::string("(?:") + joint + holiday + ")*[ ]*(?:は|が|を|も)?(?:毎週|全館|終日)?(?:" +
                                     closed_word + "|" + but_word + ")[。 ]*",
                                 re2::RE2::Quiet);
    std::string_view said = tail;
    while (drop_prefix(said, " ") || drop_prefix(said, "\n")) {
    }
    if (fully(said, alone)) {
        return Says::closed;
    }
    // 土、日、祝日を除く and 日曜、祝日、年末年始休館 go on with their list. Behind a span or word of its own an
    // exception may begin: 月~金、祝日を除く.
    if (fully(said, listed)) {
        static const re2::RE2 excepts("除|以外", re2::RE2::Quiet);
        const bool except = partly(said, excepts);
        if (open.all_in_one) {
            return said.size() != tail.size() || except ? Says::nothing : Says::unclear;
        }
        // Which of the days a list of exceptions leaves open is only sure where the open ones stand before it.
        return except && where == Where::behind_days ? Says::unclear : Says::closed;
    }
    static const re2::RE2 no_closing("休憩|休日|無休|昼休み|休前日|祝休日|春休み|夏休み|冬休み", re2::RE2::Quiet);
    static const re2::RE2 closing("休|閉[館園所庁鎖店場室]", re2::RE2::Quiet);
    std::string words(said);
    re2::RE2::GlobalReplace(&words, no_closing, "");
    if (!partly(words, closing)) {
        return Says::nothing;
    }
    // ※祝日は休み begins a sentence of its own, and so does ただし; 翌日に振替 is said of closed days.
    static const re2::RE2 own_sentence("^(?:※|。|;|、?ただし|、?但し)", re2::RE2::Quiet);
    static const re2::RE2 moved("翌|振替|場合", re2::RE2::Quiet);
    const bool apart = partly(said, own_sentence) || (said.size() != tail.size() && open.all_in_one);
    return apart && !partly(words, moved) ? Says::nothing : Says::unclear;
}

/// What a bracket behind days says about them.
struct Remark {
    Says says = Says::nothing;
    unsigned closed = 0;  // days that it takes out: 月~金(水曜日は休診)
};

Remark read_remark(std::string_view remark, const Days& open) {
    static const re2::RE2 only_closed(closed_word, re2::RE2::Quiet);
    static const re2::RE2 holidays_before(std::string("((?:") + holiday + joint + ")+)", re2::RE2::Quiet);
    static const re2::RE2 part_of_day("午前|午後|夜|昼|[AP]M|[0-9]時|[0-9]:|第|月末|最終|隔週", re2::RE2::Quiet);
    static const re2::RE2 turns("休|閉|除|以外", re2::RE2::Quiet);
    static const re2::RE2 moved("翌|振替|[はに]開|は営業|は利用", re2::RE2::Quiet);
    static const re2::RE2 some_weeks("(?:毎月)?(?:第[0-9一二三四五・、,と第 ]+週?|隔週|月[0-9一二三四]回)(?:のみ)?",
                                     re2::RE2::Quiet);
    remark = stripped(remark);
    if (fully(remark, only_closed)) {
        return {Says::closed, 0};
    }
    if (fully(remark, some_weeks)) {
        return {Says::unclear, 0};  // 火曜日(第1・3) is not every Tuesday
    }
    re2::StringPiece rest(remark.data(), remark.size());
    re2::RE2::Consume(&rest, holidays_before);
    const std::string_view said{rest.data(), rest.size()};
    const Days named = take_days(said);
    if (named.set != 0) {
        if (says_closed(said.substr(named.end), named, Where::in_bracket) == Says::closed &&
            (named.plain_list || named.all_in_one)) {
            return {Says::nothing, named.set};
        }
    }
    if (partly(remark, part_of_day)) {
        return {};
    }
    if ((named.certain && (named.set & open.set) != 0) || names_more_days(remark)) {
        return {partly(remark, turns) ? Says::unclear : Says::nothing, 0};
    }
    // 月曜日(祝日の場合は翌日) is when it is closed, or when it is: only a span is open for sure.
    return {!open.all_in_one && partly(remark, moved) ? Says::unclear : Says::nothing, 0};
}

Remark read_remarks(std::string_view text, const Days& open) {
    Remark all;
    for (std::size_t at = text.find_first_of("(["); at != std::string_view::npos;
         at = text.find_first_of("([", at + 1)) {
        const std::size_t end = text.find_first_of(")]", at);
        const Remark one = read_remark(text.substr(at + 1, end == std::string_view::npos ? end : end - at - 1), open);
        all.closed |= one.closed;
        all.says = std::max(all.says, one.says);
    }
    return all;
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

/// Days and what a set of them cannot say; or all of it a remark, where only a remark can hold it.
Normalised with_exceptions(std::string_view text) {
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
        if (says == Says::nothing && !names_more_days(rest) && set != 0) {
            if (auto read = with_remark(text, set, rest)) {
                return *read;
            }
        }
    }
    static const re2::RE2 about_days(
        "曜|[月火水木金土日][~・、][月火水木金土日]|第[0-9一二三四五].*[月火水木金土日]|祝日|祝祭日|土日|平日|"
        "[月火水木金土日]\\((?:定?休|祝)",
        re2::RE2::Quiet);
    if (partly(text, about_days)) {
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
