// SPDX-License-Identifier: Apache-2.0
// The judgement alone, at its borders; what makes a TableDiff is tested by itself.
#include "publish/regression.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

using namespace kokai;

namespace {

/// A table of so many rows that all stayed as they were.
TableChange unchanged(std::uint64_t rows) {
    TableChange change;
    change.name = "a";
    change.schema_before = change.schema_now = "v2/aed";
    change.rows_before = change.rows_now = rows;
    TableDiff diff;
    diff.by = RowKey::declared;
    diff.key = {"ID"};
    diff.rows_before = diff.rows_now = diff.same = diff.positions = rows;
    diff.columns = {{.name = "ID", .filled_before = rows, .filled_now = rows},
                    {.name = "名称", .filled_before = rows, .filled_now = rows}};
    change.diff = diff;
    return change;
}

std::string limits_passed(const TableChange& change, const RegressionLimits& limits = {}) {
    std::string all;
    for (const RegressionStop& one : judge_change(change, limits)) {
        all += (all.empty() ? "" : " ") + std::string(one.limit);
        CHECK_FALSE(one.ja.empty());
        CHECK_FALSE(one.en.empty());
    }
    return all;
}

RegressionLimits only(std::optional<double> RegressionLimits::*limit, double value) {
    RegressionLimits limits;
    limits.*limit = value;
    return limits;
}

}  // namespace

TEST_CASE("Fewer than half of at least twenty rows stop, half does not", "[publish][regression]") {
    TableChange change = unchanged(20);
    change.diff.reset();
    for (const auto& [before, now, stops] : {std::tuple{20, 10, false},
                                             {20, 9, true},
                                             {19, 1, false},
                                             {19, 0, true},
                                             {21, 10, true},
                                             {28'619, 37, true},
                                             {100, 300, false}}) {
        INFO(before << " " << now);
        change.rows_before = static_cast<std::uint64_t>(before);
        change.rows_now = static_cast<std::uint64_t>(now);
        CHECK(limits_passed(change) == (stops ? "rows_lost" : ""));
    }
    change.rows_before = 3;
    change.rows_now = 0;
    CHECK(limits_passed(change) == "rows_lost");
    change.goes_out = false;  // its errors say enough
    CHECK(limits_passed(change).empty());
}

TEST_CASE("As many rows with other IDs are rows lost, but for what happens once", "[publish][regression]") {
    TableChange change = unchanged(40);
    change.diff->removed = change.diff->added = 21;
    change.diff->same = 19;
    CHECK(limits_passed(change) == "rows_lost");
    change.schema_before = change.schema_now = "v2/event";
    CHECK(limits_passed(change).empty());
    CHECK(limits_passed(change, only(&RegressionLimits::rows_lost, 0.5)) == "rows_lost");
    change.schema_before = change.schema_now = "own/school";
    change.diff->key = {"学校コード", "年度"};  // of a year
    CHECK(limits_passed(change).empty());
}

TEST_CASE("Each limit stops above it and not at it", "[publish][regression]") {
    TableChange change = unchanged(100);
    TableDiff& diff = *change.diff;
    SECTION("new rows") {
        diff.added = 200;
        CHECK(limits_passed(change).empty());
        diff.added = 201;
        CHECK(limits_passed(change) == "rows_new");
        CHECK(limits_passed(change, only(&RegressionLimits::rows_new, 3)).empty());
    }
    SECTION("IDs") {
        diff.renumbered = 10;
        CHECK(limits_passed(change).empty());
        diff.renumbered = 11;
        CHECK(limits_passed(change) == "ids_changed");
        CHECK(limits_passed(change, only(&RegressionLimits::ids_changed, 0.11)).empty());
    }
    SECTION("positions, of those that there are") {
        diff.positions = 50;
        diff.moved = 10;
        CHECK(limits_passed(change).empty());
        diff.moved = 11;
        CHECK(limits_passed(change) == "positions_moved");
        CHECK(limits_passed(change, only(&RegressionLimits::positions_moved, 0.5)).empty());
        diff.renumbered = 90;  // other things, not other places
        CHECK(limits_passed(change) == "ids_changed");
    }
    SECTION("values that tell rows apart") {
        ColumnDiff& name = diff.columns.back();
        name.telling = true;
        name.changed = 80;
        CHECK(limits_passed(change).empty());
        name.changed = 81;
        CHECK(limits_passed(change) == "values_changed");
        name.plain = true;  // numbers and dates are others every year
        CHECK(limits_passed(change).empty());
        CHECK(limits_passed(change, only(&RegressionLimits::values_changed, 0.8)) == "values_changed");
        name.swapped = true;
        CHECK(limits_passed(change) == "values_changed");
        name.telling = false;
        CHECK(limits_passed(change).empty());
    }
    SECTION("columns") {
        ColumnDiff& name = diff.columns.back();
        name.filled_before = 10;
        name.filled_now = 0;
        CHECK(limits_passed(change) == "columns_emptied");
        CHECK(limits_passed(change, only(&RegressionLimits::columns_emptied, 1)).empty());
        name.filled_before = 9;  // held too little to be missed
        CHECK(limits_passed(change).empty());
        name.filled_before = 100;
        name.filled_now = 5;
        CHECK(limits_passed(change).empty());
        name.filled_now = 4;
        CHECK(limits_passed(change) == "columns_emptied");
        change.dropped = {"名称"};  // dataset.json says so
        CHECK(limits_passed(change).empty());
    }
    SECTION("a column that is called otherwise now") {
        diff.columns.back().in_now = false;
        diff.columns.back().filled_now = 0;
        CHECK(limits_passed(change) == "columns_emptied");
        diff.columns_renamed = {{"名称", "施設名"}};
        CHECK(limits_passed(change).empty());
    }
}

TEST_CASE("Where the schema is another one only rows are counted", "[publish][regression]") {
    TableChange change = unchanged(100);
    change.diff->renumbered = 100;
    change.schema_before = "v1/aed";
    CHECK(limits_passed(change).empty());
    change.rows_now = 10;
    CHECK(limits_passed(change) == "rows_lost");
}

TEST_CASE("What stopped is told with figures and examples", "[publish][regression]") {
    TableChange change = unchanged(100);
    change.diff->moved = 100;
    change.diff->moved_most = 451.4;
    std::vector<RowChange> examples;
    ChangeExamples take(examples);
    for (int i = 0; i < 1000; ++i) {
        RowChange row;
        row.id = {"ID" + std::to_string(i)};
        row.name = "公園";
        row.metres = 450;
        take.take(row, moved_metres({}));
    }
    CHECK(examples.size() < 100);
    change.examples = examples;
    const auto json = regression_json(judge_change(change, {}));
    REQUIRE(json.size() == 1);
    CHECK(json[0]["limit"] == "positions_moved");
    CHECK(json[0]["count"] == 100);
    CHECK(json[0]["of"] == 100);
    CHECK(json[0]["allowed"] == 0.2);
    CHECK(json[0]["examples"].size() == 5);
    CHECK(json[0]["examples"][0] == "ID0（公園）");
    CHECK(json[0]["message_ja"].get<std::string>().find("451 m") != std::string::npos);
}
