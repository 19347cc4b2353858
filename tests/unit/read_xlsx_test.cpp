// SPDX-License-Identifier: Apache-2.0
#include "model/error.hpp"
#include "read/xlsx.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
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

struct ReadOut : Outcome {
    SourceInfo about;
    std::vector<CellRange> merges;
    std::vector<std::uint32_t> numbers;  // Origin::row of every row
    Texts names;
};

ReadOut read(const std::filesystem::path& path, XlsxOptions options = {}) {
    options.path = path;
    options.shown = "表.xlsx";
    XlsxSource source(options);
    ReadOut result;
    static_cast<Outcome&>(result) = outcome_of(source);
    result.about = source.about().at(0);
    result.merges = source.merges();
    for (const ColumnInfo& column : result.shape.columns) {
        result.names.push_back(column.name);
    }
    XlsxSource again(options);
    Findings findings;
    Batch batch;
    again.open(findings);
    while (again.next(batch, findings)) {
        for (const Origin& origin : batch.rows) {
            result.numbers.push_back(origin.row);
        }
    }
    return result;
}

ReadOut read(const TestWorkbook& workbook, const XlsxOptions& options = {}) {
    const TemporaryFolder folder;
    return read(workbook.write(folder), options);
}

XlsxOptions sheet(const std::string& name) {
    XlsxOptions options;
    options.sheet = name;
    return options;
}

XlsxOptions pinned(const TablePin& pin) {
    XlsxOptions options;
    options.pin = pin;
    return options;
}

std::string failure(const TestWorkbook& workbook, const XlsxOptions& options = {}) {
    try {
        read(workbook, options);
    } catch (const WorldError& error) {
        CHECK(error.file() == "表.xlsx");
        return error.en();
    }
    return "no failure";
}

}  // namespace

TEST_CASE("Every kind of cell gives the value that a person sees", "[read][xlsx]") {
    const ReadOut out = read(
        TestWorkbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>" + inline_cell("B1", "b") + inline_cell("C1", "c") +
                     inline_cell("D1", "d") + inline_cell("E1", "e") + inline_cell("F1", "f") +
                     "</row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c>"
                     "<c r=\"B2\"><v>36.389048999999997</v></c><c r=\"C2\" t=\"b\"><v>1</v></c><c r=\"D2\" "
                     "t=\"str\"><f>A2&amp;\"x\"</f><v>園x</v></c>"
                     "<c r=\"E2\" s=\"1\"><v>45383</v></c><c r=\"F2\" t=\"d\"><v>2024-04-01T00:00:00Z</v></c></row>"
                     "<row r=\"3\"><c r=\"A3\" s=\"2\"><v>10201</v></c><c r=\"B3\"><f>1+1</f><v>2</v></c><c r=\"C3\" "
                     "t=\"b\"><v>0</v></c>"
                     "<c r=\"D3\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"E3\" s=\"3\"><v>0.375</v></c><c r=\"F3\" "
                     "t=\"d\"><v>2024-04-01T09:30:00</v></c></row>")
            .strings("<si><t>名称</t><rPh sb=\"0\" "
                     "eb=\"2\"><t>メイショウ</t></rPh></si><si><r><t>公</t></r><r><t>園</t></r></si>")
            .formats({"General", "[$-411]ge.m.d", "000000", "h:mm"}));
    CHECK(out.names == Texts{"名称", "b", "c", "d", "e", "f"});
    CHECK(out.rows == Rows{{"公園", "36.389049", "TRUE", "園x", "2024-04-01", "2024-04-01"},
                           {"010201", "2", "FALSE", "", "09:00", "2024-04-01 09:30"}});
    CHECK(out.findings.empty());
    CHECK(out.shape.columns[4].from.at(0).number == 5);
    CHECK(out.shape.columns[0].from.at(0).header == "名称");
}

TEST_CASE("A workbook of 1904 counts its days from there", "[read][xlsx]") {
    const ReadOut out =
        read(TestWorkbook(inline_row(1, {"日付"}) + "<row r=\"2\"><c r=\"A2\" s=\"0\"><v>43921</v></c></row>")
                 .formats({"14"})
                 .properties("date1904=\"1\""));
    CHECK(out.rows == Rows{{"2024-04-01"}});
}

TEST_CASE("Error values and formulas without a result are findings at their cells", "[read][xlsx]") {
    const ReadOut out = read(TestWorkbook(
        inline_row(1, {"名称", "数", "率"}) + "<row r=\"2\">" + inline_cell("A2", "x") +
        "<c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"C2\"><f>B2</f></c></row>"
        "<row r=\"5\"><c r=\"C5\" t=\"e\"><v>#REF!</v></c></row><row r=\"6\"><c r=\"B6\"><f>A1</f><v/></c></row>"));
    CHECK(out.rows == Rows{{"x", "", ""}, {"", "", ""}, {"", "", ""}});
    CHECK(out.places() ==
          Texts{"cell-error-value@B2", "formula-without-value@C2", "cell-error-value@C5", "formula-without-value@B6"});
    CHECK(out.findings.at(0).found == "#DIV/0!");
    CHECK(out.findings.at(0).sheet == "Sheet1");
    CHECK(out.findings.at(0).column == "数");
}

TEST_CASE("A typed number that its format rounds is a note; a computed one is not", "[read][xlsx]") {
    const ReadOut out =
        read(TestWorkbook(inline_row(1, {"率"}) + "<row r=\"2\"><c r=\"A2\"><v>0.45327</v></c></row><row r=\"3\"><c "
                                                  "r=\"A3\"><f>1/3</f><v>0.333333333333333</v></c></row>")
                 .formats({"0.0%"}));
    CHECK(out.rows == Rows{{"45.3%"}, {"33.3%"}});
    CHECK(out.places() == Texts{"number-shown-rounded@A2"});
    CHECK(out.findings.at(0).found == "0.45327");
    CHECK(out.findings.at(0).repaired == "45.3%");
}

TEST_CASE("Rows and cells without addresses stand one behind the other", "[read][xlsx]") {
    const ReadOut out =
        read(TestWorkbook("<row><c t=\"inlineStr\"><is><t>a</t></is></c><c "
                          "t=\"inlineStr\"><is><t>b</t></is></c></row><row><c><v>1</v></c></row>"
                          "<row r=\"7\"><c r=\"B7\"><v>2</v></c><c><v>9</v></c></row><row><c><v>3</v></c></row>"));
    CHECK(out.rows == Rows{{"1", "", ""}, {"", "2", "9"}, {"3", "", ""}});
    CHECK(out.numbers == std::vector<std::uint32_t>{2, 7, 8});
    CHECK(out.names == Texts{"a", "b", "列C"});
}

TEST_CASE("Empty rows are left out, also those of blanks; row numbers stay Excel's", "[read][xlsx]") {
    const ReadOut out = read(TestWorkbook("<row r=\"2\"><c r=\"A2\" s=\"1\"/></row>" + inline_row(3, {"a", "b"}) +
                                          "<row r=\"4\"/>" + inline_row(5, {"　", " "}) + inline_row(9, {"", "x"}) +
                                          "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>"));
    CHECK(out.about.header_rows == std::vector<std::uint32_t>{3});
    CHECK(out.rows == Rows{{"", "x"}, {"1", ""}});
    CHECK(out.numbers == std::vector<std::uint32_t>{9, 1048576});
    CHECK(out.about.data_rows == 2);
}

TEST_CASE("Headers: trimmed, unnamed with values, unnamed without, twice the same, empty at the end", "[read][xlsx]") {
    const ReadOut out =
        read(TestWorkbook(inline_row(1, {" 名称　", "名称", "", "", "備考", ""}) +
                          inline_row(2, {"a", "b", "c", "", "d"}) + inline_row(3, {"e", "f", "g", "", "", " "})));
    CHECK(out.names == Texts{"名称", "名称_2", "列C", "備考"});
    CHECK(out.rows == Rows{{"a", "b", "c", "d"}, {"e", "f", "g", ""}});
    CHECK(out.places() == Texts{"header-duplicate@B1", "header-empty@C1"});
    CHECK(out.findings.at(1).found == "2");
    CHECK(out.shape.columns.at(3).from.at(0).number == 5);
}

TEST_CASE("Unnamed columns of a large sheet are found as well, and a false extent loses nothing in silence",
          "[read][xlsx]") {
    const std::string blank = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>x</t></is></c></row><!--" +
                              std::string(9U << 20U, ' ') + "-->";
    std::string many;  // more than the head that is looked at
    for (int row = 3; row <= 600; ++row) {
        many += inline_row(row, {"y"});
    }
    const auto with_extent = [&](const std::string& extent) {
        return read(TestWorkbook().part("xl/worksheets/sheet1.xml",
                                        "<worksheet>" + extent + "<sheetData>" + inline_row(1, {"a"}) + blank + many +
                                            inline_row(601, {"y", "", "z"}) + "</sheetData></worksheet>"));
    };
    CHECK(with_extent("").names == Texts{"a", "列C"});
    CHECK(with_extent("<dimension ref=\"A1:C601\"/>").names == Texts{"a", "列C"});
    const ReadOut lied = with_extent("<dimension ref=\"A1:A601\"/>");
    CHECK(lied.names == Texts{"a"});
    CHECK(lied.rows.size() == 600);
    CHECK(lied.places() == Texts{"row-too-long@C601"});
}

TEST_CASE("The first visible sheet that holds anything is read; a hidden one only by name", "[read][xlsx]") {
    const TestWorkbook workbook = TestWorkbook()
                                      .sheet("原本", inline_row(1, {"秘"}) + inline_row(2, {"密"}), "hidden")
                                      .sheet("表紙", "<row r=\"1\"><c r=\"A1\"/></row>")
                                      .sheet("一覧", inline_row(1, {"名称"}) + inline_row(2, {"公園"}))
                                      .sheet("計算", inline_row(1, {"x"}) + inline_row(2, {"y"}), "veryHidden");
    const ReadOut out = read(workbook);
    CHECK(out.about.sheet == "一覧");
    CHECK(out.about.sheets == Texts{"原本", "表紙", "一覧", "計算"});
    CHECK(out.rows == Rows{{"公園"}});
    CHECK(read(workbook, sheet("原本")).rows == Rows{{"密"}});
    CHECK(read(workbook, sheet("計算")).rows == Rows{{"y"}});
    CHECK(failure(workbook, sheet("ない")) == "there is no sheet \"ない\"; there are: 原本, 表紙, 一覧, 計算");
    CHECK(failure(workbook, sheet("表紙")) == "sheet \"表紙\" is empty");
    CHECK(failure(TestWorkbook()) == "no table found: every sheet is empty");
    CHECK(failure(TestWorkbook().sheet("a", inline_row(1, {"x"}), "hidden").sheet("b", "")) ==
          "no table found: every visible sheet is empty, and hidden ones are read only when named");
}

TEST_CASE("A finding names the sheet that it is on", "[read][xlsx]") {
    const ReadOut out =
        read(TestWorkbook()
                 .sheet("空", "<row r=\"1\"/>")
                 .sheet("一覧", inline_row(1, {"a", "a"}) + "<row r=\"2\"><c r=\"B2\" t=\"e\"><v>#N/A</v></c></row>"));
    REQUIRE(out.findings.size() == 2);
    CHECK(out.findings.at(0).sheet == "一覧");
    CHECK(out.findings.at(0).cell == "B1");
    CHECK(out.findings.at(1).sheet == "一覧");
    CHECK(out.findings.at(1).cell == "B2");
}

TEST_CASE("The pinned header, first and last row and rows to skip", "[read][xlsx]") {
    const TestWorkbook workbook(inline_row(1, {"令和6年度 公園一覧"}) + inline_row(3, {"名称", "住所"}) +
                                inline_row(4, {"（記入例）", "例"}) + inline_row(5, {"a", "1"}) +
                                inline_row(6, {"小計", "9"}) + inline_row(7, {"b", "2"}) + inline_row(8, {"注）", ""}));
    TablePin pin;
    pin.header_row = 3;
    pin.first_row = 5;
    pin.last_row = 7;
    pin.skip = {6};
    const ReadOut out = read(workbook, pinned(pin));
    CHECK(out.names == Texts{"名称", "住所"});
    CHECK(out.rows == Rows{{"a", "1"}, {"b", "2"}});
    CHECK(out.about.header_rows == std::vector<std::uint32_t>{3});
    pin.header_row = 2;
    CHECK(failure(workbook, pinned(pin)) == "the header row 2 is empty");
    pin.header_row = 99;
    CHECK(failure(workbook, pinned(pin)) == "the header row 99 is empty");
}

TEST_CASE("Merged ranges are known", "[read][xlsx]") {
    const ReadOut out = read(TestWorkbook().sheet(
        "a", inline_row(1, {"x", "y"}) + inline_row(2, {"1", "2"}), {},
        "<mergeCells count=\"2\"><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"C3:D9\"/></mergeCells>"));
    CHECK(out.merges == std::vector<CellRange>{{1, 1, 1, 2}, {3, 3, 9, 4}});
}

TEST_CASE("Furigana stand in columns of their own when asked for", "[read][xlsx][furigana]") {
    const TestWorkbook workbook =
        TestWorkbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>" + inline_cell("B1", "数") +
                     "</row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\"><v>1</v></c></row>"
                     "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>橋</t><rPh sb=\"0\" "
                     "eb=\"1\"><t>ハシ</t></rPh></is></c></row>")
            .strings("<si><t>名称</t><rPh sb=\"0\" eb=\"2\"><t>メイショウ</t></rPh></si><si><t>前橋</t><rPh sb=\"0\" "
                     "eb=\"2\"><t>マエバシ</t></rPh><phoneticPr fontId=\"1\" type=\"Hiragana\"/></si>");
    CHECK(read(workbook).rows == Rows{{"前橋", "1"}, {"橋", ""}});
    XlsxOptions options;
    options.furigana = Readings::keep;
    const ReadOut out = read(workbook, options);
    CHECK(out.names == Texts{"名称", "数", "名称#furigana", "数#furigana"});
    CHECK(out.rows == Rows{{"前橋", "1", "マエバシ", ""}, {"橋", "", "ハシ", ""}});
}

TEST_CASE("The workbook with furigana that other readers get wrong", "[read][xlsx][furigana]") {
    const ReadOut out = read("tests/data/xlsx/furigana.xlsx");
    CHECK(out.names == Texts{"名称"});
    CHECK(out.rows == Rows{{"前橋市中央児童遊園"}});
    CHECK(out.about.format == "xlsx");
    CHECK(out.about.sha256 == "9aefcb8a85cd24adfdc2c0e8aa0eb19c2e1e4acb87078a8ca8eb4d8c90d9b3f3");
}

TEST_CASE("What the report says of a workbook", "[read][xlsx]") {
    const TestWorkbook workbook =
        TestWorkbook(inline_row(1, {"a"}) + inline_row(2, {"1"}))
            .part("docProps/core.xml",
                  "<cp:coreProperties xmlns:cp=\"c\" "
                  "xmlns:dcterms=\"d\"><dcterms:created>2020-01-01T00:00:00Z</"
                  "dcterms:created><dcterms:modified>2024-03-31T15:00:00Z</dcterms:modified></cp:coreProperties>");
    const ReadOut out = read(workbook);
    CHECK(out.about.modified == "2024-03-31");
    CHECK(out.about.sha256.size() == 64);
    CHECK(out.about.file == "表.xlsx");
    CHECK(read(TestWorkbook(inline_row(1, {"a"}))
                   .part("docProps/core.xml", "<p xmlns:d=\"d\"><d:modified>yesterday!</d:modified></p>"))
              .about.modified.empty());
}

TEST_CASE("Batches are bounded, their rows in order", "[read][xlsx]") {
    std::string rows = inline_row(1, {"番号", "長い"});
    const std::string text(1000, 'x');
    for (int i = 2; i <= 10'001; ++i) {
        rows +=
            "<row><c><v>" + std::to_string(i) + "</v></c><c t=\"str\"><v>" + (i > 5000 ? text : "") + "</v></c></row>";
    }
    const TemporaryFolder folder;
    XlsxOptions options;
    options.path = TestWorkbook(rows).write(folder);
    XlsxSource source(options);
    Findings findings;
    source.open(findings);
    Batch batch;
    std::vector<std::size_t> sizes;
    std::uint32_t expected = 2;
    while (source.next(batch, findings)) {
        sizes.push_back(batch.size());
        for (std::size_t row = 0; row < batch.size(); ++row) {
            REQUIRE(batch.columns[0].cells[row] == std::to_string(expected));
            REQUIRE(batch.rows[row].row == expected++);
        }
    }
    REQUIRE(sizes.size() == 4);
    CHECK(sizes.at(0) == 4096);
    CHECK(sizes.at(1) == 903 + 2086);  // the rest of the short rows, then 2 MiB of long ones
    CHECK(source.position() == source.size());
}

TEST_CASE("A file that is written to while it is read is reported (A29)", "[read][xlsx][hostile]") {
    const TemporaryFolder folder;
    XlsxOptions options;
    options.path = TestWorkbook(inline_row(1, {"a"}) + inline_row(2, {"1"})).write(folder);
    options.shown = "表.xlsx";
    XlsxSource source(options);
    Findings findings;
    source.open(findings);
    Batch batch;
    CHECK(source.next(batch, findings));
    TestWorkbook(inline_row(1, {"a"}) + inline_row(2, {"2222"})).write(folder);
    CHECK_FALSE(source.next(batch, findings));
    source.end(findings);
    REQUIRE(findings.list().size() == 1);
    CHECK(findings.list().at(0).code == Code::source_changed);
}
