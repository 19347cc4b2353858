// SPDX-License-Identifier: Apache-2.0
// JSON written by hand where a million rows go by; everything small goes through nlohmann/json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace kokai {

/// Whether a text can stand between quotes as it is: no control character, quote or backslash.
inline bool is_plain_json(std::string_view text) {
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        constexpr std::uint64_t ones = 0x0101010101010101ULL;
        constexpr std::uint64_t highs = 0x8080808080808080ULL;
        const auto has_zero = [](std::uint64_t value) { return (value - ones) & ~value & highs; };
        const std::uint64_t below_space = (word - ones * 0x20) & ~word & highs;
        if ((below_space | has_zero(word ^ (ones * '"')) | has_zero(word ^ (ones * '\\'))) != 0) {
            return false;
        }
    }
    for (; i < text.size(); ++i) {
        if (static_cast<unsigned char>(text[i]) < 0x20 || text[i] == '"' || text[i] == '\\') {
            return false;
        }
    }
    return true;
}

/// Appends `"text"` with what JSON wants escaped. The text is UTF-8 already.
inline void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    if (is_plain_json(text)) {
        out += text;
        out += '"';
        return;
    }
    constexpr std::string_view hex = "0123456789abcdef";
    for (const char letter : text) {
        switch (letter) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(letter) < 0x20) {
                out += "\\u00";
                out += hex[static_cast<unsigned char>(letter) >> 4U];
                out += hex[static_cast<unsigned char>(letter) & 15U];
            } else {
                out += letter;
            }
        }
    }
    out += '"';
}

/// Whether a number's text is the one that its double is written with: 325.81457410379744 and 1e+22 are.
bool is_shortest_double(std::string_view text);

/// Whether a text is a number as JSON writes it, which a double gives back: `-1.50` is, `007`, `+1`, `1e5` and `.5` are
/// not.
inline bool is_json_number(std::string_view text) {
    std::size_t i = !text.empty() && text[0] == '-' ? 1 : 0;
    const std::size_t digits = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') {
        ++i;
    }
    if (i == digits || (text[digits] == '0' && i > digits + 1)) {
        return false;
    }
    if (i < text.size() && text[i] == '.') {
        const std::size_t point = ++i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9') {
            ++i;
        }
        if (i == point) {
            return false;
        }
    }
    constexpr std::size_t surely_given_back = 17;
    if (i == text.size() && i <= surely_given_back) {
        return true;
    }
    return (i == text.size() || text[i] == 'e') && is_shortest_double(text);
}

}  // namespace kokai
