// SPDX-License-Identifier: Apache-2.0
#include "publish/editions.hpp"
#include "support/hash.hpp"

#include "describe/edition.hpp"
#include "model/error.hpp"
#include "support/catalog_sample.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

CatalogEntry entry_of(const std::string& edition, const std::string& csv) {
    CatalogEntry entry = testing::sample_entry();
    entry.edition = edition;
    entry.tables[0].files = {{"csv", "a.csv", 1, csv.size(), sha256_hex(csv)},
                             {"partner:iko-yo", "partner/b.xlsx", 1, 2, sha256_hex("PK")}};
    return entry;
}

std::string names(const std::vector<KeptEdition>& all) {
    std::string text;
    for (const KeptEdition& one : all) {
        text +=
            (text.empty() ? "" : " ") + one.entry.edition + std::to_string(one.sequence) + (one.withdrawn ? "-" : "");
    }
    return text;
}

}  // namespace

TEST_CASE("An edition is kept with its files, and stays when the dataset's folder changes", "[publish][editions]") {
    const TemporaryFolder folder;
    fs::create_directories(folder.path() / "demo-aed" / "partner");
    folder.file("demo-aed/a.csv", "one");
    folder.file("demo-aed/partner/b.xlsx", "PK");
    const CatalogEntry one = entry_of("aaaa", "one");
    CHECK_FALSE(kept_entry(folder.path(), "demo-aed", "aaaa"));
    keep_edition(folder.path(), folder.path() / "demo-aed", one);
    fs::remove(folder.path() / "demo-aed" / "a.csv");
    folder.file("demo-aed/a.csv", "other");
    keep_edition(folder.path(), folder.path() / "demo-aed", one);  // is there already
    CHECK(folder.read(".state/editions/demo-aed/aaaa/a.csv") == "one");
    CHECK(folder.read(".state/editions/demo-aed/aaaa/partner/b.xlsx") == "PK");
    CHECK(folder.read(".state/editions/demo-aed/aaaa/datapackage.json").find("\"version\": \"aaaa\"") !=
          std::string::npos);
    const auto back = kept_entry(folder.path(), "demo-aed", "aaaa");
    REQUIRE(back);
    CHECK(to_json_text(*back) == to_json_text(one));
    folder.file("demo-aed/a.csv", "one");
    folder.file(".state/editions/demo-aed/aaaa/a.csv", "two");  // altered: put right
    keep_edition(folder.path(), folder.path() / "demo-aed", one);
    CHECK(folder.read(".state/editions/demo-aed/aaaa/a.csv") == "one");
    fs::remove(folder.path() / ".state/editions/demo-aed/aaaa/a.csv");  // not whole any more: taken in again
    CHECK_FALSE(kept_entry(folder.path(), "demo-aed", "aaaa"));
    CHECK_FALSE(kept_entry(folder.path(), "demo-aed", "../x"));
}

TEST_CASE("Editions stand in the order of publication; what comes again comes last", "[publish][editions]") {
    std::vector<KeptEdition> all;
    for (const char* edition : {"a", "b", "c"}) {
        all = with_current(all, entry_of(edition, ""));
    }
    CHECK(names(all) == "a1 b2 c3");
    CHECK(names(with_current(all, entry_of("c", ""))) == "a1 b2 c3");
    CHECK(names(with_current(all, entry_of("a", ""))) == "b2 c3 a4");  // the same content as long ago
    all[2].withdrawn = true;
    CHECK(names(with_current(all, entry_of("b", ""))) == "a1 b2 c3-");  // after a rollback
    CHECK(names(with_current(all, entry_of("d", ""))) == "a1 b2 c3- d4");
    CHECK(names(with_current(all, entry_of("c", ""))) == "a1 b2 c4");
}

TEST_CASE("A limit takes the oldest, never the current edition or one that was taken back", "[publish][editions]") {
    std::vector<KeptEdition> all;
    for (const char* edition : {"a", "b", "c", "d"}) {
        all = with_current(all, entry_of(edition, ""));
    }
    CHECK(names(within_limit(all, "d", 0)) == "a1 b2 c3 d4");
    CHECK(names(within_limit(all, "d", 9)) == "a1 b2 c3 d4");
    CHECK(names(within_limit(all, "d", 2)) == "b2 c3 d4");
    CHECK(names(within_limit(all, "d", 1)) == "c3 d4");
    CHECK(names(within_limit(all, "a", 1)) == "a1 d4");
    all[3].withdrawn = true;
    CHECK(names(within_limit(all, "c", 1)) == "b2 c3 d4-");
}

TEST_CASE("The list is read back, and one that is damaged is no empty one", "[publish][editions]") {
    const TemporaryFolder folder;
    CHECK(read_editions(folder.path(), "demo-aed").empty());
    std::vector<KeptEdition> all = with_current(with_current({}, entry_of("a", "1")), entry_of("b", "2"));
    all[1].withdrawn = true;
    write_editions(folder.path(), "demo-aed", all);
    const std::vector<KeptEdition> back = read_editions(folder.path(), "demo-aed");
    CHECK(names(back) == "a1 b2-");
    CHECK(back[0].entry.tables[0].files[0].path == "a.csv");
    CHECK(back[0].entry.title == testing::sample_entry().title);
    CHECK(is_withdrawn(folder.path(), "demo-aed", "b"));
    CHECK_FALSE(is_withdrawn(folder.path(), "demo-aed", "a"));
    CHECK_FALSE(is_withdrawn(folder.path(), "other", "b"));
    const std::string whole = folder.read(".state/editions/demo-aed/list.json");
    for (const std::string& broken : {std::string(), std::string("{}"), whole.substr(0, whole.size() / 2),
                                      std::string(R"({"format":2,"editions":[]})")}) {
        folder.file(".state/editions/demo-aed/list.json", broken);
        CHECK_THROWS_AS(read_editions(folder.path(), "demo-aed"), WorldError);
    }
}

TEST_CASE("What no list names leaves the store", "[publish][editions]") {
    const TemporaryFolder folder;
    fs::create_directories(folder.path() / "demo-aed" / "partner");
    folder.file("demo-aed/a.csv", "one");
    folder.file("demo-aed/partner/b.xlsx", "PK");
    for (const char* edition : {"a", "b"}) {
        keep_edition(folder.path(), folder.path() / "demo-aed", entry_of(edition, "one"));
    }
    const std::vector<KeptEdition> all = with_current({}, entry_of("b", "one"));
    write_editions(folder.path(), "demo-aed", all);
    prune_editions(folder.path(), "demo-aed", all);
    CHECK_FALSE(fs::exists(kept_folder(folder.path(), "demo-aed", "a")));
    CHECK_FALSE(fs::exists(folder.path() / ".state/editions/demo-aed/a.json"));
    CHECK(kept_entry(folder.path(), "demo-aed", "b"));
    CHECK(names(read_editions(folder.path(), "demo-aed")) == "b1");
    CHECK(folder.read("demo-aed/a.csv") == "one");
}
