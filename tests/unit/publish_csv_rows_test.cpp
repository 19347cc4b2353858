// SPDX-License-Identifier: Apache-2.0
#include "publish/csv_rows.hpp"
#include "support/mapped_file.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace kokai;
using kokai::testing::TemporaryFolder;

namespace {

using Row = std::vector<std::string>;

std::vector<Row> rows_of(const CsvRows& table) {
    std::vector<Row> rows;
    table.walk([&](std::size_t place, const std::vector<std::string_view>& cells) {
        rows.emplace_back(cells.begin(), cells.end());
        CHECK(table.row(place) == rows.back());
    });
    return rows;
}

}  // namespace

TEST_CASE("A published CSV is cut into its cells, each row again by its place", "[publish][csv]") {
    const CsvRows table("\xEF\xBB\xBF"
                        "ID,名称,備考\r\n1,本館,\"改行\r\nと,\"\"引用\"\"\"\r\n2,\"\",5\" の管\r\n3,短い\r\n");
    CHECK(table.columns() == Row{"ID", "名称", "備考"});
    CHECK(rows_of(table) ==
          std::vector<Row>{{"1", "本館", "改行\r\nと,\"引用\""}, {"2", "", "5\" の管"}, {"3", "短い", ""}});
}

TEST_CASE("Nothing, a header alone and a last row without a line end are tables, too", "[publish][csv]") {
    CHECK(CsvRows(std::string_view()).columns().empty());
    CHECK(rows_of(CsvRows(std::string_view())).empty());
    CHECK(CsvRows("a,b").columns() == Row{"a", "b"});
    CHECK(rows_of(CsvRows("a,b\r\n")).empty());
    CHECK(rows_of(CsvRows("a,b\n1,2")) == std::vector<Row>{{"1", "2"}});
    CHECK(rows_of(CsvRows("a,b\n\n1,2\n")) == std::vector<Row>{{"1", "2"}});
    CHECK(rows_of(CsvRows("a\n\n1\n")) == std::vector<Row>{{""}, {"1"}});  // of one column an empty line is a row
}

TEST_CASE("A quote that never closes swallows nothing", "[publish][csv]") {
    CHECK(rows_of(CsvRows("a,b\n1,\"2\n3,4\n")) == std::vector<Row>{{"1", "\"2"}, {"3", "4"}});
}

TEST_CASE("Cells longer than a window are whole", "[publish][csv]") {
    const std::string text(3U << 20U, 'x');
    const std::string table = "a,b\n1,\"" + text + "\"\"" + text + "\"\n2,3\n";
    CHECK(rows_of(CsvRows(table)) == std::vector<Row>{{"1", text + '"' + text}, {"2", "3"}});
}

TEST_CASE("A regular table is one that a program wrote", "[publish][csv]") {
    CHECK(CsvRows("a,b\n1,2\n").is_regular());
    CHECK(CsvRows("a,b\n").is_regular());
    CHECK_FALSE(CsvRows("施設一覧,\na,b\n1,2\n").is_regular());
    CHECK_FALSE(CsvRows("a,a\n1,2\n").is_regular());
    CHECK_FALSE(CsvRows("a,b\n1,2,3\n").is_regular());
    CHECK_FALSE(CsvRows("a,b\n\x83\x65,1\n").is_regular());  // CP932
    CHECK_FALSE(CsvRows("").is_regular());
}

TEST_CASE("A file's rows are the same while what was read of it leaves the memory", "[publish][csv]") {
    const TemporaryFolder folder;
    std::string text = "ID,名称\r\n";
    constexpr int count = 300'000;
    for (int i = 0; i < count; ++i) {
        text += std::to_string(i) + ",\"名称 \"\"" + std::to_string(i) + "\"\" のところにある長い名前の施設\"\r\n";
    }
    const MappedFile file(folder.file("a.csv", text));
    const CsvRows table(file);
    int next = 0;
    std::size_t wrong = 0;
    table.walk([&](std::size_t place, const std::vector<std::string_view>& cells) {
        wrong += cells[0] == std::to_string(next) ? 0U : 1U;
        if (next % 50'000 == 0) {
            CHECK(table.row(place)[0] == cells[0]);
            table.forget();
        }
        ++next;
    });
    CHECK(wrong == 0);
    CHECK(next == count);
}
