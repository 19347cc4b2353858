// SPDX-License-Identifier: Apache-2.0
// Plain arithmetic in a plane around the point; the shape's middle parallel gives a degree's width, once for all
// points.
#include "locate/shape_distance.hpp"

#include "model/earth.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

namespace kokai {
namespace {

/// Metres to the east and north of the point.
struct Around {
    [[nodiscard]] double x(double longitude) const { return (longitude - centre.longitude) * east; }
    [[nodiscard]] double y(double latitude) const { return (latitude - centre.latitude) * metres_per_degree; }

    LonLat centre;
    double east;  // metres of a degree of longitude
};

/// From the origin to the stretch between two points.
double to_stretch(double ax, double ay, double bx, double by) {
    const double dx = bx - ax;
    const double dy = by - ay;
    const double square = dx * dx + dy * dy;
    const double along = square > 0 ? std::clamp(-(ax * dx + ay * dy) / square, 0.0, 1.0) : 0.0;
    return std::hypot(ax + along * dx, ay + along * dy);
}

double to_ring(std::span<const double> xy, const Around& around) {
    double x = around.x(xy[0]);
    double y = around.y(xy[1]);
    double best = std::hypot(x, y);
    for (std::size_t i = 2; i + 1 < xy.size(); i += 2) {
        const double next_x = around.x(xy[i]);
        const double next_y = around.y(xy[i + 1]);
        best = std::min(best, to_stretch(x, y, next_x, next_y));
        x = next_x;
        y = next_y;
    }
    return best;
}

}  // namespace

ShapeDistance::ShapeDistance(const Geometries& shapes, std::size_t row) : shapes_(shapes), row_(row) {
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        const std::span<const double> xy = shapes.ring(shapes.ring_begin(part));
        for (std::size_t i = 0; i + 1 < xy.size(); i += 2) {
            west_ = std::min(west_, xy[i]);
            east_ = std::max(east_, xy[i]);
            south_ = std::min(south_, xy[i + 1]);
            north_ = std::max(north_, xy[i + 1]);
        }
    }
    metres_east_ = metres_per_degree * std::cos((south_ + north_) / 2 * std::numbers::pi / 180.0);
}

double ShapeDistance::metres_to_box(LonLat point) const {
    const Around around{point, metres_east_};
    const double x = std::max({around.x(west_), -around.x(east_), 0.0});
    const double y = std::max({around.y(south_), -around.y(north_), 0.0});
    return std::sqrt(x * x + y * y);  // hypot() guards against what metres on the earth never are, and takes its time
}

double ShapeDistance::metres_to(LonLat point, double reach) const {
    const bool is_point = west_ == east_ && south_ == north_;
    if (const double least = metres_to_box(point); least >= reach || is_point) {
        return least;
    }
    const Around around{point, metres_east_};
    const GeometryKind kind = shapes_.kind(row_);
    const bool area = kind == GeometryKind::polygon || kind == GeometryKind::multi_polygon;
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t part = shapes_.part_begin(row_); part < shapes_.part_end(row_); ++part) {
        if (area && part_holds(shapes_, part, point)) {
            return 0;
        }
        for (std::size_t ring = shapes_.ring_begin(part); ring < shapes_.ring_end(part); ++ring) {
            best = std::min(best, to_ring(shapes_.ring(ring), around));
        }
    }
    return best;
}

}  // namespace kokai
