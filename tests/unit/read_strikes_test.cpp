// SPDX-License-Identifier: Apache-2.0
#include "read/strikes.hpp"
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

Outcome read(const TestWorkbook& workbook, const TablePin& pin = {}, Readings furigana = Readings::leave) {
    const TemporaryFolder folder;
    XlsxOptions options;
    options.path = workbook.write(folder);
    options.shown = "表.xlsx";
    options.pin = pin;
    options.furigana = furigana;
    XlsxSource source(options);
    return outcome_of(source);
}

const std::string struck_run = "<r><rPr><strike/><sz val=\"11\"/></rPr><t>027-111-1111</t></r>";
const std::string plain_run = "<r><rPr><sz val=\"11\"/></rPr><t xml:space=\"preserve\"> 027-222-2222</t></r>";
const std::string strike_styles =
    R"(<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts><font/><font><strike/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>)";

std::string rich_cell(const std::string& at, const std::string& runs, const std::string& more = {}) {
    return "<c r=\"" + at + "\"" + more + " t=\"inlineStr\"><is>" + runs + "</is></c>";
}

}  // namespace

TEST_CASE("A text comes apart into what is seen and what is struck out", "[read][strikes]") {
    Strikes strikes;
    strikes.add(3, Strike::as_cell);
    strikes.add(6, Strike::struck);
    strikes.add(0, Strike::plain);
    strikes.add(3, Strike::as_cell);
    CHECK(strikes.kept() == "3c6s3c");
    CHECK(split_struck("あいうえ", "3c6s3c", false).visible == "あえ");
    CHECK(split_struck("あいうえ", "3c6s3c", false).struck == "いう");
    CHECK(split_struck("あいうえ", "3c6s3c", true).visible.empty());
    CHECK(split_struck("ab", "9s", false).struck == "ab");
    CHECK(split_struck("ab", "", true).struck == "ab");
    strikes.clear();
    strikes.add(5, Strike::as_cell);
    CHECK(strikes.kept().empty());
}

TEST_CASE("Struck parts of shared and inline texts are not published, and named with their cell", "[read][strikes]") {
    const TestWorkbook workbook =
        TestWorkbook(inline_row(1, {"名称", "電話番号"}) + "<row r=\"2\">" + inline_cell("A2", "a") +
                     "<c r=\"B2\" t=\"s\"><v>0</v></c></row><row r=\"3\">" + inline_cell("A3", "b") +
                     rich_cell("B3", struck_run + plain_run) + "</row><row r=\"4\">" + inline_cell("A4", "c") +
                     rich_cell("B4", "<r><rPr><strike val=\"0\"/></rPr><t>1</t></r>") + "</row>")
            .strings("<si>" + struck_run + plain_run + "</si>");
    const Outcome out = read(workbook);
    CHECK(out.rows == Rows{{"a", "027-222-2222"}, {"b", "027-222-2222"}, {"c", "1"}});
    CHECK(out.places() == Texts{"struck-text@B2", "struck-text@B3"});
    CHECK(out.findings.at(0).found == "027-111-1111");
    CHECK(out.findings.at(0).repaired == "027-222-2222");
    TablePin pin;
    pin.publish_hidden = true;
    const Outcome all = read(workbook, pin);
    CHECK(all.rows.at(0) == Texts{"a", "027-111-1111 027-222-2222"});
    CHECK(all.findings.empty());
}

TEST_CASE("A row whose texts are all struck out part by part is a struck row", "[read][strikes]") {
    const Outcome out = read(TestWorkbook(inline_row(1, {"名称", "電話番号"}) + inline_row(2, {"a", "1"}) +
                                          "<row r=\"3\">" + rich_cell("A3", struck_run) +
                                          "<c r=\"B3\" s=\"1\"><v>5</v></c></row>" + inline_row(4, {"b", "2"}))
                                 .part("xl/styles.xml", strike_styles));
    CHECK(out.rows == Rows{{"a", "1"}, {"b", "2"}});
    CHECK(out.places() == Texts{"struck-row@3"});
    CHECK(out.findings.at(0).found == "2");
}

TEST_CASE("Parts that say they are plain stand in a struck cell", "[read][strikes]") {
    // Excel gives the whole cell the look of its first letter.
    const Outcome out =
        read(TestWorkbook(inline_row(1, {"名称", "電話番号"}) + "<row r=\"2\">" + inline_cell("A2", "a") +
                          rich_cell("B2", "<r><t>旧</t></r>" + plain_run, " s=\"1\"") + "</row><row r=\"3\">" +
                          inline_cell("A3", "b") + "<c r=\"B3\" s=\"1\"><v>5</v></c></row>")
                 .part("xl/styles.xml", strike_styles));
    CHECK(out.rows == Rows{{"a", "027-222-2222"}, {"b", ""}});
    CHECK(out.places() == Texts{"struck-text@B2", "struck-text@B3"});
    CHECK(out.findings.at(0).found == "旧");
    CHECK(out.findings.at(1).found == "5");
}

TEST_CASE("Furigana over struck letters go with them", "[read][strikes][furigana]") {
    const Outcome out = read(
        TestWorkbook(
            inline_row(1, {"名称"}) + "<row r=\"2\">" +
            rich_cell("A2",
                      "<r><rPr><strike/></rPr><t>旧館</t></r><r><t>新館</t></r>"
                      "<rPh sb=\"0\" eb=\"2\"><t>キュウカン</t></rPh><rPh sb=\"2\" eb=\"4\"><t>シンカン</t></rPh>") +
            "</row>"),
        {}, Readings::keep);
    CHECK(out.rows == Rows{{"新館", "シンカン"}});
}
