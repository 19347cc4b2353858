// SPDX-License-Identifier: Apache-2.0
#include "map/header_name.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kokai;
using Texts = std::vector<std::string>;

namespace {

/// The weight of a form, or 0.
double weight_of(std::string_view header, std::string_view key) {
    const HeaderName name = read_header(header);
    const auto found = std::find_if(name.forms.begin(), name.forms.end(),
                                    [&](const HeaderForm& form) { return form.key == loose_key(key); });
    return found == name.forms.end() ? 0.0 : found->weight;
}

}  // namespace

TEST_CASE("Widths, spaces, dashes, brackets and separators make no difference", "[map][header]") {
    CHECK(loose_key("名称（カナ）") == loose_key("名称_カナ"));
    CHECK(loose_key("ﾃﾞｰﾀ") == loose_key("データ"));
    CHECK(loose_key("コ―ド") == loose_key("コード"));  // U+2015
    CHECK(loose_key("コ－ド") == loose_key("コ‐ド"));
    CHECK(loose_key(" ＴＥＬ ") == "tel");
    CHECK(loose_key("0～4歳の男性") == loose_key("0-4歳男性"));
    CHECK(loose_key("telephone_number") == loose_key("telephoneNumber"));
    CHECK(loose_key("名称") != loose_key("通称"));
    CHECK(loose_key("―") != "");  // what is nothing but marks stays
}

TEST_CASE("What programs and people put around a name is taken off", "[map][header]") {
    CHECK(weight_of("名称", "名称") == 1.0);
    CHECK(weight_of("12:zipcode", "zipcode") > 0.9);
    CHECK(weight_of("USER_施設名称", "施設名称") > 0.9);
    CHECK(weight_of("Name_保育施設名称", "保育施設名称") > 0.9);
    CHECK(weight_of("住所（番地まで）", "住所") > 0.9);
    CHECK(weight_of("一時保育あり：Y", "一時保育あり") > 0.9);
    CHECK(weight_of("電話1", "電話") > 0.9);
    CHECK(weight_of("電話2", "電話") < 0.6);  // the second one is not the one
    CHECK(weight_of("list_no", "no") == 0.0);
    CHECK(read_header("12:30").forms.size() == 1);  // a time is no form's head
}

TEST_CASE("Numbers at the end, brackets and machine names are seen", "[map][header]") {
    CHECK(read_header("画像２").stem == "画像");
    CHECK(read_header("画像２").number == 2);
    CHECK(read_header("画像").number == 0);
    CHECK(read_header("2024").number == 0);
    CHECK(read_header("名称（通称）").base == "名称");
    CHECK(read_header("名称（通称）").bracketed == "通称");
    for (const char* header : {"10:text", "列A", "SAFIELD003", "item1", "32:select"}) {
        INFO(header);
        CHECK(read_header(header).says_nothing);
    }
    for (const char* header : {"名称", "time", "12:zipcode", "列車名", "address1"}) {
        INFO(header);
        CHECK_FALSE(read_header(header).says_nothing);
    }
}

TEST_CASE("An English key is cut into its words", "[map][header]") {
    CHECK(ascii_words("totalMensRestroom") == Texts{"total", "mens", "restroom"});
    CHECK(ascii_words("HTMLPage_url") == Texts{"html", "page", "url"});
    CHECK(ascii_words("man12") == Texts{"man", "12"});
    CHECK(ascii_words("住所1").empty());
}

TEST_CASE("A header without a letter has no form and says nothing", "[map][header_name]") {
    for (const std::string_view header : {"", " ", "\u3000"}) {
        const HeaderName name = read_header(header);
        CHECK(name.forms.empty());
        CHECK(name.says_nothing);
    }
}
