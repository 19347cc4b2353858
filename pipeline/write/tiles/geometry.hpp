// SPDX-License-Identifier: Apache-2.0
// Shapes in the plane of web maps (Web Mercator): projecting, simplifying, rounding to a tile's units. In whole
// numbers, so that every machine makes the same tiles.
#pragma once

#include "write/tiles/mvt.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace kokai {

/// The world is 2^32 steps wide and high (a centimetre), x to the east, y to the south.
inline constexpr unsigned world_bits = 32;
inline constexpr unsigned highest_zoom = world_bits - tile_extent_bits;

struct WorldPoint {
    std::int64_t x = 0, y = 0;
    bool operator==(const WorldPoint&) const = default;
};

/// Beyond 85.05 degrees the map ends: points there move to its edge.
WorldPoint project(double longitude, double latitude);

/// Bits of a world coordinate that are below a tile's unit at a zoom level, and below a tile.
constexpr unsigned unit_bits(unsigned zoom) {
    return world_bits - tile_extent_bits - zoom;
}
constexpr unsigned tile_bits(unsigned zoom) {
    return world_bits - zoom;
}

struct WorldRing {
    std::size_t end = 0;  // in points
    bool outer = true;    // a polygon's outer ring, followed by its holes
};

/// Points (one ring of them), lines (a ring each) or polygons (rings without the repeated point).
struct WorldShape {
    MvtType type = MvtType::point;
    std::vector<WorldPoint> points;
    std::vector<WorldRing> rings;

    [[nodiscard]] std::size_t ring_begin(std::size_t ring) const { return ring == 0 ? 0 : rings[ring - 1].end; }
    [[nodiscard]] std::span<const WorldPoint> ring(std::size_t ring) const {
        return std::span(points).subspan(ring_begin(ring), rings[ring].end - ring_begin(ring));
    }
};

/// How far (squared) each vertex lies from the line that a simplification without it would draw, after Douglas and
/// Peucker: a simplification to any tolerance is the vertices above it.
std::vector<double> vertex_weights(const WorldShape& shape);

/// What is kept of shapes at a zoom level, in world steps.
struct Coarseness {
    double tolerance = 0;   // vertices that lie nearer are left out
    std::int64_t side = 0;  // polygons (and holes) smaller than this square are left out …
};

/// … and where their areas add up to a square, there is one in the place of the last, so that a town of small houses
/// does not vanish. `dust` is the sum so far, kept from shape to shape.
WorldShape simplified(const WorldShape& shape, std::span<const double> weights, Coarseness coarseness, double& dust);

/// Twice the area, positive when the ring turns from east to south.
double twice_area(std::span<const WorldPoint> ring);

struct TilePlace {
    unsigned zoom = 0;
    std::uint32_t x = 0, y = 0;
};

/// Rounds a piece to the tile's units. What collapses (a line or ring within one unit) is left out or, with
/// `keep_all`, drawn one unit large in the tile where it lies.
void append_tile_geometry(MvtGeometry& out, const WorldShape& piece, TilePlace place, bool keep_all);

/// The unit that a point lies in.
TilePoint tile_point(WorldPoint point, TilePlace place);

}  // namespace kokai
