// SPDX-License-Identifier: Apache-2.0
// A row on its way into tiles: projected and with its attributes encoded by the worker that wrote its batch, then put
// aside until the zoom levels are known.
#pragma once

#include "model/geometry.hpp"
#include "support/scratch_file.hpp"
#include "write/bounds.hpp"
#include "write/tiles/geometry.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// What lies in the scratch file before tags and shape.
struct TileFeatureHead {
    std::uint64_t id = 0;
    std::uint32_t x = 0, y = 0;  // the first vertex; of a single point, whose shape is empty, all
    std::uint32_t rank = 0;      // tiles with too much in them keep the lowest
    std::uint32_t tags_bytes = 0;
    std::uint32_t shape_bytes = 0;
    MvtType type = MvtType::point;
    std::array<std::uint8_t, 3> unused{};
};

/// What all features together say about the zoom levels to write. The same for any order of adding.
struct TileSummary {
    Bounds bounds;
    bool points = false;
    std::array<std::uint64_t, world_bits + 1> segments{};  // edges by the bits of their length in world steps
    std::uint64_t squares = 0;  // tiles of the default zoom in the boxes of lines and polygons

    void add(const TileSummary& other);
};

struct ZoomRange {
    unsigned least = 0, most = 0;
};

inline constexpr unsigned default_max_zoom = 14;

/// How many bytes lie together, in case the default zoom level would make tiles too large to load: it is not thinned.
class TileDensity {
public:
    /// Features as append_tile_feature() makes them.
    void add(std::string_view features);
    /// Of the default zoom level and two above, the first with bearable tiles; the default when higher ones do not
    /// help.
    [[nodiscard]] unsigned zoom() const;

private:
    static constexpr unsigned levels = 3;
    static constexpr unsigned slot_bits = 16;  // tiles that share a slot only make the sum look larger
    std::vector<std::uint64_t> bytes_ = std::vector<std::uint64_t>(std::size_t{levels} << slot_bits);
};

/// From the zoom at which everything fits on a small screen to the one at which nearly all edges are longer than a
/// pixel (points: the default, or higher where they are dense), in so many levels that the tiles stay within reason.
/// Given levels are kept.
ZoomRange zoom_range(const TileSummary& summary, const TileDensity& density, std::optional<unsigned> least,
                     std::optional<unsigned> most);

/// Appends the row, which has a shape, and adds it to the summary.
void append_tile_feature(std::string& out, TileSummary& summary, std::uint64_t id, const Geometries& shapes,
                         std::size_t row, std::string_view tags);

/// Walks through the features put aside.
class TileFeatureReader {
public:
    explicit TileFeatureReader(ScratchFile& file) : file_(file) {}

    bool next();
    [[nodiscard]] std::uint64_t offset() const { return offset_; }
    [[nodiscard]] const TileFeatureHead& head() const { return head_; }
    [[nodiscard]] const WorldShape& shape() const { return shape_; }  // points: the single one, too

private:
    std::string_view take(std::size_t size);

    ScratchFile& file_;
    std::string window_;
    std::size_t used_ = 0;     // of the window
    std::uint64_t after_ = 0;  // where the window ends in the file
    std::uint64_t offset_ = 0;
    TileFeatureHead head_;
    WorldShape shape_;
};

}  // namespace kokai
