// SPDX-License-Identifier: Apache-2.0
#include "map/columns.hpp"
#include "map/condition.hpp"
#include "model/dataset_json.hpp"
#include "model/schema_json.hpp"
#include "read/csv.hpp"
#include "support/file.hpp"
#include "tests/unit/support/small_table.hpp"
#include "validate/totals.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

Outcome checked(const TotalRule& rule, const Texts& header, const Rows& rows) {
    TableSource source(header, rows);
    CheckTotals check(rule);
    return outcome_of(source, {}, {&check});
}

TotalRule row_sum() {
    TotalRule rule;
    rule.rule = TotalRule::Rule::row_sum;
    rule.columns = {"男", "女"};
    rule.equals = "計";
    return rule;
}

TotalRule column_sum() {
    TotalRule rule;
    rule.rule = TotalRule::Rule::column_sum;
    rule.columns = {"男", "女"};
    rule.where = {{"地区", Condition::Test::equals, {"合計"}}};
    return rule;
}

TotalRule share() {
    TotalRule rule;
    rule.rule = TotalRule::Rule::share;
    rule.part = "保有者数";
    rule.whole = "人口";
    rule.equals = "保有率";
    rule.tolerance = 0.05;
    return rule;
}

TotalRule share_of_total() {
    TotalRule rule;
    rule.rule = TotalRule::Rule::share_of_total;
    rule.part = "回数";
    rule.equals = "割合";
    rule.tolerance = 0.05;
    return rule;
}

}  // namespace

TEST_CASE("row_sum: a row's total is the sum of its parts", "[validate][totals]") {
    const Texts header{"男", "女", "計"};
    CHECK(checked(row_sum(), header, {{"1,000", "5", "1,005"}, {"－", "2", "2"}, {"", "", "0"}, {"１", "2", "3人"}})
              .findings.empty());
    const Outcome outcome = checked(row_sum(), header, {{"1", "2", "3"}, {"1", "2", "4"}, {"1", "2", ""}});
    CHECK(outcome.places() == Texts{"total-mismatch@C3", "total-mismatch@C4"});
    CHECK(outcome.findings[0].found == "4");
    CHECK(outcome.findings[0].expected == "3");
    CHECK(outcome.findings[1].found.empty());

    TotalRule lenient = row_sum();
    lenient.tolerance = 1;
    CHECK(checked(lenient, header, {{"1", "2", "4"}, {"1", "2", "5"}}).places() == Texts{"total-mismatch@C3"});
    CHECK(checked(row_sum(), header, {{"0.1", "0.2", "0.3"}}).findings.empty());  // not a question of binary digits
}

TEST_CASE("column_sum: the total row is the sum of the others, wherever it stands", "[validate][totals]") {
    const Texts header{"地区", "男", "女"};
    CHECK(
        checked(column_sum(), header, {{"本庁", "1", "2"}, {"桂萱", "3", "－"}, {"合計", "4", "2"}}).findings.empty());
    CHECK(checked(column_sum(), header, {{"合計", "4", "2"}, {"本庁", "1", "2"}, {"桂萱", "3", ""}}).findings.empty());
    const Outcome outcome = checked(column_sum(), header, {{"本庁", "1", "2"}, {"合計", "4", "3"}, {"桂萱", "3", "4"}});
    CHECK(outcome.places() == Texts{"total-mismatch@C3"});
    CHECK(outcome.findings[0].found == "3");
    CHECK(outcome.findings[0].expected == "6");
}

TEST_CASE("column_sum: a table without its total row, or with one that is no number, is wrong", "[validate][totals]") {
    const Texts header{"地区", "男", "女"};
    const Outcome without = checked(column_sum(), header, {{"本庁", "1", "2"}});
    CHECK(without.places() == Texts{"total-mismatch@0", "total-mismatch@0"});
    CHECK(without.findings[1].column == "女");
    CHECK(without.findings[1].expected == "2");
    const Outcome broken = checked(column_sum(), header, {{"本庁", "1", "2"}, {"合計", "", "二"}});
    CHECK(broken.places() == Texts{"total-mismatch@B3"});
    CHECK(broken.findings[0].expected == "1");
}

TEST_CASE("share: part of whole in percent, rounded as written", "[validate][totals]") {
    const Texts header{"人口", "保有者数", "保有率"};
    CHECK(
        checked(
            share(), header,
            {{"332,136", "146,091", "44.0"}, {"3", "1", "33.3%"}, {"3", "2", "66.7％"}, {"", "5", ""}, {"0", "0", ""}})
            .findings.empty());
    const Outcome outcome = checked(share(), header, {{"3", "1", "34"}, {"3", "1", ""}, {"0", "0", "0"}});
    CHECK(outcome.places() == Texts{"share-mismatch@C2", "share-mismatch@C3", "share-mismatch@C4"});
    CHECK(outcome.findings[0].found == "34");
    CHECK(outcome.findings[0].expected == "33.3333");
    CHECK(outcome.findings[2].expected.empty());  // nothing can be a share of nothing
}

TEST_CASE("share_of_total: shares of the sum over all rows but the total", "[validate][totals]") {
    const Texts header{"類型", "回数", "割合"};
    TotalRule rule = share_of_total();
    rule.where = {{"類型", Condition::Test::equals, {"計"}}};
    CHECK(checked(rule, header, {{"a", "1", "33.3"}, {"b", "2", "66.7"}, {"計", "3", "100"}}).findings.empty());
    const Outcome outcome =
        checked(rule, header, {{"a", "1", "33.3"}, {"計", "3", "90"}, {"b", "2", "60"}, {"c", "", ""}});
    CHECK(outcome.places() == Texts{"share-mismatch@C4", "share-mismatch@C5"});
    CHECK(outcome.findings[0].expected == "66.6667");
    CHECK(outcome.findings[1].expected.empty());
}

TEST_CASE("Rows left out by a where do not count; rows marked as total are the total", "[validate][totals]") {
    TableSource source({"地区", "男", "女"}, {{"本庁", "1", "2"}, {"旧", "100", "100"}, {"計", "1", "9"}});
    FilterRows filter({{"地区", Condition::Test::not_equals, {"旧"}}}, {{"地区", Condition::Test::equals, {"計"}}});
    TotalRule rule = column_sum();
    rule.where.clear();
    CheckTotals check(rule);
    const Outcome outcome = outcome_of(source, {&filter}, {&check});
    CHECK(outcome.places() == Texts{"total-mismatch@C4"});
    CHECK(outcome.findings[0].expected == "2");
}

TEST_CASE("A column that a rule names and the table lacks is told once", "[validate][totals]") {
    const Outcome outcome = checked(row_sum(), {"男", "計"}, {{"1", "1"}, {"2", "2"}});
    CHECK(outcome.places() == Texts{"column-missing@0"});
    CHECK(outcome.findings[0].found == "女");
    CHECK(checked(row_sum(), {"男", "女"}, {{"1", "1"}}).places() == Texts{"column-missing@0"});
}

// The table as one of its two source texts has it: of 44 (38.2%) in 行政機関 the 44 is lost.
TEST_CASE("The lost 44 of a real table is caught: at its own cell, by the total and by every share",
          "[validate][totals]") {
    std::vector<Mistake> mistakes;
    const Dataset dataset = parse_dataset(read_small_file("datasets/maebashi-card-visits/dataset.json", "dataset.json"),
                                          "dataset.json", "maebashi-card-visits", mistakes);
    const Schema schema =
        parse_schema(read_small_file("schemas/plan/visit_application.json", "schema"), "schema", mistakes);
    REQUIRE(mistakes.empty());
    REQUIRE(dataset.tables.size() == 1);
    const TableSpec& table = dataset.tables.front();
    REQUIRE(table.checks.size() == 3);

    const auto run = [&](const std::filesystem::path& file) {
        CsvOptions options;
        options.path = file;
        options.shown = file.filename().string();
        options.totals = Totals::keep;  // the table says itself which rows are totals
        CsvSource source(options);
        FilterRows filter(table.where, table.total_rows);
        MapColumns map(table, &schema);
        CheckTotals sum(table.checks[0]);
        CheckTotals visits(table.checks[1]);
        CheckTotals people(table.checks[2]);
        return outcome_of(source, {&filter, &map}, {&sum, &visits, &people});
    };
    CHECK(run("datasets/maebashi-card-visits/source/shuccho_shinsei_r4.csv").findings.empty());

    const Outcome outcome = run("tests/data/card-visits-broken.csv");
    CHECK(outcome.places() == Texts{"pattern-unmatched@B4", "pattern-unmatched@B4",  // the number and its share
                                    "total-mismatch@B6", "share-mismatch@B2", "share-mismatch@B3", "share-mismatch@B4",
                                    "share-mismatch@B5"});
    REQUIRE(outcome.findings.size() == 7);
    CHECK(outcome.findings[0].found == "(38.2%)");
    CHECK(outcome.findings[2].found == "115");
    CHECK(outcome.findings[2].expected == "71");
    CHECK(outcome.findings[3].found == "38.2");
    CHECK(outcome.findings[3].expected == "61.9718");
    CHECK(outcome.findings[5].expected.empty());
}
