// SPDX-License-Identifier: Apache-2.0
#include "model/error.hpp"
#include "read/csv.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TemporaryFolder;
using Texts = std::vector<std::string>;

namespace {

Outcome read(const std::string& bytes, CsvOptions options = {}) {
    const TemporaryFolder folder;
    options.path = folder.file(options.path.empty() ? "a.csv" : options.path.string(), bytes);
    options.shown = "a.csv";
    CsvSource source(options);
    return outcome_of(source);
}

Texts names(const Outcome& outcome) {
    Texts all;
    for (const ColumnInfo& column : outcome.shape.columns) {
        all.push_back(column.name);
    }
    return all;
}

}  // namespace

TEST_CASE("RFC 4180: quotes, doubled quotes, commas and line breaks inside cells", "[read][csv]") {
    const Outcome outcome = read("a,b\r\n\"x,1\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",\r\n");
    CHECK(names(outcome) == Texts{"a", "b"});
    CHECK(outcome.rows == Rows{{"x,1", "say \"hi\""}, {"two\nlines", ""}});
    CHECK(outcome.findings.empty());
}

TEST_CASE("A record number counts the header and blank lines, not a line break inside quotes", "[read][csv]") {
    const Outcome outcome = read("a,b\n\"1\n2\",x\n\n,,\n3\n");
    CHECK(outcome.rows == Rows{{"1\n2", "x"}, {"3", ""}});
    CHECK(outcome.places() == Texts{"row-too-short@5"});
}

TEST_CASE("A quote inside an unquoted cell swallows nothing", "[read][csv]") {
    const Outcome outcome = read("a,b\n5\" pipe,x\n6,y\n");
    CHECK(outcome.rows == Rows{{"5\" pipe", "x"}, {"6", "y"}});
}

TEST_CASE("A quote that is never closed is named, and nothing else is lost (A34)", "[read][csv][hostile]") {
    const Outcome outcome = read("a,b\n1,\"open\n2,y\n3,z\n");
    CHECK(outcome.places() == Texts{"quote-unbalanced@2"});
    CHECK(outcome.rows == Rows{{"1", "\"open"}, {"2", "y"}, {"3", "z"}});
}

TEST_CASE("More cells than the header is an error at its record", "[read][csv]") {
    const Outcome outcome = read("a,b\n1,2,3\n1,2,,\n");
    CHECK(outcome.places() == Texts{"row-too-long@2"});
    CHECK(outcome.rows == Rows{{"1", "2"}, {"1", "2"}});
}

TEST_CASE("Lone CR, embedded NUL and a missing last line break are read", "[read][csv][hostile]") {
    const Outcome outcome = read(std::string("a,b\r1,x\r2,\0y", 12));
    CHECK(outcome.rows == Rows{{"1", "x"}, {"2", std::string("\0y", 2)}});
}

TEST_CASE("A column without header and without values is left out; one with values is named and told", "[read][csv]") {
    const Outcome outcome = read("a,,,\n1,,x,\n");
    CHECK(names(outcome) == Texts{"a", "列C"});
    CHECK(outcome.places() == Texts{"header-empty@C1"});
}

TEST_CASE("Headers that occur twice are told apart", "[read][csv]") {
    const Outcome outcome = read("a,a\n1,2\n");
    CHECK(names(outcome) == Texts{"a", "a_2"});
    CHECK(outcome.places() == Texts{"header-duplicate@B1"});
}

TEST_CASE("The header row can be given, rows before it are not data", "[read][csv]") {
    CsvOptions options;
    options.pin.header_row = 2;
    const Outcome outcome = read("【令和６年８月１日時点】\na,b\n1,2\n", options);
    CHECK(names(outcome) == Texts{"a", "b"});
    CHECK(outcome.rows == Rows{{"1", "2"}});
}

TEST_CASE("Encodings are decided on the whole file", "[read][csv][encoding]") {
    // 名称,№ with 髙 (NEC and IBM extensions)
    const std::string cp932 = "\x96\xBC\x8F\xCC,\x87\x82\n\xFB\xFC,\x81\x60\n";
    const Outcome outcome = read(cp932);
    CHECK(names(outcome) == Texts{"名称", "№"});
    CHECK(outcome.rows == Rows{{"髙", "～"}});

    // The only bytes that are not ASCII come after four megabytes.
    std::string late = "a,b\n";
    for (int i = 0; i < 300000; ++i) {
        late += "1234567,890123\n";
    }
    late += "\x96\xBC,x\n";
    const Outcome far = read(late);
    CHECK(far.rows.back() == Texts{"名", "x"});
    CHECK(far.findings.empty());

    CHECK(read("\xEF\xBB\xBF名称\n市\n").shape.columns[0].name == "名称");
    CHECK(read(std::string("\xFF\xFE\x0D\x54\n\0\x02\x5E\n\0", 10)).rows == Rows{{"市"}});
    CHECK(read(std::string("a\0\n\0b\0\n\0c\0\n\0", 12)).rows == Rows{{"b"}, {"c"}});
    CHECK(read("\xCC\xBE\xBE\xCE,\xBD\xBB\xBD\xEA\n\xA4\xA2,\xA4\xA4\n").rows == Rows{{"あ", "い"}});  // EUC-JP
    CHECK(read("\x1B$B\x4C\x3E\x3E\x4E\x1B(B,b\n\x1B$B$\"\x1B(B,2\n").rows == Rows{{"あ", "2"}});      // ISO-2022-JP
}

TEST_CASE("Bytes that are no text are named with their cell and never become U+FFFD (A35)",
          "[read][csv][encoding][hostile]") {
    for (const std::string bad : {"\xC0\xAF", "\xED\xA0\x80", "\xFF"}) {
        const Outcome outcome = read("名称,住所\n市役所," + bad + "町\n市民館,本町\n");
        INFO(bad);
        REQUIRE(outcome.findings.size() == 1);
        CHECK(outcome.places() == Texts{"encoding-broken@B2"});
        CHECK(outcome.rows == Rows{{"市役所", ""}, {"市民館", "本町"}});
        CHECK(outcome.findings[0].found.find("\xEF\xBF\xBD") == std::string::npos);
    }
    // A lone CP932 lead byte at the end of a cell.
    const Outcome outcome = read("\x96\xBC\x8F\xCC,b\n\x8E\x73\x96\xF0\x8F,1\n\x8E\x73\x96\xF0\x8F\x8A,2\n");
    CHECK(outcome.places() == Texts{"encoding-broken@A2"});
    CHECK(outcome.rows[1] == Texts{"市役所", "2"});
}

TEST_CASE("A doubt names the byte, the record, the column and the cell, in every encoding", "[read][csv][encoding]") {
    const auto told = [](const std::string& bytes) {
        const Outcome outcome = read(bytes);
        REQUIRE(outcome.findings.size() == 1);
        const FindingText& finding = outcome.findings[0];
        CHECK(outcome.rows.at(1).at(1).empty());
        return std::string(info(finding.code).id) + " " + finding.cell + " " + finding.column + " " + finding.found;
    };
    // UTF-8 with a cell that was pasted in CP932: 公園.
    CHECK(told("名称,住所\n市役所,大手町\n市民館,\x8C\xF6\x89\x80\n") ==
          "encoding-broken B3 住所  [8C F6 89 80 @ 44]（CP932 なら「公園」）");
    CHECK(told("\xEF\xBB\xBF名称,住所\n市役所,大手町\n\"市\n民館\",\"a\xFF\"\n") ==
          "encoding-broken B3 住所 \"a\" [FF 22 @ 52]");
    // CP932 with a cell in UTF-8 whose bytes are no CP932, and with one whose bytes are.
    const std::string cp932 =
        "\x96\xBC\x8F\xCC,\x8F\x5A\x8F\x8A\n\x8E\x73\x96\xF0\x8F\x8A,\x91\xE5\x8E\xE8\x92\xAC\n\x8E\x73,";
    CHECK(told(cp932 + "\xE5\x85\xAC\xE5\x9C\x92\n").starts_with("encoding-broken B3 住所 "));
    CHECK(told(cp932 + "\xE3\x81\x82\xE3\x81\x84\n") == "encoding-ambiguous B3 住所 縺ゅ＞ [E3 81 82 E3 @ 27]");
    // EUC-JP: 名称,住所 / 市役所,大手町 / 市, and a lead byte without its trail.
    CHECK(told("\xCC\xBE\xBE\xCE,\xBD\xBB\xBD\xEA\n\xBB\xD4\xCC\xF2\xBD\xEA,\xC2\xE7\xBC\xEA\xC4\xAE\n\xBB\xD4,"
               "\xA4\xA2\xA9\xFE\n") == "encoding-broken B3 住所 あ [A9 FE @ 29]");
    // UTF-16: half a pair; ISO-2022-JP: a code that no character has.
    CHECK(told(std::string("\xFF\xFE"
                           "a\0,\0b\0\n\0c\0,\0d\0\n\0e\0,\0\x0D\x54\x00\xD8\n\0",
                           28)) == "encoding-broken B3 b 名 [00 D8 @ 24]");
    CHECK(told("\x1B$B\x4C\x3E\x1B(B,b\n1,2\n3,\x1B$B\x4C\x3E\x29\x7E\x1B(B\n") ==
          "encoding-broken B3 b 名 [29 7E @ 22]");
}

TEST_CASE("A doubt in a header is told, though nothing else is", "[read][csv][encoding]") {
    const Outcome outcome = read("名称,住\xFF所\n市役所,大手町\n市民館,本町\n");
    CHECK(outcome.places() == Texts{"encoding-broken@B1"});
    CHECK(names(outcome) == Texts{"名称", "住所"});
    const Outcome lost = read("名称,住\xEF\xBF\xBD\n市役所,大手町\n");
    CHECK(lost.places() == Texts{"character-lost@B1"});
    CHECK(names(lost) == Texts{"名称", "住"});
}

TEST_CASE("Half-width kana and kanji in one CP932 cell are told apart", "[read][csv][encoding]") {
    CHECK(read("a\n\xB6\xDE\x96\xBC\xDD\n").rows == Rows{{"ｶﾞ名ﾝ"}});
}

TEST_CASE("A doubt about the encoding is a finding", "[read][csv][encoding]") {
    // Read as CP932 this is half-width kana throughout, as EUC-JP it is Japanese.
    const Outcome outcome = read("\xC6\xC3\xBB\xCD,a\n\xC6\xC3\xBF\xCD,1\n");
    CHECK(outcome.rows == Rows{{"特人", "1"}});
    CHECK(outcome.places() == Texts{"encoding-doubtful@A1"});
    CHECK(outcome.findings[0].found == "EUC-JP（「特四」。CP932 なら「ﾆﾃｻﾍ」） [C6 C3 BB CD @ 0]");
}

TEST_CASE("Delimiters are found", "[read][csv]") {
    CHECK(read("a\tb\n1,5\t2\n2,5\t3\n").rows == Rows{{"1,5", "2"}, {"2,5", "3"}});
    CHECK(read("a;b;c\n1;2;3\n").rows == Rows{{"1", "2", "3"}});
}

TEST_CASE("What is no CSV says what it is", "[read][csv][hostile]") {
    for (const std::string bytes : {"", "\n\n\n"}) {
        INFO(bytes);
        CHECK_THROWS_AS(read(bytes), WorldError);
    }
    std::string wide(20000, ',');
    CHECK_THROWS_AS(read(wide + "\n"), WorldError);                           // 10^6 columns and the like
    CHECK_THROWS_AS(read("a\n" + std::string(17U << 20U, 'x')), WorldError);  // a cell over 16 MiB
}

TEST_CASE("Blocks are cut at records: the same rows for any block size", "[read][csv]") {
    std::string bytes = "id,text\r\n";
    Rows expected;
    for (int i = 0; i < 500; ++i) {
        bytes += std::to_string(i) + ",\"line " + std::to_string(i) + "\r\nsecond \"\"quoted\"\"\"\r\n";
        expected.push_back({std::to_string(i), "line " + std::to_string(i) + "\r\nsecond \"quoted\""});
    }
    for (const std::size_t block : {std::size_t{1}, std::size_t{7}, std::size_t{100}, std::size_t{1} << 20U}) {
        CsvOptions options;
        options.block_bytes = options.most_block_bytes = block;
        CHECK(read(bytes, options).rows == expected);
    }
}

TEST_CASE("A file that changes while it is read is a finding (A29)", "[read][csv][hostile]") {
    const TemporaryFolder folder;
    CsvOptions options;
    options.path = folder.file("a.csv", "a\n1\n");
    options.shown = "a.csv";
    CsvSource source(options);
    Findings findings;
    source.open(findings);
    folder.file("b.csv", "a\n2\n");
    std::filesystem::rename(folder.path() / "b.csv", folder.path() / "a.csv");
    source.end(findings);
    REQUIRE(findings.list().size() == 1);
    CHECK(findings.list()[0].code == Code::source_changed);
}
