// SPDX-License-Identifier: Apache-2.0
// Numbers as bytes in a named order, whatever the machine's own is: Shapefiles mix both.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>

namespace kokai {

inline void append_little_endian(std::string& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        out += static_cast<char>(value & 0xFFU);
        value >>= 8U;
    }
}

inline void append_little_endian(std::string& out, double value) {
    append_little_endian(out, std::bit_cast<std::uint64_t>(value), sizeof value);
}

inline void store_big_endian(char* at, std::uint32_t value) {
    for (int i = 3; i >= 0; --i) {
        at[i] = static_cast<char>(value & 0xFFU);
        value >>= 8U;
    }
}

inline void append_big_endian(std::string& out, std::uint32_t value) {
    char bytes[4];
    store_big_endian(bytes, value);
    out.append(bytes, sizeof bytes);
}

inline std::uint32_t load_big_endian(const char* at) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
        value = value << 8U | static_cast<std::uint8_t>(at[i]);
    }
    return value;
}

}  // namespace kokai
