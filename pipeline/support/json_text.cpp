// SPDX-License-Identifier: Apache-2.0
#include "support/json_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace kokai {

bool is_shortest_double(std::string_view text) {
    constexpr std::size_t longest = 32;  // a double of usual size has at most 25, without exponent some more
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.size() > longest || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return false;
    }
    std::array<char, 400> again{};
    const auto is_again = [&](auto... format) {
        const auto written = std::to_chars(again.data(), again.data() + again.size(), value, format...);
        return written.ec == std::errc{} &&
               text == std::string_view(again.data(), static_cast<std::size_t>(written.ptr - again.data()));
    };
    return is_again() || is_again(std::chars_format::fixed);
}

}  // namespace kokai
