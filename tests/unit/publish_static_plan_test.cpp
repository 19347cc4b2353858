// SPDX-License-Identifier: Apache-2.0
#include "publish/static_plan.hpp"

#include "support/catalog_sample.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

namespace {

SiteFile file(const std::string& dataset, const std::string& path, const std::string& sha256) {
    return {dataset, path, path, 10, sha256, SiteTurn::data};
}

/// Local: one new, one changed, one that stays; there: what was confirmed last.
StaticFacts facts() {
    StaticFacts all;
    all.site = {file("park", "park/changed", "new"), file("park", "park/fresh", "fresh"),
                file("park", "park/same", "same"), file("catalog", "index.html", "page2")};
    all.there = {{"park/changed", "old"}, {"park/same", "same"}, {"park/gone", "gone"}, {"index.html", "page1"}};
    all.records["park"].files = {{"park/changed", {10, "old", "v1"}},
                                 {"park/same", {10, "same", "v2"}},
                                 {"park/gone", {10, "gone", "v3"}},
                                 {"park/gone-there-too", {10, "x", "v4"}}};
    all.records["catalog"].files = {{"index.html", {10, "page1", "v5"}}};
    all.editions = {{"park", "aaaa"}};
    return all;
}

std::string actions(const PlannedDataset& dataset) {
    std::string text(action_word(dataset.action));
    for (const PlannedFile& one : dataset.files) {
        text += " " + one.path.substr(one.path.find('/') + 1) + "=" + std::string(action_word(one.action));
    }
    return text;
}

}  // namespace

TEST_CASE("A static catalog's files are compared three ways", "[publish][static]") {
    const std::vector<PlannedDataset> plan = static_plan(facts(), {});
    REQUIRE(plan.size() == 2);
    CHECK(plan[0].id == "park");
    CHECK(plan[0].edition == "aaaa");
    CHECK(actions(plan[0]) == "change changed=replace fresh=create same=leave gone=orphaned");
    CHECK(plan[1].id == "catalog");  // what links to the others comes last
    CHECK(actions(plan[1]) == "replace index.html=replace");
}

TEST_CASE("What somebody else wrote there is not written over unless that is asked for", "[publish][static]") {
    StaticFacts edited = facts();
    edited.there["park/changed"] = "by hand";
    edited.there["park/fresh"] = "not ours";
    PlannedDataset park = static_plan(edited, {})[0];
    CHECK(actions(park) == "edited-there changed=edited-there fresh=edited-there same=leave gone=orphaned");
    REQUIRE(park.edits.size() == 2);
    CHECK(park.edits[0].from == "by hand");
    CHECK(actions(static_plan(edited, {"park/changed"})[0]) ==
          "edited-there changed=replace fresh=edited-there same=leave gone=orphaned");
    CHECK(actions(static_plan(edited, {"all"})[0]) == "change changed=replace fresh=replace same=leave gone=orphaned");
    // A killed run was at it: its own bytes are ours, another's are not.
    edited.interrupted["park"] = {{"park/changed", {"newer"}}, {"park/fresh", {"fresh"}}};
    CHECK(actions(static_plan(edited, {})[0]) ==
          "edited-there changed=edited-there fresh=edited-there same=leave gone=orphaned");
    edited.interrupted["park"] = {{"park/changed", {"by hand"}}, {"park/fresh", {"fresh", "not ours"}}};
    CHECK(actions(static_plan(edited, {})[0]) == "change changed=replace fresh=replace same=leave gone=orphaned");
    edited.there["park/changed"] = "new";  // by hand, but what we would write
    CHECK(actions(static_plan(edited, {})[0]) == "change changed=leave fresh=replace same=leave gone=orphaned");
}

TEST_CASE("States of a plan change with either side and with nothing else", "[publish][static]") {
    const PlannedDataset before = static_plan(facts(), {})[0];
    CHECK(static_plan(facts(), {"all"})[0].remote_state == before.remote_state);
    StaticFacts moved = facts();
    moved.there["park/same"] = "moved";
    CHECK(static_plan(moved, {})[0].remote_state != before.remote_state);
    CHECK(static_plan(moved, {})[0].local_state == before.local_state);
    moved = facts();
    moved.site[0].sha256 = "newer";
    CHECK(static_plan(moved, {})[0].remote_state == before.remote_state);
    CHECK(static_plan(moved, {})[0].local_state != before.local_state);
}

TEST_CASE("Nothing new is left alone; a dataset that left is orphaned", "[publish][static]") {
    StaticFacts still = facts();
    still.site = {file("park", "park/same", "same")};
    still.there = {{"park/same", "same"}};
    CHECK(actions(static_plan(still, {})[0]) == "leave same=leave");
    still.site.clear();
    CHECK(actions(static_plan(still, {})[0]) == "orphaned same=orphaned");
}

TEST_CASE("What was confirmed is read back as it was", "[publish][static]") {
    StaticRecord record;
    record.entry = testing::sample_entry();
    record.entry->kept = {{3, false, testing::sample_entry()}, {2, true, testing::sample_entry()}};
    record.files = {{"park/a.csv", {7, "aa", "\"etag\""}}};
    const auto back = static_record_from(to_json_text(record));
    REQUIRE(back);
    CHECK(to_json_text(*back) == to_json_text(record));
    CHECK(back->entry->kept[1].withdrawn);
    CHECK(back->files.at("park/a.csv").version == "\"etag\"");
    CHECK_FALSE(static_record_from("{}"));
    CHECK_FALSE(static_record_from("{\"format\": 2, \"files\": {}}"));
}
