// SPDX-License-Identifier: Apache-2.0
// A set of seven bits. What the set cannot hold (祝日, 第2・第4月曜日, seasons) becomes a note, never lost and never
// cut off.
#include "normalise/weekdays.hpp"

#include "normalise/day_list.hpp"
#include "normalise/reading.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <bit>
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

/// 土 9:00-12:00 behind 月~金 9:00-17:00: days that the first ones do not hold. 祝日, 3日, 第2土曜 and the 日 at the
/// end of a word (休館日, 元日, 整理日) are none.
bool names_more_days(std::string_view text) {
    static const re2::RE2 rule(R"((?:^|[^0-9祝休平末第翌当前の・][ ]*)[月火水木金土日]曜|)"
                               R"((?:^|[^\p{Han}0-9の・][ ]*|[月火水木金土])[月火水木金土日](?:[ :・~(0-9午は、]|$))",
                               re2::RE2::Quiet);
    std::string outside = outside_of_brackets(text);
    static const re2::RE2 ordinal(R"(第[0-9一二三四五・、,と~第]+[月火水木金土日](?:曜日?)?)", re2::RE2::Quiet);
    re2::RE2::GlobalReplace(&outside, ordinal, "");
    return re2::RE2::PartialMatch(outside, rule);
}

/// ・木(午後) behind 月(午前): the list goes on behind the bracket.
bool lists_more_days(std::string_view text) {
    static const re2::RE2 rule(R"([)\]][ ]*[・、,/]?[ ]*[月火水木金土日](?:曜|[ :・、~(]|$))", re2::RE2::Quiet);
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), rule);
}

bool fully(std::string_view text, const re2::RE2& rule) {
    return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), rule);
}
bool partly(std::string_view text, const re2::RE2& rule) {
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), rule);
}

constexpr const char* joint = R"re([ ・、,/;\n]*(?:及び|および|並びに|または|又は|と|や)?[ ]*)re";
constexpr const char* holiday =
    R"re((?:国民の祝日|国民の休日|祝祭日|祝休日|振替休日|振休日?|祝日の翌日|その翌日|祝日|祝|祭日|休日|)re"
    R"re(年末年始|年末・年始|年末|年始|大[晦みそか]+日?|元[日旦]|お盆|盆|夏[季期](?:休暇)?|お?正月|)re"
    R"re([0-9]{1,2}[月/][0-9]{1,2}日?(?:~(?:翌年?)?[0-9]{1,2}[月/][0-9]{1,2}日?)?))re";
constexpr const char* closed_word =
    R"re((?:定休日?|休(?:館|業|園|診|所|場|室|校|止|講)日?|お?休み|休|閉(?:館|園|所|庁|鎖|店|場|室)日?))re"
    R"re((?:です|となります|とします|とする|します)?)re";
constexpr const char* but_word = R"re((?:除く|除き|のぞく|除外)(?:、?毎日)?|以外(?:、?毎日)?)re";

enum class Says { nothing, closed, unclear };

enum class Where { behind_days, in_bracket };

const re2::RE2& closing() {
    static const re2::RE2 rule("休|閉[館園所庁鎖店場室]", re2::RE2::Quiet);
    return rule;
}

/// A text without the words in which 休 does not close the days before it: 昼休み, 無休, 休館日なし, 臨時休業あり.
std::string without_openness(std::string_view text) {
    static const re2::RE2 words(
        "(?:定休|休(?:館|業|園|診|所|場|室|み)?)日?(?:は|:| "
        ")*(?:なし|無し|ありません|ない)|臨時休(?:館|業|園|診|所)日?(?:が|も)?(?:あり|有|する|の場合)|"
        "不定休|休憩|休日|無休|昼休み|休前日|祝休日|春休み|夏休み|冬休み",
        re2::RE2::Quiet);
    std::string rest(text);
    re2::RE2::GlobalReplace(&rest, words, "");
    return rest;
}

int count_of(unsigned set) {
    return std::popcount(set);
}

/// A span, a word or most of a week: the days of a place that is open, not those on which it is closed.
bool is_whole_week(const Days& days) {
    return days.all_in_one || count_of(days.set) >= 4;
}

/// What stands between days and what follows them: ・ 、 and the like.
std::string_view joint_of(std::string_view tail) {
    static const re2::RE2 rule(joint, re2::RE2::Quiet);
    re2::StringPiece rest(tail.data(), tail.size());
    re2::RE2::Consume(&rest, rule);
    return tail.substr(0, tail.size() - rest.size());
}

/// Whether a holiday with this joint is one more item of a list and not the begin of an exception.
bool goes_on(std::string_view before) {
    return before.find_first_not_of(" \n、,/;") != std::string_view::npos || before.empty();
}

/// 月・火・水・木・金、祝日休診 says when it is open, 土、日、祝日休み when it is closed: holidays are closed with
/// Sundays. What may be either is neither.
Says read_listed(std::string_view tail, const Days& open, bool except) {
    const std::string_view before = joint_of(tail);
    if (open.all_in_one) {
        return goes_on(before) && !except ? Says::unclear : Says::nothing;
    }
    constexpr unsigned sunday = 1U << 6;
    const bool same = open.count > 1 && before == open.joint;
    if (is_whole_week(open)) {
        const bool own = !same && open.one_joint && open.count > 1;
        const bool no_sunday = count_of(open.set) >= 5 && (open.set & sunday) == 0 && open.one_joint;
        return !goes_on(before) && (own || no_sunday) ? Says::nothing : Says::unclear;
    }
    // 月・水・金、祝日休診: three days and holidays, but no Sunday, are not closed together.
    if (!same && !goes_on(before) && open.one_joint && !open.spans && count_of(open.set) == 3 &&
        (open.set & sunday) == 0) {
        return Says::nothing;
    }
    if (except) {
        return Says::unclear;
    }
    const bool one = open.count == 1 && before.find_first_of(" \n") == std::string_view::npos;
    const bool tight = same || (open.joint.empty() && tail.substr(before.size()).starts_with("祝"));
    const bool with_sunday = open.plain_list && open.count > 1 && (open.set & sunday) != 0 && tight;
    return one || with_sunday ? Says::closed : Says::unclear;
}

/// 祝日は休み, 第3水曜日は休館: what is closed is named, so it is not the days before it.
bool names_what_is_closed(std::string_view words) {
    static const re2::RE2 named(std::string("(?:") + holiday + "|第[0-9一二三四五]|点検|整理|記念|清掃|創立|閉庁|市の)",
                                re2::RE2::Quiet);
    static const re2::RE2 why("ため|為|につき|により", re2::RE2::Quiet);  // 点検のため休館
    return partly(words, named) && !partly(words, why);
}

/// ・第3水曜日休館: some weeks cannot be an item of a list of whole days.
bool some_weeks(std::string_view said) {
    return said.starts_with("・第") || said.starts_with("第");
}

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
        static const re2::RE2 all_others("(?:除く|除き|のぞく|除外|以外)、?毎日", re2::RE2::Quiet);
        if (where == Where::in_bracket) {
            return Says::closed;
        }
        return partly(said, all_others) ? Says::unclear : read_listed(tail, open, partly(said, excepts));
    }
    const std::string words = without_openness(said);
    if (!partly(words, closing())) {
        return Says::nothing;
    }
    // ※祝日は休み begins a sentence of its own, and so does ただし; 翌日に振替 is said of closed days.
    static const re2::RE2 own_sentence("^(?:※|。|;|、?ただし|、?但し)", re2::RE2::Quiet);
    static const re2::RE2 moved("翌|振替(?:[^休]|$)|場合", re2::RE2::Quiet);
    const bool apart = partly(said, own_sentence) || (said.size() != tail.size() && is_whole_week(open)) ||
                       ((!goes_on(joint_of(tail)) || some_weeks(said)) && is_whole_week(open) && open.one_joint &&
                        names_what_is_closed(said));
    return apart && !partly(said, moved) ? Says::nothing : Says::unclear;
}

/// What a bracket behind days says about them.
struct Remark {
    Says says = Says::nothing;
    unsigned closed = 0;  // days that it takes out: 月~金(水曜日は休診)
};

std::string_view behind(std::string_view text, const re2::RE2& rule) {
    re2::StringPiece rest(text.data(), text.size());
    re2::RE2::Consume(&rest, rule);
    return {rest.data(), rest.size()};
}

/// 月曜休館, 水、土日祝は休み, 休館日:月曜: the days that a clause in a bracket closes.
std::optional<unsigned> closed_in(std::string_view clause) {
    static const re2::RE2 holidays_before(std::string("((?:") + holiday + joint + ")+)", re2::RE2::Quiet);
    static const re2::RE2 title("(?:定休|休(?:館|業|園|診|所|場|室))日?[はがを:= \\n]*", re2::RE2::Quiet);
    static const re2::RE2 holidays_behind(std::string("(?:") + joint + holiday + ")*[。 ]*", re2::RE2::Quiet);
    // Of 第2土曜、水曜休診 and 木曜午後、水曜休診 only the Wednesdays are whole days.
    static const re2::RE2 parts_before(std::string("(?:(?:第[0-9一二三四五・,と第]+[月火水木金土日](?:曜日?)?|") +
                                           "[月火水木金土日](?:曜日?)?午[前後])" + joint + ")+",
                                       re2::RE2::Quiet);
    const std::string_view titled = behind(clause, title);
    const std::string_view said = behind(behind(titled, parts_before), holidays_before);
    const Days named = take_days(said);
    if (named.set == 0 || (named.spans && !named.all_in_one)) {
        return std::nullopt;
    }
    const std::string_view tail = said.substr(named.end);
    const bool closed = titled.size() != clause.size() ? fully(tail, holidays_behind)
                                                       : says_closed(tail, named, Where::in_bracket) == Says::closed;
    return closed ? std::optional(named.set) : std::nullopt;
}

/// 平日(月~金), 平日(祝日を除く月~金): the same days in other words.
bool says_again(std::string_view clause, const Days& open) {
    static const re2::RE2 exception(std::string("(?:") + holiday + joint + ")+(?:を?除く|を?のぞく|以外)の?[ 、]*",
                                    re2::RE2::Quiet);
    const std::string_view said = behind(clause, exception);
    const Days named = take_days(said);
    if (named.set != open.set || named.set == 0) {
        return false;
    }
    const std::string_view tail = said.substr(named.end);
    return is_days_alone(said, named) ||
           (is_whole_week(named) && !tail.empty() && says_closed(tail, named, Where::behind_days) == Says::nothing &&
            !names_more_days(tail));
}

Remark read_clause(std::string_view clause, const Days& open, bool sure) {
    static const re2::RE2 only_closed(closed_word, re2::RE2::Quiet);
    static const re2::RE2 part_of_day("午前|午後|夜|昼|[AP]M|[0-9]時|[0-9]:|第|月末|最終|隔週", re2::RE2::Quiet);
    static const re2::RE2 turns("休|閉|除|以外", re2::RE2::Quiet);
    static const re2::RE2 moved("翌|振替(?:[^休]|$)|[はに]開|は営業|は利用", re2::RE2::Quiet);
    static const re2::RE2 on_holidays("(?:祝|休)日?(?:の|に|と)?(?:あたる|当たる|なる|重なる)?(?:場合|とき|時)",
                                      re2::RE2::Quiet);
    static const re2::RE2 opens("開|営業|診療|利用", re2::RE2::Quiet);
    static const re2::RE2 only_some_weeks(
        "(?:毎月)?(?:第[0-9一二三四五・、,と第 ]+週?|隔週|月[0-9一二三四]回)(?:のみ)?", re2::RE2::Quiet);
    clause = stripped(clause);
    if (drop_prefix(clause, "ただし") || drop_prefix(clause, "但し")) {
        clause = stripped(clause);
    }
    if (fully(clause, only_closed)) {
        return {Says::closed, 0};
    }
    if (fully(clause, only_some_weeks)) {
        return {Says::unclear, 0};  // 火曜日(第1・3) is not every Tuesday
    }
    if (says_again(clause, open)) {
        return {};
    }
    if (const auto closed = closed_in(clause)) {
        return {Says::nothing, *closed};
    }
    if (partly(clause, part_of_day)) {
        return {};
    }
    const Days named = take_days(clause);
    if (is_days_alone(clause, named) && !clause.ends_with("無休")) {
        return {Says::unclear, 0};  // 平日(火~木)
    }
    const bool within = named.certain && (named.set & open.set) != 0;
    if (within || names_more_days(clause)) {
        // 月曜が祝日の場合は火曜休館 takes no day out of every week, and days that are not open cannot be taken out.
        const bool conditional = sure && partly(clause, on_holidays) && !(within && partly(clause, opens));
        const bool others = named.certain && named.set != 0 && !within && !names_more_days(clause.substr(named.end));
        const bool turned = partly(without_openness(clause), turns);
        const bool turns_round = (turned && !conditional && !others) || (!sure && partly(clause, moved));
        return {turns_round ? Says::unclear : Says::nothing, 0};
    }
    // 月曜日(祝日の場合は翌日) is when it is closed, or when it is: only most of a week is open for sure.
    return {!sure && partly(clause, moved) ? Says::unclear : Says::nothing, 0};
}

/// 月曜休館、祝日の場合は翌日 are two clauses: the first ends with its closing word. What follows is then said of its
/// days.
void read_remark(std::string_view remark, const Days& open, Remark& all) {
    static const re2::RE2 clause_end(std::string("[^、。,;※ \\n(](?:") + closed_word + "|" + but_word +
                                         ")([、。,;※ \\n(]+)[^、。,;※ \\n(]",
                                     re2::RE2::Quiet);
    static const re2::RE2 only_closed(closed_word, re2::RE2::Quiet);
    const auto add = [&](std::string_view clause) {
        const Remark one = read_clause(clause, open, is_whole_week(open) || all.closed != 0);
        all.closed |= one.closed;
        all.says = std::max(all.says, one.says);
    };
    re2::StringPiece joint_found;
    while (re2::RE2::PartialMatch(re2::StringPiece(remark.data(), remark.size()), clause_end, &joint_found)) {
        const auto at = static_cast<std::size_t>(joint_found.data() - remark.data());
        if (fully(remark.substr(0, at), only_closed)) {
            break;  // 定休日 水
        }
        add(remark.substr(0, at));
        remark = remark.substr(at + joint_found.size());
    }
    add(remark);
}

Remark read_remarks(std::string_view text, const Days& open) {
    Remark all;
    for (std::size_t at = text.find_first_of("(["); at != std::string_view::npos;
         at = text.find_first_of("([", at + 1)) {
        const std::size_t end = text.find_first_of(")]", at);
        read_remark(text.substr(at + 1, end == std::string_view::npos ? end : end - at - 1), open, all);
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
