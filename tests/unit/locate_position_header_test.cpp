// SPDX-License-Identifier: Apache-2.0
// What headers say of a position, and which two columns are one.
#include "locate/position_header.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using Headers = std::vector<std::string_view>;

namespace {

HeaderAxis axis_of(std::string_view header) {
    return read_position_header(header).axis;
}

std::string pair_of(const Headers& headers, PairKind kind = PairKind::degrees) {
    const auto pair = position_pair(headers, kind);
    return pair ? std::string(headers[pair->first]) + " " + std::string(headers[pair->second]) : std::string();
}

}  // namespace

TEST_CASE("Headers of the two axes of a survey", "[locate][crs]") {
    for (const char* header : {"X",
                               "Ｘ座標",
                               "X座標（m）",
                               "x_coord",
                               "北距",
                               "平面直角座標X",
                               "公共座標Ｘ",
                               "座標_X",
                               "座標X(m)",
                               "測量X",
                               "測量座標X",
                               "N座標",
                               "X(N)",
                               "北(X)",
                               "Y(北)",
                               "平面直角座標系（第9系）X",
                               "世界測地系_X座標",
                               "pointX",
                               "Northing (m)",
                               "施設X座標",
                               "位置X",
                               "地点X(m)",
                               "南北座標"}) {
        CAPTURE(header);
        CHECK(axis_of(header) == HeaderAxis::x);
        CHECK_FALSE(read_position_header(header).weak);
    }
    for (const char* header : {"Y", "Y座標", "Y座標[m]", "POINT_Y", "東距", "平面直角座標系Y座標", "E座標", "X(東)"}) {
        CAPTURE(header);
        CHECK(axis_of(header) == HeaderAxis::y);
    }
    for (const char* header : {"東西", "南北", "N", "E", "北"}) {
        CAPTURE(header);
        CHECK(read_position_header(header).weak);
    }
    for (const char* header : {"XY", "X軸", "X線", "Year", "平面直角座標系", "系番号", "緯度経度", "東京都",
                               "画像X座標", "", "E-mail", "platform"}) {
        CAPTURE(header);
        CHECK(axis_of(header) == HeaderAxis::none);
    }
    CHECK(axis_of("東京X座標") == HeaderAxis::x);
    CHECK(axis_of("Y（緯度）") == HeaderAxis::latitude);
    CHECK(axis_of(std::string(100'000, 'x')) == HeaderAxis::none);
}

TEST_CASE("A header names the datum in many words", "[locate][crs]") {
    const auto datum_of = [](std::string_view header) { return read_position_header(header).datum; };
    for (const char* header : {"緯度(日本測地系)", "緯度（旧測地系）", "緯度_tokyo", "緯度(Tokyo)", "旧日本測地系 緯度",
                               "日本測地系緯度", "緯度（日本）", "lat_tokyo", "緯度 Tokyo Datum"}) {
        CAPTURE(header);
        CHECK(datum_of(header) == Datum::tokyo);
        CHECK(read_position_header(header).rest.empty());
        CHECK(read_position_header(header).system()->code == 4301);
    }
    for (const char* header : {"緯度(世界測地系)", "緯度（世界）", "緯度(JGD2011)", "緯度_WGS84", "緯度 WGS 84",
                               "緯度(日本測地系2011)", "緯度（世界測地系 測地成果2011）"}) {
        CAPTURE(header);
        CHECK(datum_of(header) == Datum::jgd2011);
        CHECK(read_position_header(header).rest.empty());
    }
    CHECK(datum_of("緯度(JGD2000)") == Datum::jgd2000);
    CHECK(datum_of("緯度（世界測地系・JGD2000）") == Datum::jgd2000);
    CHECK(datum_of("緯度(日本測地系2000)") == Datum::jgd2000);
    CHECK_FALSE(datum_of("緯度"));
    CHECK_FALSE(datum_of("緯度（日本測地系・世界測地系）"));
    CHECK(read_position_header("X座標（世界測地系第9系）").system()->code == 6677);
    CHECK(read_position_header("X座標（日本測地系 Ⅸ系）").system()->code == 30169);
    CHECK(read_position_header("X座標(EPSG:2451)").system()->code == 2451);
    CHECK_FALSE(read_position_header("X座標（第9系）").system());
    CHECK_FALSE(read_position_header("X座標（第20系）").zone != 0);
}

TEST_CASE("Two columns are a pair where their headers agree", "[locate][crs]") {
    CHECK(pair_of({"緯度(日本測地系)", "経度(世界測地系)"}).empty());
    CHECK(pair_of({"緯度(Tokyo)", "経度(Tokyo)", "緯度(JGD2011)", "経度(JGD2011)"}) == "緯度(JGD2011) 経度(JGD2011)");
    CHECK(pair_of({"緯度(日本測地系)", "経度(世界測地系)", "経度(日本測地系)"}) == "緯度(日本測地系) 経度(日本測地系)");
    CHECK(pair_of({"緯度", "経度", "旧緯度", "旧経度"}) == "緯度 経度");
    CHECK(pair_of({"駐車場緯度", "駐車場経度", "施設緯度", "施設経度"}) == "施設緯度 施設経度");
    CHECK(pair_of({"駐車場緯度", "施設経度"}).empty());
    CHECK(pair_of({"世界測地系_緯度", "経度"}) == "世界測地系_緯度 経度");  // a merged head
    CHECK(pair_of({"緯度（例：35.12）", "経度（例：139.12）"}) == "緯度（例：35.12） 経度（例：139.12）");
    CHECK(pair_of({"始点緯度", "始点経度", "終点緯度", "終点経度"}).empty());  // begin and end of a line
    CHECK(pair_of({"緯度_度", "緯度_分", "緯度_秒", "経度_度", "経度_分", "経度_秒"}).empty());
    CHECK(pair_of({"緯度(度)", "経度(度)"}) == "緯度(度) 経度(度)");
    CHECK(pair_of({"緯度", "緯度", "経度"}).empty());

    const PairKind plane = PairKind::plane;
    CHECK(pair_of({"番号", "北距", "東距"}, plane) == "北距 東距");
    CHECK(pair_of({"番号", "X", "名称"}, plane).empty());
    CHECK(pair_of({"X", "X座標", "Y"}, plane).empty());  // which of the two?
    CHECK(pair_of({"X座標(日本測地系)", "Y座標(日本測地系)", "X座標(世界測地系)", "Y座標(世界測地系)"}, plane) ==
          "X座標(世界測地系) Y座標(世界測地系)");
    CHECK(pair_of({"X1", "Y1", "X2", "Y2"}, plane).empty());
    CHECK(pair_of({"東西", "南北"}, plane).empty());
    CHECK(pair_of({"東西", "南北"}, PairKind::plane_by_weak_words) == "南北 東西");
    CHECK(pair_of({"Y(北)", "X(東)"}, plane) == "Y(北) X(東)");
}
