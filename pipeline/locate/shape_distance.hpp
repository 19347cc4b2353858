// SPDX-License-Identifier: Apache-2.0
// How far a place is from a shape: lines and areas stand for all that they hold, not for one point of them.
#pragma once

#include "locate/representative_point.hpp"
#include "model/geometry.hpp"

#include <cstddef>
#include <limits>

namespace kokai {

/// Asked of several places. The shapes must outlive it.
class ShapeDistance {
public:
    ShapeDistance(const Geometries& shapes, std::size_t row);
    /// Metres to the nearest part of the row's shape, good to a metre in a kilometre; 0 inside of an area. Of what is
    /// farther than `reach` the answer may be less, but not less than `reach`. Infinite for a row without shape.
    [[nodiscard]] double metres_to(LonLat point, double reach = std::numeric_limits<double>::infinity()) const;

private:
    [[nodiscard]] double metres_to_box(LonLat point) const;

    const Geometries& shapes_;
    std::size_t row_;
    double west_ = 180, east_ = -180, south_ = 90, north_ = -90;
    double metres_east_ = 0;  // of a degree of longitude
};

}  // namespace kokai
