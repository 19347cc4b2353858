// SPDX-License-Identifier: Apache-2.0
// Yes and no; a third value or a condition is refused.
#include "normalise/flag.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("all flag rows of the reference cases", "[normalise][flag]") {
    cases::check_all("flag", 10, normalise_flag, is_clean_flag);
}

TEST_CASE("flags in further writings", "[normalise][flag]") {
    cases::check_table(
        {
            {" 有 ", "1 []"},
            {"あり", "1 []"},
            {"◯", "1 []"},
            {"YES", "1 []"},
            {"ＴＲＵＥ", "1 []"},
            {"☑", "1 []"},
            {"1.0", "1 []"},
            {"無し", "0 []"},
            {"なし", "0 []"},
            {"×", "0 []"},
            {"✕", "0 []"},
            {"０", "0 []"},
            {"△", " [error:not-a-flag]"},
            {"◎", " [error:not-a-flag]"},
            {"有（要予約）", " [error:not-a-flag]"},
            {"一部あり", " [error:not-a-flag]"},
            {"2", " [error:not-a-flag]"},
            {"不明", " [empty]"},
            {"", " []"},
            {"1\xFF", " [error:encoding]"},
        },
        normalise_flag, is_clean_flag);
}

TEST_CASE("flags made of anything keep the rules", "[normalise][flag]") {
    cases::check_random({"○", "×", "有", "無", "あり", "1", "0", ".", "-", "true", " ", "　", "△"}, normalise_flag,
                        is_clean_flag);
}
