// SPDX-License-Identifier: Apache-2.0
// Days of the week as a set; what a set cannot say is refused.
#include "normalise/weekdays.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("weekdays in the writings of the generator and the corpus", "[normalise][weekdays]") {
    cases::check_table(
        {
            {"月火水木金", "月火水木金 []"},
            {"月～金", "月火水木金 []"},
            {"月・火・水・木・金", "月火水木金 []"},
            {"月、火、水、木、金", "月火水木金 []"},
            {"毎日", "月火水木金土日 []"},
            {"平日", "月火水木金 []"},
            {"火曜日から日曜日", "火水木金土日 []"},
            {"火曜日から日曜日まで", "火水木金土日 []"},
            {"金月", "月金 []"},
            {"土～月", "月土日 []"},
            {"月曜日以外", "火水木金土日 []"},
            {"月曜日を除く毎日", "火水木金土日 []"},
            {"㈪㈬㈮", "月水金 []"},
            {"㊏㊐", "土日 []"},
            {"月曜日と水曜日", "月水 []"},
            {"日曜日", "日 []"},
            {"平日・土", "月火水木金土 []"},
            {"土日祝", " [error:holidays]"},
            {"月～金（祝日を除く）", " [error:holidays]"},
            {"第2・第4月曜日", " [error:not-weekdays]"},
            {"月1回", " [error:not-weekdays]"},
            {"毎日以外", " [error:not-weekdays]"},
            {"不定期", " [error:not-weekdays]"},
            {"－", " [empty]"},
            {"", " []"},
        },
        normalise_weekdays, is_clean_weekdays);
    CHECK_FALSE(is_clean_weekdays("金月"));
    CHECK_FALSE(is_clean_weekdays(""));
}

TEST_CASE("weekdays made of anything keep the rules", "[normalise][weekdays]") {
    cases::check_random(
        {"月", "火", "日", "曜", "曜日", "～", "から", "まで", "・", "以外", "毎日", "平日", "(", ")", "㊐", "1", "祝"},
        normalise_weekdays, is_clean_weekdays, 40000);
}
