// SPDX-License-Identifier: Apache-2.0
// What the words of a cell say that it is for, whatever row it stands in.
#pragma once

#include <cstdint>
#include <string_view>

namespace kokai {

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
