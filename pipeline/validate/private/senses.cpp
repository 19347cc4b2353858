// SPDX-License-Identifier: Apache-2.0
#include "validate/private/senses.hpp"

#include "model/schema.hpp"
#include "validate/private/family_names.hpp"
#include "validate/private/plain_text.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

namespace kokai {
namespace {

using Words = std::initializer_list<std::u32string_view>;

bool is_any(std::u32string_view text, Words words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

/// 予算額, 決算額(円), 総工費; not 給付金申請者 and not 交付金番号.
bool names_amount(std::u32string_view name) {
    return has_any(name, {U"(円)", U"(千円)", U"(百万円)"}) ||
           ends_with_any(name.substr(0, name.find(U'(')), {U"額", U"予算", U"決算", U"費", U"価格", U"料金", U"円"});
}

/// 生年, 生年(西暦): one of the three columns of a birth date.
bool names_part_of_birth(std::u32string_view name, std::u32string_view part) {
    name = name.substr(0, name.find(U'('));
    for (const std::u32string_view word : {U"生", U"誕生", U"出生"}) {
        if (name.size() == word.size() + 1 && name.starts_with(word) && name.ends_with(part)) {
            return true;
        }
    }
    return false;
}

/// 生年月日 and 出生年月日, but not 発生年月日.
bool names_birth(std::u32string_view name) {
    if (has_any(name, {U"誕生日", U"birthday", U"birthdate", U"birth_date", U"dateofbirth", U"date_of_birth"}) ||
        is_any(name, {U"dob", U"生年"})) {
        return true;
    }
    for (std::size_t at = name.find(U"生年月"); at != std::u32string_view::npos; at = name.find(U"生年月", at + 1)) {
        constexpr std::u32string_view others = U"発再派衛更学先";
        if (at == 0 || others.find(name[at - 1]) == std::u32string_view::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace

ColumnSense sense_of_header(std::string_view header) {
    ColumnSense sense;
    const std::u32string name = plain_header(header);
    if (name.empty() || name.size() > 60) {
        return sense;
    }
    sense.my_number =
        has_any(name, {U"個人番号", U"マイナンバ-", U"mynumber", U"my_number"}) && !has_any(name, {U"カ-ド"});
    sense.account = (has_any(name, {U"口座"}) &&
                     !has_any(name, {U"口座数", U"口座振替", U"口座件数", U"名義", U"口座名", U"口座種"})) ||
                    has_any(name, {U"記号番号", U"accountnumber", U"account_number", U"bankaccount", U"bank_account"});
    sense.phone = has_any(name, {U"電話", U"携帯", U"連絡先", U"問合せ先", U"問い合わせ先", U"tel", U"phone", U"mobile",
                                 U"ファクス", U"fax"}) &&
                  !has_any(name, {U"hotel", U"台数"});
    sense.identifier = !sense.my_number && !sense.account && !sense.phone &&
                       (ends_with_any(name, {U"id", U"コ-ド", U"番号", U"no", U"no.", U"№", U"code", U"number", U"管番",
                                             U"jan", U"バ-コ-ド", U"キ-", U"key"}) ||
                        has_any(name, {U"金額", U"予算", U"決算", U"(円)", U"法人番号", U"金", U"額", U"価格", U"費",
                                       U"時刻", U"日時"}));
    sense.amount = sense.identifier && names_amount(name);
    sense.birth = names_birth(name);
    sense.person = has_any(name, {U"氏名",     U"姓名",      U"代表者",     U"担当者",     U"世帯主", U"保護者",
                                  U"申請者",   U"利用者名",  U"児童名",     U"園児名",     U"生徒名", U"会員名",
                                  U"委員名",   U"選手名",    U"職員名",     U"議員名",     U"候補者", U"本人",
                                  U"fullname", U"full_name", U"personname", U"person_name"}) &&
                   !has_any(name, {U"番号", U"数", U"年月", U"電話"});
    return sense;
}

ColumnSense sense_of(const ColumnInfo& column) {
    ColumnSense sense = sense_of_header(column.name);
    for (const SourceColumn& from : column.from) {
        const ColumnSense other = sense_of_header(from.header);
        sense.my_number = sense.my_number || other.my_number;
        sense.account = sense.account || other.account;
        sense.phone = sense.phone || other.phone;
        sense.identifier = sense.identifier || other.identifier;
        sense.amount = sense.amount || other.amount;
        sense.birth = sense.birth || other.birth;
        sense.person = sense.person || other.person;
    }
    if (column.field != nullptr) {
        const Kind kind = column.field->kind;
        sense.phone = sense.phone || kind == Kind::phone;
        sense.identifier = sense.identifier || kind == Kind::identifier || kind == Kind::corporate_number ||
                           kind == Kind::lg_code || kind == Kind::integer || kind == Kind::number;
    }
    sense.identifier = sense.identifier && !sense.my_number && !sense.account && !sense.phone;
    sense.amount = sense.amount && sense.identifier;
    return sense;
}

void look_beside(const Shape& shape, std::vector<ColumnSense>& senses) {
    bool bank = false;
    bool branch = false;
    const bool month = std::ranges::any_of(
        shape.columns, [](const ColumnInfo& column) { return names_part_of_birth(plain_header(column.name), U"月"); });
    for (std::size_t i = 0; month && i < senses.size(); ++i) {
        senses[i].birth_year = names_part_of_birth(plain_header(shape.columns[i].name), U"年");
        senses[i].birth = senses[i].birth || senses[i].birth_year;
    }
    for (const ColumnInfo& column : shape.columns) {
        const std::u32string name = plain_header(column.name);
        bank = bank || has_any(name, {U"金融機関", U"銀行"});
        branch = branch || has_any(name, {U"支店", U"預金種", U"口座種", U"種目", U"名義"});
    }
    for (std::size_t i = 0; bank && branch && i < senses.size(); ++i) {
        senses[i].account = senses[i].account || is_any(plain_header(shape.columns[i].name), {U"番号", U"no", U"no."});
        senses[i].identifier = senses[i].identifier && !senses[i].account;
    }
}

bool is_person_name(std::string_view cell) {
    PlainText text;
    text.read(cell);
    std::u32string name;
    for (const char32_t c : text.chars()) {
        if (c != U' ') {
            name.push_back(c);
        }
    }
    constexpr std::u32string_view places = U"園校館所場院店堂寺社部課局区町市県駅橋川会室組団署庁村郡港城線道号科";
    return name.size() >= 3 && name.size() <= 8 && places.find(name.back()) == std::u32string_view::npos &&
           begins_with_family_name(name);
}

}  // namespace kokai
