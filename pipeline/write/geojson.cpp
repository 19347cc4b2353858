// SPDX-License-Identifier: Apache-2.0
#include "write/geojson.hpp"

#include "model/schema.hpp"
#include "support/decimal.hpp"
#include "support/json_text.hpp"
#include "write/winding.hpp"

#include <array>
#include <utility>

namespace kokai {
namespace {

void append_position(std::string& out, double longitude, double latitude) {
    out += '[';
    append_degrees(out, longitude);
    out += ',';
    append_degrees(out, latitude);
    out += ']';
}

enum class Direction : std::uint8_t { as_is, reversed };

void append_ring(std::string& out, std::span<const double> ring, Direction direction) {
    out += '[';
    const std::size_t points = ring.size() / 2;
    for (std::size_t i = 0; i < points; ++i) {
        const std::size_t at = 2 * (direction == Direction::as_is ? i : points - 1 - i);
        if (i > 0) {
            out += ',';
        }
        append_position(out, ring[at], ring[at + 1]);
    }
    out += ']';
}

void append_polygon(std::string& out, const Geometries& shapes, std::size_t part) {
    out += '[';
    for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
        const bool outer = ring == shapes.ring_begin(part);
        out += outer ? "" : ",";
        const std::span<const double> points = shapes.ring(ring);
        append_ring(out, points, ring_is_clockwise(points) == outer ? Direction::reversed : Direction::as_is);
    }
    out += ']';
}

}  // namespace

void append_geojson_geometry(std::string& out, const Geometries& shapes, std::size_t row) {
    constexpr std::array names{"", "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"};
    const GeometryKind kind = shapes.empty() ? GeometryKind::none : shapes.kind(row);
    if (kind == GeometryKind::none) {
        out += "null";
        return;
    }
    out += R"({"type":")";
    out += names[static_cast<std::size_t>(kind)];
    out += R"(","coordinates":)";
    const std::size_t first = shapes.part_begin(row);
    const bool multi =
        kind == GeometryKind::multi_point || kind == GeometryKind::multi_line || kind == GeometryKind::multi_polygon;
    out += multi ? "[" : "";
    for (std::size_t part = first; part < shapes.part_end(row); ++part) {
        out += part == first ? "" : ",";
        switch (kind) {
        case GeometryKind::point:
        case GeometryKind::multi_point: {
            const std::span<const double> point = shapes.ring(shapes.ring_begin(part));
            append_position(out, point[0], point[1]);
            break;
        }
        case GeometryKind::line:
        case GeometryKind::multi_line:
            append_ring(out, shapes.ring(shapes.ring_begin(part)), Direction::as_is);
            break;
        default:
            append_polygon(out, shapes, part);
        }
    }
    out += multi ? "]}" : "}";
}

GeoJsonSink::GeoJsonSink(GeoJsonOptions options) : options_(std::move(options)) {}

void GeoJsonSink::open(const Shape& shape) {
    file_.emplace(options_.folder / options_.name, options_.name);
    for (const ColumnInfo& column : shape.columns) {
        Property property;
        append_json_string(property.key, column.name);
        property.key += ':';
        property.number =
            column.field != nullptr && (column.field->type == "integer" || column.field->type == "number");
        properties_.push_back(std::move(property));
    }
    id_ = options_.id_column.empty() ? Shape::npos : shape.find(options_.id_column);
    std::string head = R"({"type":"FeatureCollection")";
    const auto member = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) {
            head += ",\"";
            head += key;
            head += "\":";
            append_json_string(head, value);
        }
    };
    member("name", options_.title);
    member("license", options_.license);
    member("attribution", options_.attribution);
    head += ",\"features\":[\n";
    file_->append(std::string_view(head));
}

void GeoJsonSink::encode(const Batch& batch, Buffer& buffer, Findings& /*findings*/) const {
    std::string& out = buffer.bytes;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        if (batch.first_written_row + buffer.rows > 0) {
            out += ",\n";
        }
        out += R"({"type":"Feature")";
        if (id_ != Shape::npos && !batch.columns[id_].cells[row].empty()) {
            out += R"(,"id":)";
            append_json_string(out, batch.columns[id_].cells[row]);
        }
        out += R"(,"geometry":)";
        append_geojson_geometry(out, batch.shapes, row);
        out += R"(,"properties":{)";
        for (std::size_t i = 0; i < properties_.size(); ++i) {
            if (i > 0) {
                out += ',';
            }
            out += properties_[i].key;
            const Cell cell = batch.columns[i].cells[row];
            if (cell.empty()) {
                out += "null";
            } else if (properties_[i].number && is_json_number(cell)) {
                out += cell;
            } else {
                append_json_string(out, cell);
            }
        }
        out += "}}";
        ++buffer.rows;
    }
}

void GeoJsonSink::append(Buffer&& buffer) {
    file_->append(std::string_view(buffer.bytes));
    rows_ += buffer.rows;
}

OutputFile GeoJsonSink::close() {
    file_->append(std::string_view("\n]}\n"));
    const WrittenFile written = file_->finish();
    return {"geojson", options_.name, rows_, written.bytes, written.sha256};
}

}  // namespace kokai
