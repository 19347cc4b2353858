// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;
using kokai::testing::inline_cell;
using kokai::testing::inline_row;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TemporaryFolder;
using kokai::testing::TestWorkbook;
using Texts = std::vector<std::string>;

namespace {

Outcome read(const TestWorkbook& workbook, const TablePin& pin = {}) {
    const TemporaryFolder folder;
    XlsxOptions options;
    options.path = workbook.write(folder);
    options.shown = "表.xlsx";
    options.pin = pin;
    XlsxSource source(options);
    return outcome_of(source);
}

std::string hidden(std::string row) {
    return row.replace(0, 4, "<row hidden=\"1\"");
}

const std::string sheet_head = R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">)";

}  // namespace

TEST_CASE("Hidden rows are reported and not published, unless dataset.json says so", "[read][xlsx][hidden]") {
    const TestWorkbook workbook(inline_row(1, {"名称", "住所"}) + inline_row(2, {"a", "b"}) +
                                hidden(inline_row(3, {"c", "d"})) + hidden(inline_row(4, {"", ""})) +
                                inline_row(5, {"e", "f"}));
    const Outcome out = read(workbook);
    CHECK(out.rows == Rows{{"a", "b"}, {"e", "f"}});
    CHECK(out.places() == Texts{"hidden-row@3"});
    CHECK(out.findings.at(0).found == "2");
    TablePin pin;
    pin.publish_hidden = true;
    const Outcome all = read(workbook, pin);
    CHECK(all.rows == Rows{{"a", "b"}, {"c", "d"}, {"e", "f"}});
    CHECK(all.findings.empty());
}

TEST_CASE("A hidden header row is read when it is named", "[read][xlsx][hidden]") {
    const TestWorkbook workbook(inline_row(1, {"施設の名前"}) + hidden(inline_row(2, {"name"})) + inline_row(3, {"a"}));
    TablePin pin;
    pin.header_row = 2;
    const Outcome out = read(workbook, pin);
    CHECK(out.shape.columns.at(0).name == "name");
    CHECK(out.rows == Rows{{"a"}});
}

TEST_CASE("A hidden column is no column; its values are counted, not published", "[read][xlsx][hidden]") {
    TestWorkbook workbook;
    workbook.part("xl/worksheets/sheet1.xml",
                  sheet_head +
                      "<cols><col min=\"1\" max=\"1\" width=\"9\"/><col min=\"2\" max=\"2\" hidden=\"1\"/><col "
                      "min=\"4\" max=\"16384\" hidden=\"true\"/></cols><sheetData>" +
                      inline_row(1, {"名称", "担当者の携帯", "住所"}) + inline_row(2, {"a", "090", "b"}) +
                      inline_row(3, {"c", "", "d"}) + "</sheetData></worksheet>");
    const Outcome out = read(workbook);
    CHECK(out.rows == Rows{{"a", "b"}, {"c", "d"}});
    CHECK(out.shape.columns.size() == 2);
    CHECK(out.shape.columns.at(1).from.at(0).number == 3);
    CHECK(out.places() == Texts{"hidden-column@B1"});
    CHECK(out.findings.at(0).found == "2");  // the header and one phone number
}

TEST_CASE("A hidden column is no gap between two tables", "[read][xlsx][hidden]") {
    TestWorkbook workbook;
    std::string rows = inline_row(1, {"名称", "住所", "担当", "電話番号", "備考"});
    for (int i = 2; i < 8; ++i) {
        rows += inline_row(i, {"公園" + std::to_string(i), "前橋市", i < 4 ? "x" : "", i < 4 ? "027" : "", "y"});
    }
    workbook.part("xl/worksheets/sheet1.xml", sheet_head +
                                                  "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols><sheetData>" +
                                                  rows + "</sheetData></worksheet>");
    const Outcome out = read(workbook);
    CHECK(out.shape.columns.size() == 4);
    CHECK(out.rows.size() == 6);
    CHECK(out.places() == Texts{"hidden-column@C1"});
}

TEST_CASE("A hidden sheet is named in the report", "[read][xlsx][hidden]") {
    const Outcome out = read(TestWorkbook()
                                 .sheet("コード表", inline_row(1, {"秘密"}), "veryHidden")
                                 .sheet("一覧", inline_row(1, {"名称"}) + inline_row(2, {"a"})));
    CHECK(out.rows == Rows{{"a"}});
    CHECK(out.places() == Texts{"hidden-sheet@0"});
    CHECK(out.findings.at(0).found == "コード表");
}

TEST_CASE("A row that is struck out is not published; a struck cell in it is left empty", "[read][xlsx][hidden]") {
    const auto cell = [](const std::string& at, const std::string& style, const std::string& text) {
        return "<c r=\"" + at + "\" s=\"" + style + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    };
    const Outcome out = read(
        TestWorkbook(inline_row(1, {"名称", "住所"}) + "<row r=\"2\">" + cell("A2", "1", "廃止") +
                     cell("B2", "1", "x") + "</row><row r=\"3\">" + cell("A3", "0", "a") + cell("B3", "1", "b") +
                     "</row><row r=\"4\">" + cell("A4", "2", "c") + cell("B4", "0", "d") + "</row>")
            .part(
                "xl/styles.xml",
                R"(<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/></cellXfs></styleSheet>)"));
    CHECK(out.rows == Rows{{"a", ""}, {"c", "d"}});
    CHECK(out.places() == Texts{"struck-text@B3", "struck-row@2"});
    CHECK(out.findings.at(0).found == "b");
}

TEST_CASE("Comments are counted, never read", "[read][xlsx][hidden]") {
    const Outcome out = read(
        TestWorkbook(inline_row(1, {"名称"}) + inline_row(2, {"a"}))
            .part("xl/worksheets/_rels/sheet1.xml.rels",
                  R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)" +
                      TestWorkbook::relation("r1", "comments", "../comments1.xml") + "</Relationships>")
            .part(
                "xl/comments1.xml",
                R"(<comments><authors><author>x</author></authors><commentList><comment ref="A2"><text><t>内緒</t></text></comment><comment ref="A1"/></commentList></comments>)"));
    CHECK(out.rows == Rows{{"a"}});
    CHECK(out.places() == Texts{"comments-left-out@0"});
    CHECK(out.findings.at(0).found == "2");
}
