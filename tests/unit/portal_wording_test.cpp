// SPDX-License-Identifier: Apache-2.0
#include "portal/wording.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("numbers and sizes as people read them", "[portal]") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1,000");
    CHECK(grouped(1234567) == "1,234,567");
    CHECK(size_words(1023) == "1023 バイト");
    CHECK(size_words(1024) == "1.0 KB");
    CHECK(size_words(19558) == "19.0 KB");
    CHECK(size_words(5ULL << 20U) == "5.0 MB");
    CHECK(size_words(3ULL << 40U) == "3.0 TB");
}

TEST_CASE("long addresses are cut after a whole part", "[portal]") {
    CHECK(short_address("https://www.example.jp/") == "www.example.jp/");
    CHECK(short_address(
              "https://github.com/yaizu-city/opendata/blob/e2393df49f76c121b65e95650222f99d329e349c/data/x.shp") ==
          "github.com/yaizu-city/opendata/blob/…");
    CHECK(short_address("紙の資料") == "紙の資料");
    CHECK(short_address(std::string(100, 'x')) == std::string(100, 'x'));
}

TEST_CASE("the title of a finding code leaves the single value out", "[portal]") {
    CHECK(finding_title("date-unreadable") == "日付として読めません");
    CHECK(finding_title("required-missing") == "項目が空です");
    CHECK(finding_title("empty-marker") == "「…」を空欄とみなしました");
    CHECK(finding_title("no-such-code") == "no-such-code");
}

TEST_CASE("words for types and needs", "[portal]") {
    CHECK(type_words("integer") == "整数");
    CHECK(type_words("geopoint") == "geopoint");
    CHECK(requirement_words(Requirement::likely_required) == "必須");
    CHECK(requirement_words(Requirement::unknown).empty());
}
