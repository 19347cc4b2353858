// SPDX-License-Identifier: Apache-2.0
// What stands behind days of the week and may take some of them out, or turn them round: 休館, 祝日を除く,
// (月曜休館、祝日の場合は翌日).
#pragma once

#include "normalise/day_list.hpp"

#include <re2/re2.h>

#include <string>
#include <string_view>

namespace kokai {

// Parts of patterns: what joins the items of a list, and the days off that stand beside days of the week.
constexpr const char* joint = R"re([ ・、,/;\n]*(?:及び|および|並びに|または|又は|と|や)?[ ]*)re";
constexpr const char* holiday =
    R"re((?:国民の祝日|国民の休日|祝祭日|祝休日|振替休日|振休日?|祝日の翌日|その翌日|祝日|祝|祭日|休日|)re"
    R"re(年末年始|年末・年始|年末|年始|大[晦みそか]+日?|元[日旦]|お盆|盆|夏[季期](?:休暇)?|お?正月|)re"
    R"re([0-9]{1,2}[月/][0-9]{1,2}日?(?:~(?:翌年?)?[0-9]{1,2}[月/][0-9]{1,2}日?)?))re";

enum class Says { nothing, closed, unclear };

enum class Where { behind_days, in_bracket };

/// What a bracket behind days says about them.
struct Remark {
    Says says = Says::nothing;
    unsigned closed = 0;  // days that it takes out: 月~金(水曜日は休診)
};

bool fully(std::string_view text, const re2::RE2& rule);
bool partly(std::string_view text, const re2::RE2& rule);
/// Without separators at both ends.
std::string_view stripped(std::string_view text);
std::string outside_of_brackets(std::string_view text);
/// What stands between days and what follows them: ・ 、 and the like.
std::string_view joint_of(std::string_view tail);
/// Whether behind the first days others follow, outside of brackets.
bool names_more_days(std::string_view text);
bool lists_more_days(std::string_view text);

/// What a tail behind days (brackets taken out) says of them.
Says says_closed(std::string_view tail, const Days& open, Where where);
/// What all the brackets behind days say of them.
Remark read_remarks(std::string_view text, const Days& open);

}  // namespace kokai
