// SPDX-License-Identifier: Apache-2.0
// Mapbox Vector Tiles 2.1 (protobuf through protozero): the commands of a geometry, the values of attributes, and the
// one layer of a tile. No library in Debian writes them; GDAL's writer makes whole tile sets of its own.
#pragma once

#include "model/cell.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kokai {

/// Side of a tile in its own units, and how far shapes reach beyond it, so that outlines along the cut stay unseen.
inline constexpr unsigned tile_extent_bits = 12;
inline constexpr std::int32_t tile_extent = 1 << tile_extent_bits;
inline constexpr std::int32_t tile_buffer = 64;

enum class MvtType : std::uint8_t { point = 1, line = 2, polygon = 3 };

struct TilePoint {
    std::int32_t x = 0, y = 0;
    bool operator==(const TilePoint&) const = default;
};

/// The commands of one feature's geometry, as its packed field holds them.
class MvtGeometry {
public:
    /// All points of a (multi) point, in one call.
    void points(std::span<const TilePoint> points);
    /// Two points or more, no two neighbours the same.
    void line(std::span<const TilePoint> points);
    /// Three points or more, the first not repeated; outer rings with positive area (y points down), each followed by
    /// its holes with negative area.
    void ring(std::span<const TilePoint> points);

    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] bool empty() const { return bytes_.empty(); }
    void clear() {
        bytes_.clear();
        at_ = {};
    }

private:
    enum class Command : std::uint8_t { move_to = 1, line_to = 2, close_path = 7 };
    void command(Command command, std::size_t count);
    void step_to(TilePoint point);

    std::string bytes_;
    TilePoint at_;
};

// One attribute of a feature: the column's number and its value. Appended one after another they are a feature's tags,
// which MvtLayer turns into indexes of the tile's own tables.
void append_text_tag(std::string& tags, std::size_t column, std::string_view text);
void append_integer_tag(std::string& tags, std::size_t column, std::int64_t number);
void append_number_tag(std::string& tags, std::size_t column, double number);

/// A tile of one layer. Keys and values stand in its tables in the order of their first use.
class MvtLayer {
public:
    MvtLayer(std::string name, std::vector<std::string> keys);

    void add(std::uint64_t id, MvtType type, std::string_view geometry, std::string_view tags);
    /// The whole tile. Without features it is empty, as the specification wants it.
    [[nodiscard]] std::string tile() const;
    /// Ready for the next tile.
    void clear();

private:
    std::string name_;
    std::vector<std::string> keys_;

    std::string features_;
    std::vector<std::uint32_t> key_numbers_;  // by column, in this tile
    std::vector<std::size_t> used_keys_;
    std::unordered_map<std::string_view, std::uint32_t> value_numbers_;
    std::vector<std::string_view> values_;  // encoded
    Arena bytes_;                           // what the views look at
    std::string feature_;                   // scratch
    std::vector<std::uint32_t> tags_;
};

}  // namespace kokai
