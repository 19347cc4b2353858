// SPDX-License-Identifier: Apache-2.0
#include "write/gpkg/geometry.hpp"

#include "write/winding.hpp"

#include <bit>
#include <cstring>
#include <span>

namespace kokai {
namespace {

static_assert(std::endian::native == std::endian::little, "coordinates are copied as they are");

constexpr char little_endian = 1;

/// WKB's numbers; a part's type stands in front of each member of a multi geometry.
enum class WkbType : std::uint32_t { point = 1, line, polygon, multi_point, multi_line, multi_polygon };

template <typename Value>
void append_value(std::string& out, Value value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof bytes);
}

void append_head(std::string& out, WkbType type) {
    out += little_endian;
    append_value(out, static_cast<std::uint32_t>(type));
}

void append_count(std::string& out, std::size_t count) {
    append_value(out, static_cast<std::uint32_t>(count));
}

void append_points(std::string& out, std::span<const double> xy) {
    out.append(reinterpret_cast<const char*>(xy.data()), xy.size_bytes());
}

void append_backwards(std::string& out, std::span<const double> xy) {
    for (std::size_t at = xy.size(); at >= 2; at -= 2) {
        append_points(out, xy.subspan(at - 2, 2));
    }
}

void append_part(std::string& out, const Geometries& shapes, std::size_t part, WkbType type) {
    append_head(out, type);
    const std::size_t first = shapes.ring_begin(part);
    if (type == WkbType::point) {
        append_points(out, shapes.ring(first).first(2));
        return;
    }
    if (type == WkbType::line) {
        const std::span<const double> line = shapes.ring(first);
        append_count(out, line.size() / 2);
        append_points(out, line);
        return;
    }
    append_count(out, shapes.ring_end(part) - first);
    for (std::size_t ring = first; ring < shapes.ring_end(part); ++ring) {
        const std::span<const double> points = shapes.ring(ring);
        append_count(out, points.size() / 2);
        if (ring_is_clockwise(points) == (ring == first)) {
            append_backwards(out, points);
        } else {
            append_points(out, points);
        }
    }
}

/// What one part of a shape is.
WkbType part_type(GeometryKind kind) {
    switch (kind) {
    case GeometryKind::point:
    case GeometryKind::multi_point:
        return WkbType::point;
    case GeometryKind::line:
    case GeometryKind::multi_line:
        return WkbType::line;
    default:
        return WkbType::polygon;
    }
}

}  // namespace

void append_gpkg_geometry(std::string& out, const Geometries& shapes, std::size_t row, const Bounds& bounds) {
    const GeometryKind kind = shapes.kind(row);
    constexpr char version = 0;
    constexpr char box_follows = 1U << 1U;
    out += "GP";
    out += version;
    out += static_cast<char>(kind == GeometryKind::point ? little_endian : little_endian | box_follows);
    append_value(out, gpkg_srs_id);
    if (kind != GeometryKind::point) {
        for (const double side : {bounds.west, bounds.east, bounds.south, bounds.north}) {
            append_value(out, side);
        }
    }
    const WkbType type = part_type(kind);
    if (is_multi(kind)) {
        constexpr std::uint32_t to_multi = 3;
        append_head(out, static_cast<WkbType>(static_cast<std::uint32_t>(type) + to_multi));
        append_count(out, shapes.part_end(row) - shapes.part_begin(row));
    }
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        append_part(out, shapes, part, type);
    }
}

const char* gpkg_geometry_type(std::uint32_t kinds) {
    switch (kinds) {
    case kind_bit(GeometryKind::point):
        return "POINT";
    case kind_bit(GeometryKind::multi_point):
        return "MULTIPOINT";
    case kind_bit(GeometryKind::line):
        return "LINESTRING";
    case kind_bit(GeometryKind::multi_line):
        return "MULTILINESTRING";
    case kind_bit(GeometryKind::polygon):
        return "POLYGON";
    case kind_bit(GeometryKind::multi_polygon):
        return "MULTIPOLYGON";
    default:
        return "GEOMETRY";
    }
}

}  // namespace kokai
