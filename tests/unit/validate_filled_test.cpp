// SPDX-License-Identifier: Apache-2.0
#include "map/tables.hpp"
#include "tests/unit/support/small_table.hpp"
#include "validate/filled.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;

TEST_CASE("Cells that hold something are counted by column, over all batches", "[validate][filled]") {
    TableSource source({"名称", "電話"}, Rows{{"a", ""}, {"b", "1"}, {"", ""}, {"c", "2"}, {"d", ""}});
    CountFilled::Counts counts(2);
    CountFilled count(counts);
    CHECK(outcome_of(source, {&count}).findings.empty());
    CHECK(counts.values() == std::vector<std::uint64_t>{4, 2});
}

TEST_CASE("Rows that are no data are not counted", "[validate][filled]") {
    TableSource source({"区分", "数"}, Rows{{"男", "1"}, {"合計", "3"}, {"女", "2"}, {"ほか", ""}});
    Condition total;
    total.column = "区分";
    total.values = {"合計"};
    Condition real;
    real.column = "区分";
    real.test = Condition::Test::not_equals;
    real.values = {"ほか"};
    FilterRows filter({real}, {total});
    CountFilled::Counts counts(2);
    CountFilled count(counts);
    outcome_of(source, {&filter, &count});
    CHECK(counts.values() == std::vector<std::uint64_t>{2, 2});
}
