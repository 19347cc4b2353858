// SPDX-License-Identifier: Apache-2.0
// A whole position in one cell, as tables without schema have it.
#include "locate/position_cell.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

std::string pair_of(std::string_view cell, bool north_first = true) {
    const auto one = read_position_cell(cell, north_first);
    return one ? one->latitude + " " + one->longitude : "";
}

std::optional<PositionCellColumn> found(const Texts& headers, const std::vector<std::vector<Cell>>& columns) {
    Shape shape;
    Batch batch;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        shape.columns.push_back({headers[i], nullptr, {}});
        batch.columns.emplace_back().cells = columns[i];
    }
    return find_position_cell(shape, &batch);
}

}  // namespace

TEST_CASE("One cell with both numbers, in the ways people write them", "[locate][position-cell]") {
    for (const char* cell : {"36.371366,139.077931",
                             "36.371366, 139.077931",
                             "(36.371366,139.077931)",
                             "［36.371366、139.077931］",
                             "139.077931 36.371366",
                             "139.077931,36.371366",
                             "北緯36.371366 東経139.077931",
                             "北緯36.371366度東経139.077931度",
                             "東経139.077931/北緯36.371366",
                             "36.371366N 139.077931E",
                             "N36.371366,E139.077931",
                             "緯度:36.371366 経度:139.077931",
                             "緯度：36.371366、経度：139.077931",
                             "lat=36.371366&lng=139.077931",
                             "{\"lat\":36.371366,\"lng\":139.077931}",
                             "POINT (139.077931 36.371366)",
                             "３６．３７１３６６，１３９．０７７９３１",
                             "36.371366\t139.077931",
                             "36.371366\n139.077931",
                             "36.371366・139.077931"}) {
        CAPTURE(cell);
        CHECK(pair_of(cell) == "36.371366 139.077931");
    }
    for (const char* cell : {"36°23′20.6″,139°03′38.4″", "北緯36度23分20.6秒 東経139度3分38.4秒",
                             "36-23-20.6 139-03-38.4", "36 23 20.6 139 3 38.4", "N36°23'20.6\" E139°03'38.4\""}) {
        CAPTURE(cell);
        CHECK(pair_of(cell) == "36.3890556 139.0606667");
    }
    CHECK(pair_of("0,0") == "0 0");
    CHECK(pair_of("51.5,0.12") == "51.5 0.12");
    CHECK(pair_of("0.12,51.5", false) == "51.5 0.12");
    for (const char* cell : {"", "なし", "-", "36.371366", "前橋市大手町1-1", "027-224-1111", "36.3,139.0,5", "1,234",
                             "8:30~17:15", "2024/4/1,2025/3/31"}) {
        CAPTURE(cell);
        const auto one = read_position_cell(cell);
        CHECK((!one || (one->longitude != "139.0" && std::string(cell) == "1,234")));
    }
}

TEST_CASE("The column of positions is the one that holds nothing else", "[locate][position-cell]") {
    const std::vector<Cell> turned{"139.077931 36.371366", "139.085378 36.392561", "139.1 36.4123", "139.1 36.4124",
                                   ""};
    const std::vector<Cell> names{"36公園", "西公園", "東公園", "北公園", "南公園"};
    const std::vector<Cell> coarse{"36,139", "36,139", "36,140", "35,139", "35,140"};
    CHECK_FALSE(found({"名称", "座標"}, {names, coarse}));
    CHECK_FALSE(found({"名称"}, {names}));
    CHECK_FALSE(found({"起点", "終点"}, {turned, turned}));  // which of the two?
    const std::vector<Cell> exact{"36.371366,139.077931", "36.392561,139.085378", "", "なし", "36.412,139.1234"};
    CHECK(found({"名称", "備考"}, {names, exact})->name == "備考");
    CHECK(found({"起点", "緯度・経度", "名称"}, {exact, exact, names})->name == "緯度・経度");
    CHECK(found({"位置"}, {exact})->north_first);
    const std::vector<Cell> east_first{"139.077931 36.371366", "139.085378 36.392561"};
    CHECK_FALSE(found({"位置"}, {east_first})->north_first);
}

TEST_CASE("The cell stays, and its two numbers fill columns of their own", "[locate][position-cell]") {
    const Rows rows{{"a", "36.371366,139.077931"}, {"b", ""}, {"c", "なし"}, {"d", "近日公開"}, {"e", "139.1,36.4"}};
    TableSource source({"名称", "座標"}, rows);
    SplitPositions split({"座標", true});
    const Outcome outcome = outcome_of(source, {&split}, {});
    REQUIRE(outcome.shape.columns.size() == 4);
    CHECK(outcome.shape.columns[2].name == "緯度");
    CHECK(outcome.rows[0] == Texts{"a", "36.371366,139.077931", "36.371366", "139.077931"});
    CHECK(outcome.rows[1] == Texts{"b", "", "", ""});
    CHECK(outcome.rows[2] == Texts{"c", "なし", "", ""});
    CHECK(outcome.rows[3] == Texts{"d", "近日公開", "", ""});
    CHECK(outcome.rows[4] == Texts{"e", "139.1,36.4", "36.4", "139.1"});
    CHECK(outcome.places() == Texts{"position-unreadable@B5"});
}
