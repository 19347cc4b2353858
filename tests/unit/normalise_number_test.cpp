// SPDX-License-Identifier: Apache-2.0
// Numbers: digits as they were written, units taken off when known, words and half-known forms refused.
#include "normalise/number.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("all number rows of the reference cases", "[normalise][number]") {
    cases::check_all("number", 14, normalise_number, is_clean_number);
}

TEST_CASE("numbers in further writings", "[normalise][number]") {
    cases::check_table(
        {
            {"32,500 ", "32500 []"},
            {"16人", "16 [unit:人]"},
            {"9ｍ", "9 [unit:m]"},
            {"1,200㎡", "1200 [unit:㎡]"},
            {"45.6％", "45.6 [unit:%]"},
            {"￥1,000", "1000 [unit:円]"},
            {"φ75", "75 []"},
            {"〇", "0 []"},
            {"〇〇", " [error:not-a-number]"},
            {"Φ１５０ｍｍ", "150 [unit:mm]"},
            {"1,234千円", "1234000 [unit:円]"},
            {"3億5千万円", "350000000 [unit:円]"},
            {"3.5万人", "35000 [unit:人]"},
            {"1億2,345万6,789", "123456789 []"},
            {"千二百三十四", "1234 []"},
            {"二〇二四", "2024 []"},
            {"壱拾万円", "100000 [unit:円]"},
            {"△５", "-5 []"},
            {"−1.5", "-1.5 []"},
            {"＋3", "3 []"},
            {"-0", "0 []"},
            {"-0.00", "0.00 []"},
            {"007", "7 []"},
            {".5", "0.5 []"},
            {"5.", "5 []"},
            {"1.2E+05", "120000 []"},
            {"1.5E-3", "0.0015 []"},
            {"100人程度", "100 [unit:人 warn:approximate]"},
            {"123456789012345678901234567890", "123456789012345678901234567890 []"},
            {"x", " [empty suppressed]"},
            {"なし", " [empty]"},
            {"12,34", " [error:thousands-separator]"},
            {"1234,567", " [error:thousands-separator]"},
            {"1号認定 20、2・3号認定 35", " [error:not-a-number]"},
            {"100以上", " [error:not-a-number]"},
            {"3丁目", " [error:not-a-number]"},
            {"一部", " [error:not-a-number]"},
            {"十百", " [error:not-a-number]"},
            {"①", " [error:not-a-number]"},
            {"10²", " [error:not-a-number]"},
            {"½", " [error:not-a-number]"},
            {"1 234", " [error:not-a-number]"},
            {"1-2", " [error:not-a-number]"},
            {"99999999999兆", " [error:not-a-number]"},
            {"(1,200)", " [error:not-a-number]"},
            {"", " []"},
        },
        normalise_number, is_clean_number);
}

TEST_CASE("integers are numbers without a fraction", "[normalise][number]") {
    CHECK(is_clean_integer("-12"));
    CHECK_FALSE(is_clean_integer("12.0"));
    CHECK_FALSE(is_clean_integer("012"));
    CHECK_FALSE(is_clean_integer(""));
    CHECK_FALSE(is_clean_number("-0"));
    CHECK_FALSE(is_clean_number("1."));
}

TEST_CASE("numbers made of anything keep the rules", "[normalise][number]") {
    cases::check_random({"1",  "2",  "0",  "5",  "12", ",",    ".", "-", "▲", "万", "億", "兆",        "千", "百", "十",
                         "三", "〇", "人", "円", "約", "程度", "E", "+", "¥", "/",  " ",  "999999999", "㎡", "m",  "x"},
                        normalise_number, is_clean_number, 60000);
}
