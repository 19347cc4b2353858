// SPDX-License-Identifier: Apache-2.0
#include "map/barrier_free.hpp"
#include "tests/unit/support/small_schema.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::schema_with;

namespace {

std::string reading(std::string_view text) {
    static const Schema schema = schema_with({"車椅子可", "バリアフリートイレ", "スロープ、エレベータ、エスカレータ",
                                              "盲導犬・介助犬、聴導犬同伴", "優先駐車場"});
    std::vector<const Field*> fields;
    for (const Field& field : schema.fields) {
        fields.push_back(&field);
    }
    const BarrierFreeWords words(fields);
    const BarrierFreeWords::Reading found = words.read(text);
    std::string all;
    for (const auto& [field, yes] : found.said) {
        all += schema.fields[field].name + (yes ? "=有 " : "=無 ");
    }
    return all + "|" + found.left;
}

}  // namespace

TEST_CASE("words that mean a field become yes or no", "[map][editions]") {
    CHECK(reading("スロープ;多機能トイレ") == "バリアフリートイレ=有 スロープ、エレベータ、エスカレータ=有 |");
    CHECK(reading("スロープ、エレベータ、エスカレータ") == "スロープ、エレベータ、エスカレータ=有 |");
    CHECK(reading("車いす対応・車イストイレあり") == "車椅子可=有 バリアフリートイレ=有 |");
    CHECK(reading("多目的トイレ：無、車椅子可：有") == "車椅子可=有 バリアフリートイレ=無 |");
    CHECK(reading("エレベーターなし") == "スロープ、エレベータ、エスカレータ=無 |");
    CHECK(reading("盲導犬・介助犬、聴導犬同伴") == "盲導犬・介助犬、聴導犬同伴=有 |");
    CHECK(reading("") == "|");
}

TEST_CASE("what means no field, or both yes and no, is left", "[map][editions]") {
    CHECK(reading("スロープ;磁気ループ") == "スロープ、エレベータ、エスカレータ=有 |磁気ループ");
    CHECK(reading("入口に段差があります") == "|入口に段差があります");
    CHECK(reading("エレベーターあり、スロープなし") == "|エレベーターあり;スロープなし");
    CHECK(reading("なし") == "|なし");
}
