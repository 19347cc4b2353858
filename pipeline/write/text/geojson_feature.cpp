// SPDX-License-Identifier: Apache-2.0
#include "write/text/geojson_feature.hpp"

#include "write/winding.hpp"

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

GeoJsonFeature::GeoJsonFeature(const Shape& shape, std::string_view id_column)
    : properties_(shape), id_(id_column.empty() ? Shape::npos : shape.find(id_column)) {}

void GeoJsonFeature::append(RowText& text, const Batch& batch, std::size_t row) const {
    text.raw(R"({"type":"Feature")");
    if (id_ != Shape::npos && !batch.columns[id_].cells[row].empty()) {
        text.raw(R"(,"id":)");
        text.json_string(batch.columns[id_].cells[row]);
    }
    text.raw(R"(,"geometry":)");
    append_geojson_geometry(text, batch.shapes, row);
    text.raw(R"(,"properties":)");
    properties_.append(text, batch, row);
    text.raw("}");
}

}  // namespace kokai
