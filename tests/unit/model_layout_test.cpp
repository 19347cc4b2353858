// SPDX-License-Identifier: Apache-2.0
// Layout files: the one that ships, and every mistake of a broken one at once.
#include "model/layout.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace kokai;

namespace {

std::string shipped() {
    std::ifstream file(std::string(KOKAI_SOURCE_DIR) + "/schemas/partner/iko-yo.json", std::ios::binary);
    REQUIRE(file.is_open());
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> pointers(const std::vector<Mistake>& mistakes) {
    std::vector<std::string> all;
    for (const Mistake& mistake : mistakes) {
        CHECK(mistake.file == "x.json");
        CHECK_FALSE(mistake.ja.empty());
        CHECK_FALSE(mistake.en.empty());
        all.push_back(mistake.pointer);
    }
    return all;
}

}  // namespace

TEST_CASE("The sheet of いこーよ has its ten known columns in order", "[model][layout]") {
    std::vector<Mistake> mistakes;
    const Layout layout = parse_layout(shipped(), "iko-yo.json", mistakes);
    REQUIRE(mistakes.empty());
    CHECK(layout.id == "iko-yo");
    struct Known {
        const char *name, *group, *number, *example;
    };
    const std::vector<Known> known = {{"都道府県コード", "⑤内閣官房推奨", "1", "130001"},
                                      {"No", "", "2", "1"},
                                      {"都道府県名", "⑤内閣官房推奨", "3", "東京都"},
                                      {"市区町村名", "⑤内閣官房推奨", "5", "品川区"},
                                      {"名称", "①いこーよ必須", "6", "いこーよ児童センター"},
                                      {"読み仮名(カナ)", "①いこーよ必須", "7", "イコーヨジドウセンター"},
                                      {"名称_英語", "⑤内閣官房推奨", "8", ""},
                                      {"名称_通称", "③より充実", "9", "いこーよハウス"},
                                      {"POIコード", "⑤内閣官房推奨", "10", "1510a"},
                                      {"種別", "⑤内閣官房推奨", "1:", "児童館"}};
    REQUIRE(layout.columns.size() == known.size() + 15);
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
        const LayoutColumn& column = layout.columns[i];
        INFO(column.name);
        CHECK(column.assumed == (i >= known.size()));
        CHECK_FALSE(column.sources.empty());
        if (i < known.size()) {
            CHECK(column.name == known[i].name);
            CHECK((column.group == LayoutColumn::no_class ? "" : layout.classes[column.group].label) == known[i].group);
            CHECK(column.number == known[i].number);
            CHECK(column.number_unread == (column.name == "種別"));
            CHECK(column.example == known[i].example);
        }
        CHECK(layout.required(column) == (column.name == "名称" || column.name == "読み仮名(カナ)"));
    }
    CHECK(layout.columns[layout.name_column].name == "名称");
    REQUIRE(layout.header_rows.size() == 4);
    CHECK(layout.header_rows[0].shows == LayoutHeaderRow::Shows::example);
    CHECK(layout.header_rows[0].label == "例)");
    CHECK(layout.header_rows[1].shows == LayoutHeaderRow::Shows::name);
    CHECK(layout.header_rows[2].shows == LayoutHeaderRow::Shows::group);
    CHECK(layout.header_rows[3].shows == LayoutHeaderRow::Shows::number);
}

TEST_CASE("Sources of a value are read with their words", "[model][layout]") {
    std::vector<Mistake> mistakes;
    const Layout layout = parse_layout(R"({
        "id": "x", "title": "t", "sheet": "s", "notes_sheet": "n", "name_column": "a",
        "columns": [{"name": "a", "numeric": true, "value": [
            {"fields": ["住所", "方書"], "separator": " ", "needs": "first"},
            {"field": "コード", "as": "prefecture_code", "except": "[0-9]{4}"},
            {"publisher": "name", "as": "municipality_name"},
            {"constant": "固定"},
            {"row_number": true}]}]})",
                                       "x.json", mistakes);
    REQUIRE(mistakes.empty());
    const std::vector<LayoutSource>& sources = layout.columns.at(0).sources;
    REQUIRE(sources.size() == 5);
    CHECK(layout.columns[0].numeric);
    CHECK(sources[0].fields == std::vector<std::string>{"住所", "方書"});
    CHECK(sources[0].separator == " ");
    CHECK(sources[0].needs == LayoutSource::Needs::first);
    CHECK(sources[1].as == LayoutSource::As::prefecture_code);
    CHECK(sources[1].except == "[0-9]{4}");
    CHECK(sources[1].needs == LayoutSource::Needs::all);
    CHECK(sources[2].from == LayoutSource::From::publisher_name);
    CHECK(sources[3].from == LayoutSource::From::constant);
    CHECK(sources[3].constant == "固定");
    CHECK(sources[4].from == LayoutSource::From::row_number);
}

TEST_CASE("Every mistake of a layout is named with its JSON pointer", "[model][layout]") {
    std::vector<Mistake> mistakes;
    (void)parse_layout(R"({
        "id": "x", "titel": "t", "sheet": "s", "notes_sheet": "s", "name_column": "b",
        "classes": [{"id": "a", "label": "A"}, {"id": "a", "label": "B"}, {"id": "c"}],
        "header_rows": [{"shows": "names"}, 5],
        "columns": [
            {"name": "a", "class": "d", "value": [{"field": "x", "constant": "y"}, {}]},
            {"name": "a", "value": [{"field": "x", "as": "prefecture-code", "except": "("}]},
            {"number": {"text": 5, "unread": "yes"}, "value": {"field": "x"}}]})",
                       "x.json", mistakes);
    const std::vector<std::string> found = pointers(mistakes);
    const std::vector<std::string> expected = {"/titel",
                                               "/title",
                                               "/notes_sheet",
                                               "/classes/1/id",
                                               "/classes/2/label",
                                               "/header_rows/0/shows",
                                               "/header_rows/1",
                                               "/columns/0/class",
                                               "/columns/0/value/0",
                                               "/columns/0/value/1",
                                               "/columns/1/name",
                                               "/columns/1/value/0/as",
                                               "/columns/1/value/0/except",
                                               "/columns/2/name",
                                               "/columns/2/number/text",
                                               "/columns/2/number/unread",
                                               "/columns/2/value",
                                               "/columns/2/value",
                                               "/name_column"};
    CHECK(found == expected);
    CHECK(mistakes.front().ja.find("title") != std::string::npos);  // the nearest key is suggested
}

TEST_CASE("Sheet names that Excel refuses are mistakes", "[model][layout]") {
    for (const std::string name : {"a/b", "a:b", "[a]", "'a", "1234567890123456789012345678901x"}) {
        INFO(name);
        std::vector<Mistake> mistakes;
        (void)parse_layout(R"({"id": "x", "title": "t", "sheet": ")" + name +
                               R"(", "notes_sheet": "n", "name_column": "a",
            "columns": [{"name": "a", "value": [{"field": "x"}]}]})",
                           "x.json", mistakes);
        CHECK(pointers(mistakes) == std::vector<std::string>{"/sheet"});
    }
}

TEST_CASE("What is no layout at all says so", "[model][layout]") {
    std::vector<Mistake> mistakes;
    (void)parse_layout("[1, 2", "x.json", mistakes);
    CHECK(mistakes.size() == 1);
    mistakes.clear();
    (void)parse_layout("[]", "x.json", mistakes);
    CHECK(pointers(mistakes) == std::vector<std::string>{""});
    mistakes.clear();
    (void)parse_layout("{}", "x.json", mistakes);
    CHECK(pointers(mistakes) ==
          std::vector<std::string>{"/id", "/title", "/sheet", "/notes_sheet", "/columns", "/name_column"});
}
