// SPDX-License-Identifier: Apache-2.0
#include "write/tiles/geometry.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace kokai {
namespace {

constexpr double world_size = 4294967296.0;
constexpr double end_of_map = 85.0511287798066;

// Sine and logarithm by their series: the C library has several of each, chosen by the processor, that differ in the
// last bit.
double sine(double angle) {
    const double square = angle * angle;
    double sum = 0;
    for (int n = 27; n >= 1; n -= 2) {  // |angle| < 1.49: the next term is below 1e-24
        sum = 1 - square * sum / ((n + 1.0) * (n + 2.0));
    }
    return angle * sum;
}

double logarithm(double value) {
    int exponent = 0;
    double fraction = std::frexp(value, &exponent);  // exact
    if (fraction < std::numbers::sqrt2 / 2) {
        fraction *= 2;
        --exponent;
    }
    const double ratio = (fraction - 1) / (fraction + 1);
    const double square = ratio * ratio;
    double sum = 0;
    for (int n = 25; n >= 1; n -= 2) {  // |ratio| < 0.172
        sum = sum * square + 1.0 / n;
    }
    return 2 * ratio * sum + exponent * std::numbers::ln2;
}

std::int64_t world_step(double share) {
    const double steps = std::floor(share * world_size);
    return steps > 0 ? static_cast<std::int64_t>(std::min(steps, world_size - 1)) : 0;  // 0 for no number, too
}

/// The squared distance of a point from a segment.
double distance(const WorldPoint& point, const WorldPoint& from, const WorldPoint& to) {
    const auto wide = static_cast<double>(to.x - from.x);
    const auto high = static_cast<double>(to.y - from.y);
    auto x = static_cast<double>(point.x - from.x);
    auto y = static_cast<double>(point.y - from.y);
    const double square = wide * wide + high * high;
    if (square > 0) {
        const double share = std::clamp((x * wide + y * high) / square, 0.0, 1.0);
        x -= share * wide;
        y -= share * high;
    }
    return x * x + y * y;
}

void weigh(std::span<const WorldPoint> points, std::span<double> weights, bool ring) {
    constexpr double always = std::numeric_limits<double>::infinity();
    if (points.empty()) {
        return;
    }
    struct Stretch {
        std::size_t from, to;
        double most;  // a vertex never outlives the one that made it a candidate
    };
    const std::size_t last = ring ? points.size() : points.size() - 1;
    const auto at = [&](std::size_t i) -> const WorldPoint& { return points[i == points.size() ? 0 : i]; };
    weights[0] = always;
    if (!ring) {
        weights[last] = always;
    }
    std::vector<Stretch> stretches{{0, last, always}};
    while (!stretches.empty()) {
        const Stretch stretch = stretches.back();
        stretches.pop_back();
        double farthest = -1;
        std::size_t middle = 0;
        for (std::size_t i = stretch.from + 1; i < stretch.to; ++i) {
            const double away = distance(points[i], at(stretch.from), at(stretch.to));
            if (away > farthest) {
                farthest = away;
                middle = i;
            }
        }
        if (farthest < 0) {
            continue;
        }
        weights[middle] = std::min(farthest, stretch.most);
        stretches.push_back({stretch.from, middle, weights[middle]});
        stretches.push_back({middle, stretch.to, weights[middle]});
    }
}

std::int64_t twice_area(std::span<const TilePoint> ring) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const TilePoint& next = ring[i + 1 == ring.size() ? 0 : i + 1];
        sum += std::int64_t{ring[i].x} * next.y - std::int64_t{next.x} * ring[i].y;
    }
    return sum;
}

TilePoint rounded(const WorldPoint& point, TilePlace place) {
    const unsigned bits = unit_bits(place.zoom);
    const std::int64_t half = bits == 0 ? 0 : std::int64_t{1} << (bits - 1);
    return {static_cast<std::int32_t>((point.x - (std::int64_t{place.x} << tile_bits(place.zoom)) + half) >> bits),
            static_cast<std::int32_t>((point.y - (std::int64_t{place.y} << tile_bits(place.zoom)) + half) >> bits)};
}

/// The rounded points without repetitions, and without the spikes that cutting leaves.
void round_all(std::vector<TilePoint>& out, std::span<const WorldPoint> points, TilePlace place, bool ring) {
    out.clear();
    for (const WorldPoint& point : points) {
        const TilePoint next = rounded(point, place);
        if (ring && out.size() >= 2 && out[out.size() - 2] == next) {
            out.pop_back();
        } else if (out.empty() || out.back() != next) {
            out.push_back(next);
        }
    }
    while (ring && out.size() > 1 && out.back() == out.front()) {
        out.pop_back();
    }
}

bool comes_before(const TilePoint& one, const TilePoint& other) {
    return one.y != other.y ? one.y < other.y : one.x < other.x;
}

/// The first vertex in the tile itself: of what collapses, the one that keeps it on the map. Every vertex is in some
/// tile.
bool find_vertex(std::span<const WorldPoint> points, TilePlace place, TilePoint& found) {
    for (const WorldPoint& point : points) {
        found = tile_point(point, place);
        if (std::min(found.x, found.y) >= 0 && std::max(found.x, found.y) < tile_extent) {
            return true;
        }
    }
    return false;
}

}  // namespace

WorldPoint project(double longitude, double latitude) {
    const double angle = std::clamp(latitude, -end_of_map, end_of_map) * (std::numbers::pi / 180);
    const double height = sine(angle);
    const double north = logarithm((1 + height) / (1 - height)) / (4 * std::numbers::pi);
    return {world_step(longitude / 360 + 0.5), world_step(0.5 - north)};
}

std::vector<double> vertex_weights(const WorldShape& shape) {
    std::vector<double> weights(shape.points.size(), std::numeric_limits<double>::infinity());
    if (shape.type != MvtType::point) {
        for (std::size_t ring = 0; ring < shape.rings.size(); ++ring) {
            const std::span<const WorldPoint> points = shape.ring(ring);
            weigh(points, std::span(weights).subspan(shape.ring_begin(ring), points.size()),
                  shape.type == MvtType::polygon);
        }
    }
    return weights;
}

double twice_area(std::span<const WorldPoint> ring) {
    double sum = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        sum += static_cast<double>(ring[i].x - ring[0].x) * static_cast<double>(ring[i + 1].y - ring[0].y) -
               static_cast<double>(ring[i + 1].x - ring[0].x) * static_cast<double>(ring[i].y - ring[0].y);
    }
    return sum;
}

WorldShape simplified(const WorldShape& shape, std::span<const double> weights, Coarseness coarseness, double& dust) {
    WorldShape out;
    out.type = shape.type;
    const double square = static_cast<double>(coarseness.side) * static_cast<double>(coarseness.side);
    bool outer_is_gone = false;
    for (std::size_t ring = 0; ring < shape.rings.size(); ++ring) {
        const std::size_t begin = out.points.size();
        for (std::size_t i = shape.ring_begin(ring); i < shape.rings[ring].end; ++i) {
            if (weights[i] > coarseness.tolerance * coarseness.tolerance) {
                out.points.push_back(shape.points[i]);
            }
        }
        const bool outer = shape.rings[ring].outer;
        if (shape.type == MvtType::polygon) {
            const std::span<const WorldPoint> points = std::span<const WorldPoint>(out.points).subspan(begin);
            const bool gone = points.size() < 3 || std::abs(twice_area(points)) < 2 * square;
            outer_is_gone = outer ? gone : outer_is_gone;
            if (gone || outer_is_gone) {
                out.points.resize(begin);
            }
            if (gone && outer) {
                dust += std::abs(twice_area(shape.ring(ring))) / 2;
                if (dust >= square && shape.ring_begin(ring) < shape.rings[ring].end) {
                    dust = std::fmod(dust, square);
                    const auto [x, y] = shape.points[shape.ring_begin(ring)];
                    const std::int64_t side = coarseness.side;
                    out.points.insert(out.points.end(), {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}});
                }
            }
        }
        if (out.points.size() > begin) {
            out.rings.push_back({out.points.size(), outer});
        }
    }
    return out;
}

TilePoint tile_point(WorldPoint point, TilePlace place) {
    const unsigned bits = unit_bits(place.zoom);
    return {static_cast<std::int32_t>((point.x - (std::int64_t{place.x} << tile_bits(place.zoom))) >> bits),
            static_cast<std::int32_t>((point.y - (std::int64_t{place.y} << tile_bits(place.zoom))) >> bits)};
}

void append_tile_geometry(MvtGeometry& out, const WorldShape& piece, TilePlace place, bool keep_all) {
    std::vector<TilePoint> points;
    TilePoint vertex;
    if (piece.type == MvtType::point) {
        for (const WorldPoint& point : piece.points) {
            points.push_back(tile_point(point, place));
        }
        out.points(points);
        return;
    }
    const bool polygon = piece.type == MvtType::polygon;
    bool outer_is_gone = false;
    for (std::size_t ring = 0; ring < piece.rings.size(); ++ring) {
        round_all(points, piece.ring(ring), place, polygon);
        if (!polygon) {
            if (points.size() > 1) {
                out.line(points);
            } else if (keep_all && find_vertex(piece.ring(ring), place, vertex)) {
                out.line(std::array{vertex, TilePoint{vertex.x + 1, vertex.y}});
            }
            continue;
        }
        const bool outer = piece.rings[ring].outer;
        const std::int64_t area = twice_area(points);
        if (outer) {
            outer_is_gone = area == 0;
        }
        if (area != 0 && !outer_is_gone) {
            if ((area > 0) != outer) {
                std::reverse(points.begin(), points.end());
            }
            // From the same corner wherever the cut began: full tiles are alike to the byte.
            std::rotate(points.begin(), std::min_element(points.begin(), points.end(), comes_before), points.end());
            out.ring(points);
        } else if (outer && keep_all && find_vertex(piece.ring(ring), place, vertex)) {
            out.ring(std::array{vertex, TilePoint{vertex.x + 1, vertex.y}, TilePoint{vertex.x + 1, vertex.y + 1},
                                TilePoint{vertex.x, vertex.y + 1}});
        }
    }
}

}  // namespace kokai
