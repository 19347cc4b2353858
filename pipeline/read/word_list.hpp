// SPDX-License-Identifier: Apache-2.0
// Lists of words that cells are held against.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace kokai {

constexpr bool is_ascii_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, std::string_view text) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace kokai
