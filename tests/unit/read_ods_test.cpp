// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/book_rows.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;
using namespace kokai::testing;
using Texts = std::vector<std::string>;

namespace {

std::filesystem::path write(const TemporaryFolder& folder, const std::string& tables, const std::string& styles = {},
                            const std::string& manifest = {}) {
    std::vector<std::pair<std::string, std::string>> parts{
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
        {"content.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content "
                        "xmlns:office=\"o\"><office:automatic-styles>" +
                            styles + "</office:automatic-styles><office:body><office:spreadsheet>" + tables +
                            "</office:spreadsheet></office:body></office:document-content>"},
        {"meta.xml", "<office:document-meta><office:meta><dc:date>2024-05-01T10:00:00</dc:date></office:meta>"
                     "</office:document-meta>"}};
    if (!manifest.empty()) {
        parts.emplace_back("META-INF/manifest.xml", manifest);
    }
    write_zip(folder.path() / "表.ods", parts);
    return folder.path() / "表.ods";
}

std::string table(const std::string& rows) {
    return "<table:table table:name=\"一覧\">" + rows + "</table:table>";
}

std::string row(const std::string& cells, const std::string& more = {}) {
    return "<table:table-row" + more + ">" + cells + "</table:table-row>";
}

std::string text_cell(const std::string& content, const std::string& more = {}) {
    return "<table:table-cell office:value-type=\"string\"" + more + "><text:p>" + content +
           "</text:p></table:table-cell>";
}

std::string number_cell(const std::string& value, const std::string& more = {}) {
    return "<table:table-cell office:value-type=\"float\" office:value=\"" + value + "\"" + more + "/>";
}

BookRows read(const std::string& rows, const std::string& styles = {}) {
    const TemporaryFolder folder;
    const auto book = book_at(write(folder, table(rows), styles));
    return rows_of(*book);
}

}  // namespace

TEST_CASE("An .ods of LibreOffice gives what its .xls gives", "[read][ods]") {
    const auto ods = book_at("tests/data/workbooks/libreoffice.ods");
    const auto xls = book_at("tests/data/workbooks/libreoffice.xls");
    CHECK(ods->format() == "ods");
    CHECK(ods->workbook().sheets.at(1).hidden);
    const BookRows out = rows_of(*ods);
    CHECK(out.rows.at(1) == rows_of(*xls).rows.at(1));
    CHECK(out.rows.at(2) == rows_of(*xls).rows.at(2));
    CHECK(out.rows.at(2).at(0) == "010201");
    CHECK(out.rows.at(9) == Texts{"7", "7", "7"});
    CHECK(out.rows.at(10) == Texts{"7", "7", "7"});
    CHECK(out.findings == Texts{"hidden-row@3", "struck-row@4", "hidden-column@1", "comments-left-out@0"});
}

TEST_CASE("Texts of an .ods: paragraphs, blanks, links and furigana", "[read][ods][furigana]") {
    const BookRows out = read(
        row(text_cell("公園</text:p><text:p>二行目") + text_cell(" a<text:s text:c=\"3\"/>b\n  c<text:line-break/>d") +
            text_cell("<text:a xlink:href=\"https://example.jp\">案内</text:a>") +
            text_cell("<text:ruby><text:ruby-base>公園</text:ruby-base><text:ruby-text>コウエン</text:ruby-text>"
                      "</text:ruby>前") +
            "<table:table-cell office:value-type=\"string\" office:string-value=\"A &amp; B\"/>"));
    CHECK(out.rows.at(1) == Texts{"公園\n二行目", "a   b c\nd", "案内", "公園前", "A & B"});
    CHECK(out.readings == Texts{"コウエン前"});
}

TEST_CASE("Number formats of an .ods show as those of Excel", "[read][ods]") {
    const std::string styles =
        "<number:number-style style:name=\"N1\"><number:number number:decimal-places=\"0\" "
        "number:min-integer-digits=\"5\"/></number:number-style>"
        "<number:number-style style:name=\"N2P0\"><number:number number:decimal-places=\"1\" "
        "number:min-integer-digits=\"1\" number:grouping=\"true\"/><number:text>円</number:text></number:number-style>"
        "<number:number-style style:name=\"N2\"><number:text>△</number:text><number:number number:decimal-places=\"1\" "
        "number:min-integer-digits=\"1\" number:grouping=\"true\"/><number:text>円</number:text>"
        "<style:map style:condition=\"value()&gt;=0\" style:apply-style-name=\"N2P0\"/></number:number-style>"
        "<number:date-style style:name=\"N3\"><number:year number:style=\"long\"/><number:text>年</number:text>"
        "<number:month/><number:text>月</number:text></number:date-style>"
        "<style:style style:name=\"base\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>"
        "<style:style style:name=\"child\" style:family=\"table-cell\" style:parent-style-name=\"base\"/>"
        "<style:style style:name=\"yen\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>"
        "<style:style style:name=\"month\" style:family=\"table-cell\" style:data-style-name=\"N3\"/>";
    const BookRows out = read(
        "<table:table-column table:number-columns-repeated=\"2\"/><table:table-column "
        "table:default-cell-style-name=\"base\"/>" +
            row(number_cell("123", " table:style-name=\"child\"") + number_cell("1234.5", " table:style-name=\"yen\"") +
                number_cell("7") + number_cell("-2000", " table:style-name=\"yen\"")) +
            row("<table:table-cell office:value-type=\"date\" office:date-value=\"2024-04-15\" "
                "table:style-name=\"month\"/><table:table-cell office:value-type=\"date\" "
                "office:date-value=\"1868-10-23\"/><table:table-cell table:style-name=\"unknown\" "
                "office:value-type=\"boolean\" office:boolean-value=\"false\"/><table:table-cell "
                "table:formula=\"of:=NA()\" office:value-type=\"float\" office:value=\"0\"><text:p>#N/A</text:p>"
                "</table:table-cell>"),
        styles);
    CHECK(out.rows.at(1) == Texts{"00123", "1234.5円", "00007", "-2000.0円"});
    CHECK(out.rows.at(2) == Texts{"2024-04", "1868-10-23", "FALSE", "!#N/A"});
}

TEST_CASE("Repeated rows and cells, groups, merged cells and deleted content", "[read][ods]") {
    const BookRows out = read(
        "<table:table-column/><table:table-header-rows>" + row(text_cell("名称") + text_cell("数")) +
        "</table:table-header-rows><table:table-row-group>" +
        row(text_cell("a", " table:number-columns-repeated=\"2\""), " table:number-rows-repeated=\"2\"") +
        "</table:table-row-group>" + row("<table:table-cell/>", " table:number-rows-repeated=\"1000\"") +
        row(text_cell("b", " table:number-columns-spanned=\"2\"") +
            "<table:covered-table-cell><text:p>x</text:p>"
            "</table:covered-table-cell>" +
            number_cell("1")) +
        row("<table:table-cell table:number-columns-repeated=\"16384\"/>", " table:number-rows-repeated=\"1047570\""));
    CHECK(out.rows.size() == 4);
    CHECK(out.rows.at(3) == Texts{"a", "a"});
    CHECK(out.rows.at(1004) == Texts{"b", "", "1"});
}

TEST_CASE("What a number of repetitions may ask for is bounded (A06, A07)", "[read][ods][hostile]") {
    const TemporaryFolder folder;
    const auto refused = [&](const std::string& rows) { return refusal_of(write(folder, table(rows))); };
    CHECK(refused(row(text_cell("x", " table:number-columns-repeated=\"16384\""),
                      " table:number-rows-repeated=\"1048576\""))
              .find("too many cells (row 1, repeated 1048576 times)") != std::string::npos);
    CHECK(refused(row(text_cell("x", " table:number-columns-repeated=\"16385\"")))
              .find("a wrong number of repetitions") != std::string::npos);
    CHECK(refused(row(text_cell("x"), " table:number-rows-repeated=\"4294967297\"")).find("a wrong number") !=
          std::string::npos);
    CHECK(refused(row(text_cell("x"), " table:number-rows-repeated=\"1048576\"") + row(text_cell("y")))
              .find("more than 1,048,576 rows") != std::string::npos);
    CHECK(refused(row(text_cell("x", " table:number-columns-repeated=\"16384\"") + text_cell("y")))
              .find("more than 16,384 columns") != std::string::npos);
    CHECK(refused(row(text_cell(std::string(8U << 20U, 'x')), " table:number-rows-repeated=\"1000000\""))
              .find("too many cells") != std::string::npos);
}

TEST_CASE("OpenDocument files that are no spreadsheet, or locked, say so", "[read][ods][hostile]") {
    const TemporaryFolder folder;
    CHECK(refusal_of(write(folder, table(row(text_cell("a"))), "",
                           "<manifest><file-entry><encryption-data/></file-entry></manifest>")) ==
          "is an OpenDocument file protected by a password: save it without one");
    write_zip(folder.path() / "a.odt",
              {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<a/>"}});
    CHECK(refusal_of(folder.path() / "a.odt").find("is an OpenDocument file, but no spreadsheet") == 0);
    write_zip(folder.path() / "b.ods", {{"content.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"}});
    CHECK(refusal_of(folder.path() / "b.ods").find("document type") != std::string::npos);
}

TEST_CASE("The day on which an .ods was saved", "[read][ods]") {
    const TemporaryFolder folder;
    CHECK(book_at(write(folder, table(row(text_cell("a")))))->workbook().modified == "2024-05-01");
}

TEST_CASE("Parts of an .ods text that are struck out, and its links", "[read][ods][strikes][link]") {
    const TemporaryFolder folder;
    const std::string styles = "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties "
                               "style:text-line-through-style=\"solid\"/></style:style><style:style style:name=\"T2\" "
                               "style:family=\"text\" style:parent-style-name=\"T1\"/>";
    const auto book = book_at(write(
        folder,
        table(row(text_cell("<text:span text:style-name=\"T2\">旧</text:span> 新<text:span>館</text:span>") +
                  text_cell("<text:a xlink:href=\"https://example.jp/?a=1&amp;b=2\">案内</text:a>") +
                  text_cell("詳細", " table:formula=\"of:=HYPERLINK(&quot;https://example.jp/&quot;&amp;[.D1];&quot;"
                                    "詳細&quot;)\"") +
                  number_cell("7", " table:formula=\"of:=['file:///C:/表.xlsx'#$Sheet1.A1]\"")) +
              row(text_cell("<text:span text:style-name=\"T1\">廃止</text:span>"))),
        styles));
    const std::unique_ptr<SheetRows> rows = book->open_sheet(0);
    SheetRow read;
    Arena arena;
    REQUIRE(rows->next(read));
    CHECK(book->text(read, read.cells.at(0), arena).text == "新館");
    CHECK(book->text(read, read.cells.at(0), arena).struck == "旧");
    CHECK(book->link(read, read.cells.at(1), arena) == "https://example.jp/?a=1&b=2");
    CHECK(book->link(read, read.cells.at(2), arena) == "https://example.jp/7");
    CHECK_FALSE(read.cells.at(2).external);
    CHECK(read.cells.at(3).external);
    CHECK_FALSE(rows->next(read));  // all of the second row is struck out
}

TEST_CASE("Pictures and shapes of an .ods are counted, tied to cells or not; comments are none", "[read][ods][tally]") {
    const TemporaryFolder folder;
    const auto book = book_at(write(
        folder,
        table("<table:shapes><draw:frame><draw:image/></draw:frame><draw:custom-shape/></table:shapes>" +
              row(text_cell("名称") + "<table:table-cell><office:annotation><text:p>x</text:p></office:annotation>"
                                      "<draw:frame><draw:image/></draw:frame></table:table-cell>") +
              row(text_cell("公園") + text_cell("y")))));
    CHECK(book->objects(0).count == 3);
    CHECK(book->comments(0) == 1);
    CHECK(rows_of(*book).rows.at(2) == Texts{"公園", "y"});
    const auto plain = book_at(write(folder, table(row(text_cell("名称")))));
    CHECK(plain->objects(0).count == 0);
}
