// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_table.hpp"
#include "validate/keep_ids.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::outcome_of;
using kokai::testing::schema_with;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using Texts = std::vector<std::string>;

namespace {

Schema halls() {
    Schema schema = schema_with({"ID", "名称", "住所", "方書", "緯度", "経度", "備考"});
    const Texts english{"identifier", "name", "address", "buildingNameEtc", "latitude", "longitude", "remarks"};
    for (std::size_t i = 0; i < english.size(); ++i) {
        schema.fields[i].english = english[i];
    }
    schema.primary_key = {"ID"};
    schema.latitude = "緯度";
    schema.longitude = "経度";
    return schema;
}

}  // namespace

TEST_CASE("what rows say of themselves is gathered in their order", "[validate][ids]") {
    const Schema schema = halls();
    TableSource source({"ID", "名称", "住所", "方書", "緯度", "経度", "備考"},
                       {{"1", " a ", "本町1", "港ビル", "34.1", "138.2", "x"},
                        {"2", "b", "本町2 港ビル", "港ビル", "", "", "y"},
                        {"9", "b", "本町2 港ビル", "港ビル", "", "", "y"}});
    TakeFields fields(schema);
    std::vector<RowEvidence> evidence;
    GatherEvidence gather(schema, evidence);
    outcome_of(source, {&fields}, {&gather});
    REQUIRE(evidence.size() == 3);
    CHECK(evidence[0].given == "1");
    CHECK(evidence[0].name == "a");
    CHECK(evidence[0].address == "本町1 港ビル");
    CHECK(evidence[0].latitude == "34.1");
    CHECK(evidence[1].address == "本町2 港ビル");
    CHECK(evidence[0].print.size() == 16);
    CHECK(evidence[1].print == evidence[2].print);  // its ID is no part of a row's content
    CHECK(evidence[0].print != evidence[1].print);
    CHECK(evidence[0].key == 2);
    CHECK(evidence[2].key == 4);
}

TEST_CASE("each row gets its ID, and what differs from the department's is told", "[validate][ids]") {
    const Schema schema = halls();
    TableSource source({"ID", "名称"}, {{"1", "a"}, {"5", "b"}, {"", "c"}, {"4", "d"}});
    const GivenIds ids{{2, {"1", false}}, {3, {"2", false}}, {4, {"3", true}}, {5, {"4", true}}};
    GiveIds give("ID", ids);
    const auto outcome = outcome_of(source, {&give});
    Texts cells;
    for (const auto& row : outcome.rows) {
        cells.push_back(row[0]);
    }
    CHECK(cells == Texts{"1", "2", "3", "4"});
    CHECK(outcome.places() == Texts{"id-kept@A3", "id-issued@A4"});
    CHECK(outcome.findings[0].repaired == "2");
}
