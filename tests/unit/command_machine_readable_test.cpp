// SPDX-License-Identifier: Apache-2.0
#include "command/machine_readable.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace kokai;
using kokai::testing::inline_cell;
using kokai::testing::inline_row;
using kokai::testing::TemporaryFolder;
using kokai::testing::TestWorkbook;

namespace {

std::vector<MachineItem> items_of(const std::filesystem::path& path, const std::string& schema = "none") {
    SchemaLibrary schemas(std::filesystem::path(KOKAI_SOURCE_DIR) / "schemas");
    TableJob job;
    SourceRequest source;
    source.path = path;
    source.shown = path.filename().string();
    source.name = "表";
    job.table.name = "表";
    job.table.schema = schema;
    job.table.from = {"表"};
    job.sources = {source};
    job.check_only = true;
    return machine_readable(run_table(job, schemas));
}

std::vector<MachineItem> items_of(const TestWorkbook& workbook, const std::string& schema = "none") {
    const TemporaryFolder folder;
    return items_of(workbook.write(folder), schema);
}

std::vector<MachineItem> items_of_csv(const std::string& text, const std::string& schema = "none") {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "表.csv", std::ios::binary) << text;
    return items_of(folder.path() / "表.csv", schema);
}

/// `pass`, `fail 2: A1 B3`, `unknown`.
std::string verdict(const std::vector<MachineItem>& items, std::string_view id) {
    for (const MachineItem& item : items) {
        if (item.id == id) {
            std::string text = item.verdict == Verdict::pass   ? "pass"
                               : item.verdict == Verdict::fail ? "fail " + std::to_string(item.count) + ":"
                                                               : "unknown";
            for (const std::string& cell : item.cells) {
                text += " " + cell;
            }
            CHECK(item.why_ja.empty() == false);
            CHECK((item.verdict == Verdict::fail) == !item.mend_ja.empty());
            return text;
        }
    }
    return "no such item";
}

/// 市区町村, 人口（人）, 開設年: nothing to mend.
std::string clean_rows(const std::string& more = {}) {
    return inline_row(1, {"市区町村名", "人口（人）", "調査日"}) + "<row r=\"2\">" + inline_cell("A2", "前橋市") +
           "<c r=\"B2\"><v>330000</v></c>" + inline_cell("C2", "2024-04-01") + "</row><row r=\"3\">" +
           inline_cell("A3", "高崎市") + "<c r=\"B3\"><v>370000</v></c>" + inline_cell("C3", "2024-04-01") + "</row>" +
           more;
}

/// The same with a row 4 of the cells given.
std::vector<MachineItem> with_row(const std::string& cells) {
    return items_of(TestWorkbook(clean_rows("<row r=\"4\">" + cells + "</row>")));
}

}  // namespace

TEST_CASE("A sheet as the rule wants it passes every item", "[machine_readable]") {
    const std::vector<MachineItem> items = items_of(TestWorkbook(clean_rows()));
    REQUIRE(items.size() == 14);
    for (const MachineItem& item : items) {
        INFO(item.id);
        CHECK(verdict(items, item.id) == "pass");
    }
}

TEST_CASE("1-1: Excel and CSV pass, a text with tabs does not", "[machine_readable]") {
    CHECK(verdict(items_of_csv("名称,市区町村名\r\n市役所,前橋市\r\n"), "1-1") == "pass");
    CHECK(verdict(items_of_csv("名称\t市区町村名\r\n市役所\t前橋市\r\n図書館\t前橋市\r\n"), "1-1") == "fail 1:");
}

TEST_CASE("1-2: two values in one cell", "[machine_readable]") {
    CHECK(verdict(with_row(inline_cell("A4", "桐生市") + inline_cell("B4", "120（35）")), "1-2") == "fail 1: B4");
    // One cell of opening hours is a beginning and an end.
    CHECK(verdict(items_of_csv("名称,開始時間,終了時間\r\n市役所,9時～17時,\r\n", "v1/tourism"), "1-2") ==
          "fail 1: B2");
}

TEST_CASE("1-3: numbers as text where the column holds numbers", "[machine_readable]") {
    CHECK(verdict(with_row(inline_cell("A4", "桐生市") + inline_cell("B4", "1,234人")), "1-3") == "fail 1: B4");
    // A column of text is no column of numbers, whatever stands in it, and codes are none.
    CHECK(verdict(with_row(inline_cell("A4", "123")), "1-3") == "pass");
    const std::string codes = inline_row(1, {"市区町村コード", "名称"}) + "<row r=\"2\"><c r=\"A2\"><v>102016</v></c>" +
                              inline_cell("B2", "a") + "</row><row r=\"3\"><c r=\"A3\"><v>102024</v></c>" +
                              inline_cell("B3", "b") + "</row><row r=\"4\">" + inline_cell("A4", "102032") +
                              inline_cell("B4", "c") + "</row>";
    CHECK(verdict(items_of(TestWorkbook(codes)), "1-3") == "pass");
}

TEST_CASE("1-4: merged cells", "[machine_readable]") {
    CHECK(verdict(items_of(TestWorkbook().sheet("表", clean_rows(), {},
                                                "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>")),
                  "1-4") == "fail 1: A2:A3");
}

TEST_CASE("1-5: blanks and line breaks for layout, in headers and cells", "[machine_readable]") {
    CHECK(verdict(with_row(inline_cell("A4", "桐　生　市")), "1-5") == "fail 1: A4");
    CHECK(verdict(items_of_csv("名　称,所在地\r\n市役所,前橋市\r\n図書館,前橋市\r\n"), "1-5") == "fail 1: A1");
}

TEST_CASE("1-6: names left out", "[machine_readable]") {
    CHECK(verdict(with_row(inline_cell("A4", "〃") + "<c r=\"B4\"><v>1</v></c>"), "1-6") == "fail 1: A4");
    const std::string nameless = inline_row(1, {"市区町村名", "", "備考"}) + inline_row(2, {"前橋市", "x", "y"}) +
                                 inline_row(3, {"高崎市", "z", "w"});
    CHECK(verdict(items_of(TestWorkbook(nameless)), "1-6").substr(0, 6) == "fail 1");
}

TEST_CASE("1-7: formulas", "[machine_readable]") {
    CHECK(verdict(with_row(inline_cell("A4", "桐生市") + "<c r=\"B4\"><f>B2+B3</f><v>700000</v></c>"), "1-7") ==
          "fail 1: B4");
}

TEST_CASE("1-8: objects over the cells", "[machine_readable]") {
    const std::string relations =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
        TestWorkbook::relation("rId1", "drawing", "../drawings/drawing1.xml") + "</Relationships>";
    const std::vector<MachineItem> items =
        items_of(TestWorkbook(clean_rows())
                     .part("xl/worksheets/_rels/sheet1.xml.rels", relations)
                     .part("xl/drawings/drawing1.xml",
                           "<wsDr><oneCellAnchor><from><col>0</col><row>1</row></from><pic/></oneCellAnchor></wsDr>"));
    CHECK(verdict(items, "1-8") == "fail 1: A2");
}

TEST_CASE("1-9: a column of numbers has a unit in its header, or over the table", "[machine_readable]") {
    const auto table = [](const std::string& header, const std::string& title) {
        std::string rows = title.empty() ? "" : inline_row(1, {title});
        const int first = title.empty() ? 1 : 2;
        rows += inline_row(first, {"市区町村名", header});
        for (int i = 1; i <= 4; ++i) {
            const std::string row = std::to_string(first + i);
            rows += "<row r=\"" + row + "\">" + inline_cell("A" + row, "市" + row) + "<c r=\"B" + row + "\"><v>" +
                    std::to_string(100 * i) + "</v></c></row>";
        }
        return verdict(items_of(TestWorkbook(rows)), "1-9");
    };
    CHECK(table("人口", "") == "fail 1: B1");
    CHECK(table("人口（人）", "") == "pass");
    CHECK(table("人口", "単位：人") == "pass");
    CHECK(table("市区町村コード", "") == "pass");
    CHECK(verdict(items_of_csv("市区町村名,人口\r\n前橋市,3\r\n"), "1-9") == "unknown");
}

TEST_CASE("1-10: characters that depend on the machine", "[machine_readable]") {
    CHECK(verdict(with_row(inline_cell("A4", "㈱公社")), "1-10") == "fail 1: A4");
    CHECK(verdict(items_of_csv("名称,市区町村名\r\n①,前橋市\r\n"), "1-10") == "unknown");
    CHECK(verdict(items_of_csv("名称①,市区町村名\r\na,前橋市\r\n"), "1-10") == "fail 1: A1");
}

TEST_CASE("1-11: an era needs its Western year", "[machine_readable]") {
    CHECK(verdict(with_row(inline_cell("A4", "桐生市") + inline_cell("C4", "令和6年4月1日")), "1-11") == "fail 1: C4");
    CHECK(verdict(with_row(inline_cell("A4", "桐生市") + inline_cell("C4", "令和6年（2024年）")), "1-11") == "pass");
    CHECK(verdict(items_of(TestWorkbook(inline_row(1, {"市区町村名", "備考"}) + inline_row(2, {"前橋市", "x"}) +
                                        inline_row(3, {"高崎市", "y"}))),
                  "1-11") == "unknown");
}

TEST_CASE("1-12: a region's code or name", "[machine_readable]") {
    const std::string without =
        inline_row(1, {"区分", "備考"}) + inline_row(2, {"男", "x"}) + inline_row(3, {"女", "y"});
    CHECK(verdict(items_of(TestWorkbook(without)), "1-12") == "fail 1:");
    CHECK(verdict(items_of(TestWorkbook().sheet("前橋市", without)), "1-12") == "pass");
}

TEST_CASE("1-13: data that are divided", "[machine_readable]") {
    const std::string apart = "<row r=\"6\">" + inline_cell("A6", "桐生市") + "<c r=\"B6\"><v>100000</v></c>" +
                              inline_cell("C6", "2024-04-01") + "</row>";
    CHECK(verdict(items_of(TestWorkbook(clean_rows(apart))), "1-13") == "fail 1: A4");
    const std::string hidden = "<row r=\"4\" hidden=\"1\">" + inline_cell("A4", "秘") + "</row>" + apart;
    CHECK(verdict(items_of(TestWorkbook(clean_rows(hidden))), "1-13") == "pass");
}

TEST_CASE("1-14: several tables on one sheet", "[machine_readable]") {
    std::string two = inline_row(1, {"市区町村名", "人数", "市区町村名", "人数"});
    for (int row = 2; row < 10; ++row) {
        two += inline_row(row, {"北市" + std::to_string(row), "3", "南市" + std::to_string(row), "5"});
    }
    CHECK(verdict(items_of(TestWorkbook(two)), "1-14") == "fail 1: C1");
}

TEST_CASE("Cells are named with their sheet where there are several", "[machine_readable]") {
    const std::vector<MachineItem> items =
        items_of(TestWorkbook().sheet("北", clean_rows()).sheet("南", clean_rows(inline_row(4, {"桐　生　市"}))));
    CHECK(verdict(items, "1-5") == "fail 1: 南!A4");
    CHECK(verdict(items, "1-13").substr(0, 6) == "fail 1");  // one table on two sheets
}

TEST_CASE("The list is JSON with a verdict each, and no map has one", "[machine_readable]") {
    const nlohmann::ordered_json json = machine_readable_json(with_row(inline_cell("A4", "㈱公社")));
    REQUIRE(json.size() == 14);
    CHECK(json[0]["verdict"] == "pass");
    CHECK(json[9]["id"] == "1-10");
    CHECK(json[9]["verdict"] == "fail");
    CHECK(json[9]["count"] == 1);
    CHECK(json[9]["cells"][0] == "A4");
    TableResult map;
    SourceInfo layer;
    layer.format = "GeoJSON";
    map.outcome.sources = {layer};
    CHECK(machine_readable(map).empty());
}
