// SPDX-License-Identifier: Apache-2.0
#include "locate/points.hpp"

#include "locate/position_header.hpp"
#include "support/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {
namespace {

// Japan with its remotest islands: 沖ノ鳥島, 択捉島, 与那国島, 南鳥島.
bool is_latitude(double degrees) {
    return degrees >= 20 && degrees <= 46;
}
bool is_longitude(double degrees) {
    return degrees >= 122 && degrees <= 154;
}

constexpr double beside_its_shape = 100;  // metres: an entrance, a rounded figure

/// How far a position lies outside the box around a row's shape, in metres.
double metres_beyond(const Geometries& shapes, std::size_t row, double longitude, double latitude) {
    constexpr double metres_a_degree = 111'000;
    constexpr double radian = 57.29577951;
    double west = 180;
    double east = -180;
    double south = 90;
    double north = -90;
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
            const std::span<const double> xy = shapes.ring(ring);
            for (std::size_t i = 0; i + 1 < xy.size(); i += 2) {
                west = std::min(west, xy[i]);
                east = std::max(east, xy[i]);
                south = std::min(south, xy[i + 1]);
                north = std::max(north, xy[i + 1]);
            }
        }
    }
    const double x = std::max({west - longitude, longitude - east, 0.0}) * std::cos(latitude / radian);
    const double y = std::max({south - latitude, latitude - north, 0.0});
    return std::hypot(x, y) * metres_a_degree;
}

/// As the source has it; what a conversion or a grid made of it, to a millimetre.
std::string printed(double degrees) {
    constexpr std::size_t most_written = 9;
    std::string text = fmt::format("{}", degrees);
    const std::size_t point = text.find('.');
    if (point != std::string::npos && text.size() - point - 1 > most_written) {
        text = fmt::format("{:.8f}", degrees);
        text.erase(text.find_last_not_of('0') + 1);
        text.erase(text.find_last_not_of('.') + 1);
    }
    return text;
}

std::span<const double> first_ring(const Geometries& shapes, std::size_t row) {
    return shapes.ring(shapes.ring_begin(shapes.part_begin(row)));
}

/// Many programs make several points of each, which are one.
bool is_one_point(const Geometries& shapes, std::size_t row) {
    return shapes.kind(row) == GeometryKind::point ||
           (shapes.kind(row) == GeometryKind::multi_point && shapes.part_end(row) - shapes.part_begin(row) == 1);
}

}  // namespace

SourceShapes shapes_of(const std::vector<const Batch*>& first_rows) {
    SourceShapes found = SourceShapes::none;
    for (const Batch* const batch : first_rows) {
        for (std::size_t row = 0; row < batch->shapes.size(); ++row) {
            const GeometryKind kind = batch->shapes.kind(row);
            if (kind == GeometryKind::point || kind == GeometryKind::multi_point) {
                found = SourceShapes::points;
            } else if (kind != GeometryKind::none) {
                return SourceShapes::lines_or_areas;
            }
        }
    }
    return found;
}

/// What the two cells say. Zeros have been taken away, exchanged ones put right.
struct LocatePoints::Said {
    enum class State : std::uint8_t { nothing, half, unreadable, position } state = State::nothing;
    double latitude = 0, longitude = 0;
};

LocatePoints::LocatePoints(std::string latitude, std::string longitude, SourceShapes shapes)
    : latitude_name_(std::move(latitude)), longitude_name_(std::move(longitude)), shapes_(shapes) {}

Shape LocatePoints::bind(const Shape& in) {
    shape_ = in;
    brings_shapes_ = in.has_geometry;
    latitude_ = in.find(latitude_name_);
    longitude_ = in.find(longitude_name_);
    const bool columns = latitude_ != Shape::npos && longitude_ != Shape::npos;
    shape_.has_geometry = in.has_geometry || columns;
    if (columns && brings_shapes_ && shapes_ == SourceShapes::points) {  // to be filled in
        for (const std::size_t column : {latitude_, longitude_}) {
            shape_.columns[column].made = shape_.columns[column].made || shape_.columns[column].from.empty();
        }
    }
    return shape_;
}

void LocatePoints::run(Batch& batch, Findings& findings) const {
    if (latitude_ == Shape::npos || longitude_ == Shape::npos) {
        return;
    }
    if (brings_shapes_ && !batch.shapes.empty()) {
        return hold_beside_shapes(batch, findings);
    }
    // A table may be of sources with shapes and of others without.
    batch.shapes.clear();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        locate(batch, row, findings);
    }
}

LocatePoints::Said LocatePoints::read_cells(Batch& batch, std::size_t row, Findings& findings) const {
    Cell& latitude = batch.columns[latitude_].cells[row];
    Cell& longitude = batch.columns[longitude_].cells[row];
    if (latitude.empty() || longitude.empty()) {
        return {latitude.empty() && longitude.empty() ? Said::State::nothing : Said::State::half};
    }
    auto north = parse_decimal(latitude);
    auto east = parse_decimal(longitude);
    if (!north || !east) {
        return {Said::State::unreadable};  // told by the normaliser
    }
    const ColumnInfo& latitude_place = shape_.columns[latitude_];
    const ColumnInfo& longitude_place = shape_.columns[longitude_];
    if (*north == 0 && *east == 0) {
        findings.add(Code::position_zero, batch, row, latitude_, latitude_place, latitude);
        findings.add(Code::position_zero, batch, row, longitude_, longitude_place, longitude);
        latitude = {};
        longitude = {};
        return {Said::State::nothing};
    }
    if (is_longitude(*north) && is_latitude(*east)) {
        // The two ranges have nothing in common, so there is one way only to read this.
        findings.add(Code::position_swapped, batch, row, latitude_, latitude_place, latitude, longitude);
        findings.add(Code::position_swapped, batch, row, longitude_, longitude_place, longitude, latitude);
        std::swap(latitude, longitude);
        std::swap(north, east);
        batch.columns[latitude_].looked_over = batch.columns[longitude_].looked_over = false;
    }
    return {Said::State::position, *north, *east};
}

bool LocatePoints::is_in_japan(const Batch& batch, std::size_t row, const Said& said, Findings& findings) const {
    const auto tell = [&](std::size_t column, double number) {
        if (std::abs(number) > 180) {
            return;  // no angle: told by the normaliser
        }
        findings.add(Code::position_outside_japan, batch, row, column, shape_.columns[column],
                     batch.columns[column].cells[row]);
    };
    if (!is_latitude(said.latitude)) {
        tell(latitude_, said.latitude);
    }
    if (!is_longitude(said.longitude)) {
        tell(longitude_, said.longitude);
    }
    return is_latitude(said.latitude) && is_longitude(said.longitude);
}

void LocatePoints::tell_half(const Batch& batch, std::size_t row, Findings& findings) const {
    const bool no_latitude = batch.columns[latitude_].cells[row].empty();
    const std::size_t missing = no_latitude ? latitude_ : longitude_;
    findings.add(Code::position_half, batch, row, missing, shape_.columns[missing],
                 batch.columns[no_latitude ? longitude_ : latitude_].cells[row]);
}

void LocatePoints::locate(Batch& batch, std::size_t row, Findings& findings) const {
    const bool empty = batch.columns[latitude_].cells[row].empty() && batch.columns[longitude_].cells[row].empty();
    if (empty) {
        findings.add(Code::position_missing, batch, row, latitude_, shape_.columns[latitude_], {});
    }
    const Said said = read_cells(batch, row, findings);
    if (said.state == Said::State::half) {
        tell_half(batch, row, findings);
    }
    if (said.state == Said::State::position && is_in_japan(batch, row, said, findings)) {
        batch.shapes.add_point_row(said.longitude, said.latitude);
    } else {
        batch.shapes.end_row(GeometryKind::none);
    }
}

void LocatePoints::hold_beside_shapes(Batch& batch, Findings& findings) const {
    Geometries placed;  // one point a row of …
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.shapes.kind(row) != GeometryKind::none) {
            hold_beside_shape(batch, row, findings);
            continue;
        }
        if (shapes_ == SourceShapes::lines_or_areas) {
            continue;
        }
        const Said said = read_cells(batch, row, findings);
        if (said.state == Said::State::half) {
            tell_half(batch, row, findings);
        }
        if (said.state == Said::State::position && is_in_japan(batch, row, said, findings)) {
            rows.push_back(row);
            placed.add_point_row(said.longitude, said.latitude);
            const std::string where =
                fmt::format("{}, {}", batch.columns[latitude_].cells[row], batch.columns[longitude_].cells[row]);
            findings.add(Code::position_from_columns, batch, row, latitude_, shape_.columns[latitude_],
                         findings.keep(where));
        }
    }
    if (rows.empty()) {
        return;
    }
    Geometries all;
    std::size_t next = 0;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (next < rows.size() && rows[next] == row) {
            all.append_row(placed, next++);
        } else {
            all.append_row(batch.shapes, row);
        }
    }
    batch.shapes = std::move(all);
}

void LocatePoints::hold_beside_shape(Batch& batch, std::size_t row, Findings& findings) const {
    const Said said = read_cells(batch, row, findings);
    const bool one_point = is_one_point(batch.shapes, row);
    if (said.state == Said::State::position) {
        compare(batch, row, said, findings);
    } else if (said.state == Said::State::nothing && one_point) {
        fill_in(batch, row, findings);
    } else if (said.state == Said::State::half) {
        const bool no_latitude = batch.columns[latitude_].cells[row].empty();
        const auto there = parse_decimal(batch.columns[no_latitude ? longitude_ : latitude_].cells[row]);
        if (!there) {
            return;  // told by the normaliser
        }
        // The half that is there must be the shape's own before the other is put beside it.
        const std::span<const double> xy = first_ring(batch.shapes, row);
        const double latitude = no_latitude ? xy[1] : *there;
        const double longitude = no_latitude ? *there : xy[0];
        if (one_point && metres_beyond(batch.shapes, row, longitude, latitude) <= beside_its_shape) {
            fill_in(batch, row, findings);
        } else {
            tell_half(batch, row, findings);
        }
    }
}

/// Cells that are empty.
void LocatePoints::fill_in(Batch& batch, std::size_t row, Findings& findings) const {
    const std::span<const double> xy = first_ring(batch.shapes, row);
    for (const auto& [column, degrees] : {std::pair{latitude_, xy[1]}, std::pair{longitude_, xy[0]}}) {
        if (batch.columns[column].cells[row].empty()) {
            batch.columns[column].put(row, batch.bytes.keep(printed(degrees)));
        }
    }
    const std::string both =
        fmt::format("{}, {}", batch.columns[latitude_].cells[row], batch.columns[longitude_].cells[row]);
    findings.add(Code::position_from_shape, batch, row, latitude_, shape_.columns[latitude_], {}, findings.keep(both));
}

/// A layer moved to another datum leaves its own columns of latitude and longitude behind, 450 m off.
void LocatePoints::compare(const Batch& batch, std::size_t row, const Said& said, Findings& findings) const {
    const double metres = metres_beyond(batch.shapes, row, said.longitude, said.latitude);
    if (metres > beside_its_shape) {
        const std::string found = fmt::format("{}, {}（図形から {:.0f} m）", batch.columns[latitude_].cells[row],
                                              batch.columns[longitude_].cells[row], metres);
        findings.add(Code::position_elsewhere, batch, row, latitude_, shape_.columns[latitude_], findings.keep(found),
                     {}, "図形");
    }
}

PositionColumns find_position_columns(const Shape& shape) {
    std::vector<std::string_view> headers;
    for (const ColumnInfo& column : shape.columns) {
        headers.emplace_back(column.name);
    }
    const auto pair = position_pair(headers, PairKind::degrees);
    return pair ? PositionColumns{shape.columns[pair->first].name, shape.columns[pair->second].name}
                : PositionColumns{};
}

}  // namespace kokai
