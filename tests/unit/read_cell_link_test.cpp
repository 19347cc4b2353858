// SPDX-License-Identifier: Apache-2.0
#include "read/cell_link.hpp"
#include "read/xlsx.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;
using kokai::testing::inline_cell;
using kokai::testing::inline_row;
using kokai::testing::TemporaryFolder;
using kokai::testing::TestWorkbook;
using Texts = std::vector<std::string>;

namespace {

std::string target_of(std::string_view formula, std::uint32_t row = 2) {
    return computed_link(compile_link(formula, row),
                         [](std::uint32_t column) { return "<" + std::to_string(column) + ">"; });
}

/// The links of the second column, row by row.
Texts links_of(const TestWorkbook& workbook, Findings& findings) {
    const TemporaryFolder folder;
    XlsxOptions options;
    options.path = workbook.write(folder);
    options.shown = "表.xlsx";
    XlsxSource source(options);
    source.open(findings);
    Batch batch;
    REQUIRE(source.next(batch, findings));
    Texts links;
    for (const Cell link : batch.columns.at(1).links) {
        links.emplace_back(link);
    }
    while (source.next(batch, findings)) {
    }
    return links;
}

std::string external(const std::string& id, const std::string& type, const std::string& target) {
    std::string one = TestWorkbook::relation(id, type, target);
    return one.insert(one.size() - 2, " TargetMode=\"External\"");
}

const std::string relationships =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";

std::string formula_cell(const std::string& at, const std::string& formula, const std::string& value) {
    return "<c r=\"" + at + "\" t=\"str\"><f>" + TestWorkbook::escaped(formula) + "</f><v>" + value + "</v></c>";
}

}  // namespace

TEST_CASE("HYPERLINK() is read as far as texts and cells of its row go", "[read][link]") {
    CHECK(target_of(R"(HYPERLINK("https://example.jp/a","詳細"))") == "https://example.jp/a");
    CHECK(target_of(R"(hyperlink( "https://example.jp/?a=1,2" ))") == "https://example.jp/?a=1,2");
    CHECK(target_of(R"(HYPERLINK("https://example.jp/"&$D2&".html","詳細"))") == "https://example.jp/<4>.html");
    CHECK(target_of(R"(HYPERLINK("a""b"))") == "a\"b");
    CHECK(target_of(R"(of:=HYPERLINK("https://example.jp/"&[.A2];"詳細"))") == "https://example.jp/<1>");
    CHECK(compile_link(R"(HYPERLINK("x"&A3,"詳細"))", 2).empty());
    CHECK(compile_link(R"(HYPERLINK(VLOOKUP(A2,B:C,2),"詳細"))", 2).empty());
    CHECK(compile_link(R"(IF(A2="",HYPERLINK("x")))", 2).empty());
    CHECK(compile_link("HYPERLINK(", 2).empty());
    CHECK(compile_link(R"(HYPERLINK("https://example.jp)", 2).empty());
}

TEST_CASE("Formulas that take values from another workbook", "[read][link]") {
    CHECK(refers_to_other_workbook("[1]Sheet1!A1+1"));
    CHECK(refers_to_other_workbook("SUM('[12]施設 (2)'!$A$1:$A$9)"));
    CHECK(refers_to_other_workbook("VLOOKUP(A2,[2]!コード表,2,0)"));
    CHECK(refers_to_other_workbook("of:=['file:///C:/表.xlsx'#$Sheet1.A1]"));
    CHECK_FALSE(refers_to_other_workbook("[0]!名前"));
    CHECK_FALSE(refers_to_other_workbook("Table1[[#This Row],[1]]"));
    CHECK_FALSE(refers_to_other_workbook("Sheet2!A1"));
    CHECK_FALSE(refers_to_other_workbook("of:=[.A1]"));
    CHECK_FALSE(refers_to_other_workbook("[1"));
}

TEST_CASE("Links of a sheet go along beside their cells", "[read][link]") {
    Findings findings;
    TestWorkbook workbook;
    workbook
        .sheet("一覧",
               inline_row(1, {"名称", "ホームページ"}) + inline_row(2, {"a", "詳細"}) + inline_row(3, {"b", "なし"}) +
                   inline_row(4, {"c", "詳細"}) + "<row r=\"5\">" + inline_cell("A5", "x9") +
                   formula_cell("B5", R"(HYPERLINK("https://example.jp/"&A5,"詳細"))", "詳細") + "</row>",
               {},
               "<hyperlinks><hyperlink ref=\"B2\" r:id=\"l1\" location=\"top\"/><hyperlink ref=\"B4:B4\" r:id=\"l2\"/>"
               "<hyperlink ref=\"A2\" location=\"Sheet2!A1\"/><hyperlink ref=\"B3\" r:id=\"gone\"/></hyperlinks>")
        .part("xl/worksheets/_rels/sheet1.xml.rels",
              relationships + external("l1", "hyperlink", "https://example.jp/?a=1&amp;b=2") +
                  external("l2", "hyperlink", "mailto:x@example.jp") + "</Relationships>");
    CHECK(links_of(workbook, findings) ==
          Texts{"https://example.jp/?a=1&b=2#top", "", "mailto:x@example.jp", "https://example.jp/x9"});
    CHECK(findings.list().empty());
}

TEST_CASE("A link formula that is filled down is written once", "[read][link]") {
    Findings findings;
    const Texts links = links_of(
        TestWorkbook(
            inline_row(1, {"番号", "ホームページ"}) +
            "<row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"B2\" t=\"str\"><f t=\"shared\" ref=\"B2:B3\" si=\"0\">"
            "HYPERLINK(\"https://example.jp/\"&amp;A2,\"詳細\")</f><v>詳細</v></c></row>"
            "<row r=\"3\"><c r=\"A3\"><v>8</v></c><c r=\"B3\" t=\"str\"><f t=\"shared\" si=\"0\"/><v>詳細</v>"
            "</c></row>"),
        findings);
    CHECK(links == Texts{"https://example.jp/7", "https://example.jp/8"});
}

TEST_CASE("Ranges of links are bounded, whatever a sheet says", "[read][link]") {
    CellLinks links;
    links.add({1, 1, 1'048'576, 16'384}, "https://example.jp");
    links.add({2, 2, 2, 2}, "https://example.jp/2");
    links.finish();
    CHECK(links.at(1, 1) == "https://example.jp");
    CHECK(links.at(1'048'576, 16'384).empty());
}

TEST_CASE("Values from other workbooks are used and told, a finding a column", "[read][link]") {
    Findings findings;
    TestWorkbook workbook(inline_row(1, {"名称", "人数"}) + "<row r=\"2\">" + inline_cell("A2", "a") +
                          "<c r=\"B2\"><f>[1]Sheet1!A1</f><v>5</v></c></row><row r=\"3\">" + inline_cell("A3", "b") +
                          "<c r=\"B3\"><f>'[1]人口 (2)'!A2</f><v>6</v></c></row><row r=\"4\">" +
                          inline_cell("A4", "c") + "<c r=\"B4\"><f>B2+B3</f><v>11</v></c></row><row r=\"5\">" +
                          inline_cell("A5", "d") + "<c r=\"B5\"><f>[1]Sheet1!A9</f><v>6</v></c></row>");
    workbook
        .part(
            "xl/workbook.xml",
            R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="r"><sheets><sheet name="一覧" sheetId="1" r:id="rId1"/></sheets><externalReferences><externalReference r:id="e1"/></externalReferences></workbook>)")
        .part("xl/_rels/workbook.xml.rels",
              relationships + TestWorkbook::relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                  TestWorkbook::relation("e1", "externalLink", "externalLinks/externalLink1.xml") + "</Relationships>")
        .part("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        .part("xl/externalLinks/_rels/externalLink1.xml.rels",
              relationships + external("r", "externalLinkPath", "file:///\\\\server\\share\\%E4%BA%BA%E5%8F%A3.xlsx") +
                  "</Relationships>");
    links_of(workbook, findings);
    REQUIRE(findings.list().size() == 1);
    const Finding& told = findings.list().front();
    CHECK(told.code == Code::external_link);
    CHECK(told.found == "B2:B3 B5");
    CHECK(told.expected == "人口.xlsx");
    CHECK(told.where.row == 2);
    CHECK(told.where.column == 2);
}
