// SPDX-License-Identifier: Apache-2.0
#include "validate/rare_characters.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;

TEST_CASE("Private-use characters and variation selectors are found among others", "[validate][rare_characters]") {
    CHECK(find_rare_characters("渡\uE000\uE001\uE000橋").private_use == "U+E000 U+E001");
    CHECK(find_rare_characters("\U000F0000").private_use == "U+F0000");
    CHECK(find_rare_characters("葛\U000E0100城市").variations);
    CHECK(find_rare_characters("☎\uFE0F").variations);
    for (const char* cell : {"", "abc", "髙﨑①㈱№～∥－", "１２３（）ｱｲｳ", "前橋市大手町二丁目12番1号", "𠮷野家", "🏫"}) {
        INFO(cell);
        CHECK(find_rare_characters(cell).private_use.empty());
        CHECK_FALSE(find_rare_characters(cell).variations);
    }
}

TEST_CASE("A character that was lost before is an error, and its cell is not published",
          "[validate][rare_characters]") {
    Shape shape;
    shape.columns = {{"名称", nullptr, {{0, 1, "名称"}}}};
    Batch batch;
    batch.columns.resize(1);
    batch.columns[0].cells = {"公\uFFFD園", "公園"};
    batch.rows = {{2, 0, 0}, {3, 0, 0}};
    TellRareCharacters stage;
    stage.bind(shape);
    Findings findings;
    stage.run(batch, findings);
    REQUIRE(findings.list().size() == 1);
    CHECK(findings.list()[0].code == Code::character_lost);
    CHECK(findings.list()[0].found == "公〓園");
    CHECK(batch.columns[0].cells == std::vector<Cell>{"", "公園"});
}

TEST_CASE("外字 are told with their cell and kept", "[validate][rare_characters]") {
    Shape shape;
    shape.columns = {{"名称", nullptr, {{0, 1, "名称"}}}};
    Batch batch;
    batch.columns.resize(1);
    batch.columns[0].cells = {"渡\uE000橋", "葛\U000E0100城", "市役所"};
    batch.rows = {{2, 0, 0}, {3, 0, 0}, {4, 0, 0}};
    TellRareCharacters stage;
    stage.bind(shape);
    Findings findings;
    stage.run(batch, findings);
    REQUIRE(findings.list().size() == 2);
    CHECK(findings.list()[0].code == Code::private_use_character);
    CHECK(findings.list()[0].expected == "U+E000");
    CHECK(findings.list()[1].code == Code::variation_selector);
    CHECK(findings.list()[1].where.row == 3);
    CHECK(batch.columns[0].cells[0] == "渡\uE000橋");
}
