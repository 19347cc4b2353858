// SPDX-License-Identifier: Apache-2.0
// Small things that every room does with text.
#pragma once

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

}  // namespace kokai
