// SPDX-License-Identifier: Apache-2.0
// Dates, periods and fiscal years in the writings that departments use; what has two meanings or none is refused.
#include "normalise/date.hpp"
#include "normalise/era.hpp"
#include "normalise/fiscal_year.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

namespace {

const std::vector<std::string> pieces = {"1",    "2",  "9",  "0",  "12",   "31",   "2024", "45000", "年",   "月", "日",
                                         "年度", "代", "-",  "/",  ".",    "〜",   "令和", "昭和",  "R",    "H",  "元",
                                         "十",   "三", "〇", "(",  ")",    "月曜", "現在", "から",  "まで", " ",  "　",
                                         "T",    ":",  "00", "..", "明治", "P",    "M",    "自",    "至"};

}  // namespace

TEST_CASE("all date rows of the reference cases", "[normalise][date]") {
    cases::check_all("date", 86, normalise_date, is_clean_date);
}

TEST_CASE("all fiscal year rows of the reference cases", "[normalise][fiscal_year]") {
    cases::check_all("fiscal_year", 5, normalise_fiscal_year, is_clean_fiscal_year);
}

TEST_CASE("dates in further writings", "[normalise][date]") {
    cases::check_table(
        {
            {"2024-07-01", "2024-07-01 []"},
            {"S.57.3.31", "1982-03-31 []"},
            {"h28.4.1", "2016-04-01 []"},
            {"平成28(2016)年4月1日", "2016-04-01 []"},
            {"平成28年(2015年)4月1日", " [error:invalid-date]"},
            {"二〇二四年七月一日", "2024-07-01 []"},
            {"㋿6年4月1日", "2024-04-01 []"},
            {"20240401", "2024-04-01 []"},
            {"R060401", "2024-04-01 []"},
            // Six digits may be a day: nothing sure where they can be one.
            {"240401", " [error:ambiguous]"},
            {"060401", " [error:ambiguous]"},
            {"200504", " [error:ambiguous]"},
            {"202404", "2024-04 []"},
            {"201813", " [error:invalid-date]"},
            {"24040101", " [error:invalid-date]"},
            // What one end of a range leaves out, the other says.
            {"2024/10/12～13", "2024-10-12/2024-10-13 []"},
            {"2024/10/12(土)～13(日)", "2024-10-12/2024-10-13 []"},
            {"2024年10月12～13日", "2024-10-12/2024-10-13 []"},
            {"令和6年4～6月", "2024-04/2024-06 []"},
            {"2024/10/12～13時", " [error:invalid-date]"},
            // Behind a time a bare number is an hour.
            {"2024/10/12 10:00～15", " [error:invalid-date]"},
            {"2024/10/12 0:00～15", " [error:invalid-date]"},
            {"2024/10/12 10時～15", " [error:invalid-date]"},
            {"2024/10/12 10:00～15.30", " [error:invalid-date]"},
            {"2024/10/12 10:00～2030", " [error:invalid-date]"},
            {"2024/10/12 10:00～15日", "2024-10-12/2024-10-15 [warn:time-dropped]"},
            {"令和6年4月1日現在", "2024-04-01 []"},
            {"2025年11月16日（日曜日）", "2025-11-16 []"},
            {"令和4年7月31日（土）", "2022-07-31 [warn:weekday]"},
            {"令和4年11月3日（木・祝）", "2022-11-03 []"},
            {"2024/07/01 00:00:00", "2024-07-01 []"},
            {"2024-07-01T09:30", "2024-07-01 [warn:time-dropped]"},
            {"2024-07-01T15:00:00Z", " [error:ambiguous]"},
            {"45000.5", "2023-03-15 [excel-serial warn:time-dropped]"},
            {"11/1/2018", " [error:ambiguous]"},
            {"11/25/2018", "2018-11-25 []"},
            {"25/11/2018", "2018-11-25 []"},
            {"5/5/2018", "2018-05-05 []"},
            {"24/7/1", " [error:invalid-date]"},
            {"2024 1 1", " [error:invalid-date]"},
            {"2024/7-1", " [error:invalid-date]"},
            {"4月1日", " [error:invalid-date]"},
            {"随時", " [error:invalid-date]"},
            {"令和4年7月31日、8月1日", "2022-07-31;2022-08-01 []"},
            {"令和4年7月31日、1日", " [error:invalid-date]"},
            {"平成28年4月頃", " [error:invalid-date]"},
            {"令和0年4月1日", " [error:invalid-date]"},
            {"令和13月1日", " [error:invalid-date]"},
            {"令和5年度", " [error:invalid-date]"},
            {"2023-02-29", " [error:invalid-date]"},
            {"", " []"},
            {"　", " []"},
            {"（不明）", " [empty]"},
        },
        normalise_date, is_clean_date);
}

TEST_CASE("ranges of dates", "[normalise][date]") {
    cases::check_table(
        {
            {"令和4年7月31日～8月5日", "2022-07-31/2022-08-05 []"},
            {"令和4年7月30日～31日", "2022-07-30/2022-07-31 []"},
            {"令和4年4月1日から5年3月31日まで", "2022-04-01/2023-03-31 []"},
            {"自 令和4年4月1日 至 令和5年3月31日", "2022-04-01/2023-03-31 []"},
            {"R4.4.1-R5.3.31", "2022-04-01/2023-03-31 []"},
            {"2022/4/1 - 2023/3/31", "2022-04-01/2023-03-31 []"},
            {"2022-04-01～2023-03-31", "2022-04-01/2023-03-31 []"},
            {"令和4年4月1日～", "2022-04-01/.. []"},
            {"令和4年4月1日以降", "2022-04-01/.. []"},
            {"令和5年3月31日まで", "../2023-03-31 []"},
            {"1990年代", "1990/1999 []"},
            {"2000年代", " [error:ambiguous]"},
            {"昭和60年代", "1985/1989 []"},
            {"令和4年12月28日～1月4日", " [error:invalid-date]"},
            {"R5.4.1〜R4.3.31", " [error:invalid-date]"},
            {"〜", " [error:invalid-date]"},
            {"2022～2023～2024", " [error:invalid-date]"},
        },
        normalise_date, is_clean_date);
}

TEST_CASE("every day of every era is read, and one day too far is seen", "[normalise][date]") {
    for (const Era& era : eras) {
        const Day first = era.first < first_solar_day ? first_solar_day : era.first;
        const std::int64_t last = era.name == "令和" ? day_number({2050, 12, 31}) : day_number(era.last);
        for (std::int64_t number = day_number(first); number <= last; number += 7) {
            const Day day = day_of_number(number);
            REQUIRE(day_number(day) == number);
            const int year = day.year - era.first_year + 1;
            const std::string written = std::string(era.name) + (year == 1 ? "元" : std::to_string(year)) + "年" +
                                        std::to_string(day.month) + "月" + std::to_string(day.day) + "日";
            const Normalised result = normalise_date(written);
            INFO(written);
            REQUIRE(result.flags.empty());
            REQUIRE(is_full_date(result.value));
            REQUIRE(std::stoi(result.value) == day.year);
        }
    }
    cases::check_table(
        {
            {"明治45年7月30日", "1912-07-30 []"},
            {"明治45年7月31日", "1912-07-31 [warn:era-range]"},
            {"大正15年12月25日", "1926-12-25 []"},
            {"大正15年12月26日", "1926-12-26 [warn:era-range]"},
            {"昭和元年12月25日", "1926-12-25 []"},
            {"昭和元年12月24日", "1926-12-24 [warn:era-range]"},
            {"昭和64年1月7日", "1989-01-07 []"},
            {"平成元年1月7日", "1989-01-07 [warn:era-range]"},
            {"令和元年4月30日", "2019-04-30 [warn:era-range]"},
            {"平成31年", "2019 []"},
            {"平成32年", "2020 [warn:era-range]"},
            {"昭和64年2月", "1989-02 [warn:era-range]"},
            {"明治4年7月14日", " [error:lunar-calendar]"},
            {"明治元年", "1868 []"},
            {"明治6年1月1日", "1873-01-01 []"},
        },
        normalise_date, is_clean_date);
}

TEST_CASE("periods need both ends", "[normalise][period]") {
    cases::check_table(
        {
            {"R4.4.1〜R5.3.31", "2022-04-01/2023-03-31 []"},
            {"2022-04-01/2023-03-31", "2022-04-01/2023-03-31 []"},
            {"令和4年4月1日～", "2022-04-01/.. []"},
            {"令和5年度", "2023-04-01/2024-03-31 []"},
            {"令和5年度～令和7年度", "2023-04-01/2026-03-31 []"},
            {"平成32年度", "2020-04-01/2021-03-31 [warn:era-range]"},
            {"P3M", "P3M []"},
            {"令和5年4月1日", " [error:invalid-period]"},
            {"通年", " [error:invalid-period]"},
            {"2023-03-31/2022-04-01", " [error:invalid-period]"},
            {"明治4年7月14日～", " [error:lunar-calendar]"},
            {"－", " [empty]"},
        },
        normalise_period, is_clean_period);
}

TEST_CASE("fiscal years", "[normalise][fiscal_year]") {
    cases::check_table(
        {
            {"令和6年度まで", " [error:invalid-fiscal-year]"},
            {"2023", "2023 []"},
            {"2023年度", "2023 []"},
            {"R5", "2023 []"},
            {"令和5(2023)年度", "2023 []"},
            {"令和5年度（2023年度）", "2023 []"},
            {"FY2023", "2023 []"},
            {"R5～R7", "2023/2025 []"},
            {"令和5年度から7年度まで", "2023/2025 []"},
            {"平成元年度", "1989 []"},
            {"平成32年度", "2020 [warn:era-range]"},
            {"昭和64年度", "1989 [warn:era-range]"},
            {"大正15年度", "1926 []"},
            {"23年度", " [error:invalid-fiscal-year]"},
            {"令和5年4月1日", " [error:invalid-fiscal-year]"},
            {"R7～R5", " [error:invalid-fiscal-year]"},
            {"未定", " [empty]"},
        },
        normalise_fiscal_year, is_clean_fiscal_year);
}

TEST_CASE("dates made of anything keep the rules", "[normalise][date]") {
    cases::check_random(pieces, normalise_date, is_clean_date, 60000);
    cases::check_random(pieces, normalise_period, is_clean_period);
    cases::check_random(pieces, normalise_fiscal_year, is_clean_fiscal_year);
}
