// SPDX-License-Identifier: Apache-2.0
#include "map/value_profile.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace kokai;
using Cells = std::vector<std::string_view>;

namespace {

double share(const Cells& cells, ValueLook look) {
    return profile_of(cells).share(look);
}

double fit(Kind kind, std::string english, const Cells& cells) {
    Field field;
    field.name = "ID";
    field.kind = kind;
    field.english = std::move(english);
    return fit_of(field, profile_of(cells)).fit;
}

}  // namespace

TEST_CASE("The looks of values", "[map][values]") {
    CHECK(share({"マエバシシヤクショ", "ｼｬﾘﾝｺｳｴﾝ", "まえばし"}, ValueLook::kana) == 1.0);
    CHECK(share({"前橋シヤクショ", "1"}, ValueLook::kana) == 0.0);
    CHECK(share({"027-224-1111", "(054)626-1139", "（０５４）627－5225", "0898220689", "845-4111"}, ValueLook::phone) ==
          1.0);
    CHECK(share({"2024-04-01", "102016", "36.389"}, ValueLook::phone) == 0.0);
    CHECK(share({"371-8601", "〒371-8601", "3718601"}, ValueLook::postal_code) == 1.0);
    CHECK(share({"36.389049", "34.35", "139.0606"}, ValueLook::latitude) == Approx(1.0 / 3));
    CHECK(share({"139.060667", "138.32123"}, ValueLook::longitude) == 1.0);
    CHECK(share({"34.34092056,134.04522972", "34.340, 134.045"}, ValueLook::lat_lon) == 1.0);
    CHECK(share({"134.04522972,34.34092056"}, ValueLook::lon_lat) == 1.0);
    CHECK(share({"令和6年4月1日", "R6.4.1", "2024/4/1", "20240401", "11/1/2018"}, ValueLook::date) == 1.0);
    CHECK(share({"2024-04-01～2024-04-03", "4月1日から4月3日"}, ValueLook::date_span) == 1.0);
    CHECK(share({"9:00", "午前9時", "17時30分", "09:00:00"}, ValueLook::time) == 1.0);
    CHECK(share({"9:00～17:00", "9時から17時", "08：30－17：15"}, ValueLook::time_span) == 1.0);
    CHECK(share({"24時間", "終日", "２４時間利用可"}, ValueLook::time_span) == 1.0);
    CHECK(share({"24時間前まで"}, ValueLook::time_span) == 0.0);
    CHECK(share({"○", "×", "有", "1"}, ValueLook::flag) == 1.0);
    CHECK(share({"月火水木金", "月;火", "土日祝"}, ValueLook::weekdays) == 1.0);
    CHECK(share({"群馬県", "北海道"}, ValueLook::prefecture) == 1.0);
    CHECK(share({"前橋市", "みなかみ町"}, ValueLook::city) == 1.0);
    CHECK(share({"前橋市大手町二丁目12番1号", "本町1-2-3"}, ValueLook::address) == 1.0);
    CHECK(share({"102016", "37201"}, ValueLook::lg_code) == 1.0);
    CHECK(share({"https://www.city.maebashi.gunma.jp/", "www.example.jp"}, ValueLook::url) == 1.0);
    CHECK(profile_of(Cells{"", "-", "null", " a "}).filled == 1);
    CHECK(profile_of(Cells{"1", "2", "3"}).unique());
    CHECK_FALSE(profile_of(Cells{"1", "2", "2"}).unique());
}

TEST_CASE("Values speak for a field or against it; none say nothing", "[map][values]") {
    const Cells latitudes{"36.389049", "36.390001", "0"};
    CHECK(fit(Kind::latitude, "latitude", latitudes) > 0.8);  // 0 is what people write for unknown
    CHECK(fit(Kind::longitude, "longitude", latitudes) == -1.0);
    CHECK(fit(Kind::latitude, "latitude", {"-123456.7", "23456.1"}) < 0);
    CHECK(fit(Kind::latitude, "latitude", {"", ""}) == 0.0);
    CHECK(fit(Kind::kana, "nameKana", {"マエバシ", "タカサキ"}) > 0.8);
    CHECK(fit(Kind::kana, "nameKana", {"前橋", "高崎"}) < 0);
    CHECK(fit(Kind::phone, "telephone", {"027-224-1111"}) > 0.5);
    CHECK(fit(Kind::phone, "telephone", {"総務課", "福祉課"}) < 0);
    CHECK(fit(Kind::text, "fullAddress", {"前橋市", "高崎市"}) < 0);  // a city alone is no address
    CHECK(fit(Kind::text, "city", {"前橋市", "高崎市"}) > 0.5);
    CHECK(fit(Kind::text, "remarks", {"https://a.jp/1", "https://a.jp/2"}) < 0);
    CHECK(fit(Kind::identifier, "identifier", {"1", "2", "3"}) > 0);
    CHECK(fit(Kind::identifier, "identifier", {"1", "1", "1"}) < 0);
}
