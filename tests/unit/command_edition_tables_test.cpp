// SPDX-License-Identifier: Apache-2.0
#include "command/edition_tables.hpp"
#include "model/error.hpp"
#include "publish/state.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace kokai;
using kokai::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t npos = static_cast<std::size_t>(-1);

EditionTables named(const std::vector<std::string>& names) {
    EditionTables edition;
    for (const std::string& name : names) {
        edition.tables.push_back({name, name + ".csv", true, {}});
    }
    return edition;
}

}  // namespace

TEST_CASE("A run's state says which tables an output folder has, and their keys", "[command][diff]") {
    const TemporaryFolder output;
    fs::create_directories(output.path() / "aed/partner");
    output.file("aed/102016_aed_20250401.csv", "ID\n");
    output.file("aed/102016_aed_20250401.geojson", "{}");
    output.file("aed/partner/x.csv", "ID\n");
    CatalogEntry entry;
    entry.id = "aed";
    entry.edition = "0123";
    entry.tables.resize(1);
    entry.tables[0].name = "aed";
    entry.tables[0].primary_key = {"ID"};
    entry.tables[0].files = {{"geojson", "102016_aed_20250401.geojson", 0, 2, ""},
                             {"csv", "102016_aed_20250401.csv", 0, 3, ""},
                             {"partner:x", "partner/x.csv", 0, 3, ""}};
    write_state(output.path(), {"aed", "", 0, entry});
    const EditionTables edition = tables_of_edition((output.path() / "aed").string());
    CHECK(edition.name == "0123");
    REQUIRE(edition.tables.size() == 1);
    CHECK(edition.tables[0].name == "102016_aed");
    CHECK(edition.tables[0].file.extension() == ".csv");
    CHECK(edition.tables[0].published_csv);
    CHECK(edition.tables[0].key == std::vector<std::string>{"ID"});
}

TEST_CASE("A folder of the catalog is read by its Data Package, any other by its files", "[command][diff]") {
    const TemporaryFolder folder;
    folder.file("b.csv", "ID\n");
    folder.file("a.geojson", "{}");
    folder.file("notes.txt", "");
    EditionTables edition = tables_of_edition(folder.path().string());
    REQUIRE(edition.tables.size() == 2);
    CHECK(edition.tables[0].name == "a");
    CHECK_FALSE(edition.tables[1].published_csv);
    folder.file("datapackage.json", R"({"version": "89ab", "resources": [
        {"path": "b.csv", "schema": {"primaryKey": ["NO"]}}, {"path": "../b.csv"}, {"path": "gone.csv"}, 7]})");
    edition = tables_of_edition(folder.path().string());
    CHECK(edition.name == "89ab");
    REQUIRE(edition.tables.size() == 1);
    CHECK(edition.tables[0].key == std::vector<std::string>{"NO"});
}

TEST_CASE("Nothing to compare is told", "[command][diff]") {
    const TemporaryFolder folder;
    CHECK_THROWS_AS(tables_of_edition(folder.path().string()), WorldError);
    CHECK_THROWS_AS(tables_of_edition((folder.path() / "none").string()), WorldError);
}

TEST_CASE("Tables meet by name, the last two by being left", "[command][diff]") {
    using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
    CHECK(pair_tables(named({"a", "b"}), named({"b", "a"})) == Pairs{{1, 0}, {0, 1}});
    CHECK(pair_tables(named({"old"}), named({"new"})) == Pairs{{0, 0}});
    CHECK(pair_tables(named({"a", "x"}), named({"a", "y"})) == Pairs{{0, 0}, {1, 1}});
    CHECK(pair_tables(named({"a"}), named({"a", "b"})) == Pairs{{0, 0}, {npos, 1}});
    CHECK(pair_tables(named({"a", "b", "c"}), named({"a"})) == Pairs{{0, 0}, {1, npos}, {2, npos}});
}
