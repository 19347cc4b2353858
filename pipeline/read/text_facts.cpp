// SPDX-License-Identifier: Apache-2.0
#include "read/text_facts.hpp"

#include "read/cell_look.hpp"
#include "support/text.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <utility>

namespace kokai {
namespace {

constexpr std::string_view wide_blank = "\xE3\x80\x80";

using namespace text_fact;

/// What an ASCII character says of the text it stands in.
constexpr std::array<std::uint8_t, 128> looks = [] {
    std::array<std::uint8_t, 128> table{};
    for (std::size_t byte = '0'; byte <= '9'; ++byte) {
        table[byte] = digit;
    }
    table[' '] = table['\n'] = table['\r'] = table['\t'] = gap;
    return table;
}();

/// H27, R6.4.1
std::uint8_t era_letter(std::string_view text) {
    const char first = text.empty() ? ' ' : text.front();
    return first == 'H' || first == 'R' || first == 'S' ? era : 0;
}

/// The same of a character of three bytes.
std::uint8_t look_of_three(unsigned lead, unsigned second, unsigned third) {
    switch (lead) {
    case 0xE2:
        return (second == 0x84 && (third == 0x96 || third == 0xA1)) ||  // № ℡
                       (second == 0x85 && third >= 0xA0) ||             // Ⅰ ⅻ
                       (second == 0x91 && third >= 0xA0) ||             // ① ⑿
                       second == 0x92 || second == 0x93                 // ⒈ ⓪
                   ? rare
                   : 0;
    case 0xE3:
        return second == 0x80 && third == 0x80    ? gap
               : second >= 0x88 && second <= 0x8F ? rare  // ㈱ ㊤ ㎡ ㍻
                                                  : 0;
    case 0xE9:
        return second == 0xAB && third == 0x99 ? rare : 0;  // 髙
    case 0xEE:
        return rare;  // 外字
    case 0xEF:
        return second == 0xBC && third >= 0x90 && third <= 0x99                      ? digit  // ０
               : second < 0xA4 || (second == 0xA8 && third >= 0x8E && third <= 0xAD) ? rare   // 外字, 﨑 to 鶴
                                                                                     : 0;
    case 0xE4:
        return second == 0xBB && third == 0xA4 ? era : 0;  // 令
    case 0xE5:
        return (second == 0xB9 && third == 0xB3) || (second == 0xA4 && third == 0xA7) ? era : 0;  // 平 大
    case 0xE6:
        return second == 0x98 && (third == 0xAD || third == 0x8E) ? era : 0;  // 昭 明
    default:
        return 0;
    }
}

/// One character off the front: its bytes. Texts are UTF-8 by now.
std::string_view take_character(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view character = text.substr(0, size);
    text.remove_prefix(std::min(size, text.size()));
    return character;
}

bool is_blank(std::string_view character) {
    return character == " " || character == wide_blank || character == "\t";
}

/// 0 to 9, half or full width; -1 = another character.
int digit_of(std::string_view character) {
    if (character.size() == 1 && character[0] >= '0' && character[0] <= '9') {
        return character[0] - '0';
    }
    if (character.size() == 3 && character.starts_with("\xEF\xBC") && character[2] >= '\x90' &&
        character[2] <= '\x99') {
        return character[2] - '\x90';
    }
    return -1;
}

/// What follows a comma: three digits and no more.
bool parts_thousands(std::string_view behind) {
    std::size_t digits = 0;
    while (digits < behind.size() && behind[digits] >= '0' && behind[digits] <= '9') {
        ++digits;
    }
    return digits == 3;
}

/// 1990 to 2099 somewhere in it.
bool names_western_year(std::string_view text) {
    std::size_t digits = 0;
    int year = 0;
    while (!text.empty()) {
        const int found = digit_of(take_character(text));
        digits = found < 0 ? 0 : digits + 1;
        year = found < 0 ? 0 : year * 10 + found;
        const bool ends = text.empty() || digit_of(std::string_view(text).substr(0, 1)) < 0;
        if (digits == 4 && ends && year >= 1800 && year < 2200) {
            return true;
        }
        if (digits > 8) {
            year = 0;
            digits = 5;
        }
    }
    return false;
}

}  // namespace

/// One walk over the characters; texts are UTF-8 by now.
std::uint8_t look_over(std::string_view text) {
    std::uint8_t look = era_letter(text);
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    for (std::size_t at = 0; at < text.size();) {
        const unsigned lead = byte(at);
        if (lead < 0x80) {
            look |= looks[lead];
            ++at;
        } else if (lead < 0xE0) {
            at += 2;
        } else if (lead >= 0xF0) {
            at += 4;
        } else {
            if (at + 2 < text.size()) {
                look |= look_of_three(lead, byte(at + 1), byte(at + 2));
            }
            at += 3;
        }
    }
    return look;
}

/// The same at a glance, 16 bytes at a time: never less than look_over() would say, sometimes more.
std::uint8_t glance_over(std::string_view text) {
#if defined(__SSE2__)
    if (text.size() < 16) {
        return look_over(text);
    }
    const auto all = [](unsigned byte) { return _mm_set1_epi8(static_cast<char>(static_cast<unsigned char>(byte))); };
    __m128i digits = _mm_setzero_si128();
    __m128i gaps = _mm_setzero_si128();
    __m128i others = _mm_setzero_si128();
    // Blocks overlap by three bytes, so that every character lies whole in one of them.
    for (std::size_t at = 0;; at = std::min(at + 13, text.size() - 16)) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
        const __m128i next = _mm_srli_si128(block, 1);
        const auto is = [&](unsigned byte) { return _mm_cmpeq_epi8(block, all(byte)); };
        const auto is_next = [&](unsigned byte) { return _mm_cmpeq_epi8(next, all(byte)); };
        const auto pair = [&](unsigned byte, unsigned behind) { return _mm_and_si128(is(byte), is_next(behind)); };
        digits = _mm_or_si128(digits,
                              _mm_and_si128(_mm_cmpgt_epi8(block, all('0' - 1)), _mm_cmpgt_epi8(all('9' + 1), block)));
        gaps = _mm_or_si128(gaps, _mm_cmpeq_epi8(_mm_min_epu8(block, all(' ')), block));
        const __m128i squared =
            _mm_and_si128(is(0xE3), _mm_cmpeq_epi8(_mm_and_si128(next, all(0xF8)), all(0x88)));  // 88 to 8F
        const __m128i blank = _mm_and_si128(pair(0xE3, 0x80), _mm_cmpeq_epi8(_mm_srli_si128(block, 2), all(0x80)));
        const __m128i eras = _mm_or_si128(_mm_or_si128(pair(0xE4, 0xBB), pair(0xE6, 0x98)),
                                          _mm_or_si128(pair(0xE5, 0xB9), pair(0xE5, 0xA4)));
        const __m128i wide = _mm_or_si128(_mm_or_si128(is(0xE2), is(0xEE)), _mm_or_si128(is(0xEF), pair(0xE9, 0xAB)));
        others = _mm_or_si128(others, _mm_or_si128(_mm_or_si128(squared, blank), _mm_or_si128(eras, wide)));
        if (at + 16 == text.size()) {
            break;
        }
    }
    if (_mm_movemask_epi8(others) != 0) {
        return look_over(text);
    }
    std::uint8_t look = _mm_movemask_epi8(digits) != 0 ? digit : 0;
    look = static_cast<std::uint8_t>(look | (_mm_movemask_epi8(gaps) != 0 ? gap : 0));
    look = static_cast<std::uint8_t>(look | era_letter(text));
    return look;
#else
    return look_over(text);
#endif
}

bool is_arranged(std::string_view text) {
    if (text.empty()) {
        return false;
    }
    if (text.find('\n') != std::string_view::npos || text.find('\r') != std::string_view::npos || text.front() == ' ' ||
        text.back() == ' ' || text.starts_with(wide_blank) || text.ends_with(wide_blank)) {
        return true;
    }
    // 合　計, 氏 名: nothing but single characters with blanks between them. Words with one blank are names.
    std::size_t singles = 0;
    std::size_t length = 0;  // of the piece
    std::size_t blanks = 0;
    bool only_singles = true;
    const auto end_piece = [&] {
        singles += length == 1 ? 1U : 0U;
        only_singles = only_singles && length <= 1;
        length = 0;
    };
    while (!text.empty()) {
        const std::string_view character = take_character(text);
        if (is_blank(character)) {
            if (++blanks == 3) {
                return true;  // nobody writes three for another reason than to move what follows
            }
            end_piece();
        } else {
            length += character.size() >= 3 ? 1U : 2U;  // A B are names of things
            blanks = 0;
        }
    }
    end_piece();
    return only_singles && singles >= 2;
}

bool reads_as_ditto(std::string_view text) {
    text = trimmed(text);
    // ↓ is a direction or a train that passes, 々 a letter, " an inch: see reads_as_quotes().
    if (text == "〃" || text == "″" || text == "仝" || text == "〃〃") {
        return true;
    }
    if (!text.starts_with("同") && !text.starts_with("(") && !text.starts_with("（") && !text.starts_with("仝")) {
        return false;
    }
    std::string letters;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view letter = take_character(rest);
        const bool sign =
            letter == " " || letter == "　" || letter == "(" || letter == ")" || letter == "（" || letter == "）";
        letters += sign ? std::string_view() : letter;
    }
    return letters == "同上" || letters == "仝上" || letters == "〃";
}

bool reads_as_quotes(std::string_view text) {
    text = trimmed(text);
    return text == "\"" || text == "”" || text == "＂";
}

bool holds_several_values(std::string_view text) {
    // Lines with digits each: two phone numbers, two amounts.
    std::size_t lines = 0;
    bool every = text.find('\n') != std::string_view::npos;
    for (std::string_view rest = text; !rest.empty() && every;) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!line.empty()) {
            ++lines;
            every =
                std::any_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; }) && line.size() <= 24;
        }
    }
    if (lines >= 2 && every) {
        return true;
    }
    // 120（35）, 30/12: numbers with nothing between them but what parts numbers.
    constexpr std::array<std::string_view, 12> parting{"(",  ")",  "（", "）", "/", "／",
                                                       "・", "、", ";",  "；", "[", "]"};
    std::size_t numbers = 0;
    bool in_number = false;
    bool fraction = false;  // behind it a comma parts no thousands any more
    for (std::string_view rest = trimmed(text); !rest.empty();) {
        const std::string_view character = take_character(rest);
        const bool point = in_number && !fraction && character == ".";
        const bool thousands = in_number && !fraction && character == "," && parts_thousands(rest);
        if (digit_of(character) >= 0 || point || thousands) {
            numbers += in_number ? 0U : 1U;
            in_number = true;
            fraction = fraction || point;
        } else if (is_blank(character) || character == "," ||
                   std::find(parting.begin(), parting.end(), character) != parting.end()) {
            in_number = fraction = false;
        } else {
            return false;
        }
    }
    // 2024/4/1 and 4/1 are dates, 1/2 may be anything: only brackets and lists are sure.
    return numbers >= 2 && text.find('/') == std::string_view::npos && text.find("／") == std::string_view::npos;
}

bool names_era_only(std::string_view text) {
    constexpr std::array<std::string_view, 5> eras{"令和", "平成", "昭和", "大正", "明治"};
    text = trimmed(text);
    bool named = false;
    for (const std::string_view era : eras) {
        for (std::size_t at = text.find(era); at != std::string_view::npos && !named; at = text.find(era, at + 1)) {
            const std::string_view behind = trimmed(text.substr(at + era.size()));
            named = behind.starts_with("元") || (!behind.empty() && digit_of(behind.substr(0, 1)) >= 0) ||
                    (behind.size() >= 3 && digit_of(behind.substr(0, 3)) >= 0);
        }
    }
    if (!named && text.size() >= 2 && text.size() <= 12 &&
        std::string_view("RHS").find(text[0]) != std::string_view::npos) {
        // H27, R6.4.1: a letter, a year of one or two digits, and nothing but a date behind it.
        std::size_t digits = 1;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
            ++digits;
        }
        const bool dated = digits < text.size() && (text[digits] == '.' || text[digits] == '/') &&
                           text.find_first_not_of("0123456789./", digits) == std::string_view::npos;
        named = digits >= 2 && digits <= 3 && (dated || text.substr(digits).starts_with("年"));
    }
    return named && !names_western_year(text);
}

bool is_written_number(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.size() > 40) {
        return false;
    }
    const std::string_view first = [&] {
        std::string_view rest = text;
        return take_character(rest);
    }();
    if (digit_of(first) < 0 && first != "-" && first != "+" && first != "△" && first != "▲" && first != "−" &&
        first != "－") {
        return false;
    }
    // 0270 is a code whose zero counts; 3-2 and 027-224-1111 are no numbers.
    if (text.size() > 1 && text[0] == '0' && text[1] != '.') {
        return false;
    }
    if (text.find_first_of("-:/@", 1) != std::string_view::npos) {
        return false;  // phones, dates, times
    }
    std::size_t digits = 0;
    for (std::string_view rest = text; !rest.empty();) {
        digits += digit_of(take_character(rest)) >= 0 ? 1U : 0U;
    }
    if (digits == 0 || digits > 15) {
        return false;
    }
    if (number_in(text)) {
        return true;
    }
    constexpr std::array<std::string_view, 20> units{"人", "円",   "件",   "台",   "戸", "世帯", "㎡", "m²", "km", "m",
                                                     "個", "千円", "か所", "箇所", "名", "棟",   "室", "ha", "kg", "t"};
    return std::any_of(units.begin(), units.end(), [&](std::string_view unit) {
        return text.ends_with(unit) && number_in(text.substr(0, text.size() - unit.size()));
    });
}

bool has_rare_character(std::string_view text) {
    return (look_over(text) & rare) != 0;
}

}  // namespace kokai
