// SPDX-License-Identifier: Apache-2.0
#include "publish/edition_diff.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace kokai;
using kokai::testing::TemporaryFolder;

namespace {

struct Compared {
    TableDiff diff;
    std::vector<std::string> told;  // "changed 2: 名称 a>b", in the order told
};

Compared compare(const std::string& before, const std::string& now, std::vector<std::string> key = {},
                 std::size_t sort_bytes = 1U << 20U) {
    static const TemporaryFolder folder;
    Compared result;
    const CsvRows rows_before(before);
    const CsvRows rows_now(now);
    DiffOptions options;
    options.key = std::move(key);
    options.scratch = folder.path();
    options.sort_bytes = sort_bytes;
    result.diff = compare_tables(rows_before, rows_now, options, [&](const RowChange& row) {
        std::string line = row.event == RowEvent::removed ? "removed"
                           : row.event == RowEvent::added ? "added"
                                                          : "changed";
        for (const std::string& cell : row.id) {
            line += " " + cell;
        }
        if (row.event == RowEvent::changed) {
            for (const CellChange& cell : row.cells) {
                line += ": " + cell.column + " " + cell.before + ">" + cell.now;
            }
        }
        result.told.push_back(line);
    });
    return result;
}

const ColumnDiff& column(const TableDiff& diff, std::string_view name) {
    const auto found =
        std::find_if(diff.columns.begin(), diff.columns.end(), [&](const ColumnDiff& one) { return one.name == name; });
    REQUIRE(found != diff.columns.end());
    return *found;
}

}  // namespace

TEST_CASE("Rows are told apart by their ID, fields by their name", "[publish][diff]") {
    const auto [diff, told] = compare("ID,名称,電話\r\n1,本館,11\r\n2,別館,22\r\n3,倉庫,33\r\n",
                                      "ID,名称,電話\r\n4,新館,44\r\n3,倉庫,33\r\n1,本館,12\r\n", {"ID"});
    CHECK(diff.by == RowKey::declared);
    CHECK(diff.rows_before == 3);
    CHECK(diff.rows_now == 3);
    CHECK(diff.same == 1);
    CHECK(told == std::vector<std::string>{"removed 2", "added 4", "changed 1: 電話 11>12"});
    CHECK(column(diff, "電話").changed == 1);
    CHECK(column(diff, "名称").changed == 0);
    CHECK_FALSE(diff.is_same());
}

TEST_CASE("The order of rows, quotes, line ends and a BOM are no change", "[publish][diff]") {
    const auto [diff, told] =
        compare("\xEF\xBB\xBFID,名称\r\n1,本館\r\n2,\"別館\"\r\n", "ID,名称\n2,別館\n\"1\",本館\n", {"ID"});
    CHECK(diff.same == 2);
    CHECK(told.empty());
    CHECK(diff.is_same());
}

TEST_CASE("The order of columns is told and changes no row", "[publish][diff]") {
    const auto [diff, told] = compare("ID,名称,電話\n1,a,2\n2,b,3\n", "電話,ID,名称\n2,1,a\n3,2,b\n", {"ID"});
    CHECK(told.empty());
    CHECK(diff.columns_reordered);
    CHECK_FALSE(diff.is_same());
}

TEST_CASE("Cells that would run together are kept apart", "[publish][diff]") {
    CHECK(compare("ID,a,b\n1,x,yz\n", "ID,a,b\n1,xy,z\n", {"ID"}).diff.changed == 1);
    CHECK(compare("ID,a,b\n1,,x\n", "ID,a,b\n1,x,\n", {"ID"}).diff.changed == 1);
}

TEST_CASE("Columns come, go and are called otherwise", "[publish][diff]") {
    const auto [diff, told] = compare("ID,連絡先,古い,面積\n1,11,x,7\n2,22,y,8\n3,33,z,9\n",
                                      "ID,電話番号,新しい,面積\n1,11,p,7\n2,22,q,8\n3,33,r,9\n", {"ID"});
    CHECK(diff.columns_added == std::vector<std::string>{"新しい"});
    CHECK(diff.columns_removed == std::vector<std::string>{"古い"});
    REQUIRE(diff.columns_renamed.size() == 1);
    CHECK(diff.columns_renamed.front() == std::pair<std::string, std::string>{"連絡先", "電話番号"});
    CHECK(told.empty());  // a new column alone changes no row
    CHECK_FALSE(column(diff, "古い").in_now);
    CHECK(column(diff, "古い").filled_before == 3);
    CHECK_FALSE(column(diff, "新しい").in_before);
}

TEST_CASE("Of rows with the same ID those that are alike belong together", "[publish][diff]") {
    const auto [diff, told] = compare("ID,a\n1,x\n1,y\n1,z\n2,p\n", "ID,a\n1,z\n1,x\n1,w\n1,v\n2,p\n", {"ID"});
    CHECK(diff.same == 3);
    CHECK(diff.doubled_before == 2);
    CHECK(diff.doubled_now == 3);
    CHECK(told == std::vector<std::string>{"changed 1: a y>w", "added 1"});
}

TEST_CASE("Rows without an ID are compared as a whole", "[publish][diff]") {
    const auto [diff, told] = compare("ID,a\n,x\n,y\n1,p\n", "ID,a\n,y\n,z\n1,q\n", {"ID"});
    CHECK(diff.same == 1);
    CHECK(told.size() == 3);
    CHECK(diff.changed == 1);
    CHECK(diff.removed == 1);
    CHECK(diff.added == 1);
}

TEST_CASE("Without a key a column that names the rows is found", "[publish][diff]") {
    CHECK(compare("NO,名称\n1,a\n2,b\n", "NO,名称\n1,a\n2,c\n").diff.key == std::vector<std::string>{"NO"});
    CHECK(compare("区分,名称\nx,a\nx,b\n", "区分,名称\nx,a\nx,b\n").diff.key == std::vector<std::string>{"名称"});
    // A key that is declared and not there is none.
    CHECK(compare("名称,n\na,1\nb,2\n", "名称,n\na,1\nb,3\n", {"ID"}).diff.key == std::vector<std::string>{"名称"});
}

TEST_CASE("Where no column names the rows they are compared as a whole, however often they come", "[publish][diff]") {
    const auto [diff, told] = compare("区分,値\nx,1\nx,1\ny,2\ny,2\n", "区分,値\nx,1\nx,1\nx,1\ny,2\n");
    CHECK(diff.by == RowKey::whole);
    CHECK(diff.key.empty());
    CHECK(diff.same == 3);
    CHECK(diff.removed == 1);
    CHECK(diff.added == 1);
    CHECK(diff.changed == 0);
}

TEST_CASE("A thing that stayed and has another ID is found by what it says of itself", "[publish][diff]") {
    const auto [diff, told] = compare("ID,名称,所在地,値\n1,甲,一丁目,x\n2,乙,二丁目,y\n3,丙,三丁目,z\n",
                                      "ID,名称,所在地,値\n1,乙,二丁目,y\n2,甲,一丁目,w\n3,丙,三丁目,v\n", {"ID"});
    CHECK(diff.changed == 3);
    CHECK(diff.renumbered == 2);
    REQUIRE(diff.renumbered_examples.size() >= 2);
    const bool told_so =
        std::any_of(diff.renumbered_examples.begin(), diff.renumbered_examples.end(),
                    [](const Renumbered& one) { return one.before == "1" && one.now == "2" && one.name == "甲"; });
    CHECK(told_so);
}

TEST_CASE("Two things of one name are not taken for one another", "[publish][diff]") {
    CHECK(compare("ID,名称,所在地\n1,公衆便所,一丁目\n2,公衆便所,一丁目\n",
                  "ID,名称,所在地\n3,公衆便所,一丁目\n4,公衆便所,一丁目\n", {"ID"})
              .diff.renumbered == 0);
}

TEST_CASE("Positions that moved are measured in metres", "[publish][diff]") {
    const auto [diff, told] =
        compare("ID,緯度,経度\n1,36.0,139.0\n2,36.0,139.0\n3,,\n4,36.0,139.0\n",
                "ID,緯度,経度\n1,36.0,139.005\n2,36.0001,139.0\n3,36,139\n4,36.0,139.0\n", {"ID"});
    CHECK(diff.positions == 3);
    CHECK(diff.moved == 1);
    CHECK(diff.moved_most == Approx(450).margin(2));
    CHECK(metres_between({139, 36}, {139, 37}) == Approx(111'000).margin(300));
}

TEST_CASE("A column whose values stand in other rows is told from one with other values", "[publish][diff]") {
    const auto [diff, told] = compare("ID,電話,年\n1,11,令和5年度\n2,22,令和5年度\n3,33,令和5年度\n",
                                      "ID,電話,年\n1,33,令和6年度\n2,11,令和6年度\n3,22,令和6年度\n", {"ID"});
    CHECK(column(diff, "電話").swapped);
    CHECK(column(diff, "電話").plain);
    CHECK(column(diff, "電話").telling);
    CHECK_FALSE(column(diff, "年").swapped);
    CHECK_FALSE(column(diff, "年").telling);
}

TEST_CASE("More rows than fit into memory give the same", "[publish][diff]") {
    std::mt19937 chance(4);
    std::vector<int> order(20'000);
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = static_cast<int>(i);
    }
    const auto table = [&](int change) {
        std::shuffle(order.begin(), order.end(), chance);
        std::string text = "ID,名称,値\n";
        for (const int i : order) {
            if (change != 0 && i % 100 == 1) {
                continue;
            }
            text += std::to_string(i) + ",n" + std::to_string(i) + "," + (i % 50 == 0 ? std::to_string(change) : "v") +
                    "\n";
        }
        return text;
    };
    const std::string before = table(0);
    const std::string now = table(7);
    const Compared large = compare(before, now, {"ID"}, 8U << 20U);
    const Compared small = compare(before, now, {"ID"}, 16U << 10U);
    CHECK(large.diff.removed == 200);
    CHECK(large.diff.changed == 400);
    CHECK(large.diff.same == 19'400);
    CHECK(small.diff.same == large.diff.same);
    CHECK(small.told == large.told);
}

TEST_CASE("Nothing and a header alone can be compared", "[publish][diff]") {
    CHECK(compare("", "").diff.is_same());
    const auto [diff, told] = compare("ID,a\n1,x\n", "ID,a\n", {"ID"});
    CHECK(diff.removed == 1);
    CHECK(diff.rows_now == 0);
    CHECK(compare("", "ID,a\n1,x\n", {"ID"}).diff.added == 1);
}
