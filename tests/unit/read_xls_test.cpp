// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/book_rows.hpp"
#include "tests/unit/support/test_xls.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

using namespace kokai;
using namespace kokai::testing;
using Texts = std::vector<std::string>;

namespace {

/// XF records: the number formats of styles 0, 1, 2 …, all with font 0 unless told otherwise.
std::string styles(const std::vector<unsigned>& formats, const std::vector<unsigned>& fonts = {}) {
    std::string records;
    for (std::size_t i = 0; i < formats.size(); ++i) {
        records += record(0xE0, le16(i < fonts.size() ? fonts[i] : 0) + le16(formats[i]) + std::string(16, '\0'));
    }
    return records;
}

std::string wide_text(const std::u16string& text, char flags = 1) {
    return le16(text.size()) + flags + utf16(text);
}

std::filesystem::path write(const TemporaryFolder& folder, const std::string& stream,
                            const std::u16string& name = u"Workbook") {
    return write_bytes(folder, "表.xls", ole_file({{name, stream}}));
}

}  // namespace

TEST_CASE("An .xls of LibreOffice: every kind of cell as a person sees it", "[read][xls]") {
    const auto book = book_at("tests/data/workbooks/libreoffice.xls");
    CHECK(book->format() == "xls");
    CHECK(book->workbook().sheets.at(1).hidden);
    const BookRows out = rows_of(*book);
    CHECK(out.rows.at(1) == Texts{"コード", "名称", "率", "", "人口", "日付", "時刻", "延べ", "定員", "有無", "式"});
    CHECK(out.rows.at(2) == Texts{"010201", "№①㈱髙﨑～∥－\n二行目", "12.5%", "", "1234567", "2024-04-01", "09:30",
                                  "25:30", "16人", "TRUE", "!#DIV/0!"});
    CHECK(out.rows.count(3) == 0);
    CHECK(out.findings == Texts{"hidden-row@3", "struck-row@4", "hidden-column@1", "comments-left-out@0"});
}

TEST_CASE("Numbers of all stored forms, shared texts and furigana of BIFF8", "[read][xls][furigana]") {
    const TemporaryFolder folder;
    // ExtRst: 公園 with the reading コウエン over both letters.
    const std::string extra = le16(1) + le16(24) + le16(0) + le16(0) + le16(1) + le16(4) + le16(4) +
                              utf16(u"コウエン") + le16(0) + le16(0) + le16(2);
    const std::string strings = le32(3) + le32(3) + wide_text(u"名称") + le16(2) + '\5' + le32(extra.size()) +
                                utf16(u"公園") + extra + le16(3) + '\0' + "abc";
    const std::string globals = record(0x22, le16(1)) + record(0x41E, le16(170) + wide_text(u"000000")) +
                                styles({0, 170, 14, 9}) + record(0xFC, strings);
    const std::string cells =
        shared_cell(0, 0, 0) + shared_cell(1, 0, 1) + number_cell(1, 1, 1, 10201) +
        record(0x27E, le16(1) + le16(2) + le16(0) + le32((36U << 2U) | 2U)) +     // RK: 36
        record(0x27E, le16(1) + le16(3) + le16(0) + le32((12345U << 2U) | 3U)) +  // RK: 123.45
        record(0xBD, le16(2) + le16(0) + le16(0) + le32((1U << 2U) | 2U) + le16(3) + le32((1U << 2U) | 2U) + le16(1)) +
        number_cell(2, 2, 2, 43921) + record(0x205, le16(2) + le16(3) + le16(0) + '\1' + '\0') +
        record(0x205, le16(2) + le16(4) + le16(0) + '\x17' + '\1') +
        record(0x06, le16(3) + le16(0) + le16(0) + std::string("\0\0\0\0\0\0\xFF\xFF", 8) + le16(0) + le32(0)) +
        record(0x207, wide_text(u"計算")) + record(0x204, le16(3) + le16(1) + le16(0) + le16(2) + '\0' + "xy");
    const auto book = book_at(write(folder, xls_stream(true, globals, cells)));
    const BookRows out = rows_of(*book);
    CHECK(out.rows.at(1) == Texts{"名称"});
    CHECK(out.rows.at(2) == Texts{"公園", "010201", "36", "123.45"});
    CHECK(out.rows.at(3) == Texts{"1", "100%", "2024-04-01", "TRUE", "!#REF!"});
    CHECK(out.rows.at(4) == Texts{"計算", "xy"});
    CHECK(out.readings == Texts{"コウエン"});
}

TEST_CASE("Shared texts go on in CONTINUE records, where the width of letters may change", "[read][xls]") {
    const TemporaryFolder folder;
    const std::string globals = record(0xFC, le32(2) + le32(2) + le16(6) + '\0' + "ab") +
                                record(0x3C, '\1' + utf16(u"公園")) + record(0x3C, std::string(1, '\0') + "cd") +
                                record(0x3C, le16(1) + '\0' + "z");
    const auto book = book_at(write(folder, xls_stream(true, globals, shared_cell(0, 0, 0) + shared_cell(0, 1, 1))));
    CHECK(rows_of(*book).rows.at(1) == Texts{"ab公園cd", "z"});
}

TEST_CASE("Excel 95: texts in CP932 with the NEC and IBM letters", "[read][xls][encoding]") {
    const TemporaryFolder folder;
    // 名称, №①㈱髙﨑, Book as the stream's name, a sheet called 一覧.
    const std::string name = "\x96\xBC\x8F\xCC";
    const std::string letters = "\x87\x82\x87\x40\x87\x8A\xFB\xFC\xED\x95";
    const std::string globals = record(0x42, le16(932)) + record(0x41E, le16(164) + "\x06" + "000000") + styles({164});
    const auto book = book_at(
        write(folder,
              xls_stream(false, globals, label_cell(0, 0, name) + label_cell(1, 0, letters) + number_cell(1, 1, 0, 12),
                         "\x88\xEA\x97\x97"),
              u"Book"));
    CHECK(book->workbook().sheets.at(0).name == "一覧");
    const BookRows out = rows_of(*book);
    CHECK(out.rows.at(1) == Texts{"名称"});
    CHECK(out.rows.at(2) == Texts{"№①㈱髙﨑", "000012"});
}

TEST_CASE("Cells in any order come out row by row", "[read][xls]") {
    const TemporaryFolder folder;
    const auto book = book_at(write(folder, xls_stream(true, styles({0}),
                                                       number_cell(5, 1, 0, 4) + number_cell(0, 0, 0, 1) +
                                                           number_cell(5, 0, 0, 3) + number_cell(0, 1, 0, 2))));
    const BookRows out = rows_of(*book);
    CHECK(out.rows.at(1) == Texts{"1", "2"});
    CHECK(out.rows.at(6) == Texts{"3", "4"});
}

TEST_CASE("Hidden and struck-out rows and columns of an .xls are left out", "[read][xls][hidden]") {
    const TemporaryFolder folder;
    const auto font = [](unsigned flags) { return record(0x31, le16(200) + le16(flags) + std::string(12, '\0')); };
    const std::string globals = font(0) + font(8) + styles({0, 0}, {0, 1});
    const std::string row_hidden = record(0x208, le16(2) + std::string(10, '\0') + le16(0x20) + le16(0));
    const std::string column_hidden = record(0x7D, le16(1) + le16(255) + le16(2000) + le16(0) + le16(1) + le16(0));
    const auto book = book_at(
        write(folder, xls_stream(true, globals,
                                 column_hidden + row_hidden + number_cell(0, 0, 0, 1) + number_cell(0, 1, 0, 9) +
                                     number_cell(1, 0, 1, 2) + number_cell(2, 0, 0, 3) + number_cell(3, 0, 0, 4) +
                                     record(0x1C, std::string(12, '\0')) +
                                     record(0xE5, le16(1) + le16(0) + le16(3) + le16(0) + le16(0)))));
    const BookRows out = rows_of(*book);
    CHECK(out.rows.size() == 2);
    CHECK(out.rows.at(1) == Texts{"1"});
    CHECK(out.rows.at(4) == Texts{"4"});
    CHECK(out.findings == Texts{"hidden-row@3", "struck-row@2", "hidden-column@1", "comments-left-out@0"});
    CHECK(book->open_sheet(0)->merges() == std::vector<CellRange>{{1, 1, 4, 1}});
}

TEST_CASE("An .xls that is none, broken or locked says so", "[read][xls][hostile]") {
    const TemporaryFolder folder;
    const std::string good = ole_file({{u"Workbook", xls_stream(true, styles({0}), number_cell(0, 0, 0, 1))}});
    const auto refused = [&](const std::string& bytes) { return refusal_of(write_bytes(folder, "x.xls", bytes)); };
    CHECK(refused(good) == "read");
    CHECK(refused(good.substr(0, 600)).find("is a broken old Excel file") == 0);
    CHECK(refused(ole_file({{u"EncryptedPackage", "x"}})) ==
          "is an Excel file protected by a password: save it without one");
    CHECK(refused(ole_file({{u"Workbook", xls_stream(true, record(0x2F, le16(1)), "")}})) ==
          "is an Excel file protected by a password: save it without one");
    CHECK(refused(ole_file({{u"WordDocument", "x"}})) == "is an old Word document (.doc), not Excel");
    CHECK(refused(ole_file({{u"Workbook", record(0x809, le16(0x0300) + le16(5))}})) ==
          "is older than Excel 5.0: open it in Excel and save it as .xlsx");
    // A chain of sectors that runs in a circle; a text cut off; a shared text that does not exist.
    std::string circle = good;
    circle.replace(512 + 4 * 2, 4, le32(2));
    CHECK(refused(circle) == "is a broken old Excel file (chain)");
    CHECK(refused(ole_file({{u"Workbook", xls_stream(true, record(0xFC, le32(9) + le32(9) + le16(60000) + '\1'),
                                                     "")}})) == "is a broken old Excel file (text)");
    CHECK(
        refused(ole_file({{u"Workbook", xls_stream(true, "", shared_cell(0, 0, 7))}})).find("cell A1 names string 7") ==
        0);
}

TEST_CASE("Old workbooks cut short or with one byte changed end in a sentence, never in a crash",
          "[read][xls][hostile]") {
    const TemporaryFolder folder;
    const std::string good =
        ole_file({{u"Workbook", xls_stream(true, styles({0, 14}) + record(0xFC, le32(1) + le32(1) + wide_text(u"名称")),
                                           shared_cell(0, 0, 0) + number_cell(1, 0, 1, 45000))}});
    std::size_t refused = 0;
    for (std::size_t at = 0; at < good.size(); at += at < 1700 ? 3 : 37) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0xFF);
        refused += refusal_of(write_bytes(folder, "x.xls", bad)) != "read" ? 1U : 0U;
        refusal_of(write_bytes(folder, "y.xls", good.substr(0, at)));
    }
    CHECK(refused > 10);
}

TEST_CASE("Parts of an .xls text that are struck out, and links to the web", "[read][xls][strikes][link]") {
    const TemporaryFolder folder;
    const auto font = [](unsigned look) { return record(0x31, le16(200) + le16(look) + std::string(12, '\0')); };
    // 旧 in font 1 (struck out), 新 in font 0.
    const std::string strings =
        le32(1) + le32(1) + le16(2) + '\x09' + le16(2) + utf16(u"旧新") + le16(0) + le16(1) + le16(1) + le16(0);
    const std::string web("\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B", 16);
    const auto link = [&](unsigned row, std::uint32_t holds, const std::string& rest) {
        return record(0x1B8,
                      le16(row) + le16(row) + le16(0) + le16(0) + std::string(16, '\0') + le32(2) + le32(holds) + rest);
    };
    const std::u16string address(u"https://example.jp/a\0", 21);
    const std::u16string shown(u"詳細\0", 3);
    const auto book = book_at(
        write(folder, xls_stream(true, font(0) + font(8) + styles({0}) + record(0xFC, strings),
                                 shared_cell(0, 0, 0) + number_cell(1, 0, 0, 5) + number_cell(2, 0, 0, 6) +
                                     link(0, 0x1B,
                                          le32(3) + utf16(shown) + web + le32(42) + utf16(address) + le32(4) +
                                              utf16(std::u16string(u"top\0", 4))) +
                                     link(1, 0x3, std::string(16, 'x') + le32(9)) + link(2, 0x8, le32(1000) + "a"))));
    const std::unique_ptr<SheetRows> rows = book->open_sheet(0);
    SheetRow row;
    Arena arena;
    REQUIRE(rows->next(row));
    CHECK(book->text(row, row.cells.at(0), arena).text == "新");
    CHECK(book->text(row, row.cells.at(0), arena).struck == "旧");
    CHECK(book->link(row, row.cells.at(0), arena) == "https://example.jp/a#top");
    REQUIRE(rows->next(row));
    CHECK(book->link(row, row.cells.at(0), arena) == "file:");
    REQUIRE(rows->next(row));
    CHECK(book->link(row, row.cells.at(0), arena).empty());
}

TEST_CASE("Pictures and shapes of an .xls are counted; boxes of comments and arrows of filters are none",
          "[read][xls][tally]") {
    const TemporaryFolder folder;
    const auto object = [](unsigned kind) {  // ftCmo, and the end
        return record(0x5D, le16(0x15) + le16(0x12) + le16(kind) + le16(1) + std::string(14, '\0') + le32(0));
    };
    const std::string globals = record(0xFC, le32(1) + le32(1) + le16(1) + '\0' + "a");
    const auto book = book_at(write(
        folder, xls_stream(true, globals, shared_cell(0, 0, 0) + object(8) + object(0x19) + object(0x14) + object(2))));
    rows_of(*book);
    CHECK(book->objects(0).count == 2);
}
