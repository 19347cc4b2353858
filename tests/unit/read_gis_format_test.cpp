// SPDX-License-Identifier: Apache-2.0
#include "read/gis_format.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;

TEST_CASE("A GIS format is told from the first bytes", "[read][gis]") {
    const auto format = [](const std::string& head, const char* extension = "") {
        return std::string(info(gis_format(head, extension)).name);
    };
    std::string database = "SQLite format 3";
    database.resize(100, '\0');
    CHECK(format(database).empty());
    CHECK(format(database, ".gpkg") == "GeoPackage");
    database.replace(68, 4, "GPKG");
    CHECK(format(database, ".db") == "GeoPackage");
    CHECK(format("fgb\x03") == "FlatGeobuf");
    CHECK(format(std::string("\0\0\x27\x0A", 4)) == "ESRI Shapefile");

    CHECK(format("<kml xmlns='http://www.opengis.net/kml/2.2'>") == "KML");
    CHECK(format("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <gpx> -->\n<k:kml>") == "KML");
    CHECK(format("<?xml version='1.0'?><gpx version='1.1'>") == "GPX");
    CHECK(format("<ogr:FeatureCollection xmlns:gml='http://www.opengis.net/gml/3.2'>") == "GML");
    CHECK(format("<Dataset xmlns='http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema'>") == "GML");
    CHECK(format("<ksj:Dataset xmlns:ksj='http://nlftp.mlit.go.jp/ksj/schemas/ksj-app' "
                 "xmlns:gml='http://www.opengis.net/gml/3.2'>") == "JPGIS");
    CHECK(format("<html xmlns='http://www.w3.org/1999/xhtml'>").empty());
    CHECK(format("<!DOCTYPE kml [").empty());

    const std::string feature = R"({"type": "Feature", "properties": {}, "geometry": null})";
    CHECK(format(R"({"type": "FeatureCollection", "features": []})") == "GeoJSON");
    CHECK(format(feature, ".geojson") == "GeoJSON");
    CHECK(format(feature, ".geojsonl") == "GeoJSONSeq");
    CHECK(format(feature + "\n" + feature) == "GeoJSONSeq");
    CHECK(format("\x1E" + feature) == "GeoJSONSeq");
    CHECK(format(R"({"a": 1})").empty());

    CHECK(format("!table\r\n!version 300\r\n!charset WindowsJapanese\r\n") == "MapInfo TAB");
    CHECK(format("名称\t住所\n", ".tab").empty());
    CHECK(format("Version 300\nCharset \"WindowsJapanese\"\nDelimiter \",\"\n") == "MapInfo MIF");
    CHECK(format("Version 300\n", ".mif") == "MapInfo MIF");
    CHECK(format("version,name\n").empty());
    CHECK(format("  0\r\nSECTION\r\n  2\r\nHEADER\r\n") == "DXF");
    CHECK(format("999\nmade by a CAD\n0\nSECTION\n") == "DXF");
    CHECK(format("0\nEOF\n").empty());
}

TEST_CASE("Parts of a Shapefile and of a MapInfo table are known by extension", "[read][gis]") {
    CHECK(is_part_of(GisFormat::shapefile, ".shx"));
    CHECK(is_part_of(GisFormat::mapinfo_table, ".dat"));
    CHECK_FALSE(is_part_of(GisFormat::geojson, ".dbf"));
    CHECK(is_usual_extension(GisFormat::gml, ".xml"));
    CHECK_FALSE(is_usual_extension(GisFormat::kml, ".csv"));
}
