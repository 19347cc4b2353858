// SPDX-License-Identifier: Apache-2.0
#include "describe/catalog_entry.hpp"

#include "support/catalog_sample.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace kokai;

TEST_CASE("a catalog entry comes back from its JSON as it was", "[describe]") {
    const std::string text = to_json_text(testing::sample_entry());
    const CatalogEntry back = from_json_text(text);
    CHECK(to_json_text(back) == text);
    CHECK(back.publisher.name == "群馬県前橋市");
    REQUIRE(back.tables.size() == 1);
    const CatalogTable& table = back.tables[0];
    CHECK(table.fields[4].kind == Kind::url);
    CHECK(table.fields[0].requirement == Requirement::required);
    CHECK(table.fields[3].minimum == 0.0);
    CHECK_FALSE(table.fields[3].maximum);
    CHECK(table.files[2].format == "partner:iko-yo");
    CHECK(table.first_rows[0][1] == "市役所");
    CHECK(table.accepted[0].columns == std::vector<std::string>{"名称"});
    REQUIRE(table.quality.size() == 2);
    CHECK(table.quality[0].points == 281);
    CHECK(table.quality[0].of == 625);
    CatalogEntry before = testing::sample_entry();  // as a program without scores wrote it
    before.tables[0].quality.clear();
    CHECK(to_json_text(before).find("quality") == std::string::npos);
    CHECK(from_json_text(to_json_text(before)).tables[0].quality.empty());
    REQUIRE(table.chart);
    CHECK(table.chart->value == "台数");
    CHECK(table.chart_points[1].category == "公民館");
    CHECK(to_json_text(from_json_text(to_json_text(testing::hostile_entry()))) ==
          to_json_text(testing::hostile_entry()));
}

TEST_CASE("a text that is no catalog entry is refused", "[describe]") {
    CHECK_THROWS_AS(from_json_text("{}"), std::runtime_error);
    CHECK_THROWS_AS(from_json_text("{\"id\":"), std::runtime_error);
    std::string text = to_json_text(testing::sample_entry());
    text.replace(text.find("\"kind\": 0"), 9, "\"kind\": 99");
    CHECK_THROWS_WITH(from_json_text(text), Catch::Contains("unknown enum value 99"));
}

TEST_CASE("an entry takes a dataset's own words", "[describe]") {
    Dataset dataset;
    dataset.id = "demo";
    dataset.title = "例";
    dataset.credit = "出典";
    dataset.keywords = {"a"};
    const CatalogEntry one = entry_of(dataset);
    CHECK(one.id == "demo");
    CHECK(one.title == "例");
    CHECK(one.credit == "出典");
    CHECK(one.keywords == std::vector<std::string>{"a"});
    CHECK(one.tables.empty());
}
