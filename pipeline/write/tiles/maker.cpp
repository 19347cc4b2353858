// SPDX-License-Identifier: Apache-2.0
#include "write/tiles/maker.hpp"

#include "support/external_sort.hpp"
#include "write/tiles/cut.hpp"
#include "write/tiles/gzip.hpp"
#include "write/tiles/mvt.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <deque>
#include <future>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

namespace kokai {
namespace {

/// That a feature is in a tile: what is sorted.
struct TileReference {
    std::uint64_t tile = 0;
    std::uint64_t feature = 0;  // where its head lies
    std::uint64_t piece = 0;    // where its geometry in this tile lies; of a single point the TilePoint itself
    std::uint32_t rank = 0;
    std::uint32_t head_bytes = 0;   // with the tags
    std::uint32_t piece_bytes = 0;  // 0: a single point
    std::uint32_t unused = 0;

    bool operator<(const TileReference& other) const {
        return std::tie(tile, rank, feature) < std::tie(other.tile, other.rank, other.feature);
    }
};

using TileSort = ExternalSort<TileReference>;

class TileSorter {
public:
    TileSorter(ScratchFile& pieces, TileSort& sort, ZoomRange range) : pieces_(pieces), sort_(sort), range_(range) {}

    void add(const TileFeatureReader& feature) {
        const TileFeatureHead& head = feature.head();
        reference_ = {};
        reference_.feature = feature.offset();
        reference_.rank = head.rank;
        reference_.head_bytes = static_cast<std::uint32_t>(sizeof head + head.tags_bytes);
        if (head.shape_bytes == 0) {
            add_point(feature.shape().points.front());
        } else {
            add_shape(feature.shape());
        }
    }
    /// The lowest zoom level from which on every feature so far has a piece in some tile.
    [[nodiscard]] unsigned complete_from() const { return complete_from_; }

private:
    void add_point(const WorldPoint& point) {
        for (unsigned zoom = range_.least; zoom <= range_.most; ++zoom) {
            const TileRange tiles = tiles_around(point, point, zoom);
            for (std::uint32_t y = tiles.first_y; y <= tiles.last_y; ++y) {
                for (std::uint32_t x = tiles.first_x; x <= tiles.last_x; ++x) {
                    reference_.tile = tile_id(zoom, x, y);
                    reference_.piece = std::bit_cast<std::uint64_t>(tile_point(point, {zoom, x, y}));
                    sort_.add(reference_);
                }
            }
        }
    }

    void add_shape(const WorldShape& shape) {
        const std::vector<double> weights = vertex_weights(shape);
        for (unsigned zoom = range_.least; zoom <= range_.most; ++zoom) {
            const bool everything = zoom == range_.most;
            const std::uint64_t pieces_before = pieces_.size();
            const auto take = [&](TilePlace place, const WorldShape& piece) {
                geometry_.clear();
                append_tile_geometry(geometry_, piece, place, everything);
                if (!geometry_.empty()) {
                    reference_.tile = tile_id(place.zoom, place.x, place.y);
                    reference_.piece = pieces_.size();
                    reference_.piece_bytes = static_cast<std::uint32_t>(geometry_.bytes().size());
                    pieces_.append(geometry_.bytes());
                    sort_.add(reference_);
                }
            };
            if (everything) {
                cut_into_tiles(shape, zoom, take);
            } else {
                // In units of a tile that is 512 pixels wide: half a pixel, and one.
                const std::int64_t unit = std::int64_t{1} << unit_bits(zoom);
                const Coarseness coarseness{4 * static_cast<double>(unit), 8 * unit};
                cut_into_tiles(simplified(shape, weights, coarseness, dust_[zoom]), zoom, take);
                if (pieces_.size() == pieces_before) {
                    complete_from_ = std::max(complete_from_, zoom + 1);
                }
            }
        }
    }

    ScratchFile& pieces_;
    TileSort& sort_;
    ZoomRange range_;
    unsigned complete_from_ = range_.least;
    std::array<double, highest_zoom + 1> dust_{};
    TileReference reference_;
    MvtGeometry geometry_;
};

/// Some tiles with all that is in them, to be encoded on a thread of their own.
struct TileBatch {
    struct Part {
        std::size_t head = 0, head_bytes = 0, piece_bytes = 0;  // in `bytes`, the piece after the head
        TilePoint point;                                        // without a piece
    };
    struct Tile {
        std::uint64_t id = 0;
        std::size_t first = 0, end = 0;  // parts
        bool limited = true;
        bool thinned = false;
    };

    std::string bytes;
    std::vector<Part> parts;
    std::vector<Tile> tiles;
};

std::string encoded(MvtLayer& layer, const TileBatch& batch, const TileBatch::Tile& tile, std::size_t count) {
    MvtGeometry point;
    layer.clear();
    for (std::size_t i = tile.first; i < tile.first + count; ++i) {
        const TileBatch::Part& part = batch.parts[i];
        const std::string_view bytes = std::string_view(batch.bytes).substr(part.head);
        TileFeatureHead head;
        std::memcpy(&head, bytes.data(), sizeof head);
        std::string_view geometry = bytes.substr(part.head_bytes, part.piece_bytes);
        if (geometry.empty()) {
            point.clear();
            point.points(std::span(&part.point, 1));
            geometry = point.bytes();
        }
        layer.add(head.id, head.type, geometry, bytes.substr(sizeof head, head.tags_bytes));
    }
    return gzipped(layer.tile());
}

struct PackedTile {
    std::string bytes;
    bool thinned = false;
};

std::vector<PackedTile> encoded(const TileBatch& batch, const TileLayout& layout) {
    MvtLayer layer(layout.layer, layout.columns);
    std::vector<PackedTile> packed;
    for (const TileBatch::Tile& tile : batch.tiles) {
        std::size_t count = tile.end - tile.first;
        packed.push_back({encoded(layer, batch, tile, count), tile.thinned});
        std::string& bytes = packed.back().bytes;
        while (tile.limited && bytes.size() > layout.limits.packed_bytes && count > 1) {
            // A little fewer than the share that fits.
            const std::size_t fitting = count * layout.limits.packed_bytes / bytes.size();
            count = std::clamp<std::size_t>(fitting - fitting / 16, 1, count - 1);
            bytes = encoded(layer, batch, tile, count);
            packed.back().thinned = true;
        }
    }
    return packed;
}

/// Encodes batches side by side and takes the results in order.
class TileWorkers {
public:
    TileWorkers(const TileLayout& layout, TileArchive& archive) : layout_(layout), archive_(archive) {}

    void give(TileBatch batch) {
        if (running_.size() == most_running) {
            take();
        }
        Running& running = running_.emplace_back();
        for (const TileBatch::Tile& tile : batch.tiles) {
            running.ids.push_back(tile.id);
        }
        running.packed =
            std::async(std::launch::async, [this, batch = std::move(batch)] { return encoded(batch, layout_); });
    }
    void finish() {
        while (!running_.empty()) {
            take();
        }
    }
    /// The last tile that does not hold all that belongs in it, if there is one.
    [[nodiscard]] std::optional<std::uint64_t> last_thinned() const { return last_thinned_; }

private:
    static constexpr std::size_t most_running = 3;  // two at work while the third is read

    struct Running {
        std::vector<std::uint64_t> ids;
        std::future<std::vector<PackedTile>> packed;
    };

    void take() {
        const std::vector<PackedTile> packed = running_.front().packed.get();
        for (std::size_t i = 0; i < packed.size(); ++i) {
            archive_.add(running_.front().ids[i], packed[i].bytes);
            if (packed[i].thinned) {
                last_thinned_ = running_.front().ids[i];
            }
        }
        running_.pop_front();
    }

    const TileLayout& layout_;
    TileArchive& archive_;
    std::deque<Running> running_;
    std::optional<std::uint64_t> last_thinned_;
};

void read_part(TileBatch& batch, ScratchFile& features, ScratchFile& pieces, const TileReference& reference) {
    TileBatch::Part part{batch.bytes.size(), reference.head_bytes, reference.piece_bytes, {}};
    batch.bytes.resize(part.head + part.head_bytes + part.piece_bytes);
    const auto room = std::as_writable_bytes(std::span(batch.bytes)).subspan(part.head);
    features.read(reference.feature, room.first(part.head_bytes));
    if (part.piece_bytes > 0) {
        pieces.read(reference.piece, room.subspan(part.head_bytes));
    } else {
        part.point = std::bit_cast<TilePoint>(reference.piece);
    }
    batch.parts.push_back(part);
    batch.tiles.back().end = batch.parts.size();
}

}  // namespace

unsigned make_tiles(ScratchFile& features, ZoomRange range, const TileLayout& layout, TileArchive& archive) {
    ScratchFile pieces(layout.folder);
    TileSort sort(layout.folder);
    TileSorter sorter(pieces, sort, range);
    TileFeatureReader reader(features);
    while (reader.next()) {
        sorter.add(reader);
    }
    sort.sort();

    constexpr std::size_t batch_bytes = std::size_t{1} << 20U;
    const std::uint64_t highest = tile_id(range.most, 0, 0);
    TileWorkers workers(layout, archive);
    TileBatch batch;
    TileReference reference;
    while (sort.next(reference)) {
        if (batch.tiles.empty() || batch.tiles.back().id != reference.tile) {
            if (batch.bytes.size() >= batch_bytes) {
                workers.give(std::exchange(batch, {}));
            }
            batch.tiles.push_back({reference.tile, batch.parts.size(), batch.parts.size(), reference.tile < highest});
        }
        TileBatch::Tile& tile = batch.tiles.back();
        if (!tile.limited || tile.end - tile.first < layout.limits.features) {
            read_part(batch, features, pieces, reference);
        } else {
            tile.thinned = true;
        }
    }
    workers.give(std::move(batch));
    workers.finish();

    unsigned complete_from = sorter.complete_from();
    while (workers.last_thinned() && *workers.last_thinned() >= tile_id(complete_from, 0, 0)) {
        ++complete_from;
    }
    return complete_from;
}

}  // namespace kokai
