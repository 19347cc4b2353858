// SPDX-License-Identifier: Apache-2.0
// The coordinate systems that Japanese data comes in, known by their EPSG codes and by nothing else: a name like
// JGD_2000_Japan_Zone_9 differs by one digit from a system that lies half a metre away.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kokai {

/// On what a position stands. WGS 84 counts as JGD2011: the two are the same within what a map shows.
enum class Datum : std::uint8_t { tokyo, jgd2000, jgd2011 };

enum class Projection : std::uint8_t {
    degrees,
    plane,  // 平面直角座標系, zones 1 to 19: X is north, Y is east
    utm,    // zones 51 to 56
    web_mercator
};

struct CoordinateSystem {
    int code = 6668;
    Datum datum = Datum::jgd2011;
    Projection projection = Projection::degrees;
    int zone = 0;

    /// Whether a pair of numbers is written north first (latitude, longitude; X, Y), as EPSG and surveyors do. Files
    /// of a GIS hold east first, whatever the system.
    [[nodiscard]] bool north_first() const {
        return projection == Projection::degrees || projection == Projection::plane;
    }
};

/// Null for a code that is not in the list (coordinate_system.cpp).
std::optional<CoordinateSystem> coordinate_system(int code);
/// `EPSG:6677`, `epsg:6677`, `6677`, `urn:ogc:def:crs:EPSG::6677`, `OGC:CRS84`, a web address that ends so; null for
/// anything else.
std::optional<CoordinateSystem> coordinate_system(std::string_view name);

/// The plane system of a zone from 1 to 19.
CoordinateSystem plane_system(Datum datum, int zone);
/// Longitude and latitude in a datum.
CoordinateSystem degrees_in(Datum datum);

/// EPSG:6677
std::string code_text(const CoordinateSystem& system);
/// 平面直角座標系 第9系（世界測地系 JGD2011）
std::string words_ja(const CoordinateSystem& system);

/// Where a plane or UTM system begins, in degrees.
struct SystemOrigin {
    double latitude = 0, longitude = 0;
};
SystemOrigin origin_of(const CoordinateSystem& system);

}  // namespace kokai
