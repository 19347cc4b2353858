// SPDX-License-Identifier: Apache-2.0
// The short way must say what the long way says: every sheet here is read twice, once with a tab behind each element's
// name, which the short way does not know.
#include "model/error.hpp"
#include "read/xlsx_sheet.hpp"
#include "read/xlsx_usual.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace kokai;
using kokai::testing::TemporaryFolder;
using kokai::testing::TestWorkbook;

namespace {

std::string shown(const XlsxPackage& package) {
    std::string all;
    try {
        SheetReader reader(package, "xl/worksheets/sheet1.xml", Readings::keep);
        SheetRow row;
        while (reader.next(row)) {
            all += "[" + std::to_string(row.number) + "]";
            for (const SheetCell& cell : row.cells) {
                all += " " + std::to_string(cell.column) + ":" + std::to_string(cell.style) + ":" +
                       std::to_string(static_cast<int>(cell.type)) + (cell.formula ? "f" : "") +
                       (cell.unsaved ? "u" : "") + "=" + std::string(row.value(cell)) + "|" +
                       std::string(row.reading(cell));
            }
        }
    } catch (const WorldError& error) {
        return error.en().substr(0, error.en().find(" (byte"));
    }
    return all;
}

std::string sheet(const std::string& rows) {
    const TemporaryFolder folder;
    return shown(XlsxPackage(TestWorkbook(rows).write(folder), "a.xlsx"));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

/// `<si>` elements one by one, by the short way alone; `…` where it does not want one.
std::string usual_string(const std::string& xml) {
    std::string_view text;
    const std::size_t size = take_usual_string(xml, text);
    return size == 0 ? "…" : size == xml.size() ? std::string(text) : "cut";
}

}  // namespace

TEST_CASE("A cell reads the same by the short way and by the scanner", "[read][xlsx]") {
    const std::vector<std::string> cells{
        R"(<c r="B2" s="3" t="s"><v>17</v></c>)",
        R"(<c t="str" r="B2"><v>あ い</v></c>)",
        R"(<c r="B2"/>)",
        R"(<c r="B2" s="12"/><c r="C2"><v>1.50</v></c>)",
        R"(<c><v> 7 </v></c>)",
        R"(<c r="B2" t="b"><v>1</v></c><c r="C2" t="e"><v>#REF!</v></c><c r="D2" t="d"><v>2024-04-01</v></c>)",
        R"(<c r="B2" t="n"><v></v></c>)",
        R"(<c r="B2" t="inlineStr"><is><t>公園 1</t></is></c>)",
        R"(<c r="B2" t="inlineStr"><is><t> 公園 </t></is></c>)",
        R"(<c r="B2" t="inlineStr"><is><t xml:space="preserve"> 公園 </t></is></c>)",
        R"(<c r="B2" t="inlineStr"><is><t></t></is></c>)",
        R"(<c r="B2" t="inlineStr"><is><t>a_x000D_b</t></is></c>)",
        R"(<c r="B2" t="inlineStr"><is><t>A &amp; B</t></is></c>)",
        R"(<c r="B2" t="inlineStr"><is><t>公園</t><rPh sb="0" eb="2"><t>コウエン</t></rPh></is></c>)",
        R"(<c r="B2" t="inlineStr"><is><r><t>公</t></r><r><t>園</t></r></is></c>)",
        R"(<c r="B2"><f>A1+1</f><v>5</v></c><c r="C2"><f>A1</f></c><c r="D2" t="str"><f>A1</f><v></v></c>)",
        R"(<c r="B2" cm="1" t="s"><v>17</v></c>)",
        R"(<c r="B2" s="x3" t="s"><v>17</v></c>)",
        R"(<c r="B2" r="C2"><v>1</v></c>)",
        R"(<c r="B3"><v>1</v></c>)",
        R"(<c r="b2"><v>1</v></c>)",
        R"(<c r="ZZZ2"><v>1</v></c>)",
        R"(<c r="B2"><v>1</v><v>2</v></c>)",
        R"(<c r="B2"><v>1<!-- 2 --></v></c>)",
        R"(<c r="B2"><v>1</c>)",
        R"(<c r="B2"><v>&unknown;</v></c>)",
        "<c r=\"B2\"><v>\x01</v></c>",
        "<c r=\"B2\"><v>a\rb\r\nc</v></c>",
        "<c r=\"B2\"><v>\xE3\x81</v></c>",
        "<c r='B2'><v>1</v></c>",
        "<c r=\"B2\"><v>" + std::string(300'000, '7') + "</v></c>",
    };
    for (const std::string& one : cells) {
        INFO(one.substr(0, 200));
        const std::string short_way = sheet("<row r=\"2\">" + one + "</row>");
        CHECK(short_way == sheet("<row r=\"2\">" + replaced(one, "<c ", "<c\t") + "</row>"));
        CHECK(short_way.size() > 3);
    }
}

TEST_CASE("Cells beyond the scanner's buffer are put together", "[read][xlsx]") {
    std::string rows, wanted;
    for (int row = 1; row <= 20'000; ++row) {
        const std::string number = std::to_string(row);
        rows += "<row r=\"" + number + "\"><c r=\"A" + number + "\" t=\"str\"><v>公園" + number + "</v></c></row>";
        wanted += "[" + number + "] 1:0:2=公園" + number + "|";
    }
    CHECK(sheet(rows) == wanted);
}

TEST_CASE("Only shared strings that need no decoding go the short way", "[read][xlsx]") {
    CHECK(usual_string("<si><t>公園</t></si>") == "公園");
    CHECK(usual_string("<si><t></t></si>").empty());
    CHECK(usual_string(R"(<si><t>公園</t><phoneticPr fontId="1"/></si>)") == "公園");
    CHECK(usual_string(R"(<si><t>公園</t><phoneticPr fontId="1" type="noConversion"/></si>)") == "公園");
    CHECK(usual_string(R"(<si><t xml:space="preserve"> 公園</t></si>)") == " 公園");
    for (const char* const other :
         {"<si><t> 公園</t></si>", "<si><t>a&amp;b</t></si>", "<si><t>_x0041_</t></si>", "<si><r><t>a</t></r></si>",
          R"(<si><t>公園</t><rPh sb="0" eb="2"><t>コウエン</t></rPh></si>)", "<si/>", "<si><t/></si>", "<si><t>公園",
          "<si><t>公園</t></s", "", "<t>a</t>", R"(<si><t>a</t><phoneticPr fontId=""/></si>)",
          "<si><t>\xE3\x81</t></si>", "<si><t>a\x02</t></si>"}) {
        INFO(other);
        CHECK(usual_string(other) == "…");
    }
}
