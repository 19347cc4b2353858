// SPDX-License-Identifier: Apache-2.0
// UTF-8 one code point at a time, strict: overlong forms, surrogates and cut sequences are answered with `broken`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kokai::utf8 {

constexpr char32_t broken = 0x110000;

/// The code point at `at`, which moves behind it (behind one byte when broken). `at` must be inside the text.
inline char32_t next(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(at);
    if (lead < 0x80U) {
        ++at;
        return lead;
    }
    std::size_t length = 0;
    char32_t point = 0;
    char32_t least = 0;
    if (lead >= 0xC2U && lead <= 0xDFU) {
        length = 2;
        point = lead & 0x1FU;
        least = 0x80;
    } else if ((lead & 0xF0U) == 0xE0U) {
        length = 3;
        point = lead & 0x0FU;
        least = 0x800;
    } else if (lead >= 0xF0U && lead <= 0xF4U) {
        length = 4;
        point = lead & 0x07U;
        least = 0x10000;
    }
    if (length == 0 || at + length > text.size()) {
        ++at;
        return broken;
    }
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned more = byte(at + i);
        if ((more & 0xC0U) != 0x80U) {
            ++at;
            return broken;
        }
        point = (point << 6U) | (more & 0x3FU);
    }
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        ++at;
        return broken;
    }
    at += length;
    return point;
}

/// The code point that begins at `at`, or 0 behind the end.
inline char32_t peek(std::string_view text, std::size_t at) {
    return at < text.size() ? next(text, at) : 0;
}

/// How many bytes from `at` on are letters that no width, dash, space or reading rule is about: printable ASCII without
/// the blank, kanji, hiragana ぁ to ゖ, katakana ァ to ヺ. They are whole, and NFKC leaves them.
inline std::size_t inert_run(std::string_view text, std::size_t at) {
    const std::size_t from = at;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
    const auto follows = [](unsigned one) { return (one & 0xC0U) == 0x80U; };
    while (at < text.size()) {
        const unsigned lead = byte(at);
        if (lead > 0x20U && lead < 0x7FU) {
            ++at;
            continue;
        }
        if (lead < 0xE3U || lead > 0xE9U || at + 3 > text.size() || !follows(byte(at + 1)) || !follows(byte(at + 2))) {
            break;
        }
        if (lead == 0xE3U) {
            const unsigned letter = ((byte(at + 1) & 0x3FU) << 6U) | (byte(at + 2) & 0x3FU);
            const bool hiragana = letter >= 0x41U && letter <= 0x96U;  // U+3041 to U+3096
            const bool katakana = letter >= 0xA1U && letter <= 0xFAU;
            if (!hiragana && !katakana) {
                break;
            }
        }
        at += 3;
    }
    return at - from;
}

/// The last letter of such a run: itself if ASCII, else あ or 一 for any kana or kanji.
inline char32_t last_of_inert(std::string_view run) {
    const auto last = static_cast<unsigned char>(run.back());
    if (last < 0x80U) {
        return last;
    }
    return run[run.size() - 3] == '\xE3' ? U'あ' : U'一';
}

inline bool is_valid(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (next(text, at) == broken) {
            return false;
        }
    }
    return true;
}

inline void append(std::string& text, char32_t point) {
    const auto put = [&](char32_t bits) { text.push_back(static_cast<char>(static_cast<unsigned char>(bits))); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0U | (point >> 6U));
        put(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        put(0xE0U | (point >> 12U));
        put(0x80U | ((point >> 6U) & 0x3FU));
        put(0x80U | (point & 0x3FU));
    } else {
        put(0xF0U | (point >> 18U));
        put(0x80U | ((point >> 12U) & 0x3FU));
        put(0x80U | ((point >> 6U) & 0x3FU));
        put(0x80U | (point & 0x3FU));
    }
}

}  // namespace kokai::utf8
