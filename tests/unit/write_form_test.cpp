// SPDX-License-Identifier: Apache-2.0
#include "write/form.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("a note says what an empty cell comes to, the form, the words and an example", "[write][form]") {
    Field field;
    field.name = "小児対応設備の有無";
    field.requirement = Requirement::required;
    field.description = "半角で入れます。";
    field.format = "文字列";
    field.allowed = {"有", "無"};
    field.example = "有";
    CHECK(note_of(field) == "必ず入れてください。\n半角で入れます。\n形式: 文字列\n選べる言葉: 有・無\n例: 有");
    field.confidence = Confidence::low;
    CHECK(note_of(field).starts_with("入れることが勧められています。"));
    field.requirement = Requirement::unknown;
    CHECK(note_of(field).starts_with("なければ空けておきます。"));
}
