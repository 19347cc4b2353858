// SPDX-License-Identifier: Apache-2.0
// The sign of the area by the shoelace formula, seen from the first point: far from the origin the products of whole
// coordinates would eat the digits of a small ring.
#include "write/winding.hpp"

#include <cstddef>

namespace kokai {

bool ring_is_clockwise(std::span<const double> xy) {
    const std::size_t points = xy.size() / 2;
    if (points < 3) {
        return false;
    }
    double twice_area = 0;
    for (std::size_t i = 1; i + 1 < points; ++i) {
        const double ax = xy[2 * i] - xy[0];
        const double ay = xy[2 * i + 1] - xy[1];
        const double bx = xy[2 * i + 2] - xy[0];
        const double by = xy[2 * i + 3] - xy[1];
        twice_area += ax * by - bx * ay;
    }
    return twice_area < 0;
}

}  // namespace kokai
