// SPDX-License-Identifier: Apache-2.0
#include "write/shp/geometry.hpp"

#include "write/shp/byte_order.hpp"
#include "write/winding.hpp"

#include <span>

namespace kokai {
namespace {

constexpr std::uint32_t file_code = 9994;
constexpr std::uint32_t version = 1000;

std::uint32_t type_number(ShpClass shapes) {
    switch (shapes) {
    case ShpClass::point:
        return 1;
    case ShpClass::multi_point:
        return 8;
    case ShpClass::line:
        return 3;
    case ShpClass::polygon:
        break;
    }
    return 5;
}

void append_bounds(std::string& out, const Bounds& bounds) {
    append_little_endian(out, bounds.west);
    append_little_endian(out, bounds.south);
    append_little_endian(out, bounds.east);
    append_little_endian(out, bounds.north);
}

void append_positions(std::string& out, std::span<const double> xy) {
    for (const double value : xy) {
        append_little_endian(out, value);
    }
}

void append_positions_backwards(std::string& out, std::span<const double> xy) {
    for (std::size_t i = xy.size(); i >= 2; i -= 2) {
        append_little_endian(out, xy[i - 2]);
        append_little_endian(out, xy[i - 1]);
    }
}

/// The rings of a row, whatever its parts: a Shapefile tells outer rings and holes by their direction alone.
struct Rings {
    std::size_t begin = 0;
    std::size_t end = 0;
};

Rings rings_of(const Geometries& shapes, std::size_t row) {
    return {shapes.ring_begin(shapes.part_begin(row)), shapes.ring_end(shapes.part_end(row) - 1)};
}

void append_points(std::string& out, const Geometries& shapes, Rings rings) {
    for (std::size_t ring = rings.begin; ring < rings.end; ++ring) {
        append_positions(out, shapes.ring(ring));
    }
}

void append_polygon_points(std::string& out, const Geometries& shapes, std::size_t row) {
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
            const bool outer = ring == shapes.ring_begin(part);
            const std::span<const double> points = shapes.ring(ring);
            if (ring_is_clockwise(points) == outer) {
                append_positions(out, points);
            } else {
                append_positions_backwards(out, points);
            }
        }
    }
}

}  // namespace

ShpClass shp_class_of(GeometryKind kind) {
    switch (kind) {
    case GeometryKind::none:
    case GeometryKind::point:
        return ShpClass::point;
    case GeometryKind::multi_point:
        return ShpClass::multi_point;
    case GeometryKind::line:
    case GeometryKind::multi_line:
        return ShpClass::line;
    case GeometryKind::polygon:
    case GeometryKind::multi_polygon:
        break;
    }
    return ShpClass::polygon;
}

void append_shp_record(std::string& out, const Geometries& shapes, std::size_t row, const Bounds& bounds) {
    const std::size_t start = out.size();
    out.append(shp_record_header_size, '\0');
    const ShpClass shape_class = shp_class_of(shapes.kind(row));
    append_little_endian(out, type_number(shape_class), 4);
    const Rings rings = rings_of(shapes, row);
    if (shape_class == ShpClass::point) {
        append_positions(out, shapes.ring(rings.begin).first(2));
    } else {
        append_bounds(out, bounds);
        std::uint64_t parts = 0;
        std::uint64_t points = 0;
        for (std::size_t ring = rings.begin; ring < rings.end; ++ring) {
            const std::size_t count = shapes.ring(ring).size() / 2;
            parts += count > 0 ? 1U : 0U;
            points += count;
        }
        if (shape_class == ShpClass::multi_point) {
            append_little_endian(out, points, 4);
            append_points(out, shapes, rings);
        } else {
            append_little_endian(out, parts, 4);
            append_little_endian(out, points, 4);
            std::uint64_t first = 0;
            for (std::size_t ring = rings.begin; ring < rings.end; ++ring) {
                const std::size_t count = shapes.ring(ring).size() / 2;
                if (count > 0) {
                    append_little_endian(out, first, 4);
                }
                first += count;
            }
            if (shape_class == ShpClass::line) {
                append_points(out, shapes, rings);
            } else {
                append_polygon_points(out, shapes, row);
            }
        }
    }
    const std::size_t content = out.size() - start - shp_record_header_size;
    store_big_endian(out.data() + start + 4, static_cast<std::uint32_t>(content / 2));
}

std::string shp_header(ShpClass shapes, std::uint64_t file_bytes, const Bounds& bounds) {
    std::string header;
    append_big_endian(header, file_code);
    header.append(20, '\0');
    append_big_endian(header, static_cast<std::uint32_t>(file_bytes / 2));
    append_little_endian(header, version, 4);
    append_little_endian(header, type_number(shapes), 4);
    append_bounds(header, bounds.empty() ? Bounds{0, 0, 0, 0} : bounds);
    header.append(32, '\0');  // the ranges of Z and M, which no shape here has
    return header;
}

}  // namespace kokai
