// SPDX-License-Identifier: Apache-2.0
#include "publish/rollback.hpp"

#include "model/error.hpp"
#include "publish/editions.hpp"
#include "publish/output_folder.hpp"
#include "publish/state.hpp"
#include "support/catalog_sample.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
namespace fs = std::filesystem;

namespace {

/// Three editions of one dataset, the last of them current.
struct Published {
    testing::TemporaryFolder folder;
    fs::path output = folder.path();

    Published() {
        fs::create_directories(output / "demo-aed" / "private");
        std::vector<KeptEdition> all;
        for (const char* edition : {"aaaa", "bbbb", "cccc"}) {
            fs::remove(output / "demo-aed" / "a.csv");
            folder.file("demo-aed/a.csv", edition);
            keep_edition(output, output / "demo-aed", entry(edition));
            all = with_current(all, entry(edition));
        }
        write_editions(output, "demo-aed", all);
        folder.file("demo-aed/report.json", "{}");
        folder.file("demo-aed/private/annotated.xlsx", "PK");
        write_state(output, {"demo-aed", "inputs", 1, entry("cccc")});
    }

    static CatalogEntry entry(const std::string& edition) {
        CatalogEntry one = testing::sample_entry();
        one.edition = edition;
        one.tables[0].files = {{"csv", "a.csv", 1, 4, ""}};
        return one;
    }
    [[nodiscard]] std::string current() const { return read_state(output, "demo-aed")->entry->edition; }
    [[nodiscard]] std::string data() const { return folder.read("demo-aed/a.csv"); }
};

}  // namespace

TEST_CASE("A rollback changes the data and what is published, nothing else", "[publish][rollback]") {
    const Published one;
    CHECK(edition_before(one.output, Published::entry("cccc")) == "bbbb");
    roll_back(one.output, "demo-aed", "bbbb");
    CHECK(one.current() == "bbbb");
    CHECK(one.data() == "bbbb");
    CHECK(one.folder.read("demo-aed/report.json") == "{}");
    CHECK(one.folder.read("demo-aed/private/annotated.xlsx") == "PK");
    CHECK(read_state(one.output, "demo-aed")->inputs == "inputs");  // the same inputs again are nothing new
    CHECK(read_state(one.output, "demo-aed")->exit == 1);
    CHECK(is_withdrawn(one.output, "demo-aed", "cccc"));
    CHECK_FALSE(is_withdrawn(one.output, "demo-aed", "bbbb"));
    CHECK(edition_before(one.output, Published::entry("bbbb")) == "aaaa");
    roll_back(one.output, "demo-aed", "aaaa");
    CHECK(one.data() == "aaaa");
    CHECK(is_withdrawn(one.output, "demo-aed", "bbbb"));
    CHECK(edition_before(one.output, Published::entry("aaaa")).empty());
    roll_back(one.output, "demo-aed", "cccc");
    CHECK(one.data() == "cccc");
    CHECK(is_withdrawn(one.output, "demo-aed", "bbbb"));
    CHECK_FALSE(is_withdrawn(one.output, "demo-aed", "cccc"));
    CHECK(edition_before(one.output, Published::entry("cccc")) == "aaaa");
}

TEST_CASE("An edition that is not kept whole is no goal", "[publish][rollback]") {
    const Published one;
    CHECK_THROWS_AS(roll_back(one.output, "demo-aed", "dddd"), UsageError);
    fs::remove(kept_folder(one.output, "demo-aed", "aaaa") / "a.csv");
    CHECK_THROWS_AS(roll_back(one.output, "demo-aed", "aaaa"), UsageError);
    CHECK(one.current() == "cccc");
    CHECK(one.data() == "cccc");
}

TEST_CASE("A rollback that was killed is finished by the next start, wherever that was", "[publish][rollback]") {
    for (const int done : {0, 1, 2, 3}) {
        INFO(done);
        const Published one;
        fs::create_directories(one.output / ".state" / "rollback");
        write_whole_file(one.output / ".state" / "rollback" / "demo-aed", "bbbb");
        if (done >= 1) {
            std::vector<KeptEdition> all = read_editions(one.output, "demo-aed");
            all.back().withdrawn = true;
            write_editions(one.output, "demo-aed", all);
        }
        if (done >= 2) {
            write_state(one.output, {"demo-aed", "inputs", 1, Published::entry("bbbb")});
        }
        if (done >= 3) {
            fs::remove(one.output / "demo-aed" / "a.csv");
            one.folder.file("demo-aed/a.csv", "bbbb");
        }
        finish_rollbacks(one.output);
        CHECK(one.current() == "bbbb");
        CHECK(one.data() == "bbbb");
        CHECK(is_withdrawn(one.output, "demo-aed", "cccc"));
        CHECK(fs::is_empty(one.output / ".state" / "rollback"));
        finish_rollbacks(one.output);
        CHECK(one.current() == "bbbb");
    }
}
