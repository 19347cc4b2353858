// SPDX-License-Identifier: Apache-2.0
#include "portal/diff_page.hpp"
#include "publish/diff_json.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

using namespace kokai;
using kokai::testing::TemporaryFolder;
using Json = nlohmann::ordered_json;

namespace {

struct Made {
    Json document;
    std::string features;
};

Made compared(const std::string& before, const std::string& now, std::size_t limit = 1000) {
    static const TemporaryFolder scratch;
    const CsvRows rows_before(before);
    const CsvRows rows_now(now);
    DiffOptions options;
    options.key = {"ID"};
    options.scratch = scratch.path();
    DiffRows rows(limit, options.moved_metres);
    const TableDiff diff =
        compare_tables(rows_before, rows_now, options, [&](const RowChange& row) { rows.take(row); });
    Json document{{"format", diff_format},
                  {"old", {{"path", "<old>"}, {"edition", ""}}},
                  {"new", {{"path", "new"}, {"edition", "0123"}}},
                  {"same", diff.is_same()}};
    document["tables"] = Json::array({rows.document("表", diff)});
    return {document, rows.features()};
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A comparison's document counts everything and lists the first rows", "[publish][diff]") {
    const Made made = compared("ID,名称\n1,a\n2,b\n3,c\n", "ID,名称\n4,d\n5,e\n6,f\n1,x\n", 2);
    const Json& table = made.document["tables"][0];
    CHECK(table["rows"] == Json({{"old", 3}, {"new", 4}, {"same", 0}, {"removed", 2}, {"added", 3}, {"changed", 1}}));
    CHECK(table["added"].size() == 2);
    CHECK(table["truncated"] == true);
    CHECK(table["added"][0] == Json({{"id", "4"}, {"name", "d"}, {"values", {{"ID", "4"}, {"名称", "d"}}}}));
    CHECK(table["changed"][0] ==
          Json({{"id", "1"}, {"name", "x"}, {"fields", {{{"column", "名称"}, {"old", "a"}, {"new", "x"}}}}}));
    CHECK(made.features.empty());
}

TEST_CASE("Places that came, went and moved become features, near ones do not", "[publish][diff]") {
    const Made made = compared("ID,緯度,経度\n1,36,139\n2,36,139\n3,36,139\n4,36,139\n",
                               "ID,緯度,経度\n1,36,139\n2,36.0001,139\n3,36.1,139\n5,35.5,139\n");
    const Json places = Json::parse("[" + made.features + "]");
    std::string kinds;
    for (const Json& place : places) {
        kinds +=
            place["properties"]["前回との違い"].get<std::string>() + place["geometry"]["type"].get<std::string>() + " ";
    }
    CHECK(kinds == "削除Point 移動LineString 移動Point 追加Point ");
    CHECK(places[1]["geometry"]["coordinates"] == Json::parse("[[139,36],[139,36.1]]"));
    CHECK(places[2]["properties"]["動いた距離（m）"] == 11120);
}

TEST_CASE("The page says what changed, and nothing of the data is markup", "[portal][diff]") {
    const Made made =
        compared("ID,名称\n1,本館\n<i>,\"<script>alert(1)</script>\"\n", "ID,名称\n1,\"新館 & \"\"別館\"\"\"\n");
    const std::string page = diff_html(made.document, 0);
    CHECK_FALSE(holds(page, "<script"));
    CHECK_FALSE(holds(page, "<i>"));
    CHECK(holds(page, "&lt;script&gt;"));
    CHECK(holds(page, "&lt;old&gt;"));
    CHECK(holds(page, "<del>本館</del>"));
    CHECK(holds(page, "新館 &amp; &quot;別館&quot;"));
    CHECK_FALSE(holds(page, "data-geojson"));
    CHECK(holds(diff_html(made.document, 100), "data-geojson=\"places.geojson\""));
    CHECK(holds(diff_html(compared("ID\n1\n", "ID\n1\n").document, 0), "違いはありません"));
}

TEST_CASE("A comparison is written as files; without the portal's packages there is no map", "[portal][diff]") {
    const TemporaryFolder folder;
    const TemporaryFolder portal;
    for (const char* name : {"style.css", "catalog.js", "icon.svg"}) {
        portal.file(name, "x");
    }
    const Made made = compared("ID,緯度,経度\n1,36,139\n", "ID,緯度,経度\n2,36,139\n");
    write_diff_page(folder.path() / "new", made.document, made.features, portal.path());
    CHECK(Json::parse(folder.read("new/diff.json")) == made.document);
    CHECK(Json::parse(folder.read("new/places.geojson"))["features"].size() == 2);
    CHECK_FALSE(holds(folder.read("new/diff.html"), "data-geojson"));
}
