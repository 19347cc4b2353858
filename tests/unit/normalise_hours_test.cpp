// SPDX-License-Identifier: Apache-2.0
// Opening hours: the cases are in tests/data/cell-cases.csv; here what must hold for anything.
#include "normalise/hours.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("hours in the writings of departments", "[normalise][hours]") {
    REQUIRE(cases::read("hours", "cell-cases.csv").size() >= 60);
    cases::check_table(
        {
            {"9:00～12:00\n13:00～17:00", "09:00/12:00;13:00/17:00 []"},
            {"開館時間\n9:00～17:00\n（入館は16:30まで）", "09:00/17:00 [note:入館は16:30まで]"},
            {"利用時間 24時間 ※夜間は要連絡", "00:00/24:00 [warn:end-of-day note:夜間は要連絡]"},
            {"午前9時～午後5時（ただし、12月～2月は午後4時まで）", "09:00/17:00 [note:ただし、12月～2月は午後4時まで]"},
            // An hour of the afternoon, or a night.
            {"9時～5時", " [error:ambiguous]"},
            {"8:30～5:00", " [error:ambiguous]"},
            {"10:00～03:00", "10:00/03:00 []"},
            {"18:00～2:00", "18:00/02:00 []"},
            {"午後1時～5時", "13:00/17:00 []"},
            {"9:00～17:00(", "09:00/17:00 [note:(]"},
            {"\xE3\x81", " [error:encoding]"},
            {"", " []"},
        },
        normalise_hours, is_clean_hours);
    CHECK(is_clean_hours("09:00/17:00"));
    CHECK(is_clean_hours("09:00/.."));
    CHECK_FALSE(is_clean_hours("09:00"));
    CHECK_FALSE(is_clean_hours("09:00/09:00"));
    CHECK_FALSE(is_clean_hours("13:00/17:00;09:00/12:00"));
    CHECK_FALSE(is_clean_hours("09:00/12:00;"));
    CHECK_FALSE(is_clean_hours(""));
}

TEST_CASE("hours made of anything keep the rules", "[normalise][hours]") {
    cases::check_random({"9:00", "17:00", "9時", "17時", "～", "-",    "から",   "まで", "午前", "午後", "正午", "翌",
                         "、",   "（",    "）",  "(",    ")",  "土日", "24時間", "終日", "/",    ";",    "..",   "半",
                         "1",    "0",     ":",   " ",    "　", "AM",   "pm",     "休",   "十",   "分"},
                        normalise_hours, is_clean_hours, 30000);
}
