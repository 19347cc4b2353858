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

/// The person whom a row is about: not the 講師 of a class, for whom 年齢 and 性別 say who may come, and not the
/// 候補者, whose age the law makes public.
bool names_person(Name name) {
    return has_any(name, {U"氏名", U"姓名"}) && !has_any(name, {U"番号", U"年月"}) &&
           !has_any(name,
                    {U"講師", U"候補者", U"議員",   U"記入者", U"作成者", U"記録者", U"調査者", U"報告者", U"入力者",
                     U"担当", U"責任者", U"代表者", U"管理者", U"設置者", U"開設者", U"営業者", U"指導者", U"主催者",
                     U"園長", U"校長",   U"館長",   U"所長",   U"院長",   U"施設長", U"理事長", U"会長",   U"担任",
                     U"医師", U"監督",   U"著者",   U"作者",   U"撮影者", U"出演者"});
}

/// Numbers that a person has: 被保険者番号, 運転免許証番号. Whether somebody holds one (在留カードの有無) is none.
bool names_document(Name name) {
    const bool number = ends_with_any(name, {U"番号", U"no", U"no.", U"№", U"記号"});
    return is_any(name, {U"在留カ-ド", U"パスポ-ト", U"住民票コ-ド"}) ||
           (number &&
            has_any(name, {U"被保険者", U"保険証", U"運転免許", U"免許証", U"在留カ-ド", U"在留", U"パスポ-ト", U"旅券",
                           U"基礎年金", U"年金証書", U"受給者", U"手帳", U"住民票"}) &&
            !has_any(name, {U"電話", U"事業所", U"事業者", U"宅建", U"宅地", U"業免許", U"業者"}));
}

bool names_home(Name name) {
    return has_any(name, {U"自宅", U"本人", U"世帯主", U"保護者"}) &&
           has_any(name, {U"住所", U"所在地", U"電話", U"番地", U"tel"}) &&
           // What is asked of one, how far it is, and 保護者会, which is no person.
           !has_any(name, {U"有無", U"可否", U"介護", U"保護者会", U"要件", U"条件", U"距離", U"特例", U"確認", U"記載",
                           U"から", U"まで"});
}

bool names_age(Name name) {
    return is_any(name, {U"年齢", U"年令", U"満年齢", U"age"});
}

bool names_sex(Name name) {
    return is_any(name, {U"性別", U"男女", U"男女別", U"sex", U"gender"});
}

}  // namespace

bool tells_of_person(std::string_view cell) {
    // 群馬県知事(3)第1234号 is the licence of a business.
    for (const std::string_view office : {"知事", "大臣"}) {
        if (cell.find(office) != std::string_view::npos) {
            return false;
        }
    }
    const std::u32string text = plain_header(cell);
    return text.find_first_not_of(U'-') != Name::npos &&
           !is_any(text, {U"なし", U"無し", U"無", U"該当なし", U"不明", U"有", U"あり", U"可", U"不可", U"要", U"不要",
                          U"済", U"○", U"×"});
}

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
