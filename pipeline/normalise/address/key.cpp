// SPDX-License-Identifier: Apache-2.0
// One table of the plane of ordinary characters, filled once; a character costs one look. 字, 大字, 小字 leave no
// token: registers, signs and people write them or not. A number is one token whoever wrote it: 14 and 十四, but 一四
// are two.
#include "normalise/address/key.hpp"

#include "normalise/kanji_digit.hpp"
#include "normalise/utf8.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace kokai {
namespace {

constexpr std::string_view groups[] = {
#include "normalise/address/variants.inc"
};

constexpr char32_t plane_end = 0x10000;

/// What stands for a character in keys; 0 = it leaves nothing.
class LetterTable {
public:
    LetterTable() : of_(std::make_unique<std::array<char16_t, plane_end>>()) {
        for (char32_t c = 0; c < plane_end; ++c) {
            set(c, c);
        }
        for (char32_t c = U'a'; c <= U'z'; ++c) {
            set(c, c - 0x20);
        }
        for (char32_t c = 0x3041; c <= 0x3096; ++c) {
            set(c, c + 0x60);  // hiragana as katakana
        }
        constexpr std::u32string_view small = U"ァィゥェォッャュョヮヱヰヲヂヅ";
        constexpr std::u32string_view large = U"アイウエオツヤユヨワエイオジズ";
        for (std::size_t i = 0; i < small.size(); ++i) {
            set(small[i], large[i]);
            set(small[i] - 0x60, large[i]);
        }
        for (const char32_t c : std::u32string_view(U"ヶヵガがヶゖゕ箇个")) {
            set(c, U'ケ');
        }
        for (const char32_t c : std::u32string_view(U"之乃")) {
            set(c, U'ノ');
        }
        for (char32_t c = 0xFE00; c <= 0xFE0F; ++c) {
            set(c, 0);  // variation selectors; those of kanji lie beyond this plane
        }
        for (const char32_t c : std::u32string_view(U"字・･\u3099\u309A\u200B")) {
            set(c, 0);
        }
        for (const std::string_view group : groups) {
            std::size_t at = 0;
            const char32_t first = utf8::next(group, at);
            while (at < group.size()) {
                const char32_t other = utf8::next(group, at);
                if (other < plane_end) {
                    set(other, first);
                }
            }
        }
    }

    [[nodiscard]] char32_t operator[](char32_t c) const {
        if (c < plane_end) {
            return (*of_)[c];
        }
        constexpr char32_t yoshi = 0x20BB7;  // 𠮷
        return c == yoshi ? U'吉' : c >= 0xE0100 && c <= 0xE01EF ? 0 : c;
    }

private:
    void set(char32_t c, char32_t to) { (*of_)[c] = static_cast<char16_t>(to); }

    std::unique_ptr<std::array<char16_t, plane_end>> of_;
};

const LetterTable& letter_table() {
    static const LetterTable table;
    return table;
}

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

bool is_dash_mark(char32_t c) {
    constexpr std::u32string_view dashes = U"-‐‑‒–—―−－─━﹣ｰ〜～~";
    return dashes.find(c) != std::u32string_view::npos;
}

bool is_blank(char32_t c) {
    return c <= U' ' || c == 0x3000 || c == 0xA0;
}

bool is_mark(char32_t c) {
    constexpr std::u32string_view marks = U"()（）[]［］「」『』【】〔〕<>＜＞{}｛｝,，、。.．:：;；/／#＃*＊\"'";
    return c == utf8::broken || marks.find(c) != std::u32string_view::npos;
}

bool is_ten(char32_t c) {
    return c == U'十' || c == U'拾';
}

/// Ⅱ丁目, Ⅱ-12: a number only where one is counted. 0 for anything else.
std::uint32_t roman_number(char32_t letter, std::string_view text, std::size_t behind) {
    if (letter < U'Ⅰ' || letter > U'Ⅻ' || behind >= text.size()) {
        return 0;
    }
    const char32_t next = utf8::peek(text, behind);
    return next == U'丁' || is_dash_mark(next) ? letter - U'Ⅰ' + 1 : 0;
}

/// 十 二十 十四 二十四 at `at`, which moves behind it; 0 when there is none.
std::uint32_t read_kanji_number(std::string_view text, std::size_t& at) {
    std::size_t next = at;
    char32_t letter = utf8::next(text, next);
    std::uint32_t value = number_letter(letter);
    if (value != 0) {
        std::size_t ten = next;
        if (ten >= text.size() || !is_ten(utf8::next(text, ten))) {
            at = next;
            return value;
        }
        value *= 10;
        next = ten;
    } else if (is_ten(letter)) {
        value = 10;
    } else {
        return 0;
    }
    if (next < text.size()) {
        std::size_t one = next;
        if (const std::uint32_t digit = number_letter(utf8::next(text, one)); digit != 0) {
            // 二十一十番 would be 二十 and 一十: nobody writes that.
            value += digit;
            next = one;
        }
    }
    at = next;
    return value;
}

/// A number that no digits write, `letter` the first of it.
std::uint32_t read_number_letters(char32_t letter, std::string_view text, std::size_t& at) {
    const std::uint32_t number = read_kanji_number(text, at);
    if (number != 0 || letter > U'Ⅻ' || letter < U'Ⅰ') {
        return number;
    }
    std::size_t behind = at;
    utf8::next(text, behind);
    const std::uint32_t roman = roman_number(letter, text, behind);
    at = roman == 0 ? at : behind;
    return roman;
}

}  // namespace

std::uint32_t number_letter(char32_t letter) {
    if (letter == U'壹' || letter == U'貳') {
        return letter == U'壹' ? 1 : 2;
    }
    const int digit = kanji_digit(letter);
    return digit >= 1 && digit <= 9 ? static_cast<std::uint32_t>(digit) : 0;
}

void append_number_key(std::string& key, std::uint32_t number) {
    key += '\x01';
    key += std::to_string(number);
    key += '\x02';
}

void AddressKey::fold(std::string_view text, std::size_t most) {
    tokens_.clear();
    bytes_.clear();
    const LetterTable& letters = letter_table();
    bool gap = false;
    bool aza = false;
    char32_t before = 0;  // what the last token stands for
    for (std::size_t at = 0; at < text.size() && tokens_.size() < most;) {
        AddressToken token;
        token.begin = static_cast<std::uint32_t>(at);
        token.key_begin = static_cast<std::uint32_t>(bytes_.size());
        const std::size_t start = at;
        const char32_t letter = utf8::next(text, at);
        if (is_blank(letter)) {
            gap = true;
            continue;
        }
        std::size_t after = start;
        if (is_digit(letter)) {
            token.kind = AddressToken::Kind::number;
            std::size_t digits = 1;
            token.number = static_cast<std::uint32_t>(letter - U'0');
            constexpr std::size_t most_digits = 9;
            while (at < text.size() && is_digit(static_cast<unsigned char>(text[at])) && digits < most_digits) {
                token.number = token.number * 10 + static_cast<std::uint32_t>(text[at] - '0');
                ++at;
                ++digits;
            }
            append_number_key(bytes_, token.number);
            before = 0;
        } else if (const std::uint32_t number = read_number_letters(letter, text, after); number != 0) {
            token.kind = AddressToken::Kind::number;
            token.number = number;
            at = after;
            append_number_key(bytes_, number);
            before = 0;
        } else if (is_dash_mark(letter) ||
                   (letter == U'ー' && !tokens_.empty() && tokens_.back().kind == AddressToken::Kind::number)) {
            token.kind = AddressToken::Kind::dash;
            bytes_ += '-';
            before = 0;
        } else if (is_mark(letter)) {
            token.kind = AddressToken::Kind::mark;
            bytes_ += '\x03';
            before = 0;
        } else {
            char32_t folded = letters[letter];
            if (letter == U'々' && before != 0) {
                folded = before;
            }
            const char32_t following = utf8::peek(text, at);
            if ((letter == U'大' || letter == U'小') && following == U'字') {
                folded = 0;
            }
            const bool counted = !tokens_.empty() && tokens_.back().kind == AddressToken::Kind::number;
            if (letter == U'町' && following == U'目' && counted) {
                folded = U'丁';  // 二町目, but not 毛呂山町目白台
            }
            aza = aza || letter == U'字';
            if (folded == 0) {
                continue;
            }
            utf8::append(bytes_, folded);
            before = folded;
        }
        token.end = static_cast<std::uint32_t>(at);
        token.key_end = static_cast<std::uint32_t>(bytes_.size());
        token.gap = gap;
        token.aza = aza;
        gap = false;
        aza = false;
        tokens_.push_back(token);
    }
}

std::string address_key(std::string_view name) {
    AddressKey key;
    key.fold(name, name.size());
    return std::string(key.bytes());
}

}  // namespace kokai
