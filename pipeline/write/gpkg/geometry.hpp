// SPDX-License-Identifier: Apache-2.0
// A row's shape as GeoPackage holds it: the header "GP" with the box of everything but points, then little-endian WKB.
// Outer rings go counter-clockwise, holes clockwise, as in our GeoJSON.
#pragma once

#include "model/geometry.hpp"
#include "write/bounds.hpp"

#include <cstdint>
#include <string>

namespace kokai {

/// longitude and latitude, WGS 84: JGD2011 is the same within what GeoPackage's readers can tell.
constexpr std::int32_t gpkg_srs_id = 4326;

/// `bounds` is bounds_of() that row, not empty.
void append_gpkg_geometry(std::string& out, const Geometries& shapes, std::size_t row, const Bounds& bounds);

/// A bit for each kind of geometry.
constexpr std::uint32_t kind_bit(GeometryKind kind) {
    return 1U << static_cast<std::uint32_t>(kind);
}
/// What gpkg_geometry_columns calls a table of these kinds: POINT … MULTIPOLYGON when there is only one, else GEOMETRY.
const char* gpkg_geometry_type(std::uint32_t kinds);

}  // namespace kokai
