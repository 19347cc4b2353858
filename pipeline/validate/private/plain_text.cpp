// SPDX-License-Identifier: Apache-2.0
#include "validate/private/plain_text.hpp"

#include "normalise/utf8.hpp"

#include <algorithm>

namespace kokai {
namespace {

char32_t folded(char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) {
        c -= 0xFEE0;
    }
    if (c >= U'A' && c <= U'Z') {
        return c - U'A' + U'a';
    }
    if (c < 0x80) {
        return c;
    }
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30FC || c == 0xFF70 || c == 0xFE63 || c == 0x2500) {
        return U'-';
    }
    if (c == 0x3000 || c == 0x00A0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F) {
        return U' ';
    }
    return c;
}

}  // namespace

void PlainText::read(std::string_view cell) {
    chars_.clear();
    bytes_.clear();
    first_ = cell.size();
    last_ = 0;
    for (std::size_t at = 0; at < cell.size();) {
        bytes_.push_back(static_cast<std::uint32_t>(at));
        chars_.push_back(folded(utf8::next(cell, at)));
        if (chars_.back() > U' ') {
            last_ = chars_.size() - 1;
            first_ = std::min(first_, last_);
        }
    }
    bytes_.push_back(static_cast<std::uint32_t>(cell.size()));
}

std::size_t PlainText::run(std::size_t i) const {
    std::size_t end = i;
    while (digit(end)) {
        ++end;
    }
    return end - i;
}

std::u32string plain_header(std::string_view header) {
    std::u32string plain;
    for (std::size_t at = 0; at < header.size();) {
        const char32_t c = folded(utf8::next(header, at));
        if (c > U' ') {
            plain.push_back(c);
        }
    }
    return plain;
}

bool has_any(std::u32string_view text, std::initializer_list<std::u32string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::u32string_view word) { return text.find(word) != std::u32string_view::npos; });
}

bool ends_with_any(std::u32string_view text, std::initializer_list<std::u32string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) { return text.ends_with(word); });
}

}  // namespace kokai
