// SPDX-License-Identifier: Apache-2.0
// What each byte may be in XML: one look-up instead of a chain of comparisons. For xml_scanner.cpp and xml_text.hpp
// only. only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace kokai::xml {

constexpr std::uint8_t name_letter = 1, space = 2, needs_work = 4, forbidden = 8;

constexpr std::array<std::uint8_t, 256> make_classes() {
    std::array<std::uint8_t, 256> classes{};
    for (std::size_t i = 0; i < 256; ++i) {
        const auto letter = static_cast<unsigned char>(i);
        const bool alphanumeric =
            (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
        if (alphanumeric || letter == '_' || letter == '-' || letter == '.' || letter == ':' || letter >= 0x80) {
            classes[i] = name_letter;
        }
        if (letter < 0x20) {
            classes[i] = forbidden;
        }
        if (letter >= 0x80) {
            classes[i] |= needs_work;
        }
    }
    classes[' '] = classes['\t'] = classes['\n'] = space;
    classes['\r'] = space | needs_work;  // becomes a line feed
    classes['&'] = needs_work;
    return classes;
}

constexpr std::array<std::uint8_t, 256> classes = make_classes();

inline std::uint8_t class_of(char letter) {
    return classes[static_cast<unsigned char>(letter)];
}

constexpr std::size_t largest_text = 16U << 20U;   // a cell
constexpr std::size_t largest_token = 24U << 20U;  // as written, entities and all

}  // namespace kokai::xml
