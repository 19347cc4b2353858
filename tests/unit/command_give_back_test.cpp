// SPDX-License-Identifier: Apache-2.0
// Which file a source is given back as, under which name, and that a source is never overwritten.
#include "command/give_back.hpp"

#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace kokai;

namespace {

DatasetResult result_of(const std::vector<std::string>& files, const std::string& format) {
    DatasetResult result;
    result.tables.emplace_back();
    for (const std::string& file : files) {
        SourceInfo info;
        info.file = file;
        info.format = format;
        result.tables.front().outcome.sources.push_back(info);
    }
    return result;
}

}  // namespace

TEST_CASE("A source that is no workbook is given back as a list; several by their names", "[command][give_back]") {
    const kokai::testing::TemporaryFolder folder;
    const auto out = folder.path() / "out";
    std::filesystem::create_directories(out);
    const std::vector<GivenSource> one{{folder.path() / "a.csv", "a.csv"}};
    CHECK(give_back(result_of({"a.csv"}, "csv"), one, out, out) == std::vector<std::string>{"findings.xlsx"});
    const std::vector<GivenSource> two{{folder.path() / "a.csv", "a.csv"},
                                       {folder.path() / "a.tsv", "a.tsv"},
                                       {folder.path() / "b.csv", "x/b.csv", true}};
    CHECK(give_back(result_of({"a.csv", "a.tsv"}, "csv"), two, out, out) ==
          std::vector<std::string>{"a.findings.xlsx", "a.findings_2.xlsx"});
}

TEST_CASE("A workbook that cannot be patched is given back as a list", "[command][give_back]") {
    const kokai::testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "a.xlsx") << "no workbook";
    const std::vector<GivenSource> one{{folder.path() / "a.xlsx", "a.xlsx"}};
    CHECK(give_back(result_of({"a.xlsx"}, "xlsx"), one, folder.path(), folder.path()) ==
          std::vector<std::string>{"findings.xlsx"});
}

TEST_CASE("A source beside the goal is never overwritten", "[command][give_back]") {
    const kokai::testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "findings.xlsx") << "the department's own";
    const std::vector<GivenSource> one{{folder.path() / "findings.xlsx", "findings.xlsx"}};
    CHECK(give_back(result_of({"findings.xlsx"}, "csv"), one, folder.path(), folder.path()) ==
          std::vector<std::string>{"findings_2.xlsx"});
    std::string trouble;
    CHECK(give_back_beside(result_of({"findings.xlsx"}, "csv"), one, folder.path() / "private", trouble) ==
          std::vector<std::string>{"findings.xlsx"});
    CHECK(trouble.empty());
    CHECK(give_back_beside(result_of({"findings.xlsx"}, "csv"), one, folder.path() / "findings.xlsx" / "x", trouble)
              .empty());
    CHECK_FALSE(trouble.empty());
}

TEST_CASE("A finding in a ZIP's table stands in the list of that ZIP, not of another source", "[command][give_back]") {
    const kokai::testing::TemporaryFolder folder;
    const auto out = folder.path() / "out";
    std::filesystem::create_directories(out);
    DatasetResult result = result_of({"a.csv", "b.zip/b.csv"}, "csv");
    Finding finding;
    finding.code = Code::empty_marker;
    finding.where.source = 1;
    TableOutcome& outcome = result.tables.front().outcome;
    outcome.log.add(std::span(&finding, 1), outcome.sources);
    // Another dataset's source is given back only when a finding is about it.
    const std::vector<GivenSource> two{{folder.path() / "a.csv", "a.csv"}, {folder.path() / "b.zip", "b.zip", true}};
    CHECK(give_back(result, two, out, out) == std::vector<std::string>{"a.findings.xlsx", "b.findings.xlsx"});
}
