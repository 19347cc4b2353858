// SPDX-License-Identifier: Apache-2.0
// Which GIS format a file is, from its first bytes; the extension only decides between two that begin alike. Nothing
// else ever reaches GDAL, and each goes to one named driver.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kokai {

enum class GisFormat : std::uint8_t {
    none,
    shapefile,
    geojson,
    geojson_lines,
    geopackage,
    flatgeobuf,
    kml,
    gml,
    ksj,  // 国土数値情報 in JPGIS 2.1: GML that no GDAL driver makes features of
    gpx,
    mapinfo_table,
    mapinfo_exchange,
    dxf,
    postgis  // no file: never found in bytes
};

/// So many bytes of the file's beginning tell. Root elements of city models declare dozens of namespaces.
inline constexpr std::size_t gis_head_bytes = 16384;

/// `extension` in small letters, with its dot.
GisFormat gis_format(std::string_view head, std::string_view extension);

struct GisFormatInfo {
    std::string_view name;       // as reports say it
    std::string_view driver;     // GDAL's name; empty = read by the program itself
    std::string_view extension;  // the usual one
};
const GisFormatInfo& info(GisFormat format);

/// Whether files of the format are called so.
bool is_usual_extension(GisFormat format, std::string_view extension);

/// Files that belong to one of the format, by extension: `.dbf`, `.shx` …
bool is_part_of(GisFormat format, std::string_view extension);

/// 「GeoJSON、Shapefile …」 for messages.
inline constexpr std::string_view gis_formats_ja =
    "GeoJSON、Shapefile（.shp）、GeoPackage、FlatGeobuf、KML・KMZ、GML（国土数値情報を含む）、MapInfo（.tab .mif）、"
    "DXF、GPX";
inline constexpr std::string_view gis_formats_en =
    "GeoJSON, Shapefile (.shp), GeoPackage, FlatGeobuf, KML, KMZ, GML, MapInfo (.tab .mif), DXF, GPX";

}  // namespace kokai
