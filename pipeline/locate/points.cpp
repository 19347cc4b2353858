// SPDX-License-Identifier: Apache-2.0
#include "locate/points.hpp"

#include "normalise/text.hpp"
#include "support/decimal.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <utility>

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

}  // namespace

LocatePoints::LocatePoints(std::string latitude, std::string longitude)
    : latitude_name_(std::move(latitude)), longitude_name_(std::move(longitude)) {}

Shape LocatePoints::bind(const Shape& in) {
    shape_ = in;
    brings_shapes_ = in.has_geometry;
    latitude_ = in.find(latitude_name_);
    longitude_ = in.find(longitude_name_);
    shape_.has_geometry = in.has_geometry || (latitude_ != Shape::npos && longitude_ != Shape::npos);
    return shape_;
}

void LocatePoints::run(Batch& batch, Findings& findings) const {
    if (latitude_ == Shape::npos || longitude_ == Shape::npos) {
        return;
    }
    if (brings_shapes_ && !batch.shapes.empty()) {
        for (std::size_t row = 0; row < batch.size(); ++row) {
            compare(batch, row, findings);
        }
        return;
    }
    // A table may be of sources with shapes and of others without.
    batch.shapes.clear();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        locate(batch, row, findings);
    }
}

/// A layer moved to another datum leaves its own columns of latitude and longitude behind, 450 m off.
void LocatePoints::compare(const Batch& batch, std::size_t row, Findings& findings) const {
    const Cell latitude = batch.columns[latitude_].cells[row];
    const Cell longitude = batch.columns[longitude_].cells[row];
    const auto north = parse_decimal(latitude);
    const auto east = parse_decimal(longitude);
    if (!north || !east || (*north == 0 && *east == 0) || batch.shapes.kind(row) == GeometryKind::none) {
        return;
    }
    const double metres = metres_beyond(batch.shapes, row, *east, *north);
    if (metres > beside_its_shape) {
        const std::string found = fmt::format("{}, {}（図形から {:.0f} m）", latitude, longitude, metres);
        findings.add(Code::position_elsewhere, batch, row, latitude_, shape_.columns[latitude_], findings.keep(found),
                     {}, "図形");
    }
}

void LocatePoints::locate(Batch& batch, std::size_t row, Findings& findings) const {
    Cell& latitude = batch.columns[latitude_].cells[row];
    Cell& longitude = batch.columns[longitude_].cells[row];
    const ColumnInfo& latitude_place = shape_.columns[latitude_];
    const ColumnInfo& longitude_place = shape_.columns[longitude_];
    const auto none = [&] { batch.shapes.end_row(GeometryKind::none); };
    if (latitude.empty() && longitude.empty()) {
        findings.add(Code::position_missing, batch, row, latitude_, latitude_place, {});
        return none();
    }
    if (latitude.empty() || longitude.empty()) {
        const bool no_latitude = latitude.empty();
        findings.add(Code::position_half, batch, row, no_latitude ? latitude_ : longitude_,
                     no_latitude ? latitude_place : longitude_place, no_latitude ? longitude : latitude);
        return none();
    }
    auto north = parse_decimal(latitude);
    auto east = parse_decimal(longitude);
    if (!north || !east) {
        return none();  // told by the normaliser
    }
    if (*north == 0 && *east == 0) {
        findings.add(Code::position_zero, batch, row, latitude_, latitude_place, latitude);
        findings.add(Code::position_zero, batch, row, longitude_, longitude_place, longitude);
        latitude = {};
        longitude = {};
        return none();
    }
    if (is_longitude(*north) && is_latitude(*east)) {
        // The two ranges have nothing in common, so there is one way only to read this.
        findings.add(Code::position_swapped, batch, row, latitude_, latitude_place, latitude, longitude);
        findings.add(Code::position_swapped, batch, row, longitude_, longitude_place, longitude, latitude);
        std::swap(latitude, longitude);
        std::swap(north, east);
        batch.columns[latitude_].looked_over = batch.columns[longitude_].looked_over = false;
    }
    if (!is_latitude(*north) || !is_longitude(*east)) {
        const auto is_angle = [](double number) { return std::abs(number) <= 180; };  // else told by the normaliser
        if (!is_latitude(*north) && is_angle(*north)) {
            findings.add(Code::position_outside_japan, batch, row, latitude_, latitude_place, latitude);
        }
        if (!is_longitude(*east) && is_angle(*east)) {
            findings.add(Code::position_outside_japan, batch, row, longitude_, longitude_place, longitude);
        }
        return none();
    }
    batch.shapes.add_point_row(*east, *north);
}

PositionColumns find_position_columns(const Shape& shape) {
    constexpr std::array<std::array<std::string_view, 2>, 7> names{{{"緯度", "経度"},
                                                                    {"施設_緯度", "施設_経度"},
                                                                    {"latitude", "longitude"},
                                                                    {"lat", "lon"},
                                                                    {"lat", "lng"},
                                                                    {"緯度(北緯)", "経度(東経)"},
                                                                    {"北緯", "東経"}}};
    for (const auto& [latitude, longitude] : names) {
        PositionColumns found;
        for (const ColumnInfo& column : shape.columns) {
            const std::string key = fold_key(column.name);
            if (found.latitude.empty() && key == fold_key(latitude)) {
                found.latitude = column.name;
            }
            if (found.longitude.empty() && key == fold_key(longitude)) {
                found.longitude = column.name;
            }
        }
        if (!found.latitude.empty() && !found.longitude.empty()) {
            return found;
        }
    }
    return {};
}

}  // namespace kokai
