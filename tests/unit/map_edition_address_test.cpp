// SPDX-License-Identifier: Apache-2.0
#include "map/edition_address.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

namespace {

/// Town and number, divided by `|`; `?` where they are not known.
std::string divided(std::string_view rest) {
    const AddressParts parts = divide_address("静岡県焼津市" + std::string(rest), "静岡県", "焼津市");
    CHECK(parts.lg_code == "222127");
    return parts.divided ? parts.town + "|" + parts.number : "?";
}

std::string place(std::string_view address, std::string_view prefecture, std::string_view city) {
    const AddressParts parts = divide_address(address, prefecture, city);
    return parts.lg_code + " " + parts.prefecture + parts.city;
}

}  // namespace

TEST_CASE("town and number where the writing leaves one reading", "[map][editions]") {
    CHECK(divided("石津728番地2") == "石津|728-2");
    CHECK(divided("石津港町42番地1") == "石津港町|42-1");
    CHECK(divided("中根新田638") == "中根新田|638");
    CHECK(divided("田尻1535-1") == "田尻|1535-1");
    CHECK(divided("駅北5丁目2-11") == "駅北五丁目|2-11");
    CHECK(divided("駅北５丁目２番１１号") == "駅北五丁目|2-11");
    CHECK(divided("青葉町一丁目1-2") == "青葉町一丁目|1-2");
    CHECK(divided("栄町12丁目") == "栄町十二丁目|");
    CHECK(divided("北24条西7丁目1-10") == "北二十四条西七丁目|1-10");
    CHECK(divided("本町2番16号 ○○ビル1階") == "本町|2-16");
    CHECK(divided("石津") == "石津|");
    CHECK(divided("本町2-16-32") == "本町二丁目|16-32");  // 本町 has nothing but 丁目
    CHECK(divided("石津甲123") == "石津|甲123");
}

TEST_CASE("what has two readings, or is of another kind, is not divided", "[map][editions]") {
    CHECK(divided("架空町2-16-32") == "?");  // 二丁目16-32, or 2番16-32
    CHECK(divided("本町5") == "?");
    CHECK(divided("石津728番地2ほか") == "?");
    CHECK(divided("第3地割12-1") == "?");
    CHECK(divided("烏丸通御池上る12番地") == "?");
    CHECK(divided("架空甲123") == "?");
    CHECK(divided("石津港町（新港）42番地") == "?");
    CHECK(divided("") == "?");
}

TEST_CASE("an address may leave out what its publisher says", "[map][editions]") {
    CHECK(place("焼津市本町1", "静岡県", "焼津市") == "222127 静岡県焼津市");
    CHECK(place("府中市宮町1", "東京都", "府中市") == "132063 東京都府中市");
    CHECK(place("池田町本郷1", "岐阜県", "揖斐郡池田町") == "214043 岐阜県揖斐郡池田町");
    CHECK(place("池田町1-1", "岐阜県", "大垣市") == " ");  // a town of another city
    CHECK(place("本町1-1", "静岡県", "焼津市") == " ");
    CHECK(place("愛知県名古屋市中区三の丸", "静岡県", "焼津市") == "231061 愛知県名古屋市中区");
}

TEST_CASE("numbers in kanji", "[map][editions]") {
    CHECK(kanji_number(1) == "一");
    CHECK(kanji_number(10) == "十");
    CHECK(kanji_number(19) == "十九");
    CHECK(kanji_number(24) == "二十四");
    CHECK(kanji_number(90) == "九十");
}
