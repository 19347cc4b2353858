// SPDX-License-Identifier: Apache-2.0
// Shapes as ESRI's "Shapefile Technical Description" (July 1998) lays them out in a .shp: one class of geometry a
// file, boxes in front, outer rings clockwise and holes counter-clockwise.
#pragma once

#include "model/geometry.hpp"
#include "write/bounds.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace kokai {

/// A .shp holds one of them only; lines and polygons may have any number of parts.
enum class ShpClass : std::uint8_t { point, multi_point, line, polygon };

constexpr std::size_t shp_class_count = 4;
constexpr std::size_t shp_header_size = 100;       // of a .shp and of a .shx
constexpr std::size_t shp_record_header_size = 8;  // record number, length of the content in 16-bit words
constexpr std::size_t shx_record_size = 8;

/// `kind` is not none.
ShpClass shp_class_of(GeometryKind kind);

/// Appends a row's record. Its number is 0: only the one who strings the records together knows it. `bounds` is the
/// row's box and not empty.
void append_shp_record(std::string& out, const Geometries& shapes, std::size_t row, const Bounds& bounds);

/// The header of a .shp or a .shx of `file_bytes` in all. The box of a file without shapes is zeros.
std::string shp_header(ShpClass shapes, std::uint64_t file_bytes, const Bounds& bounds);

}  // namespace kokai
