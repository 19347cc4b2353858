// SPDX-License-Identifier: Apache-2.0
// What a cell looks like to somebody who only glances at the sheet: a number, a date, a word. The table finder compares
// looks, never meanings.
#pragma once

#include "read/grid.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kokai {

enum class Look : std::uint8_t {
    blank,
    mark,    // ○ × - … and the like: says nothing of its column
    number,  // 1,234 or 12.5% or △3
    moment,  // a date or a time
    code,    // a phone number, a postal code, an address of the web: digits and signs without words
    word
};

Look look_of(const GridCell& cell);
Look look_of(std::string_view text, CellKind kind = CellKind::text);
[[nodiscard]] inline bool is_value(Look look) {
    return look == Look::number || look == Look::moment || look == Look::code;
}

/// 2015, 2015年, 令和2年度, R2, 4月, 第3回: values in a header, too.
bool looks_like_period(std::string_view text);

/// The number in a cell: 1,234 １２ △3 12.5％; nothing for words.
std::optional<double> number_in(std::string_view text);

/// Without any blanks, full-width letters, digits and brackets as ASCII: for comparing labels.
std::string folded_label(std::string_view text);

enum class TotalWord : std::uint8_t { none, hint, total };
/// 合計, 小計, 計 … are totals; 全市, ○○計 are only when the numbers say so.
TotalWord total_word(std::string_view text);

/// ※, 注), 資料:, 出典 …: what stands at the beginning of a footnote.
bool begins_a_note(std::string_view text);
/// 令和6年4月1日現在, 単位:千円, 更新日 …: what stands over a table.
bool is_about_the_table(std::string_view text);
/// （人）, 千円, ㎡, %: what stands under a head.
bool is_unit_cell(std::string_view text);
/// ■北部地区, 【…】, 第1章, ○○行き, ○○地区: what stands over a part of a table.
bool names_a_section(std::string_view text);
/// A word that heads columns in tables of public bodies: 名称, 所在地, 電話番号 … With English ones.
bool is_head_word(std::string_view text);
/// Letters, digits and _ # : of ASCII only.
bool is_ascii_key(std::string_view text);
bool has_japanese(std::string_view text);

}  // namespace kokai
