// SPDX-License-Identifier: Apache-2.0
// Readings: half-width kana and separate dakuten join; what else was typed stays.
#include "normalise/kana.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("all kana rows of the reference cases", "[normalise][kana]") {
    cases::check_all("kana_fullwidth", 8, normalise_kana_fullwidth, is_clean_kana_fullwidth);
    cases::check_all("kana_katakana", 5, normalise_kana_katakana, is_clean_kana_katakana);
}

TEST_CASE("kana in further writings", "[normalise][kana]") {
    cases::check_table(
        {
            {"ﾏｴﾊﾞｼ ﾁｭｳｵｳ", "マエバシ チュウオウ []"},
            {"　マエバシ　チュウオウ", "マエバシ チュウオウ []"},
            {"カ゛ッコウ", "ガッコウ []"},
            {"ハ\u309Aン", "パン []"},
            {"Ａ１ ﾋﾞﾙ", "Ａ１ ビル []"},
            {"まえばし", "まえばし []"},
            {"ﾗ-ﾒﾝ", "ラ-メン []"},
            {"ｺｰﾋｰ", "コーヒー []"},
            {"ア゛", "ア゛ []"},
            {"マエ\u200Bバシ", "マエバシ [control-character]"},
            {"\xFF", " [error:encoding]"},
        },
        normalise_kana_fullwidth, is_clean_kana_fullwidth);
    cases::check_table({{"わ゛ぁ", "ヷァ []"}, {"かゞみ", "カヾミ []"}, {"前橋ｼﾔｸｼｮ", "前橋シヤクショ []"}},
                       normalise_kana_katakana, is_clean_kana_katakana);
}

TEST_CASE("kana made of anything keep the rules", "[normalise][kana]") {
    const std::vector<std::string> pieces = {"ｶ",  "ﾞ",      "ﾟ",      "゛", "゜", "か", "カ",     "ワ",
                                             "わ", "\u3099", "\u309A", "ー", "ｰ",  "ゟ", "ヿ",     "ゝ",
                                             " ",  "　",     "漢",     "Ａ", "a",  "｢",  "\u200B", "\n"};
    cases::check_random(pieces, normalise_kana_fullwidth, is_clean_kana_fullwidth);
    cases::check_random(pieces, normalise_kana_katakana, is_clean_kana_katakana);
}
