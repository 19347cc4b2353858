// SPDX-License-Identifier: Apache-2.0
// Coordinates as KML has them: longitude,latitude and a blank between positions.
#include "write/kml.hpp"
#include "write/winding.hpp"

#include <span>

namespace kokai {
namespace {

void append_coordinates(RowText& text, std::span<const double> positions, Walk walk) {
    const std::size_t points = positions.size() / 2;
    text.raw("<coordinates>");
    for (std::size_t i = 0; i < points; ++i) {
        const std::size_t at = 2 * (walk == Walk::forwards ? i : points - 1 - i);
        if (i > 0) {
            text.raw(" ");
        }
        text.degrees(positions[at]);
        text.raw(",");
        text.degrees(positions[at + 1]);
    }
    text.raw("</coordinates>");
}

void append_polygon(RowText& text, const Geometries& shapes, std::size_t part) {
    text.raw("<Polygon>");
    for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
        const std::span<const double> positions = shapes.ring(ring);
        if (ring == shapes.ring_begin(part)) {
            text.raw("<outerBoundaryIs><LinearRing>");
            append_coordinates(text, positions, geojson_walk(positions, true));
            text.raw("</LinearRing></outerBoundaryIs>");
        } else {
            text.raw("<innerBoundaryIs><LinearRing>");
            append_coordinates(text, positions, geojson_walk(positions, false));
            text.raw("</LinearRing></innerBoundaryIs>");
        }
    }
    text.raw("</Polygon>");
}

void append_part(RowText& text, const Geometries& shapes, GeometryKind kind, std::size_t part) {
    const std::span<const double> first = shapes.ring(shapes.ring_begin(part));
    switch (kind) {
    case GeometryKind::point:
    case GeometryKind::multi_point:
        text.raw("<Point>");
        append_coordinates(text, first, Walk::forwards);
        text.raw("</Point>");
        break;
    case GeometryKind::line:
    case GeometryKind::multi_line:
        text.raw("<LineString>");
        append_coordinates(text, first, Walk::forwards);
        text.raw("</LineString>");
        break;
    default:
        append_polygon(text, shapes, part);
    }
}

}  // namespace

void append_kml_geometry(RowText& text, const Geometries& shapes, std::size_t row) {
    const GeometryKind kind = shapes.kind(row);
    if (is_multi(kind)) {
        text.raw("<MultiGeometry>");
    }
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        append_part(text, shapes, kind, part);
    }
    if (is_multi(kind)) {
        text.raw("</MultiGeometry>");
    }
}

}  // namespace kokai
