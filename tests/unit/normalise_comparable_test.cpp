// SPDX-License-Identifier: Apache-2.0
#include "normalise/comparable.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;

TEST_CASE("Amounts are read as people write them, or not at all", "[normalise][comparable]") {
    CHECK(amount_in("1234") == 1234.0);
    CHECK(amount_in(" 1,234.5 ") == 1234.5);
    CHECK(amount_in("47.85 %") == 47.85);
    CHECK(amount_in("１２％") == 12.0);
    CHECK_FALSE(amount_in(""));
    CHECK_FALSE(amount_in("－"));
    CHECK_FALSE(amount_in("なし"));
    CHECK_FALSE(amount_in(std::string(100'000, '1') + "a"));
}

TEST_CASE("Days and times are told apart, beyond midnight too", "[normalise][comparable]") {
    const auto day = moment_in("2026-04-01");
    REQUIRE(day);
    CHECK(day->of == Moment::Of::calendar);
    CHECK(moment_in("令和8年4月1日")->value == day->value);
    CHECK(moment_in("2026-04-02")->value > day->value);
    const auto time = moment_in("25:30");
    REQUIRE(time);
    CHECK(time->of == Moment::Of::clock);
    CHECK(time->value == 25 * 60 + 30);
    CHECK(moment_in("午後5時15分")->value == 17 * 60 + 15);
    for (const char* const text : {"", "2026-04", "2026-04-01/2026-05-01", "09:00/17:00", "春", "09:75"}) {
        CHECK_FALSE(moment_in(text));
    }
}
