// SPDX-License-Identifier: Apache-2.0
// A whole position in one cell.
#include "locate/position_cell.hpp"

#include "locate/position_cell_column.hpp"
#include "normalise/latlon.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

/// Latitude and longitude, as the normaliser reads them.
std::string pair_of(std::string_view cell, bool turned = false) {
    const auto one = read_position_cell(cell);
    const bool east_first = one && (one->in_japan ? one->turned : turned);
    const auto degrees = [](const std::string& text) { return normalise_latlon(text).value; };
    return !one         ? ""
           : east_first ? degrees(one->second) + " " + degrees(one->first)
                        : degrees(one->first) + " " + degrees(one->second);
}

/// Two numbers that are no degrees, in their order.
std::string numbers_of(std::string_view cell) {
    const auto one = read_position_cell(cell);
    return one && !one->degrees ? one->first + " " + one->second : "";
}

std::string split_of(std::string_view cell, const PositionCellColumn& column) {
    const auto one = split_position_cell(cell, column);
    return one ? one->first + " " + one->second : "";
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
                             "36.371366・139.077931",
                             "139.077931,36.371366,0",
                             "36.371366, 139.077931, 112.3",
                             "(36.371366,139.077931)（標高112m）",
                             "36.371366,139.077931（112.3）",
                             "(36.371366,139.077931,112.3)",
                             "geo:36.371366,139.077931",
                             "geo:36.371366,139.077931,112;crs=wgs84;u=10"}) {
        CAPTURE(cell);
        CHECK(pair_of(cell) == "36.371366 139.077931");
    }
    for (const char* cell : {"36°23′20.6″,139°03′38.4″", "北緯36度23分20.6秒 東経139度3分38.4秒",
                             "36-23-20.6 139-03-38.4", "36 23 20.6 139 3 38.4", "N36°23'20.6\" E139°03'38.4\"",
                             "139度3分38.4秒、36度23分20.6秒", "３６度２３分２０．６秒；１３９度３分３８．４秒",
                             "362320.6,1390338.4", "1390338.4／362320.6", "北緯362320.6 東経1390338.4"}) {
        CAPTURE(cell);
        CHECK(pair_of(cell) == "36.3890556 139.0606667");
    }
    CHECK(pair_of("0,0") == "0 0");
    CHECK(pair_of("51.5,0.12") == "51.5 0.12");
    CHECK(pair_of("0.12,51.5", true) == "51.5 0.12");
    for (const char* cell : {"", "なし", "-", "36.371366", "前橋市大手町1-1", "027-224-1111", "36.3,139.0,5", "1,234",
                             "8:30~17:15", "2024/4/1,2025/3/31"}) {
        CAPTURE(cell);
        CHECK((!read_position_cell(cell) || std::string(cell) == "1,234"));
    }
}

TEST_CASE("One cell with two numbers that are no degrees", "[locate][position-cell]") {
    for (const char* cell :
         {"44151.577,-68044.571", "44151.577 -68044.571", "(44151.577、－68044.571)", "X=44151.577 Y=-68044.571",
          "X：44151.577m、Y：－68044.571m", "44,151.577, -68,044.571", "44151.577,-68044.571,112.3",
          "X44151.577Y-68044.571", "+44151.577/-68044.571", "４４１５１．５７７，－６８０４４．５７１"}) {
        CAPTURE(cell);
        CHECK(numbers_of(cell) == "44151.577 -68044.571");
    }
    CHECK(numbers_of("POINT(-68044.571 44151.577)") == "-68044.571 44151.577");
    CHECK(numbers_of("36389049,139060668") == "36389049 139060668");
    for (const char* cell : {"12,345,678", "44151.577", "44151.577,-68044.571,112345.3", "9:00～17:00", "2024/4/1",
                             "027-224-1111", "1,500円 300円"}) {
        CAPTURE(cell);
        CHECK(numbers_of(cell).empty());
    }
    const PositionCellColumn plane{"座標", AxisNames::x_y, false};
    const PositionCellColumn turned{"座標(Y,X)", AxisNames::x_y, true};
    CHECK(split_of("44151.577,-68044.571", plane) == "44151.577 -68044.571");
    CHECK(split_of("-68044.571,44151.577", turned) == "44151.577 -68044.571");
    CHECK(split_of("Y=-68044.571,X=44151.577", plane) == "44151.577 -68044.571");  // the cell says which is which
    CHECK(split_of("X=44151.577,Y=-68044.571", turned) == "44151.577 -68044.571");
    // A row in the other order than its column is told as any exchanged row is; one that says so is right.
    const PositionCellColumn degrees{"緯度経度"};
    CHECK(split_of("139.077931,36.371366", degrees) == "139.077931 36.371366");
    CHECK(split_of("東経139.077931 北緯36.371366", degrees) == "36.371366 139.077931");
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
    CHECK_FALSE(found({"位置"}, {exact})->turned);
    const std::vector<Cell> east_first{"139.077931 36.371366", "139.085378 36.392561"};
    CHECK(found({"位置"}, {east_first})->turned);
    CHECK(found({"位置"}, {east_first})->names == AxisNames::latitude_longitude);
    const std::vector<Cell> metres{"44151.577,-68044.571", "42125.135,-68044.571", "不明"};
    CHECK(found({"座標（世界測地系第9系）"}, {metres})->names == AxisNames::x_y);
    CHECK_FALSE(found({"座標（X,Y）"}, {metres})->turned);
    CHECK(found({"YX座標"}, {metres})->turned);
    CHECK(found({"XY座標"}, {metres})->names == AxisNames::x_y);
    CHECK(found({"緯度経度"}, {metres})->names == AxisNames::latitude_longitude);
    CHECK_FALSE(found({"備考"}, {metres}));  // two amounts, for all that is known
    CHECK_FALSE(found({"駐車場座標"}, {metres}));
    const std::vector<Cell> text{"POINT(-68044.571 44151.577)", "POINT (-68044.571 42125.135)"};
    CHECK(found({"WKT"}, {text})->names == AxisNames::east_north);
}

TEST_CASE("Cells that nobody filled in do not decide what a column holds", "[locate][position-cell]") {
    for (const char* cell : {"0,0", "0.0, 0.0", ",", "（ ， ）", "北緯 東経", "緯度:、経度:", "N0,E0"}) {
        CAPTURE(cell);
        CHECK(is_unfilled_position(cell));
    }
    for (const char* cell : {"36.1,139.1", "市役所内", "要確認", "北緯36度"}) {
        CAPTURE(cell);
        CHECK_FALSE(is_unfilled_position(cell));
    }
    const std::vector<Cell> unfilled{"36.371366,139.077931", "0,0", "0,0", ",", "36.392561,139.085378"};
    CHECK(found({"備考"}, {unfilled}));
    // Under a header that says what the others were meant to be, half is enough.
    const std::vector<Cell> half{"36.371366,139.077931", "市役所内", "36.392561,139.085378", "要確認"};
    CHECK(found({"位置情報"}, {half}));
    CHECK_FALSE(found({"備考"}, {half}));
    const std::vector<Cell> few{"36.371366,139.077931", "市役所内", "調べています", "要確認"};
    CHECK_FALSE(found({"位置情報"}, {few}));
    const std::vector<Cell> metres{"44151.577,-68044.571", "市役所内", "42125.135,-68044.571", "要確認"};
    CHECK(found({"座標"}, {metres})->names == AxisNames::x_y);
}

TEST_CASE("The cell stays, and its two numbers fill columns of their own", "[locate][position-cell]") {
    const Rows rows{
        {"a", "36.371366,139.077931"}, {"b", ""}, {"c", "なし"}, {"d", "近日公開"}, {"e", "東経139.1,北緯36.4"}};
    TableSource source({"名称", "座標"}, rows);
    SplitPositions split({"座標"}, "緯度", "経度");
    const Outcome outcome = outcome_of(source, {&split}, {});
    REQUIRE(outcome.shape.columns.size() == 4);
    CHECK(outcome.shape.columns[2].name == "緯度");
    CHECK(outcome.rows[0] == Texts{"a", "36.371366,139.077931", "36.371366", "139.077931"});
    CHECK(outcome.rows[1] == Texts{"b", "", "", ""});
    CHECK(outcome.rows[2] == Texts{"c", "なし", "", ""});
    CHECK(outcome.rows[3] == Texts{"d", "近日公開", "", ""});
    CHECK(outcome.rows[4] == Texts{"e", "東経139.1,北緯36.4", "36.4", "139.1"});
    CHECK(outcome.places() == Texts{"position-unreadable@B5"});
}

TEST_CASE("Two columns that both hold the whole cell get a number each", "[locate][position-cell]") {
    const std::string both = "36度23分20.6秒 139度3分38.4秒";
    TableSource source({"名称", "緯度", "経度"}, {{"a", both, both}, {"b", "36.4", "139.1"}, {"c", "別図", "別図"}});
    SplitPositions split({"緯度経度"}, "緯度", "経度");
    const Outcome outcome = outcome_of(source, {&split}, {});
    CHECK(outcome.rows[0] == Texts{"a", "36度23分20.6秒", "139度3分38.4秒"});
    CHECK(outcome.rows[1] == Texts{"b", "36.4", "139.1"});  // of a source with a column for each
    CHECK(outcome.rows[2] == Texts{"c", "", ""});
    CHECK(outcome.places() == Texts{"position-unreadable@B4"});
}

TEST_CASE("Pairs without a number are no position, zeros stay for who tells of them", "[locate][position-cell]") {
    const Rows rows{{"a", "36.371366,139.077931"}, {"b", ","}, {"c", "0"}, {"d", "0,0"}};
    TableSource source({"名称", "座標"}, rows);
    SplitPositions split({"座標"}, "緯度", "経度");
    const Outcome outcome = outcome_of(source, {&split}, {});
    CHECK(outcome.rows[1] == Texts{"b", ",", "", ""});
    CHECK(outcome.rows[2] == Texts{"c", "0", "0", "0"});
    CHECK(outcome.rows[3] == Texts{"d", "0,0", "0", "0"});
    CHECK(outcome.places().empty());
}

TEST_CASE("Columns may place the rows of a layer of points that have none", "[locate][position-cell]") {
    Batch batch;
    CHECK_FALSE(leaves_rows_to_columns(batch));
    batch.rows.resize(2);
    CHECK(leaves_rows_to_columns(batch));
    batch.shapes.add_point_row(139.06, 36.38);
    CHECK_FALSE(leaves_rows_to_columns(batch));
    batch.shapes.end_row(GeometryKind::none);
    CHECK(leaves_rows_to_columns(batch));
    batch.shapes.end_row(GeometryKind::polygon);
    CHECK_FALSE(leaves_rows_to_columns(batch));
}
