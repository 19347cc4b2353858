// SPDX-License-Identifier: Apache-2.0
// What stands between two marks of a list: a value of its own, a piece of one, or a piece of a sentence.
#pragma once

#include <string_view>

namespace kokai {

/// 入口に段差があるため, 介助が必要です。: nobody's value.
bool is_part_of_sentence(std::string_view piece);

/// 内科, but not 2丁目, 第二自治会, 上 or 国道17号以西, which may lean on what stands beside them.
bool is_word_of_its_own(std::string_view piece);

/// What is left behind 前橋、高崎、伊勢崎市: only the last of them says what all are.
bool leaves_its_kind_to_others(std::string_view piece);
bool names_its_kind(std::string_view piece);

/// 内科 and 小児科, スロープ and 多機能トイレ; but not 糖尿病 and 内分泌内科.
bool are_alike(std::string_view piece, std::string_view other);

/// 耳鼻咽喉科・頭頸部外科: one value, though its pieces are alike.
bool is_known_whole(std::string_view text);

/// 農業 and 林業, 卸売業 and 小売業: one division of the standard industrial classification has both, a comma between.
bool is_one_industry(std::string_view piece, std::string_view other);
/// 建設業, 医療,福祉 or 公務.
bool is_industry(std::string_view piece);

}  // namespace kokai
