// SPDX-License-Identifier: Apache-2.0
// Whether a shape is valid (OGC simple features) once its coordinates are printed: in whole units of the last printed
// digit, so that every answer is exact and slivers that rounding makes are seen. GEOS needs 40 seconds for a ring of a
// million points; this looks through a grid, and only where rings of one shape touch is GEOS asked.
#pragma once

#include "model/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kokai {

/// Decimals of a degree that are printed: about 1 cm.
inline constexpr double printed_units_a_degree = 1e7;

/// Japan with its remotest islands. Only shapes within are looked at: differences of their units fit the arithmetic.
inline constexpr double west_of_japan = 122;
inline constexpr double east_of_japan = 154;
inline constexpr double south_of_japan = 20;
inline constexpr double north_of_japan = 46;
inline bool is_in_japan(double longitude, double latitude) {
    return longitude >= west_of_japan && longitude <= east_of_japan && latitude >= south_of_japan &&
           latitude <= north_of_japan;
}

struct ShapeFault {
    const char* reason = "";  // in the words of GEOS
    double longitude = 0, latitude = 0;
};

enum class Validity : std::uint8_t {
    valid,
    invalid,
    touching,  // rings touch, which may or may not be right: GEOS says; the fault is what it would be in one ring
    too_long   // not decided within the work that one shape may cost
};

/// Keeps its memory from shape to shape; one a thread.
class ShapeCheck {
public:
    /// `row` has a shape that lies in Japan.
    Validity look(const Geometries& shapes, std::size_t row, ShapeFault& fault);

private:
    struct Point {
        std::int32_t x = 0, y = 0;
        bool operator==(const Point&) const = default;
    };
    struct Edge {
        Point a, b;
    };
    struct Ring {
        std::uint32_t begin = 0, end = 0;  // in edges_
        std::uint32_t part = 0;
        bool outer = false;
        Point low, high;
    };
    struct Grid {
        std::int64_t columns = 1, rows = 1;
        double cell = 1;  // its side, in units
        double west = 0, south = 0;
    };
    struct Region {
        double west, south, east, north;
    };
    enum class Meeting : std::uint8_t { apart, crossing, touching, overlapping };

    bool take_rings(const Geometries& shapes, std::size_t row, ShapeFault& fault);
    bool take_ring(std::span<const double> xy, ShapeFault& fault);
    bool lines_are_long_enough(const Geometries& shapes, std::size_t row, ShapeFault& fault);
    Validity look_at_pair(std::uint32_t first, std::uint32_t second, ShapeFault& fault) const;
    Validity look_at_all(ShapeFault& fault) const;
    Validity look_at_some(std::span<const std::uint32_t> edges, ShapeFault& fault);
    Validity look_by_cells(ShapeFault& fault);
    Validity look_by_cells(const Region& region, std::span<const std::uint32_t> edges, ShapeFault& fault);
    Validity look_at_rings(ShapeFault& fault) const;
    template <typename Take>
    void walk_cells(const Grid& grid, const Edge& edge, Take&& take) const;
    [[nodiscard]] std::uint32_t ring_of(std::uint32_t edge) const;
    [[nodiscard]] bool holds(const Ring& ring, Point point) const;
    static Meeting meeting(const Edge& one, const Edge& other, Point& where);
    static std::int64_t side(Point a, Point b, Point c);
    static bool is_between(Point a, Point b, Point c);

    std::vector<Edge> edges_;
    std::vector<Ring> rings_;
    std::uint64_t pairs_ = 0;  // looked at so far
};

}  // namespace kokai
