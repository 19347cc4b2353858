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
            {"土日祝", "土日 [note:土日祝]"},
            {"月～金（祝日を除く）", "月火水木金 [note:祝日を除く]"},
            {"月～金、祝日を除く", "月火水木金 [note:祝日を除く]"},
            {"土、日、祝日を除く", " [warn:varies note:土、日、祝日を除く]"},
            {"毎日（年末年始を除く）", "月火水木金土日 [note:年末年始を除く]"},
            {"月～金、第2・4土曜", "月火水木金 [note:第2・4土曜]"},
            {"第2・第4月曜日", " [warn:varies note:第2・第4月曜日]"},
            {"月～金 9:00～17:00、土 9:00～12:00", " [warn:varies note:月～金 9:00～17:00、土 9:00～12:00]"},
            {"火曜定休", "月水木金土日 [note:火曜定休]"},
            {"月曜日は休館（祝日の場合は翌日）", "火水木金土日 [note:月曜日は休館(祝日の場合は翌日)]"},
            {"平日のみ", "月火水木金 []"},
            {"月火災時", " [error:not-weekdays]"},
            {"土地", " [error:not-weekdays]"},
            {"日中", " [error:not-weekdays]"},
            {"月1回", " [error:not-weekdays]"},
            {"月2回", " [error:not-weekdays]"},
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
