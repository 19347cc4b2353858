// SPDX-License-Identifier: Apache-2.0
#include "map/sampled_source.hpp"

#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;

namespace {

/// Cells are made in parse(), as readers of large files do; parsed twice they would stand twice.
class ParsingSource : public TableSource {
public:
    using TableSource::TableSource;
    void parse(Batch& batch, Findings& findings) const override {
        for (Cell& cell : batch.columns[0].cells) {
            cell = batch.bytes.keep(std::string(cell) + "!");
        }
        findings.add(Code::row_too_short, batch, 0, 0, info_, "1", {}, "2");
    }

private:
    ColumnInfo info_{"a", nullptr, {{0, 1, "a"}}};
};

}  // namespace

TEST_CASE("The sample is seen before the run, and every row comes once, parsed once", "[map][sample]") {
    const Rows rows{{"1"}, {"2"}, {"3"}, {"4"}, {"5"}};
    SampledSource source(std::make_unique<ParsingSource>(std::vector<std::string>{"a"}, rows));
    Outcome outcome;
    {
        SampledSource looked(std::make_unique<ParsingSource>(std::vector<std::string>{"a"}, rows));
        Findings findings;
        looked.open(findings);
        REQUIRE(looked.sample() != nullptr);
        CHECK(looked.sample()->columns[0].cells == std::vector<Cell>{"1!", "2!"});
        CHECK(findings.list().empty());  // they come with the batch
    }
    outcome = outcome_of(source);
    CHECK(outcome.rows == Rows{{"1!"}, {"2!"}, {"3!"}, {"4!"}, {"5!"}});
    CHECK(outcome.places().size() == 3);  // one a batch
}

TEST_CASE("An empty table has no sample and ends", "[map][sample]") {
    SampledSource source(std::make_unique<TableSource>(std::vector<std::string>{"a"}, Rows{}));
    CHECK(outcome_of(source).rows.empty());
    CHECK(source.sample() == nullptr);
}
