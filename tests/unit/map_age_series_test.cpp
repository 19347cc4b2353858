// SPDX-License-Identifier: Apache-2.0
#include "map/age_series.hpp"

#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>

using namespace kokai;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

/// A standard with five classes of ages.
std::vector<Field> fields() {
    std::vector<Field> all(2);
    all[0].name = "男性";
    all[0].english = "malePopulation";
    all[0].aliases = {"男", "man"};
    all[1].name = "女性";
    all[1].english = "femalePopulation";
    all[1].aliases = {"女", "woman"};
    for (const char* sex : {"male", "female"}) {
        for (const char* ages : {"0To4", "5To9", "10To14", "15To19", "20AndOver"}) {
            all.emplace_back();
            all.back().english = std::string(sex) + ages;
            all.back().name = all.back().english;
        }
    }
    return all;
}

std::size_t found(const Texts& header, const Rows& rows) {
    TableSource source(header, rows, 0, rows.size() + 1);
    Findings findings;
    const Shape shape = source.open(findings);
    Batch batch;
    source.next(batch, findings);
    const std::vector<Field> all = fields();
    std::vector<const Field*> free;
    for (const Field& field : all) {
        free.push_back(&field);
    }
    const std::vector<Proposal> proposals = age_series_of(sampled_columns(shape, &batch), free);
    for (const Proposal& one : proposals) {
        CHECK(one.spec.from.size() == 1);
    }
    if (!proposals.empty()) {
        CHECK(proposals.front().spec.field == "male0To4");
        CHECK(proposals.back().spec.field == "female20AndOver");
        CHECK(proposals.back().spec.from.front().ends_with("5"));
    }
    return proposals.size();
}

}  // namespace

TEST_CASE("numbered series are the classes of ages where their number and their sums prove it", "[map][ages]") {
    const Texts header{"町",   "man",    "woman", "man1",   "woman1", "man2",  "woman2",
                       "man3", "woman3", "man4",  "woman4", "man5",   "woman5"};
    const Rows good{{"本町", "15", "1,005", "1", "1001", "2", "1", "3", "1", "4", "1", "5", "1"},
                    {"北町", "5", "6", "1", "2", "1", "1", "1", "1", "1", "1", "1", "1"}};
    CHECK(found(header, good) == 10);
    Rows wrong = good;
    wrong[1][1] = "6";
    CHECK(found(header, wrong) == 0);
    Texts japanese = header;
    for (std::string& name : japanese) {
        name = name.starts_with("man")     ? "男" + name.substr(3)
               : name.starts_with("woman") ? "女" + name.substr(5)
                                           : name;
    }
    CHECK(found(japanese, good) == 10);
    Texts fewer(header.begin(), header.end() - 2);  // four columns are no five classes
    Rows fewer_rows{{"本町", "10", "1004", "1", "1001", "2", "1", "3", "1", "4", "1"}};
    CHECK(found(fewer, fewer_rows) == 0);
    CHECK(found({"町", "man1", "woman1"}, {{"a", "1", "2"}}) == 0);
}
