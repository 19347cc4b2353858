// SPDX-License-Identifier: Apache-2.0
#include "write/tiles/feature.hpp"

#include "write/tiles/cut.hpp"

#include <protozero/buffer_string.hpp>
#include <protozero/varint.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>
#include <span>

namespace kokai {
namespace {

MvtType type_of(GeometryKind kind) {
    switch (kind) {
    case GeometryKind::line:
    case GeometryKind::multi_line:
        return MvtType::line;
    case GeometryKind::polygon:
    case GeometryKind::multi_polygon:
        return MvtType::polygon;
    default:
        return MvtType::point;
    }
}

WorldShape world_shape(const Geometries& shapes, std::size_t row) {
    WorldShape shape;
    shape.type = type_of(shapes.kind(row));
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
            const std::span<const double> points = shapes.ring(ring);
            const std::size_t begin = shape.points.size();
            for (std::size_t i = 0; i + 1 < points.size(); i += 2) {
                shape.points.push_back(project(points[i], points[i + 1]));
            }
            if (shape.type == MvtType::polygon && shape.points.size() > begin + 1 &&
                shape.points.back() == shape.points[begin]) {
                shape.points.pop_back();
            }
            if (shape.type != MvtType::point) {
                shape.rings.push_back({shape.points.size(), ring == shapes.ring_begin(part)});
            }
        }
    }
    if (shape.type == MvtType::point && !shape.points.empty()) {
        shape.rings.push_back({shape.points.size(), true});
    }
    return shape;
}

/// Scatters, so that the lowest ranks are spread over all points; always the same for the same row.
std::uint32_t scattered(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return static_cast<std::uint32_t>(value >> 32U);
}

double size_of(const WorldShape& shape) {
    double size = 0;
    for (std::size_t ring = 0; ring < shape.rings.size(); ++ring) {
        const std::span<const WorldPoint> points = shape.ring(ring);
        if (shape.type == MvtType::polygon) {
            size += (shape.rings[ring].outer ? 0.5 : -0.5) * std::abs(twice_area(points));
            continue;
        }
        for (std::size_t i = 1; i < points.size(); ++i) {
            const auto wide = static_cast<double>(points[i].x - points[i - 1].x);
            const auto high = static_cast<double>(points[i].y - points[i - 1].y);
            size += std::sqrt(wide * wide + high * high);
        }
    }
    return size;
}

/// Points by chance, lines and polygons the largest first: the bits of a float without sign are in its order.
std::uint32_t rank_of(const WorldShape& shape, std::uint64_t id) {
    return shape.type == MvtType::point
               ? scattered(id)
               : ~std::bit_cast<std::uint32_t>(std::max(0.0F, static_cast<float>(size_of(shape))));
}

void summarise(TileSummary& summary, const WorldShape& shape) {
    WorldPoint least = shape.points.front();
    WorldPoint most = least;
    for (std::size_t ring = 0; ring < shape.rings.size(); ++ring) {
        const std::span<const WorldPoint> points = shape.ring(ring);
        for (std::size_t i = 0; i < points.size(); ++i) {
            least = {std::min(least.x, points[i].x), std::min(least.y, points[i].y)};
            most = {std::max(most.x, points[i].x), std::max(most.y, points[i].y)};
            if (i > 0 && points[i] != points[i - 1]) {
                const std::int64_t length =
                    std::max(std::abs(points[i].x - points[i - 1].x), std::abs(points[i].y - points[i - 1].y));
                ++summary.segments[static_cast<std::size_t>(std::bit_width(static_cast<std::uint64_t>(length)))];
            }
        }
    }
    const TileRange range = tiles_around(least, most, default_max_zoom);
    summary.squares +=
        (std::uint64_t{range.last_x} - range.first_x + 1) * (std::uint64_t{range.last_y} - range.first_y + 1);
}

void append_shape(std::string& out, const WorldShape& shape) {
    protozero::add_varint_to_buffer(&out, shape.rings.size());
    WorldPoint at;
    for (std::size_t ring = 0; ring < shape.rings.size(); ++ring) {
        const std::span<const WorldPoint> points = shape.ring(ring);
        protozero::add_varint_to_buffer(&out, points.size() << 1U | (shape.rings[ring].outer ? 1U : 0U));
        for (const WorldPoint& point : points) {
            protozero::add_varint_to_buffer(&out, protozero::encode_zigzag64(point.x - at.x));
            protozero::add_varint_to_buffer(&out, protozero::encode_zigzag64(point.y - at.y));
            at = point;
        }
    }
}

void read_shape(WorldShape& shape, std::string_view bytes) {
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    WorldPoint point;
    for (std::uint64_t rings = protozero::decode_varint(&at, end); rings > 0; --rings) {
        const std::uint64_t head = protozero::decode_varint(&at, end);
        for (std::uint64_t points = head >> 1U; points > 0; --points) {
            point.x += protozero::decode_zigzag64(protozero::decode_varint(&at, end));
            point.y += protozero::decode_zigzag64(protozero::decode_varint(&at, end));
            shape.points.push_back(point);
        }
        shape.rings.push_back({shape.points.size(), (head & 1U) != 0});
    }
}

}  // namespace

void TileSummary::add(const TileSummary& other) {
    bounds.add(other.bounds);
    points = points || other.points;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        segments[i] += other.segments[i];
    }
    squares += other.squares;
}

void TileDensity::add(std::string_view features) {
    while (!features.empty()) {
        TileFeatureHead head;
        std::memcpy(&head, features.data(), sizeof head);
        const std::size_t size = sizeof head + head.tags_bytes + head.shape_bytes;
        for (unsigned level = 0; level < levels; ++level) {
            const unsigned bits = tile_bits(default_max_zoom + level);
            const std::uint64_t tile = std::uint64_t{head.y >> bits} << world_bits | head.x >> bits;
            bytes_[(std::size_t{level} << slot_bits) + (scattered(tile) >> (32U - slot_bits))] += size;
        }
        features.remove_prefix(size);
    }
}

unsigned TileDensity::zoom() const {
    constexpr std::uint64_t bearable = std::uint64_t{2} << 20U;
    std::array<std::uint64_t, levels> most{};
    for (unsigned level = 0; level < levels; ++level) {
        const auto begin = bytes_.begin() + (std::ptrdiff_t{level} << slot_bits);
        most[level] = *std::max_element(begin, begin + (std::ptrdiff_t{1} << slot_bits));
        if (most[level] <= bearable) {
            return default_max_zoom + level;
        }
    }
    return most.back() < most.front() * 3 / 4 ? default_max_zoom + levels - 1 : default_max_zoom;
}

ZoomRange zoom_range(const TileSummary& summary, const TileDensity& density, std::optional<unsigned> least,
                     std::optional<unsigned> most) {
    if (summary.bounds.empty()) {
        return {};
    }
    // All of it on a screen of 256 pixels, half a tile; a single place needs no world around it.
    constexpr unsigned highest_least = 10;
    const WorldPoint corner = project(summary.bounds.west, summary.bounds.north);
    const WorldPoint opposite = project(summary.bounds.east, summary.bounds.south);
    const auto wide = static_cast<std::uint64_t>(std::max(opposite.x - corner.x, opposite.y - corner.y));
    const auto bits = static_cast<unsigned>(std::bit_width(wide));
    ZoomRange range{std::min(highest_least, bits < world_bits ? world_bits - 1 - bits : 0), default_max_zoom};
    if (!summary.points) {
        // Not below 12, where a unit is two metres: corners must stand where they are when the map is enlarged.
        constexpr unsigned exact_enough = 12;
        constexpr unsigned pixel_bits = 3;  // units in a pixel of a tile 512 pixels wide
        const std::uint64_t all = std::accumulate(summary.segments.begin(), summary.segments.end(), std::uint64_t{0});
        const auto below_pixel = [&](unsigned zoom) {
            const auto end = summary.segments.begin() + unit_bits(zoom) + pixel_bits + 1;
            return std::accumulate(summary.segments.begin(), end, std::uint64_t{0});
        };
        const unsigned start = std::max(exact_enough, range.least);
        for (range.most = start; range.most < default_max_zoom && below_pixel(range.most) * 50 > all;) {
            ++range.most;
        }
        constexpr std::uint64_t many_tiles = 4'000'000;
        while (range.most > range.least && (summary.squares >> (2 * (default_max_zoom - range.most))) > many_tiles) {
            --range.most;
        }
    }
    if (range.most == default_max_zoom) {
        range.most = density.zoom();
    }
    if (most) {
        range.most = std::min(*most, highest_zoom);
        range.least = std::min(range.least, range.most);
    }
    if (least) {
        range.least = std::min(*least, highest_zoom);
        range.most = std::max(range.least, range.most);
    }
    return range;
}

void append_tile_feature(std::string& out, TileSummary& summary, std::uint64_t id, const Geometries& shapes,
                         std::size_t row, std::string_view tags) {
    TileFeatureHead head;
    head.id = id;
    head.tags_bytes = static_cast<std::uint32_t>(tags.size());
    summary.bounds.add(bounds_of(shapes, row));
    std::string bytes;
    if (shapes.kind(row) == GeometryKind::point) {
        const std::span<const double> point = shapes.ring(shapes.ring_begin(shapes.part_begin(row)));
        const WorldPoint at = project(point[0], point[1]);
        head.x = static_cast<std::uint32_t>(at.x);
        head.y = static_cast<std::uint32_t>(at.y);
        head.rank = scattered(id);
        summary.points = true;
    } else {
        const WorldShape shape = world_shape(shapes, row);
        head.x = static_cast<std::uint32_t>(shape.points.front().x);
        head.y = static_cast<std::uint32_t>(shape.points.front().y);
        head.type = shape.type;
        head.rank = rank_of(shape, id);
        append_shape(bytes, shape);
        if (shape.type == MvtType::point) {
            summary.points = true;
        } else {
            summarise(summary, shape);
        }
    }
    head.shape_bytes = static_cast<std::uint32_t>(bytes.size());
    out.append(reinterpret_cast<const char*>(&head), sizeof head);
    out += tags;
    out += bytes;
}

std::string_view TileFeatureReader::take(std::size_t size) {
    constexpr std::size_t usual = std::size_t{1} << 20U;
    if (window_.size() - used_ < size) {
        window_.erase(0, used_);
        used_ = 0;
        const std::size_t kept = window_.size();
        const std::uint64_t left = file_.size() - after_;
        const auto more = static_cast<std::size_t>(std::min<std::uint64_t>(left, std::max(usual, size - kept)));
        window_.resize(kept + more);
        file_.read(after_, std::as_writable_bytes(std::span(window_).subspan(kept)));
        after_ += more;
    }
    used_ += size;
    return std::string_view(window_).substr(used_ - size, size);
}

bool TileFeatureReader::next() {
    offset_ = after_ - (window_.size() - used_);
    if (offset_ == file_.size()) {
        return false;
    }
    std::memcpy(&head_, take(sizeof head_).data(), sizeof head_);
    take(head_.tags_bytes);
    shape_.type = head_.type;
    shape_.points.clear();
    shape_.rings.clear();
    if (head_.shape_bytes == 0) {
        shape_.points.push_back({head_.x, head_.y});
        shape_.rings.push_back({1, true});
    } else {
        read_shape(shape_, take(head_.shape_bytes));
    }
    return true;
}

}  // namespace kokai
