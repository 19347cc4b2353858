// SPDX-License-Identifier: Apache-2.0
// RFC 7946 wants a polygon's outer ring counter-clockwise and its holes clockwise; Shapefiles hold them the other way
// round. The writer asks here and walks a ring backwards where needed, so that no coordinate is copied.
#pragma once

#include <cstdint>
#include <span>

namespace kokai {

/// `xy` is x0 y0 x1 y1 …, x to the east and y to the north; closed or not. A ring without area is not clockwise.
bool ring_is_clockwise(std::span<const double> xy);

/// How a writer walks a line's or ring's points.
enum class Walk : std::uint8_t { forwards, backwards };

/// As RFC 7946 wants the ring of a polygon.
inline Walk geojson_walk(std::span<const double> ring, bool outer) {
    return ring_is_clockwise(ring) == outer ? Walk::backwards : Walk::forwards;
}

}  // namespace kokai
