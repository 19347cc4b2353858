// SPDX-License-Identifier: Apache-2.0
#include "publish/journal.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::TemporaryFolder;

TEST_CASE("What a killed run left unfinished is known to the next", "[publish][journal]") {
    const TemporaryFolder folder;
    {
        Journal journal(folder.path());
        journal.write_durably({"aed", "begin", JournalState::intended, "{\"a\":1}"});
        journal.write({"aed", "create", JournalState::sent, ""});
        journal.write({"park", "begin", JournalState::intended, ""});
        journal.done("park");
    }
    const Journal again(folder.path());
    CHECK_FALSE(again.has_unfinished("park"));
    const auto lines = again.unfinished("aed");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].detail == "{\"a\":1}");
    CHECK(lines[1].step == "create");
    CHECK(lines[1].state == JournalState::sent);
}

TEST_CASE("A journal cut anywhere is read up to its last whole line", "[publish][journal]") {
    const TemporaryFolder folder;
    {
        Journal journal(folder.path());
        journal.write({"aed", "begin", JournalState::intended, ""});
        journal.write({"aed", "files 1/1", JournalState::intended, ""});
    }
    const std::string whole = folder.read("journal.jsonl");
    const std::size_t first = whole.find('\n') + 1;
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        folder.file("journal.jsonl", whole.substr(0, size));
        {
            Journal journal(folder.path());
            CHECK(journal.unfinished("aed").size() == (size < first ? 0U : size < whole.size() ? 1U : 2U));
            journal.write({"park", "begin", JournalState::intended, ""});  // does not run into what was cut
        }
        CHECK(Journal(folder.path()).has_unfinished("park"));
    }
}

TEST_CASE("A journal without anything unfinished begins anew", "[publish][journal]") {
    const TemporaryFolder folder;
    Journal journal(folder.path());
    journal.write({"aed", "begin", JournalState::intended, ""});
    journal.tidy();
    CHECK_FALSE(folder.read("journal.jsonl").empty());
    journal.done("aed");
    journal.tidy();
    CHECK(folder.read("journal.jsonl").empty());
}

TEST_CASE("A dataset that fails in every run does not let the journal grow", "[publish][journal]") {
    const TemporaryFolder folder;
    std::size_t first = 0;
    for (int run = 0; run < 5; ++run) {
        Journal journal(folder.path());
        journal.write_durably({"aed", "begin", JournalState::intended, "{\"a\":1}"});
        journal.write({"aed", "files 1/1", JournalState::intended, ""});
        journal.write({"park", "begin", JournalState::intended, ""});
        journal.done("park");
        journal.tidy();
        first = first == 0 ? folder.read("journal.jsonl").size() : first;
        CHECK(folder.read("journal.jsonl").size() == first);
        CHECK(journal.unfinished("aed").size() == 2);
        journal.write({"park", "begin", JournalState::intended, ""});  // after it, too
        journal.done("park");
        journal.tidy();
    }
    Journal journal(folder.path());
    REQUIRE(journal.unfinished("aed").size() == 2);
    CHECK(journal.unfinished("aed")[0].detail == "{\"a\":1}");
}

TEST_CASE("A journal of any length is read", "[publish][journal]") {
    const TemporaryFolder folder;
    const std::string line =
        R"({"dataset":"aed","step":"begin","state":"intended","detail":")" + std::string(1U << 20U, 'a') + "\"}\n";
    std::string text;
    for (int i = 0; i < 66; ++i) {
        text += line;
    }
    folder.file("journal.jsonl", text);
    CHECK(Journal(folder.path()).unfinished("aed").size() == 1);
}

TEST_CASE("What was published is remembered by dataset", "[publish][journal]") {
    const TemporaryFolder folder;
    CHECK_FALSE(read_published(folder.path() / "portal", "aed"));
    write_published(folder.path() / "portal", "aed", "{}\n");
    CHECK(read_published(folder.path() / "portal", "aed") == "{}\n");
    CHECK(published_ids(folder.path() / "portal") == std::vector<std::string>{"aed"});
    forget_published(folder.path() / "portal", "aed");
    CHECK(published_ids(folder.path() / "portal").empty());
}
