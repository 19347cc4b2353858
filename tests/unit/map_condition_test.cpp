// SPDX-License-Identifier: Apache-2.0
#include "map/condition.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;
using Test = Condition::Test;

namespace {

TableSource kinds() {
    return TableSource({"種別", "区分"}, {{"公園", "A"}, {"　広場 ", "B"}, {"", "C"}, {"都市公園", ""}, {" \n", "D"}});
}

/// The 区分 of the rows that a `where` leaves in; "-" for the empty one.
std::string kept(std::vector<Condition> where) {
    TableSource source = kinds();
    FilterRows filter(std::move(where), {});
    const Outcome outcome = outcome_of(source, {&filter});
    std::string rows;
    for (std::size_t row = 0; row < outcome.rows.size(); ++row) {
        if (outcome.states[row] == RowState::kept) {
            rows += outcome.rows[row][1].empty() ? "-" : outcome.rows[row][1];
        }
    }
    return rows;
}

}  // namespace

TEST_CASE("Each test of a where, on trimmed cells", "[map][condition]") {
    CHECK(kept({{"種別", Test::equals, {"公園"}}}) == "A");
    CHECK(kept({{"種別", Test::equals, {"広場"}}}) == "B");
    CHECK(kept({{"種別", Test::not_equals, {"公園"}}}) == "BC-D");
    CHECK(kept({{"種別", Test::one_of, {"公園", "広場"}}}) == "AB");
    CHECK(kept({{"種別", Test::none_of, {"公園", "広場"}}}) == "C-D");
    CHECK(kept({{"種別", Test::starts_with, {"都市", "広"}}}) == "B-");
    CHECK(kept({{"種別", Test::matches, {"公園$"}}}) == "A-");
    CHECK(kept({{"種別", Test::matches, {"^公園$"}}}) == "A");
    CHECK(kept({{"種別", Test::empty, {}}}) == "CD");
    CHECK(kept({{"種別", Test::not_empty, {}}}) == "AB-");
    CHECK(kept({}) == "ABC-D");
}

TEST_CASE("All conditions of a where must hold", "[map][condition]") {
    CHECK(kept({{"種別", Test::not_empty, {}}, {"区分", Test::one_of, {"B", "C"}}}) == "B");
    CHECK(kept({{"種別", Test::empty, {}}, {"種別", Test::not_empty, {}}}).empty());
}

TEST_CASE("A column that is not there is named, and counts as empty", "[map][condition]") {
    TableSource source = kinds();
    FilterRows filter({{"種類", Test::equals, {"公園"}}, {"区分", Test::not_empty, {}}},
                      {{"合計欄", Test::equals, {"計"}}});
    const Outcome outcome = outcome_of(source, {&filter});
    CHECK(filter.missing() == Texts{"種類", "合計欄"});
    CHECK(outcome.states == std::vector<RowState>(5, RowState::filtered));
    CHECK(kept({{"種類", Test::empty, {}}}) == "ABC-D");
}

TEST_CASE("Rows are marked and stay: left out, total, kept", "[map][condition]") {
    TableSource source(
        {"地区", "人数", "年"},
        {{"本庁", "1", "R4"}, {"桂萱", "2", "R4"}, {"合計", "3", "R4"}, {"本庁", "9", "R3"}, {"合計", "9", "R3"}});
    FilterRows filter({{"年", Test::equals, {"R4"}}}, {{"地区", Test::equals, {"合計"}}});
    const Outcome outcome = outcome_of(source, {&filter});
    CHECK(outcome.states == std::vector<RowState>{RowState::kept, RowState::kept, RowState::total, RowState::filtered,
                                                  RowState::filtered});
    CHECK(outcome.rows.size() == 5);
    CHECK(filter.missing().empty());
    CHECK(outcome.findings.empty());
}
