// SPDX-License-Identifier: Apache-2.0
// The box around a row's shape, and around all of them: what spatial indexes and file headers are made of.
#pragma once

#include "model/geometry.hpp"

#include <algorithm>
#include <limits>

namespace kokai {

struct Bounds {
    double west = std::numeric_limits<double>::infinity();
    double south = std::numeric_limits<double>::infinity();
    double east = -std::numeric_limits<double>::infinity();
    double north = -std::numeric_limits<double>::infinity();

    [[nodiscard]] bool empty() const { return west > east; }
    void add(double longitude, double latitude) {
        west = std::min(west, longitude);
        south = std::min(south, latitude);
        east = std::max(east, longitude);
        north = std::max(north, latitude);
    }
    void add(const Bounds& other) {
        west = std::min(west, other.west);
        south = std::min(south, other.south);
        east = std::max(east, other.east);
        north = std::max(north, other.north);
    }
};

/// Empty for a row without a shape.
inline Bounds bounds_of(const Geometries& shapes, std::size_t row) {
    Bounds bounds;
    if (shapes.empty() || shapes.kind(row) == GeometryKind::none) {
        return bounds;
    }
    const std::size_t first = shapes.ring_begin(shapes.part_begin(row));
    const std::size_t last = shapes.part_end(row) == 0 ? 0 : shapes.ring_end(shapes.part_end(row) - 1);
    for (std::size_t ring = first; ring < last; ++ring) {
        const auto points = shapes.ring(ring);
        for (std::size_t i = 0; i + 1 < points.size(); i += 2) {
            bounds.add(points[i], points[i + 1]);
        }
    }
    return bounds;
}

}  // namespace kokai
