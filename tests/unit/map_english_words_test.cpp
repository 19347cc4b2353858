// SPDX-License-Identifier: Apache-2.0
#include "map/english_words.hpp"

#include "map/header_name.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

namespace {

double said(std::string_view english, std::string_view field) {
    return said_in_english(ascii_words(english), loose_key(field));
}

}  // namespace

TEST_CASE("English keys say fields word by word", "[map][english]") {
    CHECK(said("telephoneNumber", "電話番号") == Approx(1.0));
    CHECK(said("start_time", "開始時間") == Approx(1.0));
    CHECK(said("japaneseMensRestroom", "男性トイレ数（和式）") > 0.9);
    CHECK(said("japaneseMensRestroom", "女性トイレ数（和式）") < 0.6);
    CHECK(said("temporaryKeeping", "一時預かりの有無") > 0.9);  // 有無 says what a cell holds
    CHECK(said("imageLicense", "画像_ライセンス") > 0.9);
    CHECK(said("iamgeLicense", "画像_ライセンス") > 0.9);  // a slip
    CHECK(said("startTime", "終了時間") < 0.5);
}

TEST_CASE("A word that nobody knows may mean anything", "[map][english]") {
    CHECK(said("telephoneXyz", "電話番号") == 0.0);
    CHECK(said("of", "電話番号") == 0.0);
    CHECK(said_in_english({}, "電話番号") == 0.0);
}
