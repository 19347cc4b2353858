// SPDX-License-Identifier: Apache-2.0
#include "read/text_facts.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>

using namespace kokai;

TEST_CASE("Blanks and line breaks that arrange a text are told from those of a name", "[read][text_facts]") {
    for (const char* text : {"合　計", "氏 名", "前 橋 市", "　前橋市", "前橋市 ", "施設\n名称", "計   人"}) {
        INFO(text);
        CHECK(is_arranged(text));
    }
    for (const char* text : {"", "前橋市", "山田　太郎", "前橋市 総務課", "A B", "図書館 本 館", "Wi-Fi スポット"}) {
        INFO(text);
        CHECK_FALSE(is_arranged(text));
    }
}

TEST_CASE("An era without its Western year is told", "[read][text_facts]") {
    for (const char* text : {"令和6年", "平成元年度", "昭和　50年4月1日", "H27年", "R6.4.1", "令和６年"}) {
        INFO(text);
        CHECK(names_era_only(text));
    }
    for (const char* text : {"2024年", "令和6年（2024年）", "2015(平成27)年", "平成町", "令和公園", "H", "R35",
                             "S1ビル", "昭和通り", "R134/R1号線"}) {
        INFO(text);
        CHECK_FALSE(names_era_only(text));
    }
}

TEST_CASE("Numbers that are written as text, and codes that are none", "[read][text_facts]") {
    for (const char* text : {"1,234", "12", "１２", "△5", "12.5%", "30人", "1,200円", " 7 "}) {
        INFO(text);
        CHECK(is_written_number(text));
    }
    for (const char* text : {"", "0270", "027-224-1111", "3-2", "無料", "2024-04-01", "第3回", "1234567890123456789"}) {
        INFO(text);
        CHECK_FALSE(is_written_number(text));
    }
}

TEST_CASE("Two values in one cell are numbers in brackets or lists, or lines of numbers", "[read][text_facts]") {
    for (const char* text :
         {"120（35）", "30、12", "12 (3)", "36.389,139.060", "1,234、56", "027-224-1111\n027-224-2222"}) {
        INFO(text);
        CHECK(holds_several_values(text));
    }
    for (const char* text :
         {"120", "1,234", "2024/4/1", "前橋市\n大手町", "本町2-16-32", "第1・第3", "", "3人(大人)"}) {
        INFO(text);
        CHECK_FALSE(holds_several_values(text));
    }
}

TEST_CASE("Characters that not every machine has", "[read][text_facts]") {
    for (const char* text : {"①", "第Ⅱ期", "(株)㈱", "100㎡", "℡", "№1", "髙橋", "山﨑", "㍻", "\xEE\x80\x80"}) {
        INFO(text);
        CHECK(has_rare_character(text));
    }
    for (const char* text : {"○", "高橋", "崎", "1-2", "～", "→", "※", "カナ", "ｶﾅ", "ＡＢＣ", "都道府県", "骨", ""}) {
        INFO(text);
        CHECK_FALSE(has_rare_character(text));
    }
}

TEST_CASE("A glance never sees less than a look at every character", "[read][text_facts]") {
    const std::vector<std::string> pieces{"a",  "H",  "5",  " ",  "\n", "前", "橋", "カ", "ナ", "　", "①",
                                          "㈱", "髙", "﨑", "令", "平", "昭", "大", "明", "－", "０", "\xEE\x80\x80",
                                          "é",  "𠮷", "（"};
    std::mt19937 random(20261121);
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        const std::size_t length = random() % 20;
        // Mostly plain letters, so that what counts stands alone at every offset.
        for (std::size_t k = 0; k < length; ++k) {
            text += random() % 8 == 0 ? pieces[random() % pieces.size()] : std::string(random() % 2 == 0 ? "x" : "市");
        }
        const unsigned look = look_over(text);
        INFO(text);
        REQUIRE((glance_over(text) & look) == look);
    }
    CHECK(glance_over("前橋市本町の図書館") == 0);
}
