// SPDX-License-Identifier: Apache-2.0
// Times of day: what has one reading becomes HH:MM, noon-or-midnight and next-day hours are refused.
#include "normalise/time.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("all time rows of the reference cases", "[normalise][time]") {
    cases::check_all("time", 9, normalise_time, is_clean_time);
}

TEST_CASE("times in further writings", "[normalise][time]") {
    cases::check_table(
        {
            {"9:00", "09:00 []"},
            {"９：００", "09:00 []"},
            {"0900", "09:00 []"},
            {"900", "09:00 []"},
            {"午前8時30分", "08:30 []"},
            {"午後5時", "17:00 []"},
            {"午後0時30分", "12:30 []"},
            {"午後12時", " [error:ambiguous]"},
            {"午前12時", " [error:ambiguous]"},
            {"12:30 PM", "12:30 []"},
            {"12 AM", "00:00 []"},
            {"PM5", "17:00 []"},
            {"午前13時", " [error:invalid-time]"},
            {"午後13時", "13:00 []"},
            {"十七時十五分", "17:15 []"},
            {"17:15:30", "17:15:30 []"},
            {"0.5", "12:00 [excel-serial]"},
            {"0.354166666666667", "08:30 [excel-serial]"},
            {"0.99999", "23:59 [excel-serial]"},
            {"0.718749", "17:15 [excel-serial]"},
            {"24時", "24:00 [warn:end-of-day]"},
            {"24:30", " [error:invalid-time]"},
            {"9", " [error:invalid-time]"},
            {"9.30", " [error:invalid-time]"},
            {"9:5", " [error:invalid-time]"},
            {"9:60", " [error:invalid-time]"},
            {"9:00頃", " [error:invalid-time]"},
            {"随時", " [error:invalid-time]"},
            {"翌1:00", " [error:invalid-time]"},
            {"なし", " [empty]"},
            {"", " []"},
        },
        normalise_time, is_clean_time);
}

TEST_CASE("ranges of times", "[normalise][time]") {
    cases::check_table(
        {
            {"9:00-17:00", "09:00/17:00 []"},
            {"午前9時から午後5時まで", "09:00/17:00 []"},
            {"午後1時～5時", "13:00/17:00 []"},
            {"午後1時～17時", "13:00/17:00 []"},
            {"午前9時～11時30分", "09:00/11:30 []"},
            {"午前9時～5時", " [error:ambiguous]"},
            {"午後10時～2時", " [error:ambiguous]"},
            {"22:00～5:00", "22:00/05:00 []"},
            // Midnight has one reading.
            {"10:00～0:00", "10:00/00:00 []"},
            {"午後6時～午前0時", "18:00/00:00 []"},
            {"午後6時～0時", "18:00/00:00 []"},
            {"午後1時～0時30分", " [error:ambiguous]"},
            {"0:00～24:00", "00:00/24:00 [warn:end-of-day]"},
            {"8:30～", "08:30/.. []"},
            {"～17:00", "../17:00 []"},
            {"17時まで", "../17:00 []"},
            {"9:00AM-5:00PM", "09:00/17:00 []"},
            {"9:00-12:00、13:00-17:00", " [error:invalid-time]"},
            {"～", " [error:invalid-time]"},
        },
        normalise_time, is_clean_time);
}

TEST_CASE("a time column holds one clock time", "[normalise][time]") {
    CHECK(is_clock_time("00:00"));
    CHECK(is_clock_time("23:59:59"));
    CHECK_FALSE(is_clock_time("24:00"));
    CHECK_FALSE(is_clock_time("9:00"));
    CHECK_FALSE(is_clock_time("09:00/17:00"));
}

TEST_CASE("times made of anything keep the rules", "[normalise][time]") {
    cases::check_random({"1",  "2",  "9",  "0", "12", "24", ":", "：",   "時",   "分",  "半", "午前", "午後", "正午",
                         "PM", "am", "〜", "-", "/",  "..", " ", "から", "まで", "0.5", ".",  "十",   "秒",   "00"},
                        normalise_time, is_clean_time, 60000);
}
