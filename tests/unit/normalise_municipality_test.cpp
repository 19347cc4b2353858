// SPDX-License-Identifier: Apache-2.0
#include "normalise/municipality.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

namespace {

std::string code_of(std::string_view text, std::string_view prefecture = {}) {
    const auto found = municipality_at_start(text, prefecture);
    return found ? std::string(found->lg_code) + " " + std::string(found->prefecture) + found->name : "-";
}

}  // namespace

TEST_CASE("an address begins with its municipality", "[normalise][municipality]") {
    CHECK(code_of("群馬県前橋市大手町") == "102016 群馬県前橋市");
    CHECK(code_of("北海道札幌市厚別区青葉町") == "011088 北海道札幌市厚別区");
    CHECK(code_of("札幌市青葉町") == "011002 北海道札幌市");
    CHECK(code_of("東京都千代田区霞が関") == "131016 東京都千代田区");
    CHECK(code_of("沖縄県与那国町") == "473821 沖縄県八重山郡与那国町");
    CHECK(code_of("群馬県吾妻郡東吾妻町大字原町") == "104299 群馬県吾妻郡東吾妻町");
    CHECK(municipality_at_start("静岡県焼津市本町")->length == std::string_view("静岡県焼津市").size());
}

TEST_CASE("small and large ke are alike", "[normalise][municipality]") {
    CHECK(code_of("茨城県龍ヶ崎市") == "082082 茨城県龍ケ崎市");
    CHECK(code_of("神奈川県茅ケ崎市") == "142077 神奈川県茅ヶ崎市");
}

TEST_CASE("what could be two municipalities, or none, is not answered", "[normalise][municipality]") {
    CHECK(code_of("府中市宮町") == "-");  // of Tokyo and of Hiroshima
    CHECK(code_of("府中市宮町", "東京都") == "132063 東京都府中市");
    CHECK(code_of("池田町1-1") == "-");  // may be a town within a city
    CHECK(code_of("池田町1-1", "岐阜県") == "214043 岐阜県揖斐郡池田町");
    CHECK(code_of("群馬県石津") == "-");
    CHECK(code_of("静岡県前橋市") == "-");
    CHECK(code_of("") == "-");
    CHECK(code_of("102016") == "-");
}
