// SPDX-License-Identifier: Apache-2.0
// One coordinate in all writings; what may be metres or a pair is refused.
#include "normalise/latlon.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("all coordinate rows of the reference cases", "[normalise][latlon]") {
    cases::check_all("latlon", 6, normalise_latlon, is_clean_latlon);
}

TEST_CASE("coordinates in further writings", "[normalise][latlon]") {
    cases::check_table(
        {
            {"36.389049", "36.389049 []"},
            {"36.3890490", "36.3890490 []"},
            {"034.85", "34.85 []"},
            {"+36.5", "36.5 []"},
            {"36.389049°", "36.389049 []"},
            {"N36.389049", "36.389049 []"},
            {"139.060668E", "139.060668 []"},
            {"北緯36度23分20.6秒", "36.3890556 []"},
            {"東経139°03'38.4\"", "139.0606667 []"},
            {"139°03’38.4”", "139.0606667 []"},
            {"36-23-20.6", "36.3890556 []"},
            {"36:23:20.6", "36.3890556 []"},
            {"36 23 20.6", "36.3890556 []"},
            {"３６度２３分２０．６秒", "36.3890556 []"},
            {"35度40分4.8秒", "35.668 []"},
            {"36°23′20.61″", "36.3890583 []"},
            {"36°23′20.612″", "36.38905889 []"},
            {"36°23′20.61234″", "36.3890589833 []"},
            {"36.23.20.61234", "36.3890589833 []"},
            {"362320.61234", "36.3890589833 [format:ddmmss.s]"},
            {"36°23′20.612340000″", "36.38905898333 []"},
            {"36°23.3435390′", "36.38905898333 []"},
            {"36°30'", "36.5 []"},
            {"36°23.343′", "36.38905 []"},
            {"36°", "36 []"},
            {"363334", "36.5594444 [format:ddmmss]"},
            {"1363834", "136.6427778 [format:dddmmss]"},
            {"363334.5", "36.5595833 [format:ddmmss.s]"},
            {"南緯36度30分", "-36.5 []"},
            {"0", "0 []"},
            {"0.0", "0.0 []"},
            {"-0.0", "0.0 []"},
            {"36.5,139.0", " [error:pair]"},
            {"34.34092056, 134.04522972", " [error:pair]"},
            {"200.5", " [error:out-of-range]"},
            {"43300.12", " [error:out-of-range]"},
            {"367234", " [error:out-of-range]"},
            {"36°75′00″", " [error:not-a-coordinate]"},
            {"36.5度30分", " [error:not-a-coordinate]"},
            {"36,389049", " [error:not-a-coordinate]"},
            {"54STD55136095", " [error:not-a-coordinate]"},
            {"コミュニティ確認済みアイコン", " [error:not-a-coordinate]"},
            {"-", " [empty]"},
            {"", " []"},
        },
        normalise_latlon, is_clean_latlon);
}

TEST_CASE("every second of a degree converts to the nearest 10^-7", "[normalise][latlon]") {
    for (int seconds = 0; seconds < 3600; seconds += 7) {
        const std::string text = "139°" + std::to_string(seconds / 60) + "′" + std::to_string(seconds % 60) + "″";
        const double wanted = 139.0 + seconds / 3600.0;
        INFO(text);
        REQUIRE(std::abs(std::stod(normalise_latlon(text).value) - wanted) <= 0.5000001e-7);
    }
}

TEST_CASE("coordinates made of anything keep the rules", "[normalise][latlon]") {
    cases::check_random({"1",  "3",  "36", "139", "0",    "59",   "60", ".", "-", "°",      "′",       "″", "度",
                         "分", "秒", "N",  "E",   "北緯", "西経", " ",  "/", ":", "363334", "9999999", ","},
                        normalise_latlon, is_clean_latlon, 60000);
}

TEST_CASE("The way a coordinate is written says how many decimals of a degree it can tell", "[normalise][latlon]") {
    CHECK(latlon_decimals("36.3890490") == 7);
    CHECK(latlon_decimals("３６．３８") == 2);
    CHECK(latlon_decimals("36°23′20.0″") == 7);
    CHECK(latlon_decimals("36°23′20.000″") == 8);
    CHECK(latlon_decimals("北緯36度23.34354分") == 9);
    CHECK(latlon_decimals("不明") == 0);
}
