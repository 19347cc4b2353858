// SPDX-License-Identifier: Apache-2.0
// What a column's name (and its field in the schema) says of the values below it, for the privacy gate.
#pragma once

#include "model/batch.hpp"

#include <string_view>
#include <vector>

namespace kokai {

struct ColumnSense {
    bool my_number = false;  // 個人番号
    bool account = false;    // 口座番号: the digits alone are an account
    bool phone = false;      // a number in it is a phone number, with or without its zero
    bool identifier = false;  // ID, コード, 整理番号, 法人番号, amounts: long numbers are no phones, and My Numbers
                              // only if most are valid
    bool amount = false;      // 予算額（円）: an identifier, too; one valid number in it is chance
    bool birth = false;       // 生年月日
    bool birth_year = false;  // 生年 beside 生月: of its own no date
    bool person = false;      // 氏名
    /// Whether cells that the byte gate lets pass have to be looked at.
    [[nodiscard]] bool wants_all() const { return account || birth; }
};

ColumnSense sense_of_header(std::string_view header);
/// Of its name, of the headers it came from, and of its field's kind.
ColumnSense sense_of(const ColumnInfo& column);
/// Of the table as a whole: a column 番号 beside 銀行名 and 支店名 holds accounts.
void look_beside(const Shape& shape, std::vector<ColumnSense>& senses);

/// 山田 太郎, not 山田小学校 and not ポン太: begins with a usual family name and has the length of a name.
bool is_person_name(std::string_view cell);

}  // namespace kokai
