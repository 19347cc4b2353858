// SPDX-License-Identifier: Apache-2.0
// Prefectures out of codes and names.
#include "model/prefecture.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("A municipality's code leads to its prefecture's", "[model][prefecture]") {
    CHECK(prefecture_code("102016") == "100005");
    CHECK(prefecture_code("131091") == "130001");
    CHECK(prefecture_code("011002") == "010006");
    CHECK(prefecture_code("472018") == "470007");
    CHECK(prefecture_code("222127") == "220001");
    CHECK(prefecture_code("10201") == "100005");
    CHECK(prefecture_code("100005") == "100005");
    for (const char* wrong : {"", "48", "482010", "000000", "10201a", "1020160", "前橋市"}) {
        INFO(wrong);
        CHECK(prefecture_code(wrong).empty());
    }
}

TEST_CASE("Names are taken apart after the prefecture", "[model][prefecture]") {
    CHECK(prefecture_name("群馬県前橋市") == "群馬県");
    CHECK(prefecture_name("102016") == "群馬県");
    CHECK(prefecture_name("神奈川県") == "神奈川県");
    CHECK(prefecture_name("京都府京都市") == "京都府");
    CHECK(prefecture_name("前橋市").empty());
    CHECK(prefecture_name("").empty());
    CHECK(municipality_name("群馬県前橋市") == "前橋市");
    CHECK(municipality_name("群馬県吾妻郡中之条町") == "吾妻郡中之条町");
    CHECK(municipality_name("東京都品川区") == "品川区");
    CHECK(municipality_name("群馬県").empty());
    CHECK(municipality_name("前橋市").empty());
}
