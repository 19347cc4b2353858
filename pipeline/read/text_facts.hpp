// SPDX-License-Identifier: Apache-2.0
// What a text in a cell is to a program that has to read it: arranged with blanks, an era without its year, a number
// that is none. Plain functions, and the look over a text's bytes that says whether they need be asked.
#pragma once

#include <cstdint>
#include <string_view>

namespace kokai {

bool is_arranged(std::string_view text);           // 合　計, a line break, blanks at the ends
bool is_ditto(std::string_view text);              // 〃 ″ 同上
bool holds_several_values(std::string_view text);  // 120（35）, two lines with digits
bool names_era_only(std::string_view text);        // 平成27年, H27年; not 平成27年（2015年）
bool is_written_number(std::string_view text);     // 1,234 １２ 30人 △5; not 0270 or 3-2
bool has_rare_character(std::string_view text);    // ① ㈱ ㎡ 髙: not in every character set

namespace text_fact {
enum Look : std::uint8_t { digit = 1, gap = 2, rare = 4, era = 8 };
}

/// One walk over the characters of a text (UTF-8): the Looks of all of them.
std::uint8_t look_over(std::string_view text);
/// The same at a glance, 16 bytes at a time: never less than look_over() says, sometimes more.
std::uint8_t glance_over(std::string_view text);

}  // namespace kokai
