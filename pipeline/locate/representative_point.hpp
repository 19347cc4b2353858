// SPDX-License-Identifier: Apache-2.0
// One point that stands for a shape: for the latitude and longitude columns of a table that brings areas or lines.
#pragma once

#include "model/geometry.hpp"

#include <cstddef>
#include <optional>

namespace kokai {

struct LonLat {
    double longitude = 0, latitude = 0;
};

/// A point: itself. Several points or lines: the first point, the middle vertex of the longest line. A polygon: the
/// centroid of its largest part, or where that lies outside (a crescent, a hole), a point well inside. Nothing for a
/// row without shape.
std::optional<LonLat> representative_point(const Geometries& shapes, std::size_t row);

/// Whether a point lies in a part's polygon (in its outer ring and in none of its holes); the border is not defined.
bool part_holds(const Geometries& shapes, std::size_t part, LonLat point);

}  // namespace kokai
