// SPDX-License-Identifier: Apache-2.0
// What a text in a cell is to a program that has to read it: arranged with blanks, an era without its year, a number
// that is none. Plain functions, and the look over a text's bytes that says whether they need be asked.
#pragma once

#include <cstdint>
#include <string_view>

namespace kokai {

bool is_arranged(std::string_view text);  // 合　計, a line break, blanks at the ends
/// 〃 ″ 同上. Asked of every cell: nearly all are told by their first two bytes.
bool reads_as_ditto(std::string_view text);
inline bool is_ditto(std::string_view text) {
    if (text.empty() || text.size() > 24) {
        return false;
    }
    const auto first = static_cast<unsigned char>(text[0]);
    if (first > ' ' && first < 0xE2) {
        return first == '(' && reads_as_ditto(text);
    }
    const auto second = static_cast<unsigned char>(text.size() > 1 ? text[1] : ' ');
    const bool may_be = first <= ' ' || (first == 0xE2 && second == 0x80) || (first == 0xE3 && second == 0x80) ||
                        (first == 0xE4 && second == 0xBB) || (first == 0xE5 && second == 0x90) ||
                        (first == 0xEF && second == 0xBC);
    return may_be && reads_as_ditto(text);
}
/// Quotes by themselves: inches, or a ditto where they stand below one.
bool reads_as_quotes(std::string_view text);
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
