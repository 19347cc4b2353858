// SPDX-License-Identifier: Apache-2.0
// Two readings are none: only what can be said of the days in one way takes them out.
#include "normalise/day_closing.hpp"

#include "normalise/reading.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace kokai {

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

namespace {

constexpr const char* closed_word =
    R"re((?:定休日?|休(?:館|業|園|診|所|場|室|校|止|講)日?|お?休み|休|閉(?:館|園|所|庁|鎖|店|場|室)日?))re"
    R"re((?:です|となります|とします|とする|します)?)re";

constexpr const char* but_word = R"re((?:除く|除き|のぞく|除外)(?:、?毎日)?|以外(?:、?毎日)?)re";

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

}  // namespace

/// What stands between days and what follows them: ・ 、 and the like.
std::string_view joint_of(std::string_view tail) {
    static const re2::RE2 rule(joint, re2::RE2::Quiet);
    re2::StringPiece rest(tail.data(), tail.size());
    re2::RE2::Consume(&rest, rule);
    return tail.substr(0, tail.size() - rest.size());
}

namespace {

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

}  // namespace

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

namespace {

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

}  // namespace

Remark read_remarks(std::string_view text, const Days& open) {
    Remark all;
    for (std::size_t at = text.find_first_of("(["); at != std::string_view::npos;
         at = text.find_first_of("([", at + 1)) {
        const std::size_t end = text.find_first_of(")]", at);
        read_remark(text.substr(at + 1, end == std::string_view::npos ? end : end - at - 1), open, all);
    }
    return all;
}

}  // namespace kokai
