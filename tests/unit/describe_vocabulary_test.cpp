// SPDX-License-Identifier: Apache-2.0
#include "describe/vocabulary.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("only http and https are addresses", "[describe]") {
    CHECK(web_address("https://www.example.jp/a?b=1&c=日本") == "https://www.example.jp/a?b=1&c=日本");
    CHECK(web_address("http://example.jp") == "http://example.jp");
    CHECK(web_address("javascript:alert(1)").empty());
    CHECK(web_address(" https://example.jp").empty());
    CHECK(web_address("https://example.jp/\"onclick=").empty());
    CHECK(web_address("https://example.jp/\nx").empty());
    CHECK(web_address("data:text/html,x").empty());
    CHECK(web_address("").empty());
    CHECK(folder_address("https://example.jp/c") == "https://example.jp/c/");
    CHECK(folder_address("ftp://example.jp/").empty());
}

TEST_CASE("update frequencies are recognised in their usual spellings", "[describe]") {
    CHECK(frequency_code("年1回") == "ANNUAL");
    CHECK(frequency_code("年１回") == "ANNUAL");
    CHECK(frequency_code("１回／年") == "ANNUAL");
    CHECK(frequency_code("毎月") == "MONTHLY");
    CHECK(frequency_code("随時") == "IRREG");
    CHECK(frequency_code("気が向いたとき").empty());
    CHECK(frequency_code("").empty());
}

TEST_CASE("intervals and dates", "[describe]") {
    CHECK(interval_of("2024-04-01/2025-03-31").end == "2025-03-31");
    CHECK(interval_of("2021-04/2022-03").start == "2021-04");
    CHECK(interval_of("2024-04-01/").end.empty());
    CHECK(interval_of("2024").end == "2024");
    CHECK(interval_of("令和6年度").start.empty());
    CHECK(xsd_date_type("2024-04-01") == "xsd:date");
    CHECK(xsd_date_type("2024-04") == "xsd:gYearMonth");
    CHECK(xsd_date_type("2024") == "xsd:gYear");
    CHECK(xsd_date_type("2024/04/01").empty());
}

TEST_CASE("paths and formats", "[describe]") {
    CHECK(url_path("a b/公.csv") == "a%20b/%E5%85%AC.csv");
    CHECK(url_path("x\"<y") == "x%22%3Cy");
    CHECK(format_info("csv").media_type == "text/csv");
    CHECK(format_info("partner:iko-yo").file_type == "XLSX");
    CHECK(format_info("new-one").label == "new-one");
    CHECK(licence_authority("CC-BY-4.0") == "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0");
    CHECK(licence_authority("PDL-1.0").empty());
}
