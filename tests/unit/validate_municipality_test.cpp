// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_table.hpp"
#include "validate/municipality.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using Texts = std::vector<std::string>;

namespace {

/// Columns named by their English names.
Outcome checked(const Texts& header, Rows rows, const std::string& publisher = {}) {
    const Schema schema = kokai::testing::schema_in_english(header);
    TableSource source(header, std::move(rows));
    TakeFields fields(schema);
    CheckMunicipality check(publisher);
    return outcome_of(source, {&fields, &check});
}

Texts address_in(const std::string& code, const std::string& address) {
    return checked({"localGovernmentCode", "fullAddress"}, {{code, address}}).places();
}

}  // namespace

TEST_CASE("A code and a name of two municipalities are told at the name", "[validate][municipality]") {
    const Outcome outcome = checked({"localGovernmentCode", "localGovernmentName"}, {{"102016", "群馬県前橋市"},
                                                                                     {"102016", "群馬県高崎市"},
                                                                                     {"102016", "高崎市"},
                                                                                     {"102016", "横浜市"},
                                                                                     {"102016", "埼玉県"},
                                                                                     {"102024", "高崎市"}});
    CHECK(outcome.places() ==
          Texts{"code-name-differs@B3", "code-name-differs@B4", "code-name-differs@B5", "code-name-differs@B6"});
    CHECK(outcome.findings[0].expected == "群馬県前橋市");
}

TEST_CASE("What is less or more exact, former or unknown does not contradict a code", "[validate][municipality]") {
    CHECK(checked({"localGovernmentCode", "localGovernmentName"}, {{"102016", "群馬県"},
                                                                   {"102016", "前橋市教育委員会"},
                                                                   {"102016", "勢多郡富士見村"},
                                                                   {"100005", "群馬県前橋市"},
                                                                   {"011011", "札幌市"},
                                                                   {"011011", "中央区"},
                                                                   {"011002", "北海道札幌市中央区"},
                                                                   {"104299", "東吾妻町"},
                                                                   {"102016", "Maebashi City"},
                                                                   {"102016", ""},
                                                                   {"", "高崎市"},
                                                                   {"102017", "高崎市"}})
              .findings.empty());
}

TEST_CASE("Prefecture and city in two columns are read together", "[validate][municipality]") {
    const Outcome outcome =
        checked({"localGovernmentCode", "prefectureName", "cityName"}, {{"222127", "静岡県", "焼津市"},
                                                                        {"222127", "静岡県", "藤枝市"},
                                                                        {"222127", "愛知県", "焼津市"},
                                                                        {"222127", "愛知県", ""},
                                                                        {"222127", "静岡県", "静岡県焼津市"}});
    CHECK(outcome.places() == Texts{"code-name-differs@C3", "code-name-differs@C4", "code-name-differs@B5"});
}

TEST_CASE("An address in another municipality than the row's is told", "[validate][municipality]") {
    CHECK(address_in("102016", "群馬県高崎市高松町35-1") == Texts{"address-elsewhere@B2"});
    CHECK(address_in("102016", "高崎市高松町35-1") == Texts{"address-elsewhere@B2"});
    CHECK(address_in("102016", "埼玉県熊谷市1") == Texts{"address-elsewhere@B2"});
    CHECK(address_in("102016", "横浜市中区1") == Texts{"address-elsewhere@B2"});
    CHECK(address_in("102016", "吾妻郡東吾妻町1") == Texts{"address-elsewhere@B2"});
    CHECK(address_in("132012", "千代田区1") == Texts{"address-elsewhere@B2"});
}

TEST_CASE("Addresses at home, parts of towns and former municipalities are no finding", "[validate][municipality]") {
    CHECK(address_in("102016", "群馬県前橋市大手町2-12-1").empty());
    CHECK(address_in("102016", "大手町2-12-1").empty());
    CHECK(address_in("102016", "勢多郡富士見村1").empty());
    CHECK(address_in("212024", "池田町1-2").empty());  // a part of 大垣市, and a town of the same prefecture
    CHECK(address_in("011002", "中央区北1条西2丁目").empty());  // not the ward of Tokyo
    CHECK(address_in("011002", "札幌市中央区北1条").empty());
    CHECK(address_in("242047", "津市場12").empty());     // no 津市
    CHECK(address_in("292044", "丹波市町180").empty());  // of 天理市, no 丹波市
    CHECK(address_in("100005", "群馬県高崎市1").empty());
    CHECK(address_in("102016", "2-12-1").empty());
    CHECK(address_in("102016", "").empty());
    CHECK(address_in("102016", std::string(100'000, 'a')).empty());
}

TEST_CASE("Where a place has a code of its own, its address is held against that one", "[validate][municipality]") {
    const Texts header{"localGovernmentCode", "locatedLocalGovernmentCode", "fullAddress"};
    CHECK(checked(header, {{"102016", "102024", "群馬県高崎市1"},
                           {"102016", "102024", "群馬県前橋市1"},
                           {"102016", "", "群馬県前橋市1"},
                           {"102016", "", "群馬県高崎市1"}})
              .places() == Texts{"address-elsewhere@C3", "address-elsewhere@C5"});
}

TEST_CASE("Rows without a code are the publisher's", "[validate][municipality]") {
    CHECK(checked({"address"}, {{"高崎市1"}, {"前橋市1"}}, "102016").places() == Texts{"address-elsewhere@A2"});
    CHECK(checked({"address"}, {{"高崎市1"}}).findings.empty());
}
