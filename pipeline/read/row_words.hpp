// SPDX-License-Identifier: Apache-2.0
// What the words of a cell say of its whole row: a count below a list, an example of how to fill it in, the foot of a
// page, whom to ask. Cell by cell; whether the rest of the row agrees is for those who look at rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kokai {

/// What a cell counts: 3, 3施設, 計 3か所, 中央地区 計: 2件, 全3施設.
struct Count {
    enum class Label : std::uint8_t { none, amount, group, total };  // amount: 施設数, 全; group: 中央地区 計
    Label label = Label::none;
    std::optional<double> number;
    bool counter = false;  // the unit counts things: 件, 施設 …
    bool unit = false;     // some unit stands behind the number
};
/// Nothing for a cell that neither counts nor calls itself a total.
std::optional<Count> count_in(std::string_view text);

/// 例, （例）, 記入例, 見本: alone, or before a sign that parts it from what follows.
bool marks_an_example(std::string_view text);
/// ○○公民館, 前橋市○○町
bool holds_placeholder(std::string_view text);
/// Of these: ○○市, ○○町1-1.
bool holds_made_up_place(std::string_view text);
/// 2/2ページ, - 3 -, P.2, 次ページへ続く
bool is_page_line(std::string_view text);
/// Of these: 続き, which stands at the top of a page only.
bool goes_on_from_a_page(std::string_view text);
/// 公共施設一覧（つづき）, 一覧 (2/3) without what says that it goes on.
std::string_view without_continued(std::string_view text);
/// 問合せ先, 担当課 …: begins lines about who made the table.
bool is_sign_off(std::string_view text);
/// Of these: 問合せ先, 連絡先, which stand for nothing else below numbers.
bool is_whom_to_ask(std::string_view text);
/// Of these: 事務局 and the like, which lists have records of.
bool may_be_listed(std::string_view text);
/// 備考, 資料, 凡例: what stands before a note in a cell of its own.
bool labels_a_note(std::string_view text);
/// - and its like: nothing.
bool is_dash(std::string_view text);
/// 以上, 作成：…, 令和6年4月1日現在, （単位：人）, a sentence: what stands alone below a table and is no name.
bool is_closing_line(std::string_view text);
/// ・, ●, 1), ①: what begins a line of notes, and the names of some lists.
bool begins_with_list_mark(std::string_view text);
/// No, 番号, 連番 …: heads a column that only counts the rows.
bool heads_running_numbers(std::string_view text);
/// Of these those that number lines: 管理番号, 施設番号 and ID are of things.
bool heads_line_numbers(std::string_view text);

}  // namespace kokai
