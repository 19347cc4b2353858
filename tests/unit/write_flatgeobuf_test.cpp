// SPDX-License-Identifier: Apache-2.0
// What a FlatGeobuf file holds: header, values, shapes.
#include "support/hash.hpp"
#include "tests/unit/support/fgb_table.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace kokai;
using namespace kokai::testing;
using namespace std::string_literals;

namespace {

const FgbRing square{{139, 36}, {140, 36}, {140, 37}, {139, 37}, {139, 36}};  // counter-clockwise
const FgbRing hole{{139.25, 36.25}, {139.25, 36.75}, {139.75, 36.75}, {139.75, 36.25}, {139.25, 36.25}};  // clockwise
const FgbRing island{{141, 40}, {141.5, 40}, {141, 40.5}, {141, 40}};
const std::string square_text = "(139 36,140 36,140 37,139 37,139 36)";
const std::string hole_text = "(139.25 36.25,139.25 36.75,139.75 36.75,139.75 36.25,139.25 36.25)";
const std::string island_text = "(141 40,141.5 40,141 40.5,141 40)";

FgbRow shape(GeometryKind kind, std::vector<std::vector<FgbRing>> parts) {
    return {{"x"}, kind, std::move(parts)};
}

Field field_of(std::string type, std::string description = {}) {
    Field field;
    field.type = std::move(type);
    field.description = std::move(description);
    return field;
}

/// The shapes of a table, as its file's header type makes a reader see them.
std::vector<std::string> shapes_of(const std::vector<FgbRow>& rows) {
    std::vector<std::string> all;
    const FgbFile file(make_fgb({{"a"}, rows}).bytes);
    for (const FgbRead& feature : file.features()) {
        all.push_back(feature.wkt);
    }
    std::sort(all.begin(), all.end());
    return all;
}

int type_of(const std::vector<FgbRow>& rows) {
    return FgbFile(make_fgb({{"a"}, rows}).bytes).type();
}

const FgbRow a_point = shape(GeometryKind::point, {{{{139, 36}}}});
const FgbRow a_multi_point = shape(GeometryKind::multi_point, {{{{139, 36}}}, {{{140.5, -36.5}}}});
const FgbRow a_line = shape(GeometryKind::line, {{{{139, 36}, {139.5, 36.5}, {139, 37}}}});
const FgbRow a_multi_line = shape(GeometryKind::multi_line, {{{{139, 36}, {139.5, 36.5}}}, {{{1, 2}, {3, 4}, {5, 6}}}});
const FgbRow a_polygon = shape(GeometryKind::polygon, {{square}});
const FgbRow a_pierced = shape(GeometryKind::polygon, {{square, hole}});
const FgbRow a_multi_polygon = shape(GeometryKind::multi_polygon, {{square, hole}, {island}});

}  // namespace

TEST_CASE("The FlatGeobuf header says what the file is", "[write][flatgeobuf]") {
    FlatGeobufOptions options;
    options.title = "AED設置箇所";
    options.description = "市内の\"AED\"";
    options.license = "CC-BY-4.0";
    options.attribution = "前橋市 \"危機\\管理課\"\n";
    const FgbTestTable table{{"名称", "台数", "面積", ""},
                             {fgb_point({"a", "1", "2", "3"}, 139.5, 36.25), fgb_point({"", "", "", ""}, 138, 37)},
                             {{"台数", field_of("integer", "設置した数")}, {"面積", field_of("number")}}};
    const FgbMade made = make_fgb(table, options);
    CHECK(made.file.rows == 2);
    CHECK(made.file.sha256 == sha256_hex(made.bytes));
    const FgbFile file(made.bytes);
    const FgbHeaderTable& header = file.header();
    CHECK(header.string(0) == "a");
    CHECK(header.string(11) == "AED設置箇所");
    CHECK(header.string(12) == "市内の\"AED\"");
    CHECK(nlohmann::json::parse(header.string(13)) ==
          nlohmann::json{{"license", "CC-BY-4.0"}, {"attribution", "前橋市 \"危機\\管理課\"\n"}});
    CHECK(file.type() == 1);
    CHECK(header.number<std::uint64_t>(8) == 2);
    CHECK(header.number<std::uint16_t>(9, 16) == 16);
    const auto* const box = header.list<double>(1);
    REQUIRE(box != nullptr);
    CHECK(std::vector<double>(box->begin(), box->end()) == std::vector<double>{138, 36.25, 139.5, 37});
    const auto* const crs = header.table<FgbCrsTable>(10);
    REQUIRE(crs != nullptr);
    CHECK(crs->string(0) == "EPSG");
    CHECK(crs->number<std::int32_t>(1) == 4326);
    CHECK(crs->string(2) == "WGS 84");
    std::vector<std::string> columns;
    for (const auto* const column : *header.list<flatbuffers::Offset<FgbColumnTable>>(7)) {
        columns.push_back(column->string(0) + "/" + std::to_string(column->number<std::uint8_t>(1)) + "/" +
                          column->string(3));
    }
    CHECK(columns == std::vector<std::string>{"名称/11/", "台数/7/設置した数", "面積/10/", "/11/"});

    options.layer = "aed";
    CHECK(FgbFile(make_fgb(table, options).bytes).header().string(0) == "aed");
    const FgbFile bare(make_fgb(table).bytes);
    for (const int absent : {11, 12, 13}) {
        CHECK(bare.header().text(absent) == nullptr);
    }
}

TEST_CASE("FlatGeobuf values come back as they were", "[write][flatgeobuf]") {
    const std::string very_long(300'000, 'x');
    const std::string hostile = "\"q\" \\ l1\r\nl2\t\x01\x1F\0after NUL"s;
    const FgbTestTable table{{"名称", "住所", "数", "量"},
                             {fgb_point({"市役所", "𠮷岡町 ①髙﨑", "12", "36.389"}, 139.06066789, 36.3890491),
                              fgb_point({hostile, very_long, "-9223372036854775808", "-0.5"}, -0.0000001, 0),
                              fgb_point({"=1+1", "0010", "0", "0"}, 180, 90), fgb_point({"", "", "", ""}, -180, -90)},
                             {{"数", field_of("integer")}, {"量", field_of("number")}}};
    const FgbMade made = make_fgb(table);
    CHECK(made.findings.empty());
    std::map<std::string, std::map<std::string, std::string>> by_shape;
    const FgbFile file(made.bytes);
    for (const FgbRead& feature : file.features()) {
        by_shape[feature.wkt] = feature.values;
    }
    using Values = std::map<std::string, std::string>;
    REQUIRE(by_shape.size() == 4);
    CHECK(by_shape["POINT(139.06066789 36.3890491)"] ==
          Values{{"名称", "s:市役所"}, {"住所", "s:𠮷岡町 ①髙﨑"}, {"数", "l:12"}, {"量", "d:36.389"}});
    CHECK(by_shape["POINT(-1e-07 0)"] == Values{{"名称", "s:" + hostile},
                                                {"住所", "s:" + very_long},
                                                {"数", "l:-9223372036854775808"},
                                                {"量", "d:-0.5"}});
    CHECK(by_shape["POINT(180 90)"] == Values{{"名称", "s:=1+1"}, {"住所", "s:0010"}, {"数", "l:0"}, {"量", "d:0"}});
    CHECK(by_shape["POINT(-180 -90)"].empty());
}

TEST_CASE("A number column leaves out what is no number, and says so", "[write][flatgeobuf]") {
    const auto value_of = [](const std::string& type, const std::string& cell) {
        const FgbMade made = make_fgb({{"数"}, {fgb_point({cell}, 139, 36)}, {{"数", field_of(type)}}});
        const FgbFile file(made.bytes);
        const auto& values = file.features().at(0).values;
        CHECK(made.findings.size() == (values.empty() && !cell.empty() ? 1U : 0U));
        for (const FindingText& finding : made.findings) {
            CHECK(finding.code == Code::number_left_out);
            CHECK(finding.found == cell);
            CHECK(finding.expected == "FlatGeobuf");
            CHECK(finding.cell == "A2");
        }
        return values.empty() ? std::string("null") : values.begin()->second;
    };
    CHECK(value_of("integer", "9223372036854775807") == "l:9223372036854775807");
    CHECK(value_of("integer", "-7") == "l:-7");
    for (const char* const cell :
         {"9223372036854775808", "1.5", "007", "-01", "+1", "1,234", "約10", "１２", "-", " 1", "1 ", "0x10", "1e3"}) {
        CHECK(value_of("integer", cell) == "null");
    }
    CHECK(value_of("number", "-1.50") == "d:-1.5");
    CHECK(value_of("number", "123456789.123456") == "d:123456789.123456");
    for (const char* const cell : {"1.", ".5", "1e5", "nan", "inf", "007.5", "1-2", "12345678901234567890"}) {
        CHECK(value_of("number", cell) == "null");
    }
    CHECK(value_of("number", "") == "null");
    CHECK(value_of("string", "007") == "s:007");
}

TEST_CASE("FlatGeobuf shapes of every kind", "[write][flatgeobuf]") {
    using Shapes = std::vector<std::string>;
    CHECK(shapes_of({a_point}) == Shapes{"POINT(139 36)"});
    CHECK(shapes_of({a_multi_point}) == Shapes{"MULTIPOINT(139 36,140.5 -36.5)"});
    CHECK(shapes_of({a_line}) == Shapes{"LINESTRING(139 36,139.5 36.5,139 37)"});
    CHECK(shapes_of({a_multi_line}) == Shapes{"MULTILINESTRING((139 36,139.5 36.5),(1 2,3 4,5 6))"});
    CHECK(shapes_of({a_polygon}) == Shapes{"POLYGON(" + square_text + ")"});
    CHECK(shapes_of({a_pierced}) == Shapes{"POLYGON(" + square_text + "," + hole_text + ")"});
    CHECK(shapes_of({a_multi_polygon}) ==
          Shapes{"MULTIPOLYGON((" + square_text + "," + hole_text + "),(" + island_text + "))"});
    // GDAL 3.6 reads no MultiLineString without `ends`, which the reader here does.
    const FgbRow one_line = shape(GeometryKind::multi_line, {{{{139, 36}, {139.5, 36.5}}}});
    CHECK(shapes_of({one_line}) == Shapes{"MULTILINESTRING((139 36,139.5 36.5))"});
    CHECK(FgbFile(make_fgb({{"a"}, {one_line}}).bytes).features().at(0).ends == 1);
    int type = 0;
    for (const FgbRow* const row : {&a_point, &a_line, &a_polygon, &a_multi_point, &a_multi_line, &a_multi_polygon}) {
        CHECK(type_of({*row, *row}) == ++type);
        CHECK(FgbFile(make_fgb({{"a"}, {*row}}).bytes).features().at(0).type == type);
    }
}

TEST_CASE("FlatGeobuf rings turn as RFC 7946 wants them", "[write][flatgeobuf]") {
    const FgbRing clockwise(square.rbegin(), square.rend());
    const FgbRing turned_hole(hole.rbegin(), hole.rend());
    CHECK(shapes_of({shape(GeometryKind::polygon, {{clockwise, turned_hole}})}) ==
          std::vector<std::string>{"POLYGON(" + square_text + "," + hole_text + ")"});
    CHECK(shapes_of({shape(GeometryKind::multi_polygon, {{clockwise}, {FgbRing(island.rbegin(), island.rend())}})}) ==
          std::vector<std::string>{"MULTIPOLYGON((" + square_text + "),(" + island_text + "))"});
}

TEST_CASE("Single shapes beside multi shapes are multi shapes of one part", "[write][flatgeobuf]") {
    const auto as_multi = [](FgbRow row, GeometryKind kind) {
        row.kind = kind;
        return row;
    };
    const auto same = [&](const FgbRow& single, const FgbRow& multi) {
        // To the byte what the file would be if the table had said so.
        return make_fgb({{"a"}, {single, multi, single}}).bytes ==
               make_fgb({{"a"}, {as_multi(single, multi.kind), multi, as_multi(single, multi.kind)}}).bytes;
    };
    CHECK(same(a_point, a_multi_point));
    CHECK(same(a_line, a_multi_line));
    CHECK(same(a_polygon, a_multi_polygon));
    CHECK(same(a_pierced, a_multi_polygon));
    CHECK(shapes_of({a_point, a_multi_point}) ==
          std::vector<std::string>{"MULTIPOINT(139 36)", "MULTIPOINT(139 36,140.5 -36.5)"});
    CHECK(shapes_of({a_multi_line, a_line}) ==
          std::vector<std::string>{"MULTILINESTRING((139 36,139.5 36.5),(1 2,3 4,5 6))",
                                   "MULTILINESTRING((139 36,139.5 36.5,139 37))"});
    CHECK(shapes_of({a_pierced, a_multi_polygon, a_polygon}) ==
          std::vector<std::string>{"MULTIPOLYGON((" + square_text + "))",
                                   "MULTIPOLYGON((" + square_text + "," + hole_text + "))",
                                   "MULTIPOLYGON((" + square_text + "," + hole_text + "),(" + island_text + "))"});
    const FgbFile lines(make_fgb({{"a"}, {a_line, a_multi_line}}).bytes);
    CHECK(lines.features().at(0).ends + lines.features().at(1).ends == 3);
    // The values go with them.
    const FgbFile file(make_fgb({{"a"}, {a_pierced, a_multi_polygon}}).bytes);
    for (const FgbRead& feature : file.features()) {
        CHECK(feature.type == 6);
        CHECK(feature.values == std::map<std::string, std::string>{{"a", "s:x"}});
    }
}

TEST_CASE("Shapes of two dimensions leave the type to each feature", "[write][flatgeobuf]") {
    CHECK(type_of({a_point, a_polygon}) == 0);
    CHECK(type_of({a_line, a_multi_polygon}) == 0);
    CHECK(shapes_of({a_point, a_multi_point, a_line, a_polygon, a_multi_polygon}) ==
          std::vector<std::string>{"LINESTRING(139 36,139.5 36.5,139 37)", "MULTIPOINT(139 36,140.5 -36.5)",
                                   "MULTIPOLYGON((" + square_text + "," + hole_text + "),(" + island_text + "))",
                                   "POINT(139 36)", "POLYGON(" + square_text + ")"});
}

TEST_CASE("Rows without a shape, and rows not kept, are left out of FlatGeobuf", "[write][flatgeobuf]") {
    FgbRow filtered = fgb_point({"3"}, 140, 37);
    filtered.state = RowState::filtered;
    const FgbMade made =
        make_fgb({{"数"},
                  {{{"約1"}}, fgb_point({"2"}, 139, 36), filtered, {{"4"}, GeometryKind::multi_polygon}},
                  {{"数", field_of("integer")}}});
    CHECK(made.file.rows == 1);
    CHECK(made.findings.empty());
    const FgbFile file(made.bytes);
    REQUIRE(file.features().size() == 1);
    CHECK(file.features()[0].values == std::map<std::string, std::string>{{"数", "l:2"}});
    CHECK(file.type() == 1);
}

TEST_CASE("A table without any shape is a FlatGeobuf file without features and index", "[write][flatgeobuf]") {
    for (const std::vector<FgbRow>& rows : {std::vector<FgbRow>{}, std::vector<FgbRow>{{{"a"}}, {{"b"}}}}) {
        const FgbMade made = make_fgb({{"名称"}, rows});
        CHECK(made.file.rows == 0);
        const FgbFile file(made.bytes);
        CHECK(file.features().empty());
        CHECK(file.nodes().empty());
        CHECK(file.header().number<std::uint16_t>(9, 16) == 0);
        CHECK(file.header().list<double>(1) == nullptr);
        CHECK(file.header().list<flatbuffers::Offset<FgbColumnTable>>(7)->size() == 1);
    }
}
