// SPDX-License-Identifier: Apache-2.0
// The place of a point on a Hilbert curve over the whole world: neighbours in the file are neighbours on the ground. 32
// bits an axis (a centimetre), so that the key does not depend on how far the data reaches, and workers can make it
// before the end is known.
#pragma once

#include "write/bounds.hpp"

#include <cstdint>

namespace kokai {

inline std::uint64_t hilbert(std::uint32_t x, std::uint32_t y) {
    std::uint64_t key = 0;
    for (std::uint32_t side = 1U << 31U; side > 0; side >>= 1U) {
        const std::uint32_t right = (x & side) != 0 ? 1 : 0;
        const std::uint32_t upper = (y & side) != 0 ? 1 : 0;
        key = (key << 2U) | ((3U * right) ^ upper);
        if (upper == 0) {
            if (right == 1) {
                x = ~x;
                y = ~y;
            }
            const std::uint32_t swapped = x;
            x = y;
            y = swapped;
        }
    }
    return key;
}

/// Of a box's middle, longitude and latitude in degrees.
inline std::uint64_t hilbert(const Bounds& bounds) {
    constexpr double steps = 4294967295.0;
    const auto step = [](double share) { return static_cast<std::uint32_t>(std::clamp(share, 0.0, 1.0) * steps); };
    return hilbert(step(((bounds.west + bounds.east) / 2 + 180) / 360),
                   step(((bounds.south + bounds.north) / 2 + 90) / 180));
}

}  // namespace kokai
