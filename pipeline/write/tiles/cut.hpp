// SPDX-License-Identifier: Apache-2.0
// Cuts shapes into the tiles of a zoom level, by halves: a shape over thousands of tiles is not walked for each of
// them.
#pragma once

#include "write/tiles/geometry.hpp"

#include <cstdint>
#include <functional>

namespace kokai {

/// The tiles of a zoom level whose buffered squares a box touches.
struct TileRange {
    std::uint32_t first_x = 0, last_x = 0, first_y = 0, last_y = 0;
};
TileRange tiles_around(WorldPoint least, WorldPoint most, unsigned zoom);

/// Hands out the piece of a shape in each tile that it touches, with the tile's buffer. Polygons are cut after
/// Sutherland and Hodgman: where a ring falls into several pieces, these hang together along the outer edge of the
/// buffer, which is not drawn.
void cut_into_tiles(const WorldShape& shape, unsigned zoom,
                    const std::function<void(TilePlace place, const WorldShape& piece)>& take);

}  // namespace kokai
