// SPDX-License-Identifier: Apache-2.0
#include "publish/state.hpp"
#include "tests/unit/support/catalog_sample.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::sample_entry;
using kokai::testing::TemporaryFolder;

TEST_CASE("What was written of a dataset is read back", "[publish][state]") {
    const TemporaryFolder folder;
    CHECK_FALSE(read_state(folder.path(), "demo-aed"));
    write_state(folder.path(), {"demo-aed", "0123abcd", 1, sample_entry()});
    const auto state = read_state(folder.path(), "demo-aed");
    REQUIRE(state);
    CHECK(state->id == "demo-aed");
    CHECK(state->inputs == "0123abcd");
    CHECK(state->exit == 1);
    REQUIRE(state->entry);
    CHECK(to_json_text(*state->entry) == to_json_text(sample_entry()));

    write_state(folder.path(), {"demo-aed", "4567", 3, std::nullopt});  // nothing is published any more
    CHECK(read_state(folder.path(), "demo-aed")->inputs == "4567");
    CHECK_FALSE(read_state(folder.path(), "demo-aed")->entry);
}

TEST_CASE("A state that cannot be read is none: the dataset is made again", "[publish][state]") {
    const TemporaryFolder folder;
    write_state(folder.path(), {"demo-aed", "0123", 0, sample_entry()});
    const std::string whole = folder.read(".state/demo-aed.json");
    for (const std::string& broken :
         {std::string(), std::string("{}"), std::string("null"), std::string("\xFF"), whole.substr(0, whole.size() / 2),
          std::string(R"({"inputs":1,"exit":0})"), std::string(R"({"inputs":"a","exit":0,"entry":"{}x"})")}) {
        INFO(broken);
        folder.file(".state/demo-aed.json", broken);
        CHECK_FALSE(read_state(folder.path(), "demo-aed"));
    }
}

TEST_CASE("Datasets with a state are listed in order", "[publish][state]") {
    const TemporaryFolder folder;
    CHECK(state_ids(folder.path()).empty());
    for (const char* id : {"toilets", "aed", "parks-2"}) {
        write_state(folder.path(), {id, "0", 0, std::nullopt});
    }
    folder.file(".state/.aed.json.part", "");
    CHECK(state_ids(folder.path()) == std::vector<std::string>{"aed", "parks-2", "toilets"});
}

TEST_CASE("An edition is whole when every file is there with its size", "[publish][state]") {
    const TemporaryFolder folder;
    CatalogEntry entry;
    entry.tables.resize(2);
    entry.tables[0].files = {{"csv", "a.csv", 1, 3, ""}, {"geojson", "a.geojson", 1, 5, ""}};
    entry.tables[1].files = {{"partner:iko-yo", "partner/b.xlsx", 1, 2, ""}};
    std::filesystem::create_directories(folder.path() / "partner");
    folder.file("a.csv", "abc");
    folder.file("a.geojson", "12345");
    folder.file("partner/b.xlsx", "PK");
    CHECK_FALSE(edition_is_whole(folder.path(), entry));  // no report yet
    folder.file("report.json", "{}");
    CHECK(edition_is_whole(folder.path(), entry));
    folder.file("a.geojson", "1234");
    CHECK_FALSE(edition_is_whole(folder.path(), entry));
    folder.file("a.geojson", "12345");
    std::filesystem::remove(folder.path() / "partner/b.xlsx");
    CHECK_FALSE(edition_is_whole(folder.path(), entry));
}
