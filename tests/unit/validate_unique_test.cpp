// SPDX-License-Identifier: Apache-2.0
#include "map/condition.hpp"
#include "tests/unit/support/small_table.hpp"
#include "validate/unique.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

Outcome checked(TableSource source, Texts key, std::size_t slots = UniqueKey::most_slots) {
    UniqueKey unique(std::move(key), slots);
    return outcome_of(source, {}, {&unique});
}

Rows numbered(int count) {
    Rows rows;
    for (int i = 0; i < count; ++i) {
        rows.push_back({"id-" + std::to_string(i)});
    }
    return rows;
}

}  // namespace

TEST_CASE("Of rows with the same ID the first stays, each further one is told at its cell", "[validate][unique]") {
    const Outcome outcome =
        checked(TableSource({"名称", "ID"}, {{"a", "1"}, {"b", "2"}, {"c", "1"}, {"d", "3"}, {"e", "1"}}), {"ID"});
    CHECK(outcome.places() == Texts{"id-duplicate@B4", "id-duplicate@B6"});
    CHECK(outcome.findings[0].found == "1");
    CHECK(outcome.findings[0].severity == Severity::error);
    CHECK(outcome.states == std::vector<RowState>(5, RowState::kept));  // withholding is the engine's business
}

TEST_CASE("Empty IDs are not the same ID", "[validate][unique]") {
    CHECK(checked(TableSource({"ID"}, {{""}, {""}, {"1"}}), {"ID"}).findings.empty());
}

TEST_CASE("A key of several columns is the same only when all of them are", "[validate][unique]") {
    const Outcome outcome = checked(
        TableSource(
            {"コード", "番号", "名称"},
            {{"1", "23", "a"}, {"12", "3", "b"}, {"1", "3", "c"}, {"", "3", "d"}, {"3", "", "e"}, {"12", "3", "f"}}),
        {"コード", "番号"});
    CHECK(outcome.places() == Texts{"id-duplicate@B7"});
}

TEST_CASE("Rows that are not published do not count", "[validate][unique]") {
    TableSource source({"年", "ID"}, {{"R3", "1"}, {"R4", "1"}, {"計", "2"}, {"R4", "2"}, {"R4", "2"}});
    FilterRows filter({{"年", Condition::Test::not_equals, {"R3"}}}, {{"年", Condition::Test::equals, {"計"}}});
    UniqueKey unique({"ID"});
    CHECK(outcome_of(source, {&filter}, {&unique}).places() == Texts{"id-duplicate@B6"});
}

TEST_CASE("A key column that the table lacks finds nothing", "[validate][unique]") {
    CHECK(checked(TableSource({"名称"}, {{"a"}, {"a"}}), {"ID"}).findings.empty());
}

TEST_CASE("The table grows without losing an ID", "[validate][unique]") {
    Rows rows = numbered(20000);
    rows.push_back({"id-0"});
    rows.push_back({"id-4096"});
    rows.push_back({"id-19999"});
    CHECK(checked(TableSource({"ID"}, rows, 0, 4096), {"ID"}).places() ==
          Texts{"id-duplicate@A20002", "id-duplicate@A20003", "id-duplicate@A20004"});
}

TEST_CASE("Spilled to disk, IDs that occur twice far apart are found at the end", "[validate][unique]") {
    // Eight slots hold six IDs: then they go to disk.
    CHECK(checked(TableSource({"ID"}, numbered(100)), {"ID"}, 8).findings.empty());

    Rows rows = numbered(100);
    rows.push_back({"id-0"});
    rows.push_back({"id-50"});
    Outcome outcome = checked(TableSource({"ID"}, rows), {"ID"}, 8);
    CHECK(outcome.places() == Texts{"id-duplicate@0"});
    CHECK(outcome.findings.at(0).found == "2件");
    CHECK(outcome.findings.at(0).column == "ID");

    // Close together it is still found at its cell.
    rows = numbered(20);
    rows.push_back({"id-19"});
    outcome = checked(TableSource({"ID"}, rows), {"ID"}, 8);
    CHECK(outcome.places() == Texts{"id-duplicate@A22"});
}

TEST_CASE("What all parts of the table spill is sorted as a whole", "[validate][unique]") {
    // 4,096 slots in sixteen parts: 20,000 IDs go to disk several times, and none is counted twice or lost.
    CHECK(checked(TableSource({"ID"}, numbered(20000), 0, 4096), {"ID"}, 4096).findings.empty());

    Rows rows = numbered(20000);
    for (const char* again : {"id-0", "id-1", "id-2", "id-3", "id-4", "id-5", "id-6", "id-7"}) {
        rows.push_back({again});
    }
    const Outcome outcome = checked(TableSource({"ID"}, rows, 0, 4096), {"ID"}, 4096);
    REQUIRE(outcome.places() == Texts{"id-duplicate@0"});
    CHECK(outcome.findings.at(0).found == "8件");
}
