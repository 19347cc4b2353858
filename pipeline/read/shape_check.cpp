// SPDX-License-Identifier: Apache-2.0
// All arithmetic is in int64 on differences below 2^29 (32 degrees), so no sign is ever wrong.
#include "read/shape_check.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kokai {
namespace {

constexpr std::size_t few_edges = 48;                // every pair is looked at: quicker than a grid
constexpr std::uint64_t most_pairs = 3'000'000'000;  // some ten seconds

std::int32_t units(double degrees, double from) {
    return static_cast<std::int32_t>(std::llround(degrees * printed_units_a_degree) -
                                     std::llround(from * printed_units_a_degree));
}

double degrees(std::int32_t number, double from) {
    return (number + from * printed_units_a_degree) / printed_units_a_degree;
}

void say(ShapeFault& fault, const char* reason, std::int32_t x, std::int32_t y) {
    fault = {reason, degrees(x, west_of_japan), degrees(y, south_of_japan)};
}

}  // namespace

/// Positive when c lies to the left of the way from a to b.
std::int64_t ShapeCheck::side(Point a, Point b, Point c) {
    return (static_cast<std::int64_t>(b.x) - a.x) * (static_cast<std::int64_t>(c.y) - a.y) -
           (static_cast<std::int64_t>(b.y) - a.y) * (static_cast<std::int64_t>(c.x) - a.x);
}

/// For a c that lies on the line through a and b.
bool ShapeCheck::is_between(Point a, Point b, Point c) {
    return std::min(a.x, b.x) <= c.x && c.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= c.y &&
           c.y <= std::max(a.y, b.y);
}

ShapeCheck::Meeting ShapeCheck::meeting(const Edge& one, const Edge& other, Point& where) {
    if (std::max(one.a.x, one.b.x) < std::min(other.a.x, other.b.x) ||
        std::max(other.a.x, other.b.x) < std::min(one.a.x, one.b.x) ||
        std::max(one.a.y, one.b.y) < std::min(other.a.y, other.b.y) ||
        std::max(other.a.y, other.b.y) < std::min(one.a.y, one.b.y)) {
        return Meeting::apart;
    }
    const std::int64_t a = side(one.a, one.b, other.a);
    const std::int64_t b = side(one.a, one.b, other.b);
    if ((a > 0 && b > 0) || (a < 0 && b < 0)) {
        return Meeting::apart;
    }
    const std::int64_t c = side(other.a, other.b, one.a);
    const std::int64_t d = side(other.a, other.b, one.b);
    if ((c > 0 && d > 0) || (c < 0 && d < 0)) {
        return Meeting::apart;
    }
    if (a != 0 && b != 0 && c != 0 && d != 0) {
        const double part = static_cast<double>(c) / (static_cast<double>(c) - static_cast<double>(d));
        where = {one.a.x + static_cast<std::int32_t>(std::lround(part * (one.b.x - one.a.x))),
                 one.a.y + static_cast<std::int32_t>(std::lround(part * (one.b.y - one.a.y)))};
        return Meeting::crossing;
    }
    // At least one end lies on the other's line. On one line, two different common points are an overlap.
    Point first;
    std::size_t found = 0;
    const auto note = [&](Point point) {
        if (found == 0 || !(point == first)) {
            first = found == 0 ? point : first;
            where = first;
            ++found;
        }
    };
    if (a == 0 && is_between(one.a, one.b, other.a)) {
        note(other.a);
    }
    if (b == 0 && is_between(one.a, one.b, other.b)) {
        note(other.b);
    }
    if (c == 0 && is_between(other.a, other.b, one.a)) {
        note(one.a);
    }
    if (d == 0 && is_between(other.a, other.b, one.b)) {
        note(one.b);
    }
    return found == 0 ? Meeting::apart : found == 1 ? Meeting::touching : Meeting::overlapping;
}

bool ShapeCheck::take_ring(std::span<const double> xy, ShapeFault& fault) {
    const std::size_t begin = edges_.size();
    Point first;
    Point last;
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2) {
        const Point point{units(xy[i], west_of_japan), units(xy[i + 1], south_of_japan)};
        if (i == 0) {
            first = point;
        } else if (!(point == last)) {
            edges_.push_back({last, point});
        }
        last = point;
    }
    if (!(last == first)) {
        edges_.push_back({last, first});
    }
    if (edges_.size() - begin < 3) {
        say(fault, "Too few points in geometry component", first.x, first.y);
        return false;
    }
    return true;
}

bool ShapeCheck::take_rings(const Geometries& shapes, std::size_t row, ShapeFault& fault) {
    edges_.clear();
    rings_.clear();
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
            Ring one;
            one.begin = static_cast<std::uint32_t>(edges_.size());
            one.part = static_cast<std::uint32_t>(part);
            one.outer = ring == shapes.ring_begin(part);
            if (!take_ring(shapes.ring(ring), fault)) {
                return false;
            }
            one.end = static_cast<std::uint32_t>(edges_.size());
            one.low = one.high = edges_[one.begin].a;
            for (std::uint32_t edge = one.begin; edge < one.end; ++edge) {
                const Point point = edges_[edge].a;
                one.low = {std::min(one.low.x, point.x), std::min(one.low.y, point.y)};
                one.high = {std::max(one.high.x, point.x), std::max(one.high.y, point.y)};
            }
            rings_.push_back(one);
        }
    }
    return true;
}

std::uint32_t ShapeCheck::ring_of(std::uint32_t edge) const {
    const auto behind = std::upper_bound(rings_.begin(), rings_.end(), edge,
                                         [](std::uint32_t number, const Ring& ring) { return number < ring.end; });
    return static_cast<std::uint32_t>(behind - rings_.begin());
}

/// `first` comes before `second`.
Validity ShapeCheck::look_at_pair(std::uint32_t first, std::uint32_t second, ShapeFault& fault) const {
    const Edge& one = edges_[first];
    const Edge& other = edges_[second];
    Point where;
    const Meeting met = meeting(one, other, where);
    if (met == Meeting::apart) {
        return Validity::valid;
    }
    const std::uint32_t ring = rings_.size() == 1 ? 0 : ring_of(first);
    if (rings_.size() > 1 && ring != ring_of(second)) {
        if (met != Meeting::crossing) {
            return Validity::touching;
        }
        say(fault, "Self-intersection", where.x, where.y);
        return Validity::invalid;
    }
    const Ring& both = rings_[ring];
    const bool neighbours = second == first + 1 || (first == both.begin && second + 1 == both.end);
    if (neighbours && met == Meeting::touching) {
        return Validity::valid;
    }
    // Coordinates that are equal stay so in binary digits; one that lies on an edge may come to lie beside it, and
    // whether it does only GEOS says as everybody's GIS will.
    const bool corner =
        met == Meeting::touching && (where == one.a || where == one.b) && (where == other.a || where == other.b);
    say(fault, met == Meeting::touching ? "Ring Self-intersection" : "Self-intersection", where.x, where.y);
    if (met != Meeting::crossing && !corner) {
        return Validity::touching;
    }
    return Validity::invalid;
}

Validity ShapeCheck::look_at_all(ShapeFault& fault) const {
    Validity all = Validity::valid;
    const auto count = static_cast<std::uint32_t>(edges_.size());
    for (std::uint32_t first = 0; first < count; ++first) {
        for (std::uint32_t second = first + 1; second < count; ++second) {
            const Validity one = look_at_pair(first, second, fault);
            if (one == Validity::invalid) {
                return one;
            }
            all = one == Validity::touching ? one : all;
        }
    }
    return all;
}

/// Every cell of the grid that the edge may touch, a row of cells at a time.
template <typename Take>
void ShapeCheck::walk_cells(const Grid& grid, const Edge& edge, Take&& take) const {
    const Point low = edge.a.y <= edge.b.y ? edge.a : edge.b;
    const Point high = edge.a.y <= edge.b.y ? edge.b : edge.a;
    const auto cell_of = [&](double distance, std::int64_t count) {
        return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(distance / grid.cell)), 0, count - 1);
    };
    const double slope = high.y == low.y ? 0 : static_cast<double>(high.x - low.x) / (high.y - low.y);
    const double east = grid.west + static_cast<double>(grid.columns) * grid.cell;
    const std::int64_t last = cell_of(high.y - grid.south, grid.rows);
    for (std::int64_t row = cell_of(low.y - grid.south, grid.rows); row <= last; ++row) {
        double x0 = std::min(low.x, high.x);
        double x1 = std::max(low.x, high.x);
        if (high.y != low.y) {  // a unit of room for what the division loses
            const double south = std::max<double>(low.y, grid.south + static_cast<double>(row) * grid.cell - 1);
            const double north = std::min<double>(high.y, grid.south + static_cast<double>(row + 1) * grid.cell + 1);
            const double at_south = low.x + (south - low.y) * slope;
            const double at_north = low.x + (north - low.y) * slope;
            x0 = std::max(x0, std::min(at_south, at_north) - 1);
            x1 = std::min(x1, std::max(at_south, at_north) + 1);
        }
        if (x1 < grid.west - 1 || x0 > east + 1) {
            continue;
        }
        const std::int64_t last_column = cell_of(x1 - grid.west, grid.columns);
        for (std::int64_t column = cell_of(x0 - grid.west, grid.columns); column <= last_column; ++column) {
            take(static_cast<std::size_t>(row * grid.columns + column));
        }
    }
}

Validity ShapeCheck::look_at_some(std::span<const std::uint32_t> edges, ShapeFault& fault) {
    pairs_ += static_cast<std::uint64_t>(edges.size()) * edges.size() / 2;
    if (pairs_ > most_pairs) {
        return Validity::too_long;
    }
    Validity all = Validity::valid;
    for (std::size_t first = 0; first < edges.size(); ++first) {
        for (std::size_t second = first + 1; second < edges.size(); ++second) {
            const Validity one = look_at_pair(edges[first], edges[second], fault);
            if (one == Validity::invalid) {
                return one;
            }
            all = one == Validity::touching ? one : all;
        }
    }
    return all;
}

/// Lays a grid of about a cell for two edges over the region, and again over each cell that is still crowded: the edges
/// of a boundary lie on a line, not spread over the plane.
Validity ShapeCheck::look_by_cells(const Region& region, std::span<const std::uint32_t> edges, ShapeFault& fault) {
    constexpr std::size_t crowd = 48;
    const double width = std::max(1.0, region.east - region.west);
    const double height = std::max(1.0, region.north - region.south);
    double cells = std::ceil(static_cast<double>(edges.size()) / 2);
    Grid grid;
    std::vector<std::uint32_t> ends;
    while (true) {
        grid.cell = std::max(2.0, std::sqrt(width * height / cells));
        grid.columns = static_cast<std::int64_t>(std::ceil(width / grid.cell));
        grid.rows = static_cast<std::int64_t>(std::ceil(height / grid.cell));
        grid.west = region.west;
        grid.south = region.south;
        if (edges.size() <= crowd || grid.columns * grid.rows < 4) {
            return look_at_some(edges, fault);
        }
        // Long edges touch so many small cells that larger ones are quicker.
        ends.assign(static_cast<std::size_t>(grid.columns * grid.rows) + 1, 0);
        std::uint64_t entries = 0;
        const std::uint64_t most = 8 * static_cast<std::uint64_t>(edges.size());
        for (std::size_t i = 0; i < edges.size() && entries <= most; ++i) {
            walk_cells(grid, edges_[edges[i]], [&](std::size_t cell) {
                ++ends[cell + 1];
                ++entries;
            });
        }
        if (entries <= most) {
            break;
        }
        cells /= 8;
    }
    for (std::size_t cell = 1; cell < ends.size(); ++cell) {
        ends[cell] += ends[cell - 1];
    }
    std::vector<std::uint32_t> inside(ends.back());
    for (const std::uint32_t edge : edges) {
        walk_cells(grid, edges_[edge], [&](std::size_t cell) { inside[ends[cell]++] = edge; });
    }
    Validity all = Validity::valid;
    std::size_t begin = 0;  // ends[cell] is now where the cell ends, and where the next one begins
    for (std::size_t cell = 0; cell + 1 < ends.size(); ++cell) {
        const std::span<const std::uint32_t> here(inside.data() + begin, ends[cell] - begin);
        begin = ends[cell];
        if (here.size() < 2) {
            continue;
        }
        const std::int64_t row_number = static_cast<std::int64_t>(cell) / grid.columns;
        const auto row = static_cast<double>(row_number);
        const auto column = static_cast<double>(static_cast<std::int64_t>(cell) - row_number * grid.columns);
        const Region smaller{grid.west + column * grid.cell, grid.south + row * grid.cell,
                             grid.west + (column + 1) * grid.cell, grid.south + (row + 1) * grid.cell};
        const bool helps = here.size() > crowd && here.size() * 10 < edges.size() * 9 && grid.cell > 4;
        const Validity one = helps ? look_by_cells(smaller, here, fault) : look_at_some(here, fault);
        if (one == Validity::invalid || one == Validity::too_long) {
            return one;
        }
        all = one == Validity::touching ? one : all;
    }
    return all;
}

Validity ShapeCheck::look_by_cells(ShapeFault& fault) {
    Region all{1e18, 1e18, -1e18, -1e18};
    for (const Ring& ring : rings_) {
        all = {std::min<double>(all.west, ring.low.x), std::min<double>(all.south, ring.low.y),
               std::max<double>(all.east, ring.high.x + 1), std::max<double>(all.north, ring.high.y + 1)};
    }
    std::vector<std::uint32_t> edges(edges_.size());
    std::iota(edges.begin(), edges.end(), 0U);
    pairs_ = 0;
    return look_by_cells(all, edges, fault);
}

/// Whether the point lies within a ring that it is not a point of.
bool ShapeCheck::holds(const Ring& ring, Point point) const {
    if (point.x < ring.low.x || point.x > ring.high.x || point.y < ring.low.y || point.y > ring.high.y) {
        return false;
    }
    bool inside = false;
    for (std::uint32_t edge = ring.begin; edge < ring.end; ++edge) {
        const auto [a, b] = edges_[edge];
        if ((a.y > point.y) != (b.y > point.y)) {
            const std::int64_t turn = side(a, b, point);
            inside = (b.y > a.y ? turn > 0 : turn < 0) ? !inside : inside;
        }
    }
    return inside;
}

/// Which ring lies in which, when none meets another.
Validity ShapeCheck::look_at_rings(ShapeFault& fault) const {
    std::uint64_t work = 0;
    for (std::size_t i = 0; i < rings_.size(); ++i) {
        const Ring& ring = rings_[i];
        const Point corner = edges_[ring.begin].a;
        for (std::size_t j = 0; j < rings_.size(); ++j) {
            const Ring& other = rings_[j];
            const bool own_shell = other.part == ring.part && other.outer && !ring.outer;
            const bool rivals = i != j && ((other.part == ring.part && !other.outer && !ring.outer) ||
                                           (other.part != ring.part && other.outer && ring.outer));
            if (!own_shell && !rivals) {
                continue;
            }
            const bool inside = holds(other, corner);
            work += 1 + (inside || own_shell ? other.end - other.begin : 0);
            if (work > most_pairs) {
                return Validity::too_long;
            }
            if (own_shell && !inside) {
                say(fault, "Hole lies outside shell", corner.x, corner.y);
                return Validity::invalid;
            }
            if (rivals && inside) {
                if (ring.outer) {
                    return Validity::touching;  // right where it lies in a hole of the other part
                }
                say(fault, "Nested holes", corner.x, corner.y);
                return Validity::invalid;
            }
        }
    }
    return Validity::valid;
}

bool ShapeCheck::lines_are_long_enough(const Geometries& shapes, std::size_t row, ShapeFault& fault) {
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
            const std::span<const double> xy = shapes.ring(ring);
            bool differs = false;
            const Point first{units(xy[0], west_of_japan), units(xy[1], south_of_japan)};
            for (std::size_t i = 2; i + 1 < xy.size() && !differs; i += 2) {
                differs = !(Point{units(xy[i], west_of_japan), units(xy[i + 1], south_of_japan)} == first);
            }
            if (!differs) {
                say(fault, "Too few points in geometry component", first.x, first.y);
                return false;
            }
        }
    }
    return true;
}

Validity ShapeCheck::look(const Geometries& shapes, std::size_t row, ShapeFault& fault) {
    const GeometryKind kind = shapes.kind(row);
    if (kind == GeometryKind::line || kind == GeometryKind::multi_line) {
        return lines_are_long_enough(shapes, row, fault) ? Validity::valid : Validity::invalid;
    }
    if (kind != GeometryKind::polygon && kind != GeometryKind::multi_polygon) {
        return Validity::valid;
    }
    if (!take_rings(shapes, row, fault)) {
        return Validity::invalid;
    }
    Validity answer = edges_.size() <= few_edges ? look_at_all(fault) : look_by_cells(fault);
    if (answer == Validity::valid && rings_.size() > 1) {
        answer = look_at_rings(fault);
    }
    return answer;
}

}  // namespace kokai
