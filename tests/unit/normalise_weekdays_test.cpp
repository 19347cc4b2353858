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

TEST_CASE("closed days go out of the set; never the other way round", "[normalise][weekdays]") {
    cases::check_table(
        {
            {"月曜日（祝日の場合は翌日）休館", "火水木金土日 [note:月曜日(祝日の場合は翌日)休館]"},
            {"月曜（定休日）", "火水木金土日 [note:月曜(定休日)]"},
            {"月(休)", "火水木金土日 [note:月(休)]"},
            {"㊊休", "火水木金土日 [note:月休]"},
            {"日曜、祝日、年末年始休館", "月火水木金土 [note:日曜、祝日、年末年始休館]"},
            {"月曜（年末年始）休み", "火水木金土日 [note:月曜(年末年始)休み]"},
            {"土・日・祝日休み", "月火水木金 [note:土・日・祝日休み]"},
            {"日祝休み", "月火水木金土 [note:日祝休み]"},
            {"定休日は毎週水曜日", "月火木金土日 [note:定休日は毎週水曜日]"},
            {"休診日：木曜・日曜・祝日", "月火水金土 [note:休診日:木曜・日曜・祝日]"},
            // Days taken out of a span.
            {"月～金（水曜日は休診）", "月火木金 [note:水曜日は休診]"},
            {"月〜金（水を除く）", "月火木金 [note:水を除く]"},
            {"月～金（祝日・水曜休診）", "月火木金 [note:祝日・水曜休診]"},
            {"月～金、水を除く", "月火木金 []"},
            {"月～金、水曜休診", "月火木金 [note:月～金、水曜休診]"},
            {"月～土（日曜・祝日を除く）", "月火水木金土 [note:日曜・祝日を除く]"},
            {"毎日（月曜休館）", "火水木金土日 [note:月曜休館]"},
            // Some hours or some weeks of a day are not the day.
            {"月～土（木曜午後休診）", "月火水木金土 [note:木曜午後休診]"},
            {"月～金（第2水曜日は休診）", "月火水木金 [note:第2水曜日は休診]"},
            {"月～金（昼休みあり）", "月火水木金 [note:昼休みあり]"},
            {"月曜～金曜　※年末年始は休み", "月火水木金 [note:年末年始は休み]"},
            {"月～金、ただし祝日は休館", "月火水木金 [note:ただし祝日は休館]"},
            // Two readings are none.
            {"月・水・金、日曜休診", " [warn:varies note:月・水・金、日曜休診]"},
            {"日曜・祝日を除く", " [warn:varies note:日曜・祝日を除く]"},
            {"月～金、日曜休診", " [warn:varies note:月～金、日曜休診]"},
            {"月～金・祝日休館", " [warn:varies note:月～金・祝日休館]"},
            {"平日、土曜を除く", " [warn:varies note:平日、土曜を除く]"},
            {"月曜日（祝日の場合は翌日）", " [warn:varies note:月曜日(祝日の場合は翌日)]"},
            {"月曜日（祝日は開館）", " [warn:varies note:月曜日(祝日は開館)]"},
            {"月曜日と第3火曜日休館", " [warn:varies note:月曜日と第3火曜日休館]"},
            {"月曜日、年末年始", " [warn:varies note:月曜日、年末年始]"},
            {"火曜日、祝日の翌日", " [warn:varies note:火曜日、祝日の翌日]"},
            {"火曜日（第1・3）", " [warn:varies note:火曜日(第1・3)]"},
            {"月・水・金（隔週）", " [warn:varies note:月・水・金(隔週)]"},
            {"休日", " [error:not-weekdays]"},
            {"火～日（月曜日が祝日の場合は開館）", "火水木金土日 [note:月曜日が祝日の場合は開館]"},
            // Open days in other words.
            {"毎週月曜日", "月 []"},
            {"毎週月・木", "月木 []"},
            {"土・日・祝のみ", "土日 [note:土・日・祝のみ]"},
            {"開館日：火～日", "火水木金土日 []"},
            {"火曜から日曜まで開館", "火水木金土日 []"},
            {"祝日を除く月～金", "月火水木金 [note:祝日を除く月～金]"},
            {"年末年始を除く毎日", "月火水木金土日 [note:年末年始を除く毎日]"},
            {"隔週月曜日", " [warn:varies note:隔週月曜日]"},
            {"月・水・金（祝日も収集）", "月水金 [note:祝日も収集]"},
        },
        normalise_weekdays, is_clean_weekdays);
}

TEST_CASE("holidays that are closed leave the open days as they are", "[normalise][weekdays]") {
    cases::check_table(
        {
            {"月・火・水・木・金、祝日休診", "月火水木金 [note:祝日休診]"},
            {"月・火・水・木・金 祝日・年末年始は休館", "月火水木金 [note:祝日・年末年始は休館]"},
            {"月、火、水、木、金、祝日休診", "月火水木金 [note:祝日休診]"},
            {"月・水・金、祝日休診", "月水金 [note:祝日休診]"},
            {"火・水・木・金・土・日、年末年始休館", "火水木金土日 [note:年末年始休館]"},
            {"月～金、祝日は休館", "月火水木金 [note:祝日は休館]"},
            {"月～金、祝日休館", "月火水木金 [note:祝日休館]"},
            {"月～金、第3水曜日は休館", "月火水木金 [note:第3水曜日は休館]"},
            {"毎日、年末年始休館", "月火水木金土日 [note:年末年始休館]"},
            {"月・火・水・金、無休", "月火水金 [note:無休]"},
            // Where the closed days begin is not sure, or the reason is not a day.
            {"月、火、水、木、金、土、日、祝休診", " [warn:varies note:月、火、水、木、金、土、日、祝休診]"},
            {"月火水木金、日祝休診", " [warn:varies note:月火水木金、日祝休診]"},
            {"月・水、祝日休診", " [warn:varies note:月・水、祝日休診]"},
            {"月～金、点検のため休館", " [warn:varies note:月～金、点検のため休館]"},
            {"月～金、祝日を除く毎日", " [warn:varies note:月～金、祝日を除く毎日]"},
            {"火木、休日は休み", " [warn:varies note:火木、休日は休み]"},
            {"土日、祝日休み", "月火水木金 [note:土日、祝日休み]"},
            {"水・日・祝休診", "月火木金土 [note:水・日・祝休診]"},
        },
        normalise_weekdays, is_clean_weekdays);
}

TEST_CASE("a remark in brackets takes out only the days that it closes", "[normalise][weekdays]") {
    cases::check_table(
        {
            {"月～金（祝日は休館日）", "月火水木金 [note:祝日は休館日]"},
            {"月～土（施設点検日、年末年始を除く）", "月火水木金土 [note:施設点検日、年末年始を除く]"},
            {"年中無休（元日、大晦日を除く）", "月火水木金土日 [note:元日、大晦日を除く]"},
            {"火曜～日曜（休館日:月曜）", "火水木金土日 [note:休館日:月曜]"},
            {"月～金（定休日　水）", "月火木金 [note:定休日 水]"},
            {"火曜日～日曜日（月曜休館、祝日の場合は翌日）", "火水木金土日 [note:月曜休館、祝日の場合は翌日]"},
            {"月～日（火曜日休館、祝日の場合は翌日）", "月水木金土日 [note:火曜日休館、祝日の場合は翌日]"},
            {"火～日（月曜が祝日の場合は火曜休館）", "火水木金土日 [note:月曜が祝日の場合は火曜休館]"},
            {"月～日（無休）", "月火水木金土日 [note:無休]"},
            {"月・火・木（無休）", "月火木 [note:無休]"},
            {"月・火・木・金（水、土日祝は休み）", "月火木金 [note:水、土日祝は休み]"},
            {"月～金（ただし、土日・祝日を除く。）", "月火水木金 [note:ただし、土日・祝日を除く。]"},
            {"平日（祝日を除く月～金曜日）", "月火水木金 [note:祝日を除く月～金曜日]"},
            {"月～土（第2・4土曜、水曜休診）", "月火木金土 [note:第2・4土曜、水曜休診]"},
            {"月～土（木曜午後、水曜休診）", "月火木金土 [note:木曜午後、水曜休診]"},
            {"月（午前）・木（午後）", "月木 [note:月(午前)・木(午後)]"},
            {"月（午前）・木", " [warn:varies note:月(午前)・木]"},
            {"月（第1）・水（第3）", " [warn:varies note:月(第1)・水(第3)]"},
            {"平日（火～木）", " [warn:varies note:平日(火～木)]"},
            {"月曜（月曜が祝日の場合は翌平日）", " [warn:varies note:月曜(月曜が祝日の場合は翌平日)]"},
        },
        normalise_weekdays, is_clean_weekdays);
}

TEST_CASE("weekdays made of anything keep the rules", "[normalise][weekdays]") {
    cases::check_random({"月",   "火", "日", "曜", "曜日", "～", "から", "まで",   "・", "以外", "毎日",
                         "平日", "(",  ")",  "㊐", "1",    "祝", "休",   "を除く", "、", "毎週"},
                        normalise_weekdays, is_clean_weekdays, 40000);
}
