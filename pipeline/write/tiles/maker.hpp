// SPDX-License-Identifier: Apache-2.0
// From features put aside to the tiles of all zoom levels: cut and simplified feature by feature, sorted by tile, then
// encoded tile by tile.
#pragma once

#include "support/scratch_file.hpp"
#include "write/tiles/archive.hpp"
#include "write/tiles/feature.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace kokai {

/// What a tile below the highest zoom level may hold; the highest holds everything.
struct TileLimits {
    std::size_t features = 2000;
    std::size_t packed_bytes = 500'000;
};

struct TileLayout {
    std::string layer;
    std::vector<std::string> columns;
    std::filesystem::path folder;  // for temporary files
    TileLimits limits;
};

/// Returns the lowest zoom level from which on the tiles leave no feature out.
unsigned make_tiles(ScratchFile& features, ZoomRange range, const TileLayout& layout, TileArchive& archive);

}  // namespace kokai
