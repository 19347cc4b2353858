// SPDX-License-Identifier: Apache-2.0
#include "publish/plan.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

namespace {

PublicationPlan sample_plan() {
    PublicationPlan plan;
    plan.target = "portal";
    plan.where = "https://data.example";
    plan.overwrite = {"title"};
    plan.datasets.push_back({"aed",
                             "102016_aed",
                             PlanAction::replace,
                             "e1",
                             "l1",
                             "id@time",
                             {{"title", "旧", "新"}},
                             {},
                             {{"aed/csv", "aed.csv", "r1", PlanAction::replace, {}, 2048, "d1"},
                              {"aed/json", "aed.json", "r2", PlanAction::leave, {}, 10, "d2"}}});
    plan.datasets.push_back({"park", "park", PlanAction::leave, "e2", "l2", "p@t", {}, {}, {}});
    plan.datasets.push_back({"old", "old", PlanAction::orphaned, "e3", "", "o", {}, {}, {}});
    plan.datasets.push_back({"toilet",
                             "toilet",
                             PlanAction::edited_there,
                             "e4",
                             "l4",
                             "t@t",
                             {},
                             {{"notes", "theirs", "ours"}},
                             {{"t/csv", "t.csv", "r3", PlanAction::replace, {}, 999, "d3"}}});
    return plan;
}

}  // namespace

TEST_CASE("A plan that is kept is read back the same", "[publish][plan]") {
    const std::string text = plan_json(sample_plan());
    CHECK(plan_json(plan_from_json(text, "plan.json")) == text);
    for (const std::string& wrong : {std::string("{}"), std::string("["), text.substr(0, 80),
                                     std::string(text).replace(text.find("\"format\": 1"), 11, "\"format\": 2"),
                                     std::string(text).replace(text.find("\"orphaned\"", 300), 10, "\"orphan\"")}) {
        CHECK_THROWS_AS(plan_from_json(wrong, "plan.json"), LayoutError);
    }
}

TEST_CASE("A plan counts what would be sent, and nothing of what was edited there", "[publish][plan]") {
    const PlanCounts counts = counts_of(sample_plan());
    CHECK(counts.replace == 1);
    CHECK(counts.leave == 1);
    CHECK(counts.orphaned == 1);
    CHECK(counts.edited_there == 1);
    CHECK(counts.files == 1);
    CHECK(counts.bytes == 2048);
}

TEST_CASE("A plan is printed field by field, without line breaks of the data", "[publish][plan]") {
    PublicationPlan plan = sample_plan();
    plan.datasets[0].changes[0].to = "one\ntwo\x1B[31m";
    const std::string ja = plan_text(plan, Language::ja);
    CHECK(ja.find("ファイル差し替え  aed → 102016_aed") != std::string::npos);
    CHECK(ja.find("title: 「旧」") != std::string::npos);
    CHECK(ja.find("one\ntwo") == std::string::npos);
    CHECK(ja.find('\x1B') == std::string::npos);
    CHECK(ja.find("park") == std::string::npos);
    CHECK(plan_text(plan, Language::en).find("edited there  toilet") != std::string::npos);
}
