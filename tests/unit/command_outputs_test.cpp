// SPDX-License-Identifier: Apache-2.0
#include "command/assemble.hpp"
#include "command/outputs.hpp"
#include "describe/vocabulary.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace kokai;
using kokai::testing::TemporaryFolder;

namespace {

/// A CSV through all stages to these formats, without a schema.
TableResult converted(const TemporaryFolder& folder, const std::string& csv, std::vector<std::string> formats,
                      OutputOptions options = {}) {
    SchemaLibrary schemas(KOKAI_SOURCE_DIR "/schemas");
    SourceRequest source;
    source.path = folder.file("a.csv", csv);
    source.shown = "a.csv";
    source.name = "a";
    TableJob job;
    job.table.name = "a";
    job.table.schema = "none";
    job.table.from = {"a"};
    job.table.output_options = options;
    job.sources = {source};
    job.folder = folder.path() / "out";
    std::filesystem::create_directories(job.folder);
    job.formats = std::move(formats);
    return run_table(job, schemas);
}

/// A header of `count` columns 列1, 列2 … behind latitude and longitude, and a row.
std::string wide_table(int count) {
    std::string header = "緯度,経度";
    std::string row = "36,139";
    for (int i = 1; i <= count; ++i) {
        header += ",列" + std::to_string(i);
        row += ",x";
    }
    return header + "\n" + row + "\n";
}

}  // namespace

TEST_CASE("The form of dataset.json offers the formats that are built", "[command][outputs]") {
    std::ifstream file(KOKAI_SOURCE_DIR "/schemas/dataset.schema.json");
    const nlohmann::json form = nlohmann::json::parse(file);
    const auto offered = form.at("/definitions/table/properties/outputs/items/enum"_json_pointer);
    CHECK(offered.get<std::vector<std::string>>() == built_formats());
}

TEST_CASE("Every format has a label and a media type for the catalog", "[command][outputs]") {
    REQUIRE(built_formats().size() >= 12);
    for (const std::string& format : built_formats()) {
        INFO(format);
        CHECK(format_info(format).label != format);
        CHECK(format_info(format).media_type != "application/octet-stream");
    }
}

TEST_CASE("A run names the columns that a Shapefile has no room for, and no other format has to",
          "[command][outputs]") {
    const TemporaryFolder folder;
    const auto told = [&](int columns, const char* format) {
        const TableResult result = converted(folder, wide_table(columns), {format});
        std::vector<std::string> found;
        for (const FindingText& one : result.outcome.log.details()) {
            CHECK(one.code == Code::columns_left_out_of_shapefile);
            found.push_back(one.found);
        }
        return found;
    };
    CHECK(told(253, "shp").empty());
    CHECK(told(256, "shp") == std::vector<std::string>{"列254、列255、列256"});
    CHECK(told(256, "gpkg").empty());
}

TEST_CASE("dataset.json's record separators arrive in the file", "[command][outputs]") {
    const TemporaryFolder folder;
    const auto first_letter = [&](bool separators) {
        OutputOptions options;
        options.record_separator = separators;
        converted(folder, wide_table(1), {"geojsonseq"}, options);
        return folder.read("out/a.geojsonl").substr(0, 1);
    };
    CHECK(first_letter(true) == "\x1E");
    CHECK(first_letter(false) == "{");
}

TEST_CASE("What CP932 does not have is told once, at its cell", "[command][outputs]") {
    const TemporaryFolder folder;
    const TableResult result =
        converted(folder, "名称,備考,緯度,経度\n𠮷野,①髙﨑,36,139\n葛飾,,36.1,139.1\n", {"webgis", "csv"});
    const std::deque<FindingText>& told = result.outcome.log.details();
    REQUIRE(told.size() == 1);
    CHECK(told[0].code == Code::value_not_in_cp932);
    CHECK(told[0].cell == "A2");
    CHECK(told[0].found == "𠮷野");
    CHECK(told[0].expected == "webgis");
    CHECK(std::filesystem::exists(folder.path() / "out" / "a.webgis.zip"));
}
