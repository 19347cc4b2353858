// SPDX-License-Identifier: Apache-2.0
#include "write/text/geojson_feature.hpp"

#include "support/decimal.hpp"
#include "write/winding.hpp"

#include <cmath>
#include <optional>
#include <span>

namespace kokai {
namespace {

void append_position(RowText& text, double longitude, double latitude) {
    text.raw("[");
    text.degrees(longitude);
    text.raw(",");
    text.degrees(latitude);
    text.raw("]");
}

bool has_few_decimals(double longitude, double latitude) {
    return ends_after_nine_decimals(longitude) && ends_after_nine_decimals(latitude);
}

/// Of a single point no check of its form speaks for seven decimals.
void append_point(RowText& text, double longitude, double latitude) {
    if (!has_few_decimals(longitude, latitude)) {
        return append_position(text, longitude, latitude);
    }
    text.raw("[");
    text.fine_degrees(longitude);
    text.raw(",");
    text.fine_degrees(latitude);
    text.raw("]");
}

/// The cell as a JSON number without padding, if it says this; else empty.
std::string_view digits_of(Cell cell, double degrees) {
    constexpr double half_a_millimetre = 5e-9;  // a cell that was filled in from the shape
    const std::optional<double> number = parse_decimal(cell);
    if (!number || cell.front() < '1' || cell.front() > '9' || std::abs(*number - degrees) > half_a_millimetre) {
        return {};
    }
    if (cell.find('.') != Cell::npos) {
        cell.remove_suffix(cell.size() - 1 - cell.find_last_not_of('0'));
        cell.remove_suffix(cell.ends_with('.') ? 1 : 0);
    }
    return cell;
}

void append_ring(RowText& text, std::span<const double> ring, Walk walk) {
    const std::size_t points = ring.size() / 2;
    text.raw("[");
    for (std::size_t i = 0; i < points; ++i) {
        const std::size_t at = 2 * (walk == Walk::forwards ? i : points - 1 - i);
        if (i > 0) {
            text.raw(",");
        }
        append_position(text, ring[at], ring[at + 1]);
    }
    text.raw("]");
}

void append_polygon(RowText& text, const Geometries& shapes, std::size_t part) {
    text.raw("[");
    for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
        const bool outer = ring == shapes.ring_begin(part);
        if (!outer) {
            text.raw(",");
        }
        const std::span<const double> points = shapes.ring(ring);
        append_ring(text, points, geojson_walk(points, outer));
    }
    text.raw("]");
}

void append_part(RowText& text, const Geometries& shapes, GeometryKind kind, std::size_t part) {
    const std::span<const double> first = shapes.ring(shapes.ring_begin(part));
    switch (kind) {
    case GeometryKind::point:
        append_point(text, first[0], first[1]);
        break;
    case GeometryKind::multi_point:
        append_position(text, first[0], first[1]);
        break;
    case GeometryKind::line:
    case GeometryKind::multi_line:
        append_ring(text, first, Walk::forwards);
        break;
    default:
        append_polygon(text, shapes, part);
    }
}

/// All up to the coordinates.
void append_head(RowText& text, GeometryKind kind) {
    switch (kind) {
    case GeometryKind::point:
        text.raw(R"({"type":"Point","coordinates":)");
        break;
    case GeometryKind::multi_point:
        text.raw(R"({"type":"MultiPoint","coordinates":[)");
        break;
    case GeometryKind::line:
        text.raw(R"({"type":"LineString","coordinates":)");
        break;
    case GeometryKind::multi_line:
        text.raw(R"({"type":"MultiLineString","coordinates":[)");
        break;
    case GeometryKind::polygon:
        text.raw(R"({"type":"Polygon","coordinates":)");
        break;
    default:
        text.raw(R"({"type":"MultiPolygon","coordinates":[)");
    }
}

}  // namespace

void append_geojson_geometry(RowText& text, const Geometries& shapes, std::size_t row) {
    const GeometryKind kind = shapes.empty() ? GeometryKind::none : shapes.kind(row);
    if (kind == GeometryKind::none) {
        text.raw("null");
        return;
    }
    append_head(text, kind);
    const std::size_t first = shapes.part_begin(row);
    for (std::size_t part = first; part < shapes.part_end(row); ++part) {
        if (part > first) {
            text.raw(",");
        }
        append_part(text, shapes, kind, part);
    }
    if (is_multi(kind)) {
        text.raw("]");
    }
    text.raw("}");
}

void append_geojson_geometry(std::string& out, const Geometries& shapes, std::size_t row) {
    RowText text;
    append_geojson_geometry(text, shapes, row);
    out += text.view();
}

GeoJsonFeature::GeoJsonFeature(const Shape& shape, std::string_view id_column, std::string_view latitude,
                               std::string_view longitude)
    : properties_(shape), id_(id_column.empty() ? Shape::npos : shape.find(id_column)),
      latitude_(latitude.empty() ? Shape::npos : shape.find(latitude)),
      longitude_(longitude.empty() ? Shape::npos : shape.find(longitude)) {}

/// A point with more decimals than append_point() writes, as its cells have it. False where that is not so.
bool GeoJsonFeature::append_point_of_cells(RowText& text, const Batch& batch, std::size_t row) const {
    const Geometries& shapes = batch.shapes;
    if (latitude_ == Shape::npos || longitude_ == Shape::npos || shapes.empty() ||
        shapes.kind(row) != GeometryKind::point) {
        return false;
    }
    const std::span<const double> point = shapes.ring(shapes.ring_begin(shapes.part_begin(row)));
    if (has_few_decimals(point[0], point[1])) {
        return false;
    }
    const std::string_view longitude = digits_of(batch.columns[longitude_].cells[row], point[0]);
    const std::string_view latitude = digits_of(batch.columns[latitude_].cells[row], point[1]);
    if (longitude.empty() || latitude.empty()) {
        return false;
    }
    append_head(text, GeometryKind::point);
    text.raw("[");
    text.raw(longitude);
    text.raw(",");
    text.raw(latitude);
    text.raw("]}");
    return true;
}

void GeoJsonFeature::append(RowText& text, const Batch& batch, std::size_t row) const {
    text.raw(R"({"type":"Feature")");
    if (id_ != Shape::npos && !batch.columns[id_].cells[row].empty()) {
        text.raw(R"(,"id":)");
        text.json_string(batch.columns[id_].cells[row]);
    }
    text.raw(R"(,"geometry":)");
    if (!append_point_of_cells(text, batch, row)) {
        append_geojson_geometry(text, batch.shapes, row);
    }
    text.raw(R"(,"properties":)");
    properties_.append(text, batch, row);
    text.raw("}");
}

}  // namespace kokai
