// SPDX-License-Identifier: Apache-2.0
#include "locate/points.hpp"
#include "map/condition.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_sink.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "write/geojson.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::field_named;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using kokai::testing::TemporaryFolder;
using kokai::testing::write_all;

namespace {

std::string written(const std::vector<std::string>& header, const Rows& rows, const Schema& schema = {},
                    GeoJsonOptions options = {}) {
    const TemporaryFolder folder;
    options.folder = folder.path();
    options.name = "a.geojson";
    TableSource source(header, rows);
    TakeFields fields(schema);
    LocatePoints locate("緯度", "経度");
    GeoJsonSink sink(options);
    write_all(source, {&fields, &locate}, sink);
    return folder.read("a.geojson");
}

/// The properties of the only feature.
std::string properties_of(const std::vector<std::string>& header, const std::vector<std::string>& row,
                          const Schema& schema = {}) {
    const std::string text = written(header, {row}, schema);
    const std::size_t at = text.find("\"properties\":") + 13;
    return text.substr(at, text.rfind("}\n]}") - at);
}

std::string geometry_of(const Geometries& shapes, std::size_t row) {
    std::string text;
    append_geojson_geometry(text, shapes, row);
    return text;
}

void add_ring(Geometries& shapes, const std::vector<std::pair<double, double>>& points) {
    for (const auto& [x, y] : points) {
        shapes.add_point(x, y);
    }
    shapes.end_ring();
}

}  // namespace

TEST_CASE("A collection to the byte: longitude first, no padding, null where there is no position",
          "[write][geojson]") {
    CHECK(written({"名称", "緯度", "経度"},
                  {{"市役所", "36.3890490", "139.0606680"}, {"駅", "36.5", "139"}, {"館", "", ""}}) ==
          "{\"type\":\"FeatureCollection\",\"features\":[\n"
          "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[139.060668,36.389049]},"
          "\"properties\":{\"名称\":\"市役所\",\"緯度\":\"36.3890490\",\"経度\":\"139.0606680\"}},\n"
          "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[139,36.5]},"
          "\"properties\":{\"名称\":\"駅\",\"緯度\":\"36.5\",\"経度\":\"139\"}},\n"
          "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"名称\":\"館\",\"緯度\":null,\"経度\":null}}\n"
          "]}\n");
    CHECK(written({"名称"}, {}) == "{\"type\":\"FeatureCollection\",\"features\":[\n\n]}\n");
}

TEST_CASE("A point keeps the decimals of its cells, as the CSV does", "[write][geojson]") {
    const auto point_of = [](const std::string& latitude, const std::string& longitude) {
        GeoJsonOptions options;
        options.latitude = "緯度";
        options.longitude = "経度";
        const std::string text = written({"緯度", "経度"}, {{latitude, longitude}}, {}, options);
        const std::size_t at = text.find("\"coordinates\":") + 14;
        return text.substr(at, text.find(']', at) + 1 - at);
    };
    CHECK(point_of("36.38904909999", "139.06066675") == "[139.06066675,36.38904909999]");
    CHECK(point_of("36.389049089123", "139.06066675000") == "[139.06066675,36.389049089123]");
    CHECK(point_of("36.389049", "139.06066675") == "[139.06066675,36.389049]");
    CHECK(point_of("36.12345678901234567", "139") == "[139,36.12345678901234567]");
    CHECK(point_of("036.12345678901", "139.5") == "[139.5,36.1234568]");  // no number in JSON
}

TEST_CASE("Of a shape a computed coordinate has seven decimals, a written one its own up to nine", "[write][geojson]") {
    Geometries shapes;
    shapes.add_point_row(139.060666751, 36.38904909);
    shapes.add_point_row(139.06066675 + 1e-13, 36.38904909);
    add_ring(shapes, {{139.06066675, 36.38904909}, {139.1, 36.4}});
    shapes.end_part();
    shapes.end_row(GeometryKind::line);
    CHECK(geometry_of(shapes, 0) == R"({"type":"Point","coordinates":[139.060666751,36.38904909]})");
    CHECK(geometry_of(shapes, 1) == R"({"type":"Point","coordinates":[139.0606668,36.3890491]})");
    // Lines and areas are checked with seven.
    CHECK(geometry_of(shapes, 2) == R"({"type":"LineString","coordinates":[[139.0606668,36.3890491],[139.1,36.4]]})");
}

TEST_CASE("Numbers are numbers only where the field says so and nothing is lost", "[write][geojson]") {
    Schema schema;
    schema.fields = {field_named("数"), field_named("番号")};
    schema.fields[0].type = "integer";
    schema.fields[1].type = "string";
    const auto number = [&](const std::string& cell) { return properties_of({"数", "番号"}, {cell, cell}, schema); };
    CHECK(number("12") == R"({"数":12,"番号":"12"})");
    CHECK(number("-1.50") == R"({"数":-1.50,"番号":"-1.50"})");
    CHECK(number("0") == R"({"数":0,"番号":"0"})");
    CHECK(number("007") == R"({"数":"007","番号":"007"})");
    CHECK(number("1,234") == R"({"数":"1,234","番号":"1,234"})");
    CHECK(number("+1") == R"({"数":"+1","番号":"+1"})");
    CHECK(number("12345678901234567890") == R"({"数":"12345678901234567890","番号":"12345678901234567890"})");
    CHECK(number("") == R"({"数":null,"番号":null})");
    schema.fields[0].type = "number";
    CHECK(number("36.389") == R"({"数":36.389,"番号":"36.389"})");
    CHECK(properties_of({"ほか"}, {"12"}, schema) == R"({"ほか":"12"})");
}

TEST_CASE("Quotes, backslashes and control characters are escaped, in keys too", "[write][geojson]") {
    CHECK(properties_of({"a"}, {"say \"hi\" \\ end"}) == R"({"a":"say \"hi\" \\ end"})");
    CHECK(properties_of({"a"}, {"l1\nl2\r\tx\x01\x1F"}) == R"({"a":"l1\nl2\r\tx\u0001\u001f"})");
    CHECK(properties_of({"a\"b\n"}, {"</script>"}) == R"({"a\"b\n":"</script>"})");
}

TEST_CASE("Title, licence, credit and ids", "[write][geojson]") {
    GeoJsonOptions options;
    options.title = "AED \"設置\"箇所";
    options.license = "CC-BY-4.0";
    options.attribution = "前橋市";
    options.id_column = "ID";
    CHECK(written({"ID", "名称"}, {{"0010", "a"}, {"", "b"}}, {}, options) ==
          "{\"type\":\"FeatureCollection\",\"name\":\"AED "
          "\\\"設置\\\"箇所\",\"license\":\"CC-BY-4.0\",\"attribution\":\"前橋市\",\"features\":[\n"
          "{\"type\":\"Feature\",\"id\":\"0010\",\"geometry\":null,\"properties\":{\"ID\":\"0010\",\"名称\":\"a\"}},\n"
          "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"ID\":null,\"名称\":\"b\"}}\n]}\n");
}

TEST_CASE("Rows that are not kept leave no comma behind", "[write][geojson]") {
    const TemporaryFolder folder;
    TableSource source({"a"}, {{"x"}, {"x"}, {"1"}, {"x"}, {"x"}, {"2"}, {"3"}, {"x"}});
    FilterRows filter({{"a", Condition::Test::not_equals, {"x"}}}, {});
    GeoJsonOptions options;
    options.folder = folder.path();
    options.name = "a.geojson";
    GeoJsonSink sink(options);
    const OutputFile file = write_all(source, {&filter}, sink);
    const std::string feature = R"({"type":"Feature","geometry":null,"properties":{"a":)";
    CHECK(folder.read("a.geojson") == "{\"type\":\"FeatureCollection\",\"features\":[\n" + feature + "\"1\"}},\n" +
                                          feature + "\"2\"}},\n" + feature + "\"3\"}}\n]}\n");
    CHECK(file.format == "geojson");
    CHECK(file.rows == 3);
    CHECK(file.bytes == folder.read("a.geojson").size());
}

TEST_CASE("Outer rings go counter-clockwise, holes clockwise, whatever the source does", "[write][geojson]") {
    const std::vector<std::pair<double, double>> counter{{139, 36}, {140, 36}, {140, 37}, {139, 37}, {139, 36}};
    const std::vector<std::pair<double, double>> hole{
        {139.25, 36.25}, {139.25, 36.5}, {139.5, 36.5}, {139.25, 36.25}};  // clockwise
    const std::string expected = R"({"type":"Polygon","coordinates":[[[139,36],[140,36],[140,37],[139,37],[139,36]],)"
                                 R"([[139.25,36.25],[139.25,36.5],[139.5,36.5],[139.25,36.25]]]})";
    Geometries shapes;
    add_ring(shapes, counter);
    add_ring(shapes, hole);
    shapes.end_part();
    shapes.end_row(GeometryKind::polygon);
    // As a Shapefile has them: the other way round.
    add_ring(shapes, {counter.rbegin(), counter.rend()});
    add_ring(shapes, {hole.rbegin(), hole.rend()});
    shapes.end_part();
    shapes.end_row(GeometryKind::polygon);
    CHECK(geometry_of(shapes, 0) == expected);
    CHECK(geometry_of(shapes, 1) == expected);
}

TEST_CASE("Every kind of geometry", "[write][geojson]") {
    Geometries shapes;
    CHECK(geometry_of(shapes, 0) == "null");  // a table without positions
    shapes.add_point_row(139.5, 36.25);
    shapes.end_row(GeometryKind::none);
    for (const double x : {139.0, 139.5}) {
        shapes.add_point(x, 36);
        shapes.end_ring();
        shapes.end_part();
    }
    shapes.end_row(GeometryKind::multi_point);
    add_ring(shapes, {{139, 36}, {139.5, 36.5}});
    shapes.end_part();
    shapes.end_row(GeometryKind::line);
    add_ring(shapes, {{139, 36}, {139.5, 36.5}});
    shapes.end_part();
    add_ring(shapes, {{138, 35}, {138.5, 35.5}});
    shapes.end_part();
    shapes.end_row(GeometryKind::multi_line);
    for (const double x : {139.0, 140.0}) {
        add_ring(shapes, {{x, 36}, {x, 36.5}, {x + 0.5, 36.5}, {x, 36}});
        shapes.end_part();
    }
    shapes.end_row(GeometryKind::multi_polygon);
    CHECK(geometry_of(shapes, 0) == R"({"type":"Point","coordinates":[139.5,36.25]})");
    CHECK(geometry_of(shapes, 1) == "null");
    CHECK(geometry_of(shapes, 2) == R"({"type":"MultiPoint","coordinates":[[139,36],[139.5,36]]})");
    CHECK(geometry_of(shapes, 3) == R"({"type":"LineString","coordinates":[[139,36],[139.5,36.5]]})");
    CHECK(geometry_of(shapes, 4) ==
          R"({"type":"MultiLineString","coordinates":[[[139,36],[139.5,36.5]],[[138,35],[138.5,35.5]]]})");
    CHECK(
        geometry_of(shapes, 5) ==
        R"({"type":"MultiPolygon","coordinates":[[[[139,36],[139.5,36.5],[139,36.5],[139,36]]],[[[140,36],[140.5,36.5],[140,36.5],[140,36]]]]})");
}
