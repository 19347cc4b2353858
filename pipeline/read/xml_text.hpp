// SPDX-License-Identifier: Apache-2.0
// Text as it stands in XML made plain: entities, line breaks, and the proof that it is UTF-8. For xml_scanner.cpp only.
#pragma once

#include "read/xml_classes.hpp"
#include "support/utf8.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace kokai::xml {

enum class TextFault : std::uint8_t { none, control_character, not_utf8, unknown_entity, too_long };
enum class TextKind : std::uint8_t { with_entities, literal };  // literal: a CDATA section

/// The character that `&name;` stands for; 0 when it is none that XML itself knows.
inline std::uint32_t character_of(std::string_view entity) {
    if (entity == "lt") {
        return '<';
    }
    if (entity == "gt") {
        return '>';
    }
    if (entity == "amp") {
        return '&';
    }
    if (entity == "quot") {
        return '"';
    }
    if (entity == "apos") {
        return '\'';
    }
    if (!entity.starts_with('#')) {
        return 0;
    }
    entity.remove_prefix(1);
    const int base = entity.starts_with('x') ? 16 : 10;
    entity.remove_prefix(base == 16 ? 1 : 0);
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(entity.data(), entity.data() + entity.size(), code, base);
    const bool whole = error == std::errc{} && end == entity.data() + entity.size() && !entity.empty();
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    return whole && !surrogate && !control && code <= 0x10FFFF && code != 0xFFFE && code != 0xFFFF ? code : 0;
}

inline TextFault append_decoded(std::string_view text, TextKind kind, std::string& into) {
    if (into.size() + text.size() > (kind == TextKind::literal ? largest_text : largest_token)) {
        return TextFault::too_long;
    }
    std::uint8_t seen = 0;
    for (const char letter : text) {
        seen |= class_of(letter);
    }
    if ((seen & forbidden) != 0) {
        return TextFault::control_character;
    }
    if ((seen & needs_work) == 0) {
        into += text;
    } else if (!simdjson::validate_utf8(text.data(), text.size())) {
        return TextFault::not_utf8;
    } else {
        const std::string_view special = kind == TextKind::literal ? "\r" : "&\r";
        while (!text.empty()) {
            const std::size_t plain = std::min(text.find_first_of(special), text.size());
            into += text.substr(0, plain);
            text.remove_prefix(plain);
            if (text.starts_with('\r')) {  // XML 1.0, 2.11: every line break is one line feed
                into += '\n';
                text.remove_prefix(text.starts_with("\r\n") ? 2 : 1);
            } else if (text.starts_with('&')) {
                const std::size_t end = text.substr(0, 12).find(';');
                const std::uint32_t code = end == std::string_view::npos ? 0 : character_of(text.substr(1, end - 1));
                if (code == 0) {
                    return TextFault::unknown_entity;
                }
                append_utf8(into, code);
                text.remove_prefix(end + 1);
            }
        }
    }
    return into.size() > largest_text ? TextFault::too_long : TextFault::none;
}

}  // namespace kokai::xml
