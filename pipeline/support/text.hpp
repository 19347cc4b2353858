// SPDX-License-Identifier: Apache-2.0
// Small things that every room does with text.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

namespace kokai {

/// Without spaces of all kinds and line breaks on both ends; the ideographic space counts.
inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view ideographic = "\xE3\x80\x80";
    while (!text.empty()) {
        if (static_cast<unsigned char>(text.front()) <= ' ') {
            text.remove_prefix(1);
        } else if (text.starts_with(ideographic)) {
            text.remove_prefix(ideographic.size());
        } else {
            break;
        }
    }
    while (!text.empty()) {
        if (static_cast<unsigned char>(text.back()) <= ' ') {
            text.remove_suffix(1);
        } else if (text.ends_with(ideographic)) {
            text.remove_suffix(ideographic.size());
        } else {
            break;
        }
    }
    return text;
}

/// ASCII letters made small, all other bytes as they are: names of files, parts and formats.
inline std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

/// Whether one of the words stands somewhere in the text.
template <typename Words = std::initializer_list<std::string_view>>
bool holds_any(std::string_view text, const Words& words) {
    return std::any_of(std::begin(words), std::end(words),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// The whole number that the text begins with; `otherwise` when it begins with none or with one that is too large.
inline std::uint32_t leading_number(std::string_view text, std::uint32_t otherwise = 0) {
    std::uint32_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace kokai
