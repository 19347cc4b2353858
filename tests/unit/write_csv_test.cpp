// SPDX-License-Identifier: Apache-2.0
#include "map/condition.hpp"
#include "support/hash.hpp"
#include "tests/unit/support/small_sink.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "write/csv.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TemporaryFolder;
using kokai::testing::write_all;

namespace {

std::string written(const std::vector<std::string>& header, const Rows& rows,
                    ByteOrderMark mark = ByteOrderMark::without) {
    const TemporaryFolder folder;
    TableSource source(header, rows);
    CsvSink sink(folder.path(), "a.csv", "csv", mark);
    write_all(source, {}, sink);
    return folder.read("a.csv");
}

}  // namespace

TEST_CASE("CSV has a byte order mark, the header and CRLF, to the byte", "[write][csv]") {
    CHECK(written({"名称", "住所"}, {{"市役所", "大手町"}, {"", ""}}, ByteOrderMark::with) ==
          "\xEF\xBB\xBF名称,住所\r\n市役所,大手町\r\n,\r\n");
    CHECK(written({"名称"}, {{"市役所"}}) == "名称\r\n市役所\r\n");
    CHECK(written({"名称"}, {}, ByteOrderMark::with) == "\xEF\xBB\xBF名称\r\n");
}

TEST_CASE("Quotes stand only where RFC 4180 wants them", "[write][csv]") {
    CHECK(written(
              {"a", "b"},
              {{"1,2", "x"}, {"say \"hi\"", "y"}, {"two\nlines", "z"}, {"cr\rhere", ""}, {" 'plain'; tab\t ", "−"}}) ==
          "a,b\r\n\"1,2\",x\r\n\"say \"\"hi\"\"\",y\r\n\"two\nlines\",z\r\n\"cr\rhere\",\r\n 'plain'; tab\t ,−\r\n");
    CHECK(written({"a,b", "c\"d"}, {}) == "\"a,b\",\"c\"\"d\"\r\n");
}

TEST_CASE("What wants quotes is seen at every position of a long cell", "[write][csv]") {
    for (const char special : {',', '"', '\n', '\r'}) {
        for (std::size_t length = 1; length <= 20; ++length) {
            for (std::size_t at = 0; at < length; ++at) {
                std::string cell(length, 'x');
                cell[at] = special;
                std::string quoted = cell;
                if (special == '"') {
                    quoted.insert(at, 1, '"');
                }
                REQUIRE(written({"a"}, {{cell}}) == "a\r\n\"" + quoted + "\"\r\n");
            }
        }
    }
    // Bytes next to the special ones, and beyond ASCII.
    CHECK(written({"a"}, {{"\x2B\x2D\x21\x23\x0B\x09\x0C\x0E\xAC\xA2\x8D\x8A"}}) ==
          "a\r\n\x2B\x2D\x21\x23\x0B\x09\x0C\x0E\xAC\xA2\x8D\x8A\r\n");
}

TEST_CASE("Only kept rows are written; the report has rows, bytes and digest", "[write][csv]") {
    const TemporaryFolder folder;
    TableSource source({"地区", "人数"}, {{"本庁", "1"}, {"旧", "2"}, {"計", "3"}, {"桂萱", "4"}, {"芳賀", "5"}});
    FilterRows filter({{"地区", Condition::Test::not_equals, {"旧"}}}, {{"地区", Condition::Test::equals, {"計"}}});
    CsvSink sink(folder.path(), "102016_population.csv", "csv-nobom", ByteOrderMark::without);
    const OutputFile file = write_all(source, {&filter}, sink);
    const std::string bytes = folder.read("102016_population.csv");
    CHECK(bytes == "地区,人数\r\n本庁,1\r\n桂萱,4\r\n芳賀,5\r\n");
    CHECK(file.format == "csv-nobom");
    CHECK(file.path == "102016_population.csv");
    CHECK(file.rows == 3);
    CHECK(file.bytes == bytes.size());
    CHECK(file.sha256 == sha256_hex(bytes));
}
