// SPDX-License-Identifier: Apache-2.0
#include "locate/guard.hpp"

#include "locate/points.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using Texts = std::vector<std::string>;

namespace {

/// Columns named by their English names; 緯度 and 経度 as they are.
Outcome guarded(const Texts& header, Rows rows, const std::string& publisher = {}) {
    const Schema schema = kokai::testing::schema_in_english(header);
    TableSource source(header, std::move(rows));
    TakeFields fields(schema);
    LocatePoints points("緯度", "経度");
    GuardPositions guard(publisher, "緯度");
    return outcome_of(source, {&fields, &points, &guard});
}

Texts with_address(const std::string& address, const std::string& latitude, const std::string& longitude,
                   const std::string& publisher = "102016") {
    return guarded({"fullAddress", "緯度", "経度"}, {{address, latitude, longitude}}, publisher).places();
}

}  // namespace

TEST_CASE("An address and a point in two municipalities are an error at the latitude", "[locate][guard]") {
    const Outcome outcome = guarded({"fullAddress", "緯度", "経度"},
                                    {{"群馬県前橋市大手町二丁目12番1号", "36.389049", "139.060668"},
                                     {"群馬県前橋市大手町二丁目12番1号", "36.322222", "139.003333"},
                                     {"前橋市大手町二丁目12番1号", "36.322222", "139.003333"}},
                                    "102016");
    CHECK(outcome.places() == Texts{"position-not-at-address@B3", "position-not-at-address@B4"});
    CHECK(outcome.findings[0].severity == Severity::error);
    CHECK(outcome.findings[0].expected == "群馬県前橋市");
    CHECK(outcome.findings[0].found == "群馬県高崎市（境界から 4.9 km）");
}

TEST_CASE("Without schema the address is found by its header, whole or in parts", "[locate][guard]") {
    const auto without_schema = [](const Texts& header, Texts row) {
        TableSource source(header, {std::move(row)});
        LocatePoints points("緯度", "経度");
        GuardPositions guard("102016", "緯度");
        return outcome_of(source, {&points, &guard}).places();
    };
    const Texts wrong{"position-not-at-address@A2"};
    for (const char* header : {"所在地_連結表記", "設置場所住所", "所在地（住所）"}) {
        CAPTURE(header);
        CHECK(without_schema({"緯度", "経度", header}, {"36.3219", "139.0033", "群馬県前橋市大手町二丁目12-1"}) ==
              wrong);
        CHECK(without_schema({"緯度", "経度", header}, {"36.3219", "139.0033", "群馬県高崎市高松町35-1"}).empty());
    }
    CHECK(without_schema({"緯度", "経度", "住所1", "住所2"},
                         {"36.3219", "139.0033", "群馬県", "前橋市大手町二丁目12-1"}) == wrong);
    CHECK(without_schema({"緯度", "経度", "所在地_都道府県", "所在地_市区町村", "所在地_町字"},
                         {"36.3219", "139.0033", "群馬県", "前橋市", "大手町二丁目"}) == wrong);
    CHECK(without_schema({"緯度", "経度", "法人住所"}, {"36.389049", "139.060668", "群馬県高崎市高松町35-1"}).empty());
}

TEST_CASE("What stands before and within an address does not hide its municipality", "[locate][guard]") {
    const Texts wrong{"position-not-at-address@B2"};
    for (const char* address :
         {"〒370-0829 群馬県高崎市高松町35-1", "370-0829 群馬県高崎市高松町35-1", "〒370-0829\n群馬県高崎市高松町35-1",
          "日本 群馬県高崎市高松町35-1", "住所：群馬県高崎市高松町35-1", "（本庁）高崎市高松町35-1",
          "群馬県 高崎市 高松町35-1", "群馬県　高崎市高松町35-1", "※群馬県高崎市高松町35-1", "※ 高崎市高松町35-1"}) {
        CAPTURE(address);
        CHECK(with_address(address, "36.389049", "139.060668") == wrong);
        CHECK(with_address(address, "36.322222", "139.003333").empty());
    }
    CHECK(with_address("東京都八丈島八丈町大賀郷2551", "35.689", "139.692") == wrong);
    CHECK(with_address("東京都八丈島八丈町大賀郷2551", "33.11", "139.79").empty());
    // A town alone names no municipality: what is completed proves nothing.
    CHECK(with_address("大手町 2-12-1", "36.322222", "139.003333") == Texts{"position-elsewhere@B2"});
}

TEST_CASE("What a city has in the next town is right where its address says so", "[locate][guard]") {
    CHECK(with_address("群馬県高崎市高松町35番地1", "36.322222", "139.003333").empty());
    CHECK(with_address("香川県木田郡三木町氷上310", "34.2684", "134.1345", "372013").empty());
    CHECK(with_address("香川県綾歌郡綾川町滝宮299", "34.2495", "133.9230", "372013").empty());
    // Without municipality in the address the publisher counts, and outside is a warning.
    const Outcome outcome = guarded({"fullAddress", "緯度", "経度"}, {{"氷上310", "34.2684", "134.1345"}}, "372013");
    CHECK(with_address("三木町大字氷上310", "34.2684", "134.1345", "372013").empty());
    REQUIRE(outcome.places() == Texts{"position-elsewhere@B2"});
    CHECK(outcome.findings[0].severity == Severity::warning);
    CHECK(outcome.findings[0].expected == "香川県高松市");
    CHECK(outcome.findings[0].found.find("香川県木田郡三木町") == 0);
}

TEST_CASE("A border is fuzzy by what it is good for: 100 m in full detail, a kilometre simplified", "[locate][guard]") {
    // 前橋市 and 高崎市 meet at the 利根川; the points walk westwards out of 前橋市.
    bool inside = true;
    int told = 0;
    const MunicipalityIndex& index = MunicipalityIndex::shared();
    for (int step = 0; step < 100; ++step) {
        const double longitude = 139.04 - 0.0005 * step;
        const double metres = index.distance(*index.find("102016"), {longitude, 36.389049}, 10'000);
        const bool silent = with_address("群馬県前橋市", "36.389049", std::to_string(longitude)).empty();
        CHECK(silent == (metres <= 100.0));
        inside = inside && metres == 0;
        told += silent ? 0 : 1;
    }
    CHECK_FALSE(inside);
    CHECK(told > 50);
}

TEST_CASE("At sea near by nothing is proved, far off it is", "[locate][guard]") {
    CHECK(with_address("静岡県焼津市中港2-6-13", "34.86", "138.34", "222127").empty());
    CHECK(with_address("静岡県焼津市中港2-6-13", "34.86", "138.38", "222127") == Texts{"position-elsewhere@B2"});
    // Islands that the simplified boundaries have lost: ひょうたん島 is 今治市's.
    CHECK(with_address("愛媛県今治市上浦町井口9179", "34.28429937", "133.0501653", "382027").empty());
    CHECK(with_address("静岡県焼津市中港2-6-13", "34.50", "139.00", "222127") == Texts{"position-not-at-address@B2"});
}

TEST_CASE("Codes count where no address says where, the place's before the publisher's", "[locate][guard]") {
    const Texts header{"localGovernmentCode", "locatedLocalGovernmentCode", "緯度", "経度"};
    const Outcome outcome = guarded(header,
                                    {{"102016", "102024", "36.322222", "139.003333"},
                                     {"102016", "", "36.322222", "139.003333"},
                                     {"102024", "", "36.322222", "139.003333"},
                                     {"", "", "36.322222", "139.003333"},
                                     {"100005", "", "36.322222", "139.003333"},
                                     {"100005", "", "34.342788", "134.046574"},
                                     {"123", "", "36.389049", "139.060668"}},
                                    "102016");
    CHECK(outcome.places() == Texts{"position-elsewhere@C3", "position-elsewhere@C5", "position-elsewhere@C7"});
    CHECK(outcome.findings[2].found == "香川県高松市（境界から 20 km 以上）");
    CHECK(outcome.findings[2].expected == "群馬県");
}

TEST_CASE("Addresses in parts, of wards, of former wards and of other prefectures", "[locate][guard]") {
    CHECK(guarded({"prefecture", "city", "緯度", "経度"},
                  {{"群馬県", "高崎市", "36.322222", "139.003333"}, {"群馬県", "前橋市", "36.322222", "139.003333"}})
              .places() == Texts{"position-not-at-address@C3"});
    CHECK(with_address("北海道札幌市中央区北1条西2丁目", "43.062072", "141.354368").empty());
    CHECK(with_address("北海道旭川市六条通9丁目", "43.062072", "141.354368") == Texts{"position-not-at-address@B2"});
    // Nearer than 5 km a simplified boundary proves nothing.
    CHECK(with_address("北海道札幌市南区真駒内", "43.062072", "141.354368") == Texts{"position-elsewhere@B2"});
    CHECK(with_address("北海道札幌市北1条西2丁目", "43.062072", "141.354368").empty());
    CHECK(with_address("静岡県浜松市中区元城町103-2", "34.710834", "137.726137").empty());
    CHECK(with_address("静岡県浜松市中央区元城町103-2", "34.710834", "137.726137").empty());
    CHECK(with_address("静岡県浜松市天竜区二俣町", "34.710834", "137.726137") == Texts{"position-not-at-address@B2"});
}

TEST_CASE("Nothing is held against nothing", "[locate][guard]") {
    CHECK(guarded({"名称", "緯度", "経度"}, {{"市役所", "36.389049", "139.060668"}}).places().empty());
    CHECK(with_address("大手町二丁目12番1号", "36.389049", "139.060668", "").empty());
    CHECK(with_address("大手町二丁目12番1号", "36.389049", "139.060668", "999999").empty());
    CHECK(guarded({"fullAddress"}, {{"群馬県前橋市大手町"}}, "102016").places().empty());
}

TEST_CASE("Tables without schema are held by their usual headers", "[locate][guard]") {
    TableSource source({"施設名", "住所", "緯度", "経度"},
                       {{"市役所", "群馬県前橋市大手町二丁目12番1号", "36.322222", "139.003333"}});
    LocatePoints points("緯度", "経度");
    GuardPositions guard("", "緯度");
    CHECK(outcome_of(source, {&points, &guard}).places() == Texts{"position-not-at-address@C2"});
}
