// SPDX-License-Identifier: Apache-2.0
#include "read/sheet_tally.hpp"
#include "read/xlsx.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>

using namespace kokai;
using kokai::testing::inline_cell;
using kokai::testing::inline_row;
using kokai::testing::outcome_of;
using kokai::testing::TemporaryFolder;
using kokai::testing::TestWorkbook;
using Texts = std::vector<std::string>;

namespace {

std::vector<SheetFact> facts_of(const TestWorkbook& workbook, const std::string& sheet = {}) {
    const TemporaryFolder folder;
    XlsxOptions options;
    options.path = workbook.write(folder);
    options.shown = "表.xlsx";
    options.sheet = sheet;
    XlsxSource source(options);
    outcome_of(source);
    return source.about().at(0).facts;
}

/// The cells of a fact over all sheets, `count` in front.
std::string fact(const std::vector<SheetFact>& facts, std::string_view what, std::uint32_t column = 0) {
    std::uint64_t count = 0;
    std::string cells;
    bool known = false;
    for (const SheetFact& one : facts) {
        if (one.what == what && (column == 0 || one.column == column)) {
            known = true;
            count += one.count;
            for (const std::string& cell : one.cells) {
                cells += " " + cell;
            }
        }
    }
    return known ? std::to_string(count) + cells : "not looked at";
}

}  // namespace

TEST_CASE("A sheet without any of it has every fact, and all of them count nothing", "[read][tally]") {
    const std::vector<SheetFact> facts =
        facts_of(TestWorkbook(inline_row(1, {"名称", "人口（人）"}) + "<row r=\"2\">" + inline_cell("A2", "前橋市") +
                              "<c r=\"B2\"><v>330000</v></c></row>"));
    for (const std::string_view what :
         {sheet_fact::merged, sheet_fact::formula, sheet_fact::object, sheet_fact::layout, sheet_fact::ditto,
          sheet_fact::several_values, sheet_fact::era_only, sheet_fact::rare_character, sheet_fact::blank_row,
          sheet_fact::several_tables}) {
        INFO(what);
        CHECK(fact(facts, what) == "0");
    }
    CHECK(facts.back().what == sheet_fact::number_as_text);
    CHECK(facts.back().of == 1);
    CHECK(facts.back().count == 0);
}

TEST_CASE("What is on a sheet is counted with its first cells", "[read][tally]") {
    const std::vector<SheetFact> facts = facts_of(TestWorkbook().sheet(
        "表",
        inline_row(1, {"名&#10;称", "人口", "開設"}) + "<row r=\"2\">" + inline_cell("A2", "合　計") +
            "<c r=\"B2\"><f>1+1</f><v>2</v></c>" + inline_cell("C2", "平成27年") + "</row><row r=\"3\">" +
            inline_cell("A3", "㈱公社") + inline_cell("B3", "1,234") + inline_cell("C3", "〃") + "</row><row r=\"5\">" +
            inline_cell("A5", "分室") + inline_cell("B5", "12（3）") + inline_cell("C5", "2015年") + "</row>",
        {}, "<mergeCells count=\"1\"><mergeCell ref=\"E1:F2\"/></mergeCells>"));
    CHECK(fact(facts, sheet_fact::merged) == "1 E1:F2");
    CHECK(fact(facts, sheet_fact::formula) == "1 B2");
    CHECK(fact(facts, sheet_fact::layout) == "2 A1 A2");
    CHECK(fact(facts, sheet_fact::rare_character) == "1 A3");
    CHECK(fact(facts, sheet_fact::ditto) == "1 C3");
    CHECK(fact(facts, sheet_fact::era_only) == "1 C2");
    CHECK(fact(facts, sheet_fact::several_values) == "1 B5");
    CHECK(fact(facts, sheet_fact::number_as_text, 2) == "1 B3");
    CHECK(fact(facts, sheet_fact::blank_row) == "1 A4");
}

TEST_CASE("Pictures and shapes are counted where they begin, comments are none", "[read][tally]") {
    const std::string namespaces = "xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\"";
    const std::string anchor =
        "<xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff>"
        "<xdr:row>4</xdr:row></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:row>9</xdr:row></xdr:to>"
        "<xdr:pic/></xdr:twoCellAnchor>";
    const std::string relations =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
        TestWorkbook::relation("rId1", "drawing", "../drawings/drawing1.xml") +
        TestWorkbook::relation("rId2", "comments", "../comments1.xml") + "</Relationships>";
    const std::vector<SheetFact> facts = facts_of(
        TestWorkbook(inline_row(1, {"名称", "数"}) + inline_row(2, {"a", "b"}))
            .part("xl/worksheets/_rels/sheet1.xml.rels", relations)
            .part("xl/comments1.xml", "<comments><commentList><comment ref=\"A1\"/></commentList></comments>")
            .part("xl/drawings/drawing1.xml", "<xdr:wsDr " + namespaces + ">" + anchor +
                                                  "<xdr:absoluteAnchor><xdr:sp/></xdr:absoluteAnchor></xdr:wsDr>"));
    CHECK(fact(facts, sheet_fact::object) == "2 C5");
}

TEST_CASE("Tables that were not read, and several sheets that were", "[read][tally]") {
    std::string two = inline_row(1, {"名称", "人数", "名称", "人数"});
    for (int row = 2; row < 10; ++row) {
        two += inline_row(row, {"北" + std::to_string(row), "3", "南" + std::to_string(row), "5"});
    }
    CHECK(fact(facts_of(TestWorkbook(two)), sheet_fact::several_tables) == "1 C1");
    const std::string head = inline_row(1, {"名称", "所在地"});
    const std::vector<SheetFact> both =
        facts_of(TestWorkbook()
                     .sheet("北", head + inline_row(2, {"合　計", "大手町"}))
                     .sheet("南", head + inline_row(2, {"総　計", "大手町"}) + inline_row(3, {"小　計", "本町"})));
    CHECK(fact(both, sheet_fact::layout) == "3 A2 A2 A3");
}
