// SPDX-License-Identifier: Apache-2.0
// The Shapefile sink, read back by GDAL's ogr2ogr and held against the GeoJSON of the same rows.
#include "tests/unit/support/shapefile_table.hpp"
#include "write/geojson.hpp"

#include <catch2/catch.hpp>

#include <cstring>
#include <string>
#include <vector>

using namespace kokai;
using namespace kokai::testing;

namespace {

const Points hole{{139.25, 36.25}, {139.75, 36.25}, {139.75, 36.75}, {139.25, 36.75}, {139.25, 36.25}};
const Points island{{139.5, 36.5}, {139.625, 36.5}, {139.5, 36.625}, {139.5, 36.5}};  // in the hole
const Points elsewhere{{141, 40}, {141, 40.5}, {141.5, 40.5}, {141, 40}};             // clockwise

/// The geometry as our GeoJSON has it.
json expected_geometry(const Drawn& drawn) {
    Geometries shapes;
    drawn.add_to(shapes);
    std::string text;
    append_geojson_geometry(text, shapes, 0);
    return json::parse(text);
}

}  // namespace

TEST_CASE("Points and their values come back through GDAL", "[write][shapefile]") {
    const TemporaryFolder folder;
    const DrawnTable table{
        {"名称", "住所", "人数", "面積", "番号"},
        {{"名称", {"string", "name"}}, {"人数", {"integer", ""}}, {"面積", {"number", "floorArea"}}},
        {{{"市役所", "前橋市大手町二丁目12番1号", "1200", "36.25", "0010"}, drawn_point(139.060668, 36.389049)},
         {{"\"駅\", 東口\n2階", "𠮷岡町 ①髙﨑", "-3", "-0.5", "007"}, drawn_point(139.0483, 36.38315)},
         {{"", "", "", "", ""}, drawn_point(-0.0000001, 0)}}};
    const MadeShapefile made = make_shapefile(table, options_in(folder));
    CHECK(made.findings.empty());
    CHECK(made.file.format == "shp");
    CHECK(made.file.path == "a.shp.zip");
    CHECK(made.file.rows == 3);
    CHECK(made.file.bytes == folder.read("a.shp.zip").size());

    const json read = features(folder, "a");
    REQUIRE(read.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(read[i]["geometry"] == expected_geometry(table.rows[i].shape));
    }
    CHECK(read[0]["properties"] == json::parse(R"({"name":"市役所","住所":"前橋市大手町二丁目12番1号",)"
                                               R"("人数":1200,"floorArea":36.25,"番号":"0010"})"));
    CHECK(read[1]["properties"] == json::parse(R"({"name":"\"駅\", 東口\n2階","住所":"𠮷岡町 ①髙﨑",)"
                                               R"("人数":-3,"floorArea":-0.5,"番号":"007"})"));
    CHECK(read[2]["properties"] ==
          json::parse(R"({"name":null,"住所":null,"人数":null,"floorArea":null,"番号":null})"));
}

TEST_CASE("The archive holds the parts, the dictionary and a note", "[write][shapefile]") {
    const TemporaryFolder folder;
    ShapefileOptions options = options_in(folder);
    options.title = "AED設置箇所一覧";
    options.license = "CC-BY-4.0";
    options.attribution = "前橋市";
    options.modified = "2024-04-01";
    make_shapefile(
        {{"名称", "標高, \"m\""}, {{"標高, \"m\"", {"number", ""}}}, {{{"館", "12.25"}, drawn_point(139, 36)}}},
        options);
    const Archive all = archive(folder);
    std::vector<std::string> names = parts_of("a");
    names.insert(names.end(), {"fields.csv", "README.txt"});
    CHECK(all.names == names);
    // The headers' own lengths, in 16-bit words.
    CHECK(all.parts.at("a.shp").substr(24, 4) == std::string("\0\0\0\x40", 4));
    CHECK(all.parts.at("a.shx").substr(24, 4) == std::string("\0\0\0\x36", 4));
    CHECK(all.parts.at("a.shp").size() == 128);
    CHECK(all.parts.at("a.shx").size() == 108);
    CHECK(all.parts.at("a.cpg") == "UTF-8");
    CHECK(all.parts.at("fields.csv") == "\xEF\xBB\xBF"
                                        "DBFの項目名,項目名,型,幅,小数の桁数\r\n"
                                        "名称,\"名称\",C,3,0\r\n"
                                        "標高_m,\"標高, \"\"m\"\"\",N,5,2\r\n");
    const std::string& readme = all.parts.at("README.txt");
    CHECK(readme.starts_with("\xEF\xBB\xBF"
                             "題名 / Title: AED設置箇所一覧\r\n利用条件 / Licence: CC-BY-4.0\r\n"
                             "出典 / Source: 前橋市\r\nデータの更新日 / Modified: 2024-04-01\r\n"));
    CHECK(contains(readme, "a.shp（.shx .dbf .prj .cpg）: 点 1 件 / 1 points\r\n"));
    CHECK(contains(readme, "ありません / nothing\r\n"));
    CHECK(all.parts.at("a.dbf").substr(0, 4) == "\x03\x7C\x04\x01");
    const std::string summary =
        output_of("ogrinfo -ro -so -al -mdd all '/vsizip/" + (folder.path() / "a.shp.zip").string() + "' 2>&1");
    CHECK(contains(summary, "ID[\"EPSG\",6668]"));
    CHECK(contains(summary, "SOURCE_ENCODING=UTF-8"));
    CHECK(contains(summary, "DBF_DATE_LAST_UPDATE=2024-04-01"));
}

TEST_CASE("Lines and multi lines", "[write][shapefile]") {
    const TemporaryFolder folder;
    const std::vector<Drawn> lines{
        {GeometryKind::line, {{{{139, 36}, {139.5, 36.25}, {140, 36}}}}},
        {GeometryKind::multi_line, {{{{139, 36}, {139.5, 36.5}}}, {{{138, 35}, {138.5, 35.5}, {138.75, 35}}}}}};
    make_shapefile({{"n"}, {}, {{{"1"}, lines[0]}, {{"2"}, lines[1]}}}, options_in(folder));
    const json read = features(folder, "a");
    REQUIRE(read.size() == 2);
    CHECK(read[0]["geometry"] == expected_geometry(lines[0]));
    CHECK(read[1]["geometry"] == expected_geometry(lines[1]));
    CHECK(read[1]["properties"]["n"] == "2");
}

TEST_CASE("Multipoints have a box of their own", "[write][shapefile]") {
    const TemporaryFolder folder;
    const Drawn drawn{GeometryKind::multi_point, {{{{139, 36}}}, {{{139.5, 35}}}, {{{138.5, 37}}}}};
    make_shapefile({{"n"}, {}, {{{"1"}, drawn}}}, options_in(folder));
    const json read = features(folder, "a");
    REQUIRE(read.size() == 1);
    CHECK(read[0]["geometry"] == expected_geometry(drawn));
    CHECK(contains(output_of("ogrinfo -ro -so -al '/vsizip/" + (folder.path() / "a.shp.zip").string() + "' 2>&1"),
                   "Extent: (138.500000, 35.000000) - (139.500000, 37.000000)"));
}

TEST_CASE("Polygons with holes and islands, whatever the direction of their rings", "[write][shapefile]") {
    const TemporaryFolder folder;
    const auto turned = [](const Points& ring) { return Points(ring.rbegin(), ring.rend()); };
    const std::vector<Drawn> drawn{
        {GeometryKind::polygon, {{square}}},
        {GeometryKind::polygon, {{square, hole}}},
        {GeometryKind::polygon, {{turned(square), turned(hole)}}},
        {GeometryKind::multi_polygon, {{square, hole}, {island}, {elsewhere}}},
    };
    DrawnTable table{{"n"}, {}, {}};
    for (const Drawn& shape : drawn) {
        table.rows.push_back({{std::to_string(table.rows.size())}, shape});
    }
    make_shapefile(table, options_in(folder));
    // RFC 7946's directions are those of our GeoJSON.
    const std::string text = output_of("ogr2ogr -f GeoJSON -lco RFC7946=YES /vsistdout/ '/vsizip/" +
                                       (folder.path() / "a.shp.zip").string() + "/a.shp' 2>&1");
    CAPTURE(text);
    const json read = json::parse(text)["features"];
    REQUIRE(read.size() == drawn.size());
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        CAPTURE(i);
        CHECK(read[i]["geometry"] == expected_geometry(drawn[i]));
    }
    // GDAL mends wrong directions; the file has to be right without that. The first record's points begin behind its
    // header, type, box, counts and one part.
    const std::string shp = archive(folder).parts.at("a.shp");
    const auto coordinate = [&](std::size_t number) {
        double value = 0;
        std::memcpy(&value, shp.data() + 100 + 8 + 4 + 32 + 8 + 4 + 8 * number, sizeof value);
        return value;
    };
    CHECK(coordinate(0) == 139);
    CHECK(coordinate(1) == 36);
    CHECK(coordinate(2) == 139);  // clockwise: to the north first
    CHECK(coordinate(3) == 37);
}

TEST_CASE("Each class of geometry has its own layer, with the same fields", "[write][shapefile]") {
    const TemporaryFolder folder;
    const DrawnTable table{{"名称", "数"},
                           {{"数", {"integer", ""}}},
                           {{{"面", "1"}, {GeometryKind::polygon, {{square}}}},
                            {{"点", "20"}, drawn_point(139, 36)},
                            {{"線の長い名前", "300"}, {GeometryKind::line, {{{{139, 36}, {140, 37}}}}}},
                            {{"点の2", "4"}, drawn_point(138, 35)},
                            {{"点々", "5"}, {GeometryKind::multi_point, {{{{139, 36}}}, {{{140, 37}}}}}},
                            {{"面の2", "6"}, {GeometryKind::multi_polygon, {{elsewhere}}}}}};
    CHECK(make_shapefile(table, options_in(folder), 2).file.rows == 6);
    std::vector<std::string> names;
    for (const char* layer : {"a_point", "a_multipoint", "a_line", "a_polygon"}) {
        const std::vector<std::string> parts = parts_of(layer);
        names.insert(names.end(), parts.begin(), parts.end());
    }
    names.insert(names.end(), {"fields.csv", "README.txt"});
    const Archive all = archive(folder);
    CHECK(all.names == names);
    const auto values = [&](const std::string& layer) {
        std::vector<std::string> list;
        for (const json& feature : features(folder, layer)) {
            list.push_back(feature["properties"]["名称"].get<std::string>() + feature["properties"]["数"].dump());
        }
        return list;
    };
    CHECK(values("a_point") == std::vector<std::string>{"点20", "点の24"});
    CHECK(values("a_multipoint") == std::vector<std::string>{"点々5"});
    CHECK(values("a_line") == std::vector<std::string>{"線の長い名前300"});
    CHECK(values("a_polygon") == std::vector<std::string>{"面1", "面の26"});
    for (const char* layer : {"a_point", "a_multipoint", "a_line", "a_polygon"}) {
        CHECK(all.parts.at(std::string(layer) + ".dbf").substr(32, 64) == all.parts.at("a_point.dbf").substr(32, 64));
    }
}

TEST_CASE("The bytes do not depend on how the rows are cut into batches", "[write][shapefile]") {
    const TemporaryFolder folder;
    DrawnTable table{{"名称", "数"}, {{"数", {"number", ""}}}, {}};
    for (int i = 0; i < 500; ++i) {
        const double x = 139 + i / 1000.0;
        const std::string name = "名称" + std::string(static_cast<std::size_t>(i % 90), 'x');
        const std::string number = std::to_string(i * i) + (i % 7 == 0 ? ".25" : "");
        const Drawn shape = i % 5 == 0   ? Drawn{GeometryKind::polygon, {{square, hole}}}
                            : i % 5 == 1 ? Drawn{}
                                         : drawn_point(x, 36);
        table.rows.push_back({{name, number}, shape, i % 11 == 0 ? RowState::withheld : RowState::kept});
    }
    make_shapefile(table, options_in(folder), 500);
    const std::string whole = folder.read("a.shp.zip");
    for (const std::size_t batch_rows : {1U, 3U, 64U}) {
        CAPTURE(batch_rows);
        make_shapefile(table, options_in(folder), batch_rows);
        CHECK((folder.read("a.shp.zip") == whole));
    }
    CHECK(features(folder, "a_point").size() == 273);
    CHECK(features(folder, "a_polygon").size() == 90);
}

TEST_CASE("A table longer than a reader's chunk comes back whole", "[write][shapefile]") {
    const TemporaryFolder folder;
    DrawnTable table{{"文", "n"}, {{"n", {"integer", ""}}}, {}};
    const std::string text(200, 'z');
    for (int i = 0; i < 12000; ++i) {  // 2.4 MB of cells
        table.rows.push_back(
            {{text.substr(0, static_cast<std::size_t>(i % 200)), std::to_string(i)}, drawn_point(139, 36)});
    }
    make_shapefile(table, options_in(folder));
    const json read = features(folder, "a");
    REQUIRE(read.size() == 12000);
    bool same = true;
    for (std::size_t i = 0; i < 12000; ++i) {
        const json& cell = read[i]["properties"]["文"];
        same = same && read[i]["properties"]["n"] == i &&
               (i % 200 == 0 ? cell.is_null() : cell == text.substr(0, i % 200));
    }
    CHECK(same);
}

TEST_CASE("Japanese file names in the archive are marked as UTF-8", "[write][shapefile]") {
    const TemporaryFolder folder;
    ShapefileOptions options = options_in(folder);
    options.name = "避難所.shp.zip";
    make_shapefile({{"n"}, {}, {{{"1"}, drawn_point(139, 36)}}}, options);
    CHECK(features(folder, "避難所", options.name).size() == 1);
    CHECK(archive(folder, options.name).parts.count("避難所.dbf") == 1);
}
