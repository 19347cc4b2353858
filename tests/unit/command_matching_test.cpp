// SPDX-License-Identifier: Apache-2.0
#include "command/matching.hpp"

#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

struct Told {
    std::string schema;
    Texts findings;
};

Told told(const std::string& schema, Matching matching, const Texts& header, const Rows& rows) {
    SchemaLibrary schemas("schemas");
    SampledSource source(std::make_unique<TableSource>(header, rows));
    Findings findings;
    const Shape shape = source.open(findings);
    TableSpec table;
    table.schema = schema;
    const TableMatch match = match_table(table, shape, &source, source.about(), schemas);
    tell_match(match, matching, findings);
    Told result{match.schema != nullptr ? match.schema->id : "none", {}};
    for (const Finding& finding : findings.list()) {
        result.findings.push_back(std::string(name_of(finding.severity)) + " " + std::string(info(finding.code).id) +
                                  " " + std::string(finding.found));
    }
    return result;
}

}  // namespace

TEST_CASE("convert warns of what is not sure, run asks", "[command][matching]") {
    const Texts header{"名称", "電話2"};
    const Rows rows{{"a", "027-224-1111"}, {"b", "027-224-1112"}};
    CHECK(told("v2/aed", Matching::propose, header, rows).findings == Texts{"warning column-unsure 電話2"});
    CHECK(told("v2/aed", Matching::ask, header, rows).findings == Texts{"error column-unsure 電話2"});
}

TEST_CASE("auto says what it chose and why, or what it could be", "[command][matching]") {
    const Told chosen = told("auto", Matching::propose, {"施設名", "所在地", "小児用パッドの有無", "設置場所"},
                             {{"市役所", "本町1-1", "有", "1階"}, {"駅", "南町2-2", "無", "改札"}});
    CHECK(chosen.schema == "v2/aed");
    CHECK(chosen.findings == Texts{"note schema-chosen v2/aed"});
    const Told open = told("auto", Matching::ask, {"品名", "単価"}, {{"a", "1"}});
    CHECK(open.schema == "none");
    REQUIRE(open.findings.size() == 1);
    CHECK(open.findings[0].starts_with("error schema-undecided"));
    CHECK(told("none", Matching::propose, {"品名"}, {{"a"}}).findings.empty());
}
