// SPDX-License-Identifier: Apache-2.0
#include "locate/points.hpp"
#include "map/condition.hpp"
#include "tests/unit/support/small_sink.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "write/geojson_lines.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include <sstream>

using namespace kokai;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TemporaryFolder;
using kokai::testing::write_all;

namespace {

struct Lines {
    std::string text;
    OutputFile file;
};

Lines lines_of(const std::vector<std::string>& header, const Rows& rows, GeoJsonLinesOptions options = {},
               std::size_t batch_rows = 2) {
    const TemporaryFolder folder;
    options.folder = folder.path();
    options.name = "a.geojsonl";
    TableSource source(header, rows, 0, batch_rows);
    LocatePoints locate("緯度", "経度");
    GeoJsonLinesSink sink(options);
    const OutputFile file = write_all(source, {&locate}, sink);
    return {folder.read("a.geojsonl"), file};
}

const Rows three{{"0010", "36.3890490", "139.0606680"}, {"", "36.5", "139"}, {"a\"\nb", "", ""}};

}  // namespace

TEST_CASE("One feature a line, to the byte", "[write][geojsonseq]") {
    GeoJsonLinesOptions options;
    options.id_column = "ID";
    const Lines lines = lines_of({"ID", "緯度", "経度"}, three, options);
    CHECK(lines.text == R"({"type":"Feature","id":"0010","geometry":{"type":"Point","coordinates":)"
                        R"([139.060668,36.389049]},"properties":{"ID":"0010","緯度":"36.3890490",)"
                        R"("経度":"139.0606680"}})"
                        "\n"
                        R"({"type":"Feature","geometry":{"type":"Point","coordinates":[139,36.5]},)"
                        R"("properties":{"ID":null,"緯度":"36.5","経度":"139"}})"
                        "\n"
                        R"({"type":"Feature","id":"a\"\nb","geometry":null,)"
                        R"("properties":{"ID":"a\"\nb","緯度":null,"経度":null}})"
                        "\n");
    CHECK(lines.file.format == "geojsonseq");
    CHECK(lines.file.path == "a.geojsonl");
    CHECK(lines.file.rows == 3);
    CHECK(lines.file.bytes == lines.text.size());
}

TEST_CASE("Every line is a JSON text of its own, whatever stands in the cells", "[write][geojsonseq]") {
    const Lines lines =
        lines_of({"緯度", "経度", "説明"}, {{"", "", "1\r\n2\x1E"}, {"", "", std::string(100000, '\n')}});
    std::istringstream stream(lines.text);
    std::vector<std::string> read;
    for (std::string line; std::getline(stream, line);) {
        read.push_back(nlohmann::json::parse(line)["properties"]["説明"]);
    }
    CHECK(read == std::vector<std::string>{"1\r\n2\x1E", std::string(100000, '\n')});
}

TEST_CASE("Record separators by RFC 8142 on demand", "[write][geojsonseq]") {
    GeoJsonLinesOptions options;
    options.record_separator = true;
    const std::string feature = R"({"type":"Feature","geometry":null,"properties":{"緯度":null,"経度":null}})";
    CHECK(lines_of({"緯度", "経度"}, {{"", ""}, {"", ""}}, options).text ==
          "\x1E" + feature + "\n\x1E" + feature + "\n");
}

TEST_CASE("A table without rows is an empty file", "[write][geojsonseq]") {
    const Lines lines = lines_of({"緯度", "経度"}, {});
    CHECK(lines.text.empty());
    CHECK(lines.file.rows == 0);
}

TEST_CASE("Lines do not depend on how the rows come in batches", "[write][geojsonseq]") {
    CHECK(lines_of({"ID", "緯度", "経度"}, three, {}, 1).text == lines_of({"ID", "緯度", "経度"}, three, {}, 9).text);
}

TEST_CASE("Rows that are not kept are in no line", "[write][geojsonseq]") {
    const TemporaryFolder folder;
    TableSource source({"a"}, {{"x"}, {"1"}, {"x"}, {"2"}});
    FilterRows filter({{"a", Condition::Test::not_equals, {"x"}}}, {});
    GeoJsonLinesOptions options;
    options.folder = folder.path();
    options.name = "a.geojsonl";
    GeoJsonLinesSink sink(options);
    CHECK(write_all(source, {&filter}, sink).rows == 2);
    const std::string feature = R"({"type":"Feature","geometry":null,"properties":{"a":)";
    CHECK(folder.read("a.geojsonl") == feature + "\"1\"}}\n" + feature + "\"2\"}}\n");
}
