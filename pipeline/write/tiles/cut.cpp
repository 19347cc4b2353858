// SPDX-License-Identifier: Apache-2.0
#include "write/tiles/cut.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <span>
#include <vector>

namespace kokai {
namespace {

enum class Axis : std::uint8_t { x, y };

std::int64_t along(const WorldPoint& point, Axis axis) {
    return axis == Axis::x ? point.x : point.y;
}

/// Where the edge from `from` to `to` crosses `at`; the ends lie on either side.
WorldPoint crossing(const WorldPoint& from, const WorldPoint& to, Axis axis, std::int64_t at) {
    // The same point for both directions of an edge: neighbours share their borders.
    if (along(to, axis) < along(from, axis)) {
        return crossing(to, from, axis, at);
    }
    const double share =
        static_cast<double>(at - along(from, axis)) / static_cast<double>(along(to, axis) - along(from, axis));
    const auto between = [share](std::int64_t a, std::int64_t b) {
        return a + static_cast<std::int64_t>(std::floor(static_cast<double>(b - a) * share + 0.5));
    };
    return axis == Axis::x ? WorldPoint{at, between(from.y, to.y)} : WorldPoint{between(from.x, to.x), at};
}

struct Band {
    Axis axis = Axis::x;
    std::int64_t low = 0, high = 0;

    [[nodiscard]] int side(const WorldPoint& point) const {
        const std::int64_t at = along(point, axis);
        return at < low ? -1 : at > high ? 1 : 0;
    }
    [[nodiscard]] std::int64_t border(int side) const { return side < 0 ? low : high; }
};

void clip_line(WorldShape& out, std::span<const WorldPoint> line, const Band& band) {
    const auto end_line = [&] {
        const std::size_t begin = out.rings.empty() ? 0 : out.rings.back().end;
        if (out.points.size() > begin) {
            out.rings.push_back({out.points.size(), true});
        }
    };
    bool open = false;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const int from = band.side(line[i]);
        const int to = band.side(line[i + 1]);
        if (from != 0 && from == to) {
            continue;
        }
        if (!open) {
            out.points.push_back(from == 0 ? line[i] : crossing(line[i], line[i + 1], band.axis, band.border(from)));
            open = true;
        }
        out.points.push_back(to == 0 ? line[i + 1] : crossing(line[i], line[i + 1], band.axis, band.border(to)));
        if (to != 0) {
            end_line();
            open = false;
        }
    }
    end_line();
}

/// One side of Sutherland and Hodgman's cut: what is not beyond `at`. `sign` is -1 for the low border, 1 for the high.
void clip_ring(std::vector<WorldPoint>& out, std::span<const WorldPoint> ring, Axis axis, std::int64_t at, int sign) {
    out.clear();
    const auto outside = [&](const WorldPoint& point) {
        return sign < 0 ? along(point, axis) < at : along(point, axis) > at;
    };
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const WorldPoint& from = ring[i == 0 ? ring.size() - 1 : i - 1];
        const WorldPoint& to = ring[i];
        if (outside(from) != outside(to)) {
            out.push_back(crossing(from, to, axis, at));
        }
        if (!outside(to)) {
            out.push_back(to);
        }
    }
}

WorldShape clipped(const WorldShape& shape, const Band& band) {
    WorldShape out;
    out.type = shape.type;
    std::vector<WorldPoint> half;
    std::vector<WorldPoint> whole;
    bool outer_is_gone = false;
    for (std::size_t ring = 0; ring < shape.rings.size(); ++ring) {
        const std::span<const WorldPoint> points = shape.ring(ring);
        if (shape.type == MvtType::point) {
            std::copy_if(points.begin(), points.end(), std::back_inserter(out.points),
                         [&](const WorldPoint& point) { return band.side(point) == 0; });
            if (!out.points.empty()) {
                out.rings.push_back({out.points.size(), true});
            }
        } else if (shape.type == MvtType::line) {
            clip_line(out, points, band);
        } else {
            const bool outer = shape.rings[ring].outer;
            if (!outer && outer_is_gone) {
                continue;
            }
            clip_ring(half, points, band.axis, band.low, -1);
            clip_ring(whole, half, band.axis, band.high, 1);
            if (outer) {
                outer_is_gone = whole.empty();
            }
            if (!whole.empty()) {
                out.points.insert(out.points.end(), whole.begin(), whole.end());
                out.rings.push_back({out.points.size(), outer});
            }
        }
    }
    return out;
}

class TileCutter {
public:
    TileCutter(unsigned zoom, const std::function<void(TilePlace, const WorldShape&)>& take)
        : zoom_(zoom), buffer_(std::int64_t{tile_buffer} << unit_bits(zoom)), take_(take) {}

    /// Halves the range until one tile is left; what was cut once need not be looked at again.
    void cut(const WorldShape& shape, TileRange range) {
        const std::uint32_t wide = range.last_x - range.first_x;
        const std::uint32_t high = range.last_y - range.first_y;
        if (wide == 0 && high == 0) {
            take_({zoom_, range.first_x, range.first_y}, shape);
            return;
        }
        const Axis axis = wide >= high ? Axis::x : Axis::y;
        TileRange low = range;
        TileRange rest = range;
        if (axis == Axis::x) {
            low.last_x = range.first_x + wide / 2;
            rest.first_x = low.last_x + 1;
            cut_band(shape, low, axis, low.first_x, low.last_x);
            cut_band(shape, rest, axis, rest.first_x, rest.last_x);
        } else {
            low.last_y = range.first_y + high / 2;
            rest.first_y = low.last_y + 1;
            cut_band(shape, low, axis, low.first_y, low.last_y);
            cut_band(shape, rest, axis, rest.first_y, rest.last_y);
        }
    }

private:
    void cut_band(const WorldShape& shape, const TileRange& range, Axis axis, std::uint32_t first, std::uint32_t last) {
        const Band band{axis, (std::int64_t{first} << tile_bits(zoom_)) - buffer_,
                        ((std::int64_t{last} + 1) << tile_bits(zoom_)) + buffer_};
        bool before = true;
        bool inside = true;
        bool after = true;
        for (const WorldPoint& point : shape.points) {
            const int side = band.side(point);
            before = before && side < 0;
            inside = inside && side == 0;
            after = after && side > 0;
        }
        if (before || after) {
            return;
        }
        if (inside) {
            cut(shape, range);
            return;
        }
        const WorldShape piece = clipped(shape, band);
        if (!piece.points.empty()) {
            cut(piece, range);
        }
    }

    unsigned zoom_;
    std::int64_t buffer_;
    const std::function<void(TilePlace, const WorldShape&)>& take_;
};

}  // namespace

TileRange tiles_around(WorldPoint least, WorldPoint most, unsigned zoom) {
    const std::int64_t buffer = std::int64_t{tile_buffer} << unit_bits(zoom);
    const std::int64_t last = (std::int64_t{1} << zoom) - 1;
    const auto tile = [&](std::int64_t at) {
        return static_cast<std::uint32_t>(std::clamp<std::int64_t>(at >> tile_bits(zoom), 0, last));
    };
    return {tile(least.x - buffer), tile(most.x + buffer), tile(least.y - buffer), tile(most.y + buffer)};
}

void cut_into_tiles(const WorldShape& shape, unsigned zoom,
                    const std::function<void(TilePlace place, const WorldShape& piece)>& take) {
    if (shape.points.empty()) {
        return;
    }
    WorldPoint least = shape.points.front();
    WorldPoint most = least;
    for (const WorldPoint& point : shape.points) {
        least = {std::min(least.x, point.x), std::min(least.y, point.y)};
        most = {std::max(most.x, point.x), std::max(most.y, point.y)};
    }
    TileCutter(zoom, take).cut(shape, tiles_around(least, most, zoom));
}

}  // namespace kokai
