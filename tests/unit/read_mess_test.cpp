// SPDX-License-Identifier: Apache-2.0
// The lines of the corpus's MESS.md that concern reading (sections 1, 6 and 7), each by its own words, on tables made
// up for it.
#include "model/error.hpp"
#include "read/open.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/test_workbook.hpp"
#include "tests/unit/support/test_xls.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using namespace kokai;
using namespace kokai::testing;

namespace {

struct Read : Outcome {
    SourceInfo about;
};

Read read_file(const std::filesystem::path& path) {
    SourceRequest request;
    request.path = path;
    request.shown = path.filename().string();
    const std::unique_ptr<Source> source = make_source(request);
    Read out;
    static_cast<Outcome&>(out) = outcome_of(*source);
    out.about = source->about().at(0);
    return out;
}

Read read_bytes(const std::string& name, const std::string& bytes) {
    const TemporaryFolder folder;
    return read_file(write_bytes(folder, name, bytes));
}

std::string name_of_first(const Read& read) {
    return read.shape.columns.at(0).name;
}

}  // namespace

TEST_CASE("MESS 1: CP932 with NEC/IBM extension chars (№ ① Ⅶ 髙)", "[read][mess]") {
    const Read out =
        read_bytes("a.csv", "\x96\xBC\x8F\xCC,\x8F\x5A\x8F\x8A\r\n"
                            "\x87\x82\x87\x40\x87\x5A\xFB\xFC\xED\x95\x87\x8A,\x81\x60\x81\x61\x81\x7C\r\n");
    CHECK(out.about.encoding == "CP932");
    CHECK(out.rows == Rows{{"№①Ⅶ髙﨑㈱", "～∥－"}});
    CHECK(out.findings.empty());
}

TEST_CASE("MESS 1: UTF-8 with / without BOM, CP932 twin of one table", "[read][mess]") {
    const Read bare = read_bytes("a.csv", "名称,住所\n公園,前橋市\n");
    const Read marked = read_bytes("b.csv", "\xEF\xBB\xBF名称,住所\n公園,前橋市\n");
    const Read twin =
        read_bytes("c.csv", "\x96\xBC\x8F\xCC,\x8F\x5A\x8F\x8A\n\x8C\xF6\x89\x80,\x91\x4F\x8B\xB4\x8E\x73\n");
    CHECK(bare.rows == Rows{{"公園", "前橋市"}});
    CHECK(marked.rows == bare.rows);
    CHECK(twin.rows == bare.rows);
    CHECK(name_of_first(marked) == "名称");
    CHECK(name_of_first(twin) == "名称");
}

TEST_CASE("MESS 1: CRLF rows with LF inside quoted cells; CRLF inside a cell", "[read][mess]") {
    const Read out = read_bytes("a.csv", "名称,備考\r\n公園,\"一行目\n二行目\"\r\n広場,\"上\r\n下\"\r\n");
    CHECK(out.rows == Rows{{"公園", "一行目\n二行目"}, {"広場", "上\r\n下"}});
}

TEST_CASE("MESS 1: TSV called .txt", "[read][mess]") {
    const Read out = read_bytes("a.txt", "名称\t住所\r\n公園\t前橋市, 大手町\r\n");
    CHECK(out.about.format == "tsv");
    CHECK(out.rows == Rows{{"公園", "前橋市, 大手町"}});
}

TEST_CASE("MESS 1: 0-byte workbook", "[read][mess]") {
    for (const char* const name : {"a.xlsx", "a.xls", "a.ods", "a.csv"}) {
        try {
            read_bytes(name, "");
            FAIL("read");
        } catch (const WorldError& error) {
            CHECK(error.en() == "the file is empty (0 bytes): save it again");
        }
    }
}

TEST_CASE("MESS 6: Everything stored as text; code as number", "[read][mess]") {
    const TemporaryFolder folder;
    const Read out =
        read_file(TestWorkbook(inline_row(1, {"コード", "人口"}) + inline_row(2, {"010201", "1,234"}) +
                               "<row r=\"3\"><c r=\"A3\"><v>37201</v></c><c r=\"B3\"><v>1234</v></c></row>")
                      .write(folder));
    CHECK(out.rows == Rows{{"010201", "1,234"}, {"37201", "1234"}});
}

TEST_CASE("MESS 6: Cell ends in a line break", "[read][mess]") {
    const TemporaryFolder folder;
    const Read out = read_file(
        TestWorkbook(inline_row(1, {"名称", "電話番号"}) + inline_row(2, {"公園", "087-839-2011&#10;"})).write(folder));
    REQUIRE(out.rows.size() == 1);
    CHECK(out.rows.at(0).at(1).substr(0, 12) == "087-839-2011");
}

TEST_CASE("MESS 6: Excel time cells mixed with text, 随時", "[read][mess]") {
    const TemporaryFolder folder;
    const Read out =
        read_file(TestWorkbook(inline_row(1, {"名称", "開始"}) + "<row r=\"2\">" + inline_cell("A2", "会議") +
                               "<c r=\"B2\" s=\"0\"><v>0.5625</v></c></row>" + inline_row(3, {"展示", "随時"}))
                      .formats({"h:mm"})
                      .write(folder));
    CHECK(out.rows == Rows{{"会議", "13:30"}, {"展示", "随時"}});
}

TEST_CASE("MESS 7: Half-width kana names/readings are read as they stand", "[read][mess]") {
    const Read out = read_bytes("a.csv", "\xBA\xB3\xB4\xDD,\x96\xBC\x8F\xCC\r\n\xB8\xDE\xDD\xCF,\x8C\xF6\x89\x80\r\n");
    CHECK(name_of_first(out) == "ｺｳｴﾝ");
    CHECK(out.rows == Rows{{"ｸﾞﾝﾏ", "公園"}});
}
