// SPDX-License-Identifier: Apache-2.0
#include "validate/private/person_columns.hpp"

#include "validate/private/plain_text.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace kokai {
namespace {

using Name = std::u32string_view;

bool is_any(Name text, std::initializer_list<Name> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool names_person(Name name) {
    return has_any(name, {U"氏名", U"姓名"}) && !has_any(name, {U"番号", U"年月"});
}

/// Numbers that a person has: 被保険者番号, 運転免許証番号. Whether somebody holds one (在留カードの有無) is none.
bool names_document(Name name) {
    const bool number = ends_with_any(name, {U"番号", U"no", U"no.", U"№", U"記号"});
    return is_any(name, {U"在留カ-ド", U"パスポ-ト", U"住民票コ-ド"}) ||
           (number &&
            has_any(name, {U"被保険者", U"保険証", U"運転免許", U"免許証", U"在留カ-ド", U"在留", U"パスポ-ト", U"旅券",
                           U"基礎年金", U"年金証書", U"受給者", U"手帳", U"住民票"}) &&
            !has_any(name, {U"電話", U"事業所", U"事業者"}));
}

bool names_home(Name name) {
    return has_any(name, {U"自宅", U"本人", U"世帯主", U"保護者"}) &&
           has_any(name, {U"住所", U"所在地", U"電話", U"番地", U"tel"}) && !has_any(name, {U"有無", U"可否", U"介護"});
}

bool names_age(Name name) {
    return is_any(name, {U"年齢", U"年令", U"満年齢", U"age"});
}

bool names_sex(Name name) {
    return is_any(name, {U"性別", U"男女", U"男女別", U"sex", U"gender"});
}

}  // namespace

std::vector<PersonColumn> person_columns(const Shape& shape) {
    std::vector<std::u32string> names;
    for (const ColumnInfo& column : shape.columns) {
        names.push_back(plain_header(column.name));
    }
    const bool persons = std::ranges::any_of(names, names_person);
    const bool sexes = std::ranges::any_of(names, names_sex);
    std::vector<PersonColumn> found;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names_document(names[i])) {
            found.push_back({i, "個人が持つ証の番号"});
        } else if (names_home(names[i])) {
            found.push_back({i, "自宅の住所や電話"});
        } else if (persons && sexes && names_age(names[i])) {
            found.push_back({i, "氏名と並ぶ年齢と性別"});
        }
    }
    return found;
}

}  // namespace kokai
