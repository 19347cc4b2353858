// SPDX-License-Identifier: Apache-2.0
// What a Shapefile cannot hold: how the sink cuts it, leaves it out or refuses it, and who is told.
#include "model/error.hpp"
#include "tests/unit/support/shapefile_table.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>
#include <vector>

using namespace kokai;
using namespace kokai::testing;

TEST_CASE("Rows without a position or not kept are left out, and counted in the note", "[write][shapefile]") {
    const TemporaryFolder folder;
    const MadeShapefile made = make_shapefile({{"n"},
                                               {},
                                               {{{"1"}, {}},
                                                {{"2"}, drawn_point(139, 36), RowState::filtered},
                                                {{"3"}, drawn_point(140, 37)},
                                                {{"4"}, {}},
                                                {{"5"}, {}, RowState::withheld}}},
                                              options_in(folder), 2);
    CHECK(made.file.rows == 1);
    const json read = features(folder, "a");
    REQUIRE(read.size() == 1);
    CHECK(read[0]["properties"]["n"] == "3");
    CHECK(contains(archive(folder).parts.at("README.txt"),
                   "位置がないため入れていない行: 2 件 / rows without a position, left out: 2\r\n"));
}

TEST_CASE("A table without any position is an empty layer of points", "[write][shapefile]") {
    const TemporaryFolder folder;
    const std::vector<std::vector<DrawnRow>> tables{{}, {{{"1"}, {}}}};
    for (const std::vector<DrawnRow>& rows : tables) {
        CHECK(make_shapefile({{"n"}, {}, rows}, options_in(folder)).file.rows == 0);
        CHECK(features(folder, "a").empty());
        const std::string summary =
            output_of("ogrinfo -ro -so -al '/vsizip/" + (folder.path() / "a.shp.zip").string() + "' 2>&1");
        CHECK(contains(summary, "Geometry: Point"));
        CHECK(contains(summary, "Feature Count: 0"));
        CHECK(contains(summary, "n: String (1.0)"));
    }
}

TEST_CASE("Text beyond 254 bytes is cut at a whole character and reported", "[write][shapefile]") {
    const TemporaryFolder folder;
    std::string kanji;
    for (int i = 0; i < 84; ++i) {
        kanji += "市";
    }
    const MadeShapefile made = make_shapefile(
        {{"説明", "n"}, {}, {{{kanji + "ab", "1"}, drawn_point(139, 36)}, {{kanji + "長", "2"}, drawn_point(139, 36)}}},
        options_in(folder));
    REQUIRE(made.findings.size() == 1);
    CHECK(made.findings[0].code == Code::value_cut_in_shapefile);
    CHECK(made.findings[0].cell == "A3");
    CHECK(made.findings[0].found == "255");
    CHECK(made.findings[0].expected == "84, UTF-8");
    const json read = features(folder, "a");
    CHECK(read[0]["properties"]["説明"] == kanji + "ab");
    CHECK(read[1]["properties"]["説明"] == kanji);
    CHECK(read[1]["properties"]["n"] == "2");
    CHECK(contains(archive(folder).parts.at("README.txt"), "values cut at 254 bytes: 1\r\n"));
}

TEST_CASE("Cells of number columns that are no numbers are empty and reported", "[write][shapefile]") {
    const TemporaryFolder folder;
    const MadeShapefile made =
        make_shapefile({{"数", "率"},
                        {{"数", {"integer", ""}}, {"率", {"number", ""}}},
                        {{{"約3", "007"}, drawn_point(139, 36)}, {{"1.5", "0.125"}, drawn_point(139, 36)}}},
                       options_in(folder));
    REQUIRE(made.findings.size() == 3);
    for (const FindingText& finding : made.findings) {
        CHECK(finding.code == Code::number_left_out);
        CHECK(finding.expected == "Shapefile");
    }
    CHECK(made.findings[0].found == "約3");
    CHECK(made.findings[2].cell == "A3");
    const json read = features(folder, "a");
    CHECK(read[0]["properties"] == json::parse(R"({"数":null,"率":null})"));
    CHECK(read[1]["properties"] == json::parse(R"({"数":null,"率":0.125})"));
    CHECK(contains(archive(folder).parts.at("README.txt"), "left empty: 3\r\n"));
}

TEST_CASE("NUL does not end a text early", "[write][shapefile]") {
    const TemporaryFolder folder;
    make_shapefile({{"a"}, {}, {{{std::string("x\0y", 3)}, drawn_point(139, 36)}}}, options_in(folder));
    CHECK(features(folder, "a")[0]["properties"]["a"] == "x\xEF\xBF\xBDy");
}

TEST_CASE("Fields beyond 255 are left out and listed", "[write][shapefile]") {
    const TemporaryFolder folder;
    DrawnTable table;
    DrawnRow row;
    for (int i = 0; i < 257; ++i) {
        table.header.push_back("列" + std::to_string(i));
        row.cells.push_back(std::to_string(i));
    }
    row.shape = drawn_point(139, 36);
    table.rows = {row};
    const MadeShapefile made = make_shapefile(table, options_in(folder));
    REQUIRE(made.findings.size() == 1);
    CHECK(made.findings[0].code == Code::columns_left_out_of_shapefile);
    CHECK(made.findings[0].found == "列255、列256");
    CHECK(made.findings[0].cell.empty());
    const json properties = features(folder, "a")[0]["properties"];
    CHECK(properties.size() == 255);
    CHECK(properties["列254"] == "254");
    const Archive all = archive(folder);
    CHECK(all.parts.at("fields.csv").ends_with(",\"列256\",入っていません / left out,,\r\n"));
    CHECK(contains(all.parts.at("README.txt"), "fields beyond the 255 that a table holds, left out: 2\r\n"));
}

TEST_CASE("A part over the limit names the formats that have none", "[write][shapefile]") {
    const TemporaryFolder folder;
    ShapefileOptions options = options_in(folder);
    options.part_limit = 200;
    const auto refusal = [&](const DrawnTable& table) -> std::string {
        try {
            make_shapefile(table, options);
        } catch (const WorldError& error) {
            CHECK(contains(error.ja(), "FlatGeobuf か GeoPackage を使ってください"));
            return error.en();
        }
        return "none";
    };
    const std::string longer(150, 'x');
    CHECK(refusal({{"a"}, {}, {{{"1"}, drawn_point(139, 36)}}}) == "none");
    CHECK(contains(refusal({{"a"}, {}, {{{"1"}, {GeometryKind::polygon, {{square}}}}}}), ".shp holds at most 2 GB"));
    CHECK(contains(refusal({{"a"}, {}, {{{longer}, drawn_point(139, 36)}}}), ".dbf holds at most 2 GB"));
    CHECK_FALSE(std::filesystem::exists(folder.path() / "a.shp.zip"));
}

TEST_CASE("A folder that cannot be written into is the world's fault", "[write][shapefile]") {
    const TemporaryFolder folder;
    ShapefileOptions options = options_in(folder);
    options.folder = folder.file("not-a-folder", "x");
    CHECK_THROWS_AS(make_shapefile({{"a"}, {}, {{{"1"}, drawn_point(139, 36)}}}, options), WorldError);
}
