// SPDX-License-Identifier: Apache-2.0
#include "model/error.hpp"
#include "read/xlsx.hpp"
#include "read/xlsx_package.hpp"
#include "read/xlsx_sheet.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <string>

using namespace kokai;
using kokai::testing::inline_row;
using kokai::testing::TemporaryFolder;
using kokai::testing::TestWorkbook;
using kokai::testing::write_zip;

namespace {

struct Refusal {
    std::string en, where;
};

/// Reads the whole of a file that must be refused, quickly, in both languages, by name.
Refusal refusal(const std::filesystem::path& path) {
    const auto begun = std::chrono::steady_clock::now();
    Refusal result{"no refusal", ""};
    try {
        XlsxOptions options;
        options.path = path;
        options.shown = "公園.xlsx";
        XlsxSource source(options);
        Findings findings;
        source.open(findings);
        Batch batch;
        while (source.next(batch, findings)) {
        }
    } catch (const WorldError& error) {
        CHECK(error.file() == "公園.xlsx");
        CHECK_FALSE(error.ja().empty());
        CHECK(error.exit() == Exit::world);
        result = {error.en(), error.where()};
    }
    CHECK(std::chrono::steady_clock::now() - begun <
          std::chrono::seconds(20));  // 2 s without sanitizers on a machine of its own
    return result;
}

std::string refused(const TestWorkbook& workbook) {
    const TemporaryFolder folder;
    return refusal(workbook.write(folder)).en;
}

std::string refused_bytes(const std::string& bytes) {
    const TemporaryFolder folder;
    return refusal(folder.file("a.xlsx", bytes)).en;
}

std::string refused_zip(const std::vector<std::pair<std::string, std::string>>& entries) {
    const TemporaryFolder folder;
    write_zip(folder.path() / "a.xlsx", entries);
    return refusal(folder.path() / "a.xlsx").en;
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
    return text;
}

std::string utf16(const std::string& ascii) {
    std::string wide;
    for (const char letter : ascii) {
        wide += letter;
        wide += '\0';
    }
    return wide;
}

const std::string rows = inline_row(1, {"名称"}) + inline_row(2, {"公園"});
const std::string ole2("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

}  // namespace

TEST_CASE("A file that is no workbook is called by what it is", "[read][xlsx][hostile]") {
    CHECK(refused_bytes("") == "the file is empty (0 bytes): save it again");
    CHECK(refused_bytes("\xEF\xBB\xBF\r\n<!DOCTYPE html>\n<html><body>404</body></html>") ==
          "is an HTML page, not Excel: download the data file itself");
    CHECK(refused_bytes("名称,住所\r\n公園,前橋市\r\n") ==
          "is a text file (CSV perhaps), not Excel: rename it to .csv or save it as .xlsx");
    CHECK(refused_bytes("\x96\xBC\x8F\xCC,\x8F\x5A\x8F\x8A\r\n") ==
          "is a text file (CSV perhaps), not Excel: rename it to .csv or save it as .xlsx");
    CHECK(refused_bytes(ole2 + std::string(600, '\0') + utf16("EncryptedPackage")) ==
          "is an Excel file protected by a password: save it without one");
    CHECK(refused_bytes(ole2 + std::string(600, '\0') + utf16("Workbook")) == "is a broken old Excel file (header)");
    CHECK(refused_bytes("%PDF-1.4\n") == "is a PDF, not Excel");
    CHECK(refused_bytes("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>") ==
          "is an XML spreadsheet of 2003: save it as .xlsx");
    CHECK(refused_bytes("<?xml version=\"1.0\"?><a/>") == "is an XML file, not Excel");
    CHECK(refused_bytes(std::string("\x7F"
                                    "ELF\0\0\1",
                                    7)) == "is not an .xlsx file (of no kind that is known)");
    CHECK(refused_bytes(std::string("PK\5\6", 4) + std::string(18, '\0')) == "is an empty ZIP archive");
    CHECK(refused_bytes("PK\3\4 cut off").find("is a broken Excel file, perhaps cut off") == 0);
    CHECK(refused_zip({{"a.csv", "x"}}) == "is a ZIP archive without a workbook, not Excel");
    CHECK(refused_zip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<a/>"}}) ==
          "is an OpenDocument file, but no spreadsheet");
    CHECK(refused_zip({{"xl/workbook.bin", "x"}}) == "is a binary workbook (.xlsb): save it as .xlsx");
    const std::string word =
        "<Relationships>" + TestWorkbook::relation("a", "officeDocument", "word/document.xml") + "</Relationships>";
    CHECK(refused_zip({{"_rels/.rels", word}, {"word/document.xml", "<a/>"}}) == "is a Word document, not Excel");
}

TEST_CASE("A missing part is named", "[read][xlsx][hostile]") {
    const TestWorkbook workbook(rows);
    CHECK(refused(TestWorkbook(workbook).without("_rels/.rels")) ==
          "its part _rels/.rels is missing or does not name the workbook");
    CHECK(refused(TestWorkbook(workbook).without("xl/workbook.xml")) ==
          "its part xl/workbook.xml is missing: open and save it in Excel");
    CHECK(refused(TestWorkbook(workbook).without("xl/sharedStrings.xml")) ==
          "its part xl/sharedStrings.xml is missing: open and save it in Excel");
    CHECK(refused(TestWorkbook(workbook).without("xl/styles.xml")) ==
          "its part xl/styles.xml is missing: open and save it in Excel");
    CHECK(refused(TestWorkbook(workbook).without("xl/worksheets/sheet1.xml")) ==
          "its part xl/worksheets/sheet1.xml is missing: open and save it in Excel");
    CHECK(refused(TestWorkbook(workbook).without("xl/_rels/workbook.xml.rels")) ==
          "the contents of sheet \"Sheet1\" cannot be found: open and save the file in Excel");
}

TEST_CASE("Part names are compared without case, targets from their folder", "[read][xlsx]") {
    CHECK(resolve_target("xl/workbook.xml", "worksheets/sheet1.xml") == "xl/worksheets/sheet1.xml");
    CHECK(resolve_target("xl/workbook.xml", "/xl/./a.xml") == "xl/a.xml");
    CHECK(resolve_target("xl/worksheets/sheet1.xml", "../a.xml") == "xl/a.xml");
    CHECK(resolve_target("", "xl/workbook.xml") == "xl/workbook.xml");
    CHECK(resolve_target("xl/workbook.xml", "../../etc/passwd").empty());
    const TemporaryFolder folder;
    const XlsxPackage package(TestWorkbook(rows).write(folder), "公園.xlsx");
    CHECK(package.has("XL/Workbook.XML"));
    CHECK_FALSE(package.has("xl/vbaProject.bin"));
}

TEST_CASE("A string that the workbook does not have is named with its cell (A09)", "[read][xlsx][hostile]") {
    const std::string header = inline_row(1, {"名称"});
    for (const char* const index : {"1", "18446744073709551615", "99999999999999999999", "-1", "0x0", "1.5"}) {
        const std::string found =
            refused(TestWorkbook(header + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>" + index + "</v></c></row>")
                        .strings("<si><t>a</t></si>"));
        CHECK(found == "cell A2 names string " + std::string(index) + ", which xl/sharedStrings.xml does not have");
    }
}

TEST_CASE("Relationships that lead in a circle or out of the package are refused (A09)", "[read][xlsx][hostile]") {
    const auto leading_to = [](const std::string& target) {
        return refused(TestWorkbook(rows).part("xl/_rels/workbook.xml.rels",
                                               "<Relationships>" + TestWorkbook::relation("rId1", "worksheet", target) +
                                                   "</Relationships>"));
    };
    CHECK(leading_to("workbook.xml") == "the relationship of sheet \"Sheet1\" leads in a circle or out of the file");
    CHECK(leading_to("../../../etc/passwd") ==
          "the relationship of sheet \"Sheet1\" leads in a circle or out of the file");
    const std::string twice = "<Relationships>" + TestWorkbook::relation("rId1", "worksheet", "a.xml") +
                              TestWorkbook::relation("rId2", "worksheet", "a.xml") + "</Relationships>";
    CHECK(refused(TestWorkbook(rows).sheet("二", rows).part("xl/_rels/workbook.xml.rels", twice)) ==
          "two sheets name the same part xl/a.xml");
    CHECK(leading_to("styles.xml") == "xl/styles.xml: is not a worksheet");
    CHECK(leading_to("_rels/workbook.xml.rels") == "xl/_rels/workbook.xml.rels: is not a worksheet");
    CHECK(refused(TestWorkbook(rows).part(
              "_rels/.rels", "<Relationships>" + TestWorkbook::relation("a", "officeDocument", "xl/styles.xml") +
                                 "</Relationships>")) == "xl/styles.xml is not a workbook");
}

TEST_CASE("Entry names that would leave a folder are refused (A01, A02)", "[read][xlsx][hostile]") {
    for (const char* const name :
         {"../evil.xml", "xl/../../evil.xml", "/etc/evil.xml", "C:evil.xml", "xl\\evil.xml", "xl/.."}) {
        CHECK(refused(TestWorkbook(rows).part(name, "x")).find("an unsafe entry name (entry") == 0);
    }
}

TEST_CASE("Two entries of the same name are refused (A10)", "[read][xlsx][hostile]") {
    CHECK(refused(TestWorkbook(rows).part("XL/WORKBOOK.XML", "<a/>")).find("two entries of the same name") !=
          std::string::npos);
    const TemporaryFolder folder;
    TestWorkbook(rows).part("xl/workbooc.xml", "<a/>").write(folder, "a.xlsx");
    folder.file("a.xlsx", replaced(folder.read("a.xlsx"), "xl/workbooc.xml", "xl/workbook.xml"));
    const std::string found = refusal(folder.path() / "a.xlsx").en;
    CHECK(
        (found.find("two entries of the same name") != std::string::npos || found.find("is a broken Excel file") == 0));
}

TEST_CASE("A directory that contradicts the entries is refused (A10)", "[read][xlsx][hostile]") {
    const TemporaryFolder folder;
    TestWorkbook(rows).write(folder, "a.xlsx");
    std::string bytes = folder.read("a.xlsx");
    bytes.replace(bytes.find("xl/styles.xml"), 13, "xl/stylex.xml");  // in the local header only
    CHECK(refused_bytes(bytes).find("is a broken Excel file") == 0);
}

TEST_CASE("A sheet that would inflate out of all proportion is refused unread (A04)", "[read][xlsx][hostile]") {
    const TemporaryFolder folder;
    TestWorkbook(rows + "<row r=\"3\"/>" + std::string(70U << 20U, ' ')).write(folder, "a.xlsx");
    CHECK(std::filesystem::file_size(folder.path() / "a.xlsx") < 1U << 20U);
    CHECK(refusal(folder.path() / "a.xlsx").en == "would inflate to 70 MiB, out of all proportion: refused");
    // Many small ones, and one under another name.
    TestWorkbook many(rows);
    for (int i = 0; i < 20; ++i) {
        many.part("xl/worksheets/more" + std::to_string(i) + ".xml", std::string(4U << 20U, ' '));
    }
    CHECK(refused(many) == "would inflate to 80 MiB, out of all proportion: refused");
    const std::string relations =
        "<Relationships>" + TestWorkbook::relation("rId1", "worksheet", "sheet.bin") + "</Relationships>";
    TestWorkbook renamed(rows);
    renamed.part("xl/_rels/workbook.xml.rels", relations)
        .part("xl/sheet.bin", std::string(70U << 20U, ' '))
        .write(folder, "b.xlsx");
    const Refusal found = refusal(folder.path() / "b.xlsx");
    CHECK(found.en == "xl/sheet.bin would inflate to 70 MiB: refused");
    CHECK(found.where == "xl/sheet.bin");
}

TEST_CASE("A picture of one colour beside the sheet is no bomb (A05)", "[read][xlsx]") {
    CHECK(refused(TestWorkbook(rows).part("xl/media/image1.bmp", std::string(70U << 20U, '\0'))) == "no refusal");
}

TEST_CASE("Cells without end are stopped by their number (A06)", "[read][xlsx][hostile]") {
    CHECK(refused(TestWorkbook("<row>" + repeated("<c/>", 16385) + "</row>")) ==
          "xl/worksheets/sheet1.xml: too many cells (up to row 1)");
    const TemporaryFolder folder;
    const XlsxPackage package(TestWorkbook(repeated("<row><c/><c/><c/><c/></row>", 10)).write(folder), "公園.xlsx");
    SheetLimits limits;
    limits.cells = 38;
    SheetReader reader(package, "xl/worksheets/sheet1.xml", Readings::leave, limits);
    SheetRow row;
    for (int i = 0; i < 9; ++i) {
        CHECK(reader.next(row));
    }
    CHECK_THROWS_WITH(reader.next(row), "xl/worksheets/sheet1.xml: too many cells (up to row 10)");
}

TEST_CASE("Addresses beyond the last row and column, or out of order, are refused (A07)", "[read][xlsx][hostile]") {
    const auto with = [](const std::string& rest) { return refused(TestWorkbook(rows + rest)); };
    CHECK(with("<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>") ==
          "xl/worksheets/sheet1.xml: a wrong cell reference in row 3: XFE3");
    CHECK(with("<row r=\"3\"><c r=\"AAAAAAAAAAAAAA3\"><v>1</v></c></row>") ==
          "xl/worksheets/sheet1.xml: a wrong cell reference in row 3: AAAAAAAAAAAAAA3");
    CHECK(with("<row r=\"3\"><c r=\"A4\"><v>1</v></c></row>") ==
          "xl/worksheets/sheet1.xml: a wrong cell reference in row 3: A4");
    CHECK(with("<row r=\"3\"><c r=\"3\"><v>1</v></c></row>") ==
          "xl/worksheets/sheet1.xml: a wrong cell reference in row 3: 3");
    CHECK(with("<row r=\"1048577\"/>") == "xl/worksheets/sheet1.xml: a wrong row number: 1048577");
    CHECK(with("<row r=\"4294967298\"/>") == "xl/worksheets/sheet1.xml: a wrong row number: 4294967298");
    CHECK(with("<row r=\"0\"/>") == "xl/worksheets/sheet1.xml: a wrong row number: 0");
    CHECK(with("<row r=\"1048576\"/><row/>") == "xl/worksheets/sheet1.xml: rows are out of order: 1048577");
    CHECK(with("<row r=\"2\"/>") == "xl/worksheets/sheet1.xml: rows are out of order: 2");
    CHECK(with("<row r=\"3\"><c r=\"XFD3\"/></row>") == "no refusal");
    CHECK(with("<row r=\"3\"><c r=\"XFD3\"/><c><v>1</v></c></row>") ==
          "xl/worksheets/sheet1.xml: more than 16,384 columns");
}

TEST_CASE("Too many merged ranges, styles and definitions are refused (A08)", "[read][xlsx][hostile]") {
    const auto merged = [](const std::string& ranges) {
        return refused(TestWorkbook().sheet("a", rows, {}, "<mergeCells>" + ranges + "</mergeCells>"));
    };
    CHECK(merged(repeated("<mergeCell ref=\"A1:B1\"/>", 1'000'001)) ==
          "xl/worksheets/sheet1.xml: too many merged ranges");
    CHECK(merged("<mergeCell ref=\"A1:XFE1\"/>") == "xl/worksheets/sheet1.xml: a wrong merged range: A1:XFE1");
    CHECK(merged("<mergeCell/>") == "xl/worksheets/sheet1.xml: a wrong merged range: ");
    const std::string styles =
        "<styleSheet><cellXfs>" + repeated("<xf numFmtId=\"14\"/>", 100'001) + "</cellXfs></styleSheet>";
    CHECK(refused(TestWorkbook(rows).part("xl/styles.xml", styles)) == "xl/styles.xml: too many cell styles");
    const std::string names = "<workbook><definedNames>" + std::string(33U << 20U, ' ') + "</definedNames></workbook>";
    CHECK(refused(TestWorkbook(rows).part("xl/workbook.xml", names)) ==
          "xl/workbook.xml is too large (at most 32 MiB)");
}

TEST_CASE("Entities are never expanded, whichever part declares them (A12, A13)", "[read][xlsx][hostile]") {
    const std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c "
                             "\"&b;&b;&b;&b;&b;&b;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    for (const char* const part :
         {"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "docProps/core.xml"}) {
        CHECK(refused(TestWorkbook(rows).part(part, bomb + "<a>&c;&x;</a>")) ==
              std::string(part) + " has a document type declaration (DTD): refused");
    }
    for (const char* const part : {"xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"}) {
        CHECK(refused(TestWorkbook(rows).part(part, bomb + "<a>&c;&x;</a>")) ==
              std::string(part) + ": has a document type declaration (DTD): refused");
    }
}

TEST_CASE("A damaged part is found by its checksum and named", "[read][xlsx][hostile]") {
    const TemporaryFolder folder;
    TestWorkbook(rows + "<!-- " + std::string(50'000, 'x') + " -->").write(folder, "a.xlsx");
    std::string bytes = folder.read("a.xlsx");
    std::size_t refused_count = 0;
    for (std::size_t at = 40; at < bytes.size(); at += bytes.size() / 60) {
        std::string flipped = bytes;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        refused_count += refused_bytes(flipped) != "no refusal" ? 1U : 0U;
    }
    CHECK(refused_count > 30);
}

TEST_CASE("A text of 17 MiB in one cell is refused with its part", "[read][xlsx][hostile]") {
    CHECK(refused(TestWorkbook(rows).strings("<si><t>" + std::string(17U << 20U, 'x') + "</t></si>")) ==
          "xl/sharedStrings.xml: has a cell of more than 16 MiB");
    CHECK(refused(TestWorkbook(rows + "<row r=\"3\"><c t=\"str\"><v>" + std::string(17U << 20U, 'x') +
                               "</v></c></row>")) == "xl/worksheets/sheet1.xml: has a cell of more than 16 MiB");
}
