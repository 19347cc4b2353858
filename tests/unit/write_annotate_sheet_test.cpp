// SPDX-License-Identifier: Apache-2.0
// A sheet streamed through with marks: only the marked tags differ.
#include "read/xlsx_package.hpp"
#include "write/annotate/annotated.hpp"
#include "write/annotate/doubt.hpp"
#include "write/annotate/sheet_patch.hpp"

#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace kokai;

namespace {

/// So many bytes at a time, so that every tag is cut somewhere.
class Pieces : public ByteSource {
public:
    Pieces(std::string text, std::size_t size) : text_(std::move(text)), size_(size) {}
    std::size_t read(char* into, std::size_t size) override {
        const std::size_t got = std::min({size, size_, text_.size() - at_});
        std::copy_n(text_.data() + at_, got, into);
        at_ += got;
        return got;
    }

private:
    std::string text_;
    std::size_t size_, at_ = 0;
};

const std::string formats =
    "<styleSheet><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs>"
    "<xf/><xf/><xf/><xf/></cellXfs></styleSheet>";
constexpr std::uint32_t first_new = 4 + list_styles;

std::string patched(const std::string& sheet, const CellMarks& marks, const std::string& legacy = {},
                    std::size_t piece = 7) {
    std::vector<CellPlace> wanted;
    for (const auto& [cell, severity] : marks) {
        wanted.push_back(cell);
    }
    Pieces first(sheet, piece);
    const SheetSurvey survey = survey_sheet(first, "表.xlsx", "sheet1.xml", wanted);
    CellMarks moved;
    for (const auto& [cell, severity] : marks) {
        const auto home = survey.moved.find(cell);
        moved[home == survey.moved.end() ? cell : home->second] = severity;
    }
    StyleBook styles(formats);
    std::string out;
    Pieces second(sheet, piece);
    patch_sheet(second, moved, survey, legacy, styles, [&](std::string_view bytes) { out += bytes; });
    return out;
}

std::string worksheet(const std::string& rows, const std::string& before = {}, const std::string& behind = {}) {
    return "<?xml version=\"1.0\"?>\n<worksheet xmlns=\"m\">" + before + "<sheetData>" + rows + "</sheetData>" +
           behind + "</worksheet>";
}

std::string s(std::uint32_t more = 0) {
    return " s=\"" + std::to_string(first_new + more) + "\"";
}

}  // namespace

TEST_CASE("A marked cell gets another style, and nothing else changes", "[write][annotate]") {
    const std::string rows = "<row r=\"1\" spans=\"1:2\"><c r=\"A1\" s=\"3\" t=\"s\"><v>0</v></c><!-- <c r=\"B1\"> "
                             "--><c r=\"B1\"><f>A1&gt;1</f><v>1</v></c></row>";
    std::string wanted = worksheet(rows);
    CHECK(patched(wanted, {}) == wanted);
    const std::string got = patched(wanted, {{{1, 2}, Severity::error}});
    wanted.replace(wanted.find("<c r=\"B1\"><f>"), 10, "<c r=\"B1\"" + s() + ">");
    CHECK(got == wanted);
    for (const std::size_t piece : {1U, 3U, 64U, 100'000U}) {
        CHECK(patched(worksheet(rows), {{{1, 2}, Severity::error}}, "", piece) == wanted);
    }
}

TEST_CASE("Cells and rows that the sheet does not have are put in their place", "[write][annotate]") {
    const CellMarks marks{{{1, 1}, Severity::error},
                          {{2, 2}, Severity::error},
                          {{2, 5}, Severity::error},
                          {{4, 1}, Severity::error},
                          {{9, 3}, Severity::error}};
    CHECK(patched(worksheet("<row r=\"2\" spans=\"1:3\"><c r=\"A2\"/><c r=\"C2\"/></row><row r=\"4\"/>"), marks) ==
          worksheet("<row r=\"1\"><c r=\"A1\"" + s() + "/></row><row r=\"2\" spans=\"1:5\"><c r=\"A2\"/><c r=\"B2\"" +
                    s() + "/><c r=\"C2\"/><c r=\"E2\"" + s() + "/></row><row r=\"4\"><c r=\"A4\"" + s() +
                    "/></row><row r=\"9\"><c r=\"C9\"" + s() + "/></row>"));
    CHECK(patched("<worksheet><sheetData/></worksheet>", {{{2, 1}, Severity::note}}) ==
          "<worksheet><sheetData><row r=\"2\"><c r=\"A2\"" + s() + "/></row></sheetData></worksheet>");
}

TEST_CASE("A cell that is put in looks as its row or column would", "[write][annotate]") {
    const std::string columns = "<cols><col min=\"2\" max=\"3\" style=\"2\" width=\"9\"/></cols>";
    // The first new style is made for whichever old style comes first.
    CHECK(patched(worksheet("<row r=\"1\" s=\"1\" customFormat=\"1\"/><row r=\"2\"/>", columns),
                  {{{1, 2}, Severity::error}, {{2, 2}, Severity::error}, {{2, 4}, Severity::error}}) ==
          worksheet("<row r=\"1\" s=\"1\" customFormat=\"1\"><c r=\"B1\"" + s(0) + "/></row><row r=\"2\"><c r=\"B2\"" +
                        s(1) + "/><c r=\"D2\"" + s(2) + "/></row>",
                    columns));
}

TEST_CASE("Cells without references are counted, and prefixes are kept", "[write][annotate]") {
    CHECK(patched("<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row><x:c/><x:c/></x:row></x:sheetData></x:worksheet>",
                  {{{1, 2}, Severity::warning}, {{2, 1}, Severity::warning}}) ==
          "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row><x:c/><x:c" + s() + "/></x:row><x:row r=\"2\"><x:c r=\"A2\"" +
              s() + "/></x:row></x:sheetData></x:worksheet>");
}

TEST_CASE("A mark inside a merged area goes to its first cell", "[write][annotate]") {
    const std::string merged = "<mergeCells count=\"1\"><mergeCell ref=\"A1:B3\"/></mergeCells>";
    CHECK(patched(worksheet("<row r=\"1\"><c r=\"A1\"/></row>", "", merged), {{{3, 2}, Severity::error}}) ==
          worksheet("<row r=\"1\"><c r=\"A1\"" + s() + "/></row>", "", merged));
}

TEST_CASE("The drawing of comments is named where the schema wants it", "[write][annotate]") {
    const std::string legacy =
        "<legacyDrawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
        "r:id=\"rId9\"/>";
    CHECK(patched(worksheet("", "", "<pageMargins/><drawing/><tableParts/><extLst/>"), {}, "rId9") ==
          worksheet("", "", "<pageMargins/><drawing/>" + legacy + "<tableParts/><extLst/>"));
    CHECK(patched(worksheet(""), {}, "rId9") == worksheet("", "", legacy));
}

TEST_CASE("Sheets that are not in order are not patched", "[write][annotate]") {
    const CellMarks marks{{{2, 2}, Severity::error}};
    CHECK_THROWS_AS(patched(worksheet("<row r=\"3\"/><row r=\"2\"/>"), marks), PatchDoubt);
    CHECK_THROWS_AS(patched(worksheet("<row r=\"2\"><c r=\"B2\"/><c r=\"A2\"/></row>"), {{{2, 3}, Severity::error}}),
                    PatchDoubt);
    CHECK_THROWS_AS(patched(worksheet("<row r=\"2\"><c r=\"B3\"/></row>"), marks), PatchDoubt);
    CHECK_THROWS_AS(patched(worksheet("<row r=\"2\"><c r=\"B2\" s=\"99\"/></row>"), marks), PatchDoubt);
    CHECK_THROWS_AS(patched("<worksheet></worksheet>", marks), PatchDoubt);
    CHECK_THROWS_AS(patched("<chartsheet/>", {}), PatchDoubt);
}

TEST_CASE("A workbook is given back the same each time, or not at all", "[write][annotate]") {
    const kokai::testing::TemporaryFolder folder;
    kokai::testing::TestWorkbook book;
    book.sheet("一覧",
               kokai::testing::inline_row(1, {"名称", "日付"}) + kokai::testing::inline_row(2, {"体育館", "13月"}));
    book.part("[Content_Types].xml",
              "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override "
              "PartName=\"/xl/workbook.xml\" "
              "ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>");
    const auto source = book.write(folder, "表.xlsm");
    Remark remark;
    remark.severity = Severity::error;
    remark.sheet = "一覧";
    remark.row = 2;
    remark.cells = {{2, 2}};
    remark.found = "日付として読めません";
    const RemarkList list{"表.xlsm", {remark}, 1, 0, 0, 0, ""};
    CHECK(write_annotated(source, list, folder.path(), "a") == "a.xlsm");
    CHECK(write_annotated(source, list, folder.path(), "b") == "b.xlsm");
    const auto bytes = [&](const char* name) {
        std::ifstream file(folder.path() / name, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    CHECK(bytes("a.xlsm").size() > 1000);
    CHECK(bytes("a.xlsm") == bytes("b.xlsm"));
    const XlsxPackage package(folder.path() / "a.xlsm", "a.xlsm");
    CHECK(package.read("xl/worksheets/sheet1.xml").find("<c r=\"B2\" t=\"inlineStr\" s=\"8\">") != std::string::npos);
    CHECK(package.read("xl/comments1.xml").find("日付として読めません") != std::string::npos);
    CHECK(package.read("xl/worksheets/sheet2.xml").find("location=\"'一覧'!B2\"") != std::string::npos);

    book.part("_xmlsignatures/sig1.xml", "<a/>");
    CHECK_THROWS_AS(write_annotated(book.write(folder, "署名.xlsm"), list, folder.path(), "c"), PatchDoubt);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "c.xlsm"));
}
