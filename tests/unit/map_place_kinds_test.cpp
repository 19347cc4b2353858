// SPDX-License-Identifier: Apache-2.0
#include "map/place_kinds.hpp"

#include "tests/unit/support/matched.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::choice;
using kokai::testing::Rows;
using kokai::testing::shipped;
using kokai::testing::Texts;

namespace {

std::string foreign(const std::string& schema, const Texts& header, const Rows& rows) {
    return foreign_kind(kokai::testing::columns_of(header, rows),
                        kokai::testing::matched(schema, header, rows).proposals, shipped().at(schema));
}

}  // namespace

TEST_CASE("A list of parks is no list of nurseries", "[map][choice]") {
    const Texts header{"公園名", "住所",         "電話番号", "緯度",   "経度", "トイレ", "駐車場",
                       "遊具",   "ホームページ", "開園時間", "休園日", "概要", "料金",   "対象年齢"};
    const Rows rows{{"中央公園", "前橋市大手町2-12-1", "027-224-1111", "36.389049", "139.060667", "有", "有",
                     "すべり台", "https://a.jp/1", "9:00～17:00", "なし", "広い", "無料", "3歳から"},
                    {"南公園", "前橋市南町3-62-1", "027-224-1112", "36.380049", "139.070667", "無", "無", "ぶらんこ",
                     "https://a.jp/2", "24時間", "月曜日", "静か", "無料", "6歳まで"}};
    const SchemaChoice chosen = choice(header, rows);
    CAPTURE(chosen.id);
    CHECK((chosen.id.empty() || chosen.id.ends_with("/public_facility")));
}

TEST_CASE("The word for the names or their ends say what kind of place it is", "[map][choice]") {
    const Rows rows{{"第一", "1"}, {"第二", "2"}};
    CHECK(foreign("v2/preschool", {"公園名", "定員"}, rows) == "公園");
    CHECK(foreign("v2/hospital", {"トイレ名", "備考"}, rows) == "トイレ");
    CHECK(foreign("v2/preschool", {"施設名", "定員"}, {{"敷島公園", "1"}, {"中央公園", "2"}}) == "公園");
    CHECK(foreign("v2/preschool", {"園名", "定員"}, {{"公園前保育園", "1"}, {"中央こども園", "2"}}).empty());
    CHECK(foreign("v2/public_toilet", {"公園名", "所在地"}, rows).empty());
    CHECK(foreign("v2/aed", {"施設名", "設置場所"}, {{"前橋病院", "1階"}, {"南病院", "2階"}}).empty());
}
