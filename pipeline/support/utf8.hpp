// SPDX-License-Identifier: Apache-2.0
// One character as UTF-8.
#pragma once

#include <cstdint>
#include <string>

namespace kokai {

/// Appends one character; `code` is a Unicode scalar value.
inline void append_utf8(std::string& into, std::uint32_t code) {
    const auto tail = [&](unsigned shift) { into += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
    if (code < 0x80) {
        into += static_cast<char>(code);
    } else if (code < 0x800) {
        into += static_cast<char>(0xC0U | (code >> 6U));
        tail(0);
    } else if (code < 0x10000) {
        into += static_cast<char>(0xE0U | (code >> 12U));
        tail(6);
        tail(0);
    } else {
        into += static_cast<char>(0xF0U | (code >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace kokai
