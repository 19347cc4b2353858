// SPDX-License-Identifier: Apache-2.0
// Plain arithmetic in degrees: a municipality is small enough for the plane. Everything is seen from the ring's first
// point, so that the digits of small shapes are not lost.
#include "locate/representative_point.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace kokai {
namespace {

struct Centroid {
    double area = 0;  // absolute
    LonLat at;
};

Centroid centroid_of(std::span<const double> xy) {
    const std::size_t points = xy.size() / 2;
    double twice_area = 0;
    double x = 0;
    double y = 0;
    for (std::size_t i = 1; i + 1 < points; ++i) {
        const double ax = xy[2 * i] - xy[0];
        const double ay = xy[2 * i + 1] - xy[1];
        const double bx = xy[2 * i + 2] - xy[0];
        const double by = xy[2 * i + 3] - xy[1];
        const double cross = ax * by - bx * ay;
        twice_area += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    if (twice_area == 0) {
        return {0, {xy[0], xy[1]}};
    }
    return {std::abs(twice_area) / 2, {xy[0] + x / (3 * twice_area), xy[1] + y / (3 * twice_area)}};
}

bool ring_holds(std::span<const double> xy, LonLat point) {
    bool inside = false;
    const std::size_t points = xy.size() / 2;
    for (std::size_t i = 0, j = points - 1; i < points; j = i++) {
        const double yi = xy[2 * i + 1];
        const double yj = xy[2 * j + 1];
        if ((yi > point.latitude) != (yj > point.latitude)) {
            const double x = xy[2 * i] + (point.latitude - yi) / (yj - yi) * (xy[2 * j] - xy[2 * i]);
            inside = point.longitude < x ? !inside : inside;
        }
    }
    return inside;
}

/// The middle of the widest stretch inside the polygon along one parallel.
std::optional<std::pair<double, LonLat>> widest_at(const Geometries& shapes, std::size_t part, double latitude) {
    std::vector<double> crossings;
    for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
        const std::span<const double> xy = shapes.ring(ring);
        for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
            if ((xy[i + 1] > latitude) != (xy[i + 3] > latitude)) {
                crossings.push_back(xy[i] + (latitude - xy[i + 1]) / (xy[i + 3] - xy[i + 1]) * (xy[i + 2] - xy[i]));
            }
        }
    }
    std::sort(crossings.begin(), crossings.end());
    std::optional<std::pair<double, LonLat>> best;
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        const double width = crossings[i + 1] - crossings[i];
        if (!best || width > best->first) {
            best = {{width, {crossings[i] + width / 2, latitude}}};
        }
    }
    return best;
}

/// Tries some parallels across the outer ring, none of which runs through its very top or bottom.
LonLat inside_of(const Geometries& shapes, std::size_t part, LonLat otherwise) {
    const std::span<const double> outer = shapes.ring(shapes.ring_begin(part));
    double low = outer[1];
    double high = outer[1];
    for (std::size_t i = 1; i < outer.size(); i += 2) {
        low = std::min(low, outer[i]);
        high = std::max(high, outer[i]);
    }
    constexpr int parallels = 15;
    std::optional<std::pair<double, LonLat>> best;
    for (int i = 1; i <= parallels; ++i) {
        const auto found = widest_at(shapes, part, low + (high - low) * i / (parallels + 1));
        if (found && (!best || found->first > best->first)) {
            best = found;
        }
    }
    return best ? best->second : otherwise;
}

LonLat point_of_polygon(const Geometries& shapes, std::size_t row) {
    std::size_t largest = shapes.part_begin(row);
    Centroid best;
    for (std::size_t part = largest; part < shapes.part_end(row); ++part) {
        const Centroid here = centroid_of(shapes.ring(shapes.ring_begin(part)));
        if (part == shapes.part_begin(row) || here.area > best.area) {
            best = here;
            largest = part;
        }
    }
    return part_holds(shapes, largest, best.at) ? best.at : inside_of(shapes, largest, best.at);
}

LonLat middle_of_lines(const Geometries& shapes, std::size_t row) {
    std::span<const double> longest;
    double most = -1;
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        const std::span<const double> xy = shapes.ring(shapes.ring_begin(part));
        double length = 0;
        for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
            length += std::hypot(xy[i + 2] - xy[i], xy[i + 3] - xy[i + 1]);
        }
        if (length > most) {
            most = length;
            longest = xy;
        }
    }
    const std::size_t middle = longest.size() / 4;  // vertex number, of size / 2 vertices
    return {longest[2 * middle], longest[2 * middle + 1]};
}

}  // namespace

bool part_holds(const Geometries& shapes, std::size_t part, LonLat point) {
    const std::size_t first = shapes.ring_begin(part);
    if (!ring_holds(shapes.ring(first), point)) {
        return false;
    }
    for (std::size_t ring = first + 1; ring < shapes.ring_end(part); ++ring) {
        if (ring_holds(shapes.ring(ring), point)) {
            return false;
        }
    }
    return true;
}

std::optional<LonLat> representative_point(const Geometries& shapes, std::size_t row) {
    if (row >= shapes.size() || shapes.part_begin(row) == shapes.part_end(row)) {
        return std::nullopt;
    }
    switch (shapes.kind(row)) {
    case GeometryKind::none:
        return std::nullopt;
    case GeometryKind::point:
    case GeometryKind::multi_point: {
        const std::span<const double> xy = shapes.ring(shapes.ring_begin(shapes.part_begin(row)));
        return LonLat{xy[0], xy[1]};
    }
    case GeometryKind::line:
    case GeometryKind::multi_line:
        return middle_of_lines(shapes, row);
    case GeometryKind::polygon:
    case GeometryKind::multi_polygon:
        return point_of_polygon(shapes, row);
    }
    return std::nullopt;
}

}  // namespace kokai
