// SPDX-License-Identifier: Apache-2.0
#include "map/municipality_names.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;

namespace {

// Lines of schemas/reference/lg-codes.csv.
const MunicipalityNames& names() {
    static const MunicipalityNames all("lg_code,jis_code,kind,pref,county,city,ward\n"
                                       "290009,29000,pref,奈良県,,,\n"
                                       "292061,29206,city,奈良県,,桜井市,\n"
                                       "350001,35000,pref,山口県,,,\n"
                                       "352128,35212,city,山口県,,柳井市,\n"
                                       "123293,12329,town,千葉県,印旛郡,栄町,\n"
                                       "132209,13220,city,東京都,,東大和市,\n"
                                       "142131,14213,city,神奈川県,,大和市,\n"
                                       "130001,13000,pref,東京都,,,\n"
                                       "131016,13101,special_ward,東京都,,千代田区,\n"
                                       "132063,13206,city,東京都,,府中市,\n"
                                       "342084,34208,city,広島県,,府中市,\n"
                                       "141003,14100,city,神奈川県,,横浜市,\n"
                                       "141011,14101,ward,神奈川県,,横浜市,鶴見区\n");
    return all;
}

std::string other(const char* text, const char* publisher = "352128") {
    return names().other_named(text, publisher).value_or("");
}

}  // namespace

TEST_CASE("a title above another municipality's data (MESS.md 2: # 桜井市 over 柳井市)", "[map][municipality]") {
    CHECK(other("# 桜井市 観光施設一覧") == "奈良県桜井市");
    CHECK(other("令和６年度桜井市のＡＥＤ") == "奈良県桜井市");
    CHECK(other("観光施設（奈良県桜井市）") == "奈良県桜井市");
    CHECK(other("千葉県印旛郡栄町　公共施設") == "千葉県栄町");
    CHECK(other("印旛郡 栄町") == "千葉県栄町");
    CHECK(other("栄町役場一覧") == "千葉県栄町");
    CHECK(other("奈良県 観光施設") == "奈良県");
    CHECK(other("横浜市の保育所") == "神奈川県横浜市");
    CHECK(names().full_name("352128") == "山口県柳井市");
}

TEST_CASE("the publisher's own name, its prefecture and a namesake are no other municipality", "[map][municipality]") {
    CHECK(other("柳井市 観光施設一覧").empty());
    CHECK(other("山口県柳井市").empty());
    CHECK(other("山口県内の施設").empty());
    CHECK(other("柳井市と桜井市の交流").empty());
    CHECK(other("府中市の施設", "132063").empty());
    CHECK(other("府中市の施設", "342084").empty());
    CHECK(other("横浜市鶴見区", "141011").empty());
}

TEST_CASE("a prefecture lists its municipalities", "[map][municipality]") {
    CHECK(other("桜井市の施設", "290009").empty());
    CHECK(other("奈良県桜井市の施設", "290009").empty());
    CHECK(other("柳井市の施設", "290009") == "山口県柳井市");
}

TEST_CASE("a name that is part of another word, or of many places, says nothing", "[map][municipality]") {
    CHECK(other("東大和市の施設", "132209").empty());
    CHECK(other("北大和市民の森").empty());
    CHECK(other("府中市場の案内").empty());
    CHECK(other("東京都市大学").empty());
    CHECK(other("奈良県道の一覧").empty());
    CHECK(other("栄町公民館の利用").empty());
    CHECK(other("公共施設一覧").empty());
    CHECK(other("桜井市", "999999").empty());
    CHECK(other("").empty());
}
