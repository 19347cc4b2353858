// SPDX-License-Identifier: Apache-2.0
#include "model/error.hpp"
#include "read/xlsx_strings.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace kokai;
using kokai::testing::TemporaryFolder;
using kokai::testing::TestWorkbook;

namespace {

struct Text {
    std::string value, reading;
    bool operator==(const Text&) const = default;
};

std::vector<Text> texts(const std::string& items, Readings readings = Readings::keep,
                        std::size_t limit = TextStore::usual_limit) {
    const TemporaryFolder folder;
    const XlsxPackage package(TestWorkbook().strings(items).write(folder), "表.xlsx");
    SharedStrings strings(readings, limit);
    strings.load(package, "xl/sharedStrings.xml");
    std::vector<Text> all;
    Arena arena;
    for (std::uint64_t i = 0; i < strings.size(); ++i) {
        all.push_back({std::string(strings.value(i, arena)), std::string(strings.reading(i, arena))});
    }
    return all;
}

std::string decoded(std::string text) {
    decode_escapes(text);
    return text;
}

// A text in three runs, furigana over 前橋市 and 児童遊園, and phonetic properties: as Excel saves it.
constexpr const char* rich =
    "<si><r><rPr><sz val=\"11\"/><color "
    "rgb=\"FFFF0000\"/></rPr><t>前橋</t></r><r><t>市るなぱあく</t></r><r><rPr><b/></rPr><t>児童遊園</t></r>"
    "<rPh sb=\"0\" eb=\"3\"><t>マエバシシ</t></rPh><rPh sb=\"8\" eb=\"12\"><t>ジドウユウエン</t></rPh><phoneticPr "
    "fontId=\"1\"/></si>";

}  // namespace

TEST_CASE("Runs of rich text are joined, furigana never", "[read][xlsx][furigana]") {
    CHECK(texts(rich) == std::vector<Text>{{"前橋市るなぱあく児童遊園", "マエバシシるなぱあくジドウユウエン"}});
    CHECK(texts(rich, Readings::leave) == std::vector<Text>{{"前橋市るなぱあく児童遊園", ""}});
    CHECK(texts(rich, Readings::keep, 0) == texts(rich));  // from the temporary file
}

TEST_CASE("Texts, empty texts and texts of blanks keep their places", "[read][xlsx]") {
    CHECK(texts("<si><t>a</t></si><si/><si><t/></si><si><t></t></si><si><t xml:space=\"preserve\"> b </t></si><si><t> "
                "c\n</t></si>\n<si><r><t xml:space=\"preserve\">d </t></r><r><t>e</t></r></si>") ==
          std::vector<Text>{{"a", ""}, {"", ""}, {"", ""}, {"", ""}, {" b ", ""}, {"c", ""}, {"d e", ""}});
}

TEST_CASE("Furigana out of place are left out, the value stays", "[read][xlsx][furigana]") {
    const auto one = [](const std::string& runs) { return texts("<si><t>𠮷野家前</t>" + runs + "</si>").at(0); };
    CHECK(one("<rPh sb=\"0\" eb=\"3\"><t>ヨシノ</t></rPh>").reading == "ヨシノ家前");  // 𠮷 counts two, as in Excel
    CHECK(one("<rPh sb=\"3\" eb=\"99\"><t>ヤ</t></rPh>").reading == "𠮷野ヤ");
    CHECK(one("<rPh sb=\"3\" eb=\"4\"><t>ヤ</t></rPh><rPh sb=\"0\" eb=\"2\"><t>ヨシ</t></rPh>").reading ==
          "𠮷野ヤ前");  // overlaps
    CHECK(one("<rPh sb=\"2\" eb=\"2\"><t>ノ</t></rPh><rPh sb=\"x\" eb=\"-1\"><t>ノ</t></rPh>").reading == "𠮷野家前");
    CHECK(one("<rPh sb=\"0\" eb=\"2\"><t>ヨ</t></rPh>").value == "𠮷野家前");
}

TEST_CASE("Escapes of characters that XML cannot hold are decoded", "[read][xlsx]") {
    CHECK(decoded("a_x000D_\nb") == "a\r\nb");
    CHECK(decoded("_x005F_x000D_") == "_x000D_");
    CHECK(decoded("_x3042_") == "あ");
    CHECK(decoded("_xD842__xDFB7_") == "𠮷");
    for (const char* const plain : {"a_x", "_x12_", "_x00G0_", "_xD842_", "_x0000_", "_", "no_xylophone", "_x000"}) {
        CHECK(decoded(plain) == plain);
    }
    CHECK(texts("<si><t>a_x000D_</t></si>").at(0).value == "a\r");
}

TEST_CASE("A part that is no table of strings is refused", "[read][xlsx][hostile]") {
    const TemporaryFolder folder;
    const XlsxPackage package(TestWorkbook().part("xl/sharedStrings.xml", "<worksheet/>").write(folder), "表.xlsx");
    SharedStrings strings(Readings::leave);
    CHECK_THROWS_WITH(strings.load(package, "xl/sharedStrings.xml"),
                      "xl/sharedStrings.xml: is not a table of shared strings");
}
