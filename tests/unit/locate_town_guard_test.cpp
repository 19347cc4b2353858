// SPDX-License-Identifier: Apache-2.0
#include "locate/points.hpp"
#include "locate/representative_point.hpp"
#include "locate/town_guard.hpp"
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

Outcome guarded(Rows rows, const std::string& publisher) {
    const Texts header{"fullAddress", "緯度", "経度"};
    const Schema schema = kokai::testing::schema_in_english(header);
    TableSource source(header, std::move(rows));
    TakeFields fields(schema);
    LocatePoints points("緯度", "経度");
    GuardTowns guard(publisher, "緯度");
    return outcome_of(source, {&fields, &points, &guard});
}

}  // namespace

TEST_CASE("A position far from the town of its address is told at the latitude", "[locate][town_guard]") {
    const Outcome outcome = guarded({{"群馬県前橋市大手町二丁目12番1号", "36.389049", "139.060668"},
                                     {"群馬県前橋市大手町二丁目12番1号", "36.436", "139.118"},
                                     {"大手町2-12-1", "36.436", "139.118"}},
                                    "102016");
    REQUIRE(outcome.places() == Texts{"position-far-from-town@B3", "position-far-from-town@B4"});
    CHECK(outcome.findings[0].severity == Severity::warning);
    CHECK(outcome.findings[0].expected.find("大手町") == 0);
    CHECK(outcome.findings[0].found.ends_with(" km"));
}

TEST_CASE("A postal code before the address, and a ward that it leaves out, hide no town", "[locate][town_guard]") {
    CHECK(guarded({{"〒371-0026 群馬県前橋市大手町二丁目12-1", "36.436", "139.118"}}, "").places() ==
          Texts{"position-far-from-town@B2"});
    // 青葉町 is in 厚別区, the point in 中央区: GuardPositions holds it against 札幌市 alone.
    CHECK(guarded({{"札幌市青葉町1-1-2", "43.061972", "141.354374"}}, "").places() ==
          Texts{"position-far-from-town@B2"});
    CHECK(guarded({{"札幌市厚別区青葉町1-1-2", "43.061972", "141.354374"}}, "").places().empty());
}

TEST_CASE("Wide towns in the hills, other municipalities and unknown towns are "
          "not told",
          "[locate][town_guard]") {
    // 木の俣園地: its 大字 is a whole valley, and no other town is much nearer.
    CHECK(guarded({{"栃木県那須塩原市百村地内", "37.0499008", "139.9301391"}}, "092134").places().empty());
    CHECK(guarded({{"群馬県前橋市大手町二丁目12番1号", "36.322222", "139.003333"}}, "102016").places().empty());
    CHECK(guarded({{"群馬県前橋市存在しない町1", "36.436", "139.118"}}, "102016").places().empty());
    CHECK(guarded({{"群馬県前橋市", "36.436", "139.118"}, {"", "36.436", "139.118"}}, "102016").places().empty());
    CHECK(guarded({{"兵庫県神戸市北区山田町下谷上字中一里山14番地の1", "34.708502", "135.115467"}}, "281000")
              .places()
              .empty());
}

TEST_CASE("Lines and areas are near a town with any part of them", "[locate][town_guard]") {
    const Schema schema = kokai::testing::schema_in_english({"fullAddress"});
    Shape table;
    table.columns = {{"fullAddress", schema.find("fullAddress"), {{0, 1, "fullAddress"}}}};
    table.has_geometry = true;
    const auto told = [&](GeometryKind kind, const std::vector<LonLat>& points) {
        GuardTowns guard("102016", "");
        guard.bind(table);
        Batch batch;
        batch.columns.resize(1);
        batch.columns[0].cells = {"群馬県前橋市大手町二丁目12番1号"};
        batch.rows = {{2, 0, 0}};
        batch.states = {RowState::kept};
        for (const LonLat& point : points) {
            batch.shapes.add_point(point.longitude, point.latitude);
        }
        batch.shapes.end_ring();
        batch.shapes.end_part();
        batch.shapes.end_row(kind);
        Findings findings;
        guard.run(batch, findings);
        for (const Finding& finding : findings.list()) {
            CHECK(finding.code == Code::position_far_from_town);
        }
        return findings.list().size();
    };
    const LonLat far{139.118, 36.436};
    const LonLat beside{139.12, 36.44};
    const LonLat home{139.060668, 36.389049};
    CHECK(told(GeometryKind::polygon, {far, beside, {139.118, 36.44}, far}) == 1);
    CHECK(told(GeometryKind::line, {far, beside}) == 1);
    CHECK(told(GeometryKind::line, {far, beside, home}) == 0);
    // A district that reaches from the town to far away, and one around it whose every corner is far.
    CHECK(told(GeometryKind::polygon, {far, beside, home, far}) == 0);
    CHECK(told(GeometryKind::polygon, {{138.9, 36.2}, {139.3, 36.2}, {139.3, 36.6}, {138.9, 36.6}, {138.9, 36.2}}) ==
          0);
}
