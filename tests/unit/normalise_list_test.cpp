// SPDX-License-Identifier: Apache-2.0
// Values of one cell: what divides them for sure, what may, and what never does.
#include "normalise/list.hpp"

#include "model/schema.hpp"
#include "normalise/column.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("commas and line breaks divide values; brackets and numbers hold together", "[normalise][list]") {
    const auto read = [](std::string_view text) { return divided(text, ";").value_or("-"); };
    CHECK(read("内科、小児科") == "内科;小児科");
    CHECK(read("内科,外科, 眼科") == "内科;外科;眼科");
    CHECK(read("内科，外科") == "内科;外科");
    CHECK(read("内科\n外科\r\n眼科") == "内科;外科;眼科");
    CHECK(read("内科;外科、眼科") == "内科;外科;眼科");
    CHECK(read("内科（小児、成人）、外科") == "内科（小児、成人）;外科");
    CHECK(read("1,000人") == "-");
    CHECK(read("内科") == "-");
    CHECK(read("、") == "-");
}

TEST_CASE("a middle dot or a blank only asks", "[normalise][list]") {
    CHECK(may_be_list("内科・小児科", ";"));
    CHECK(may_be_list("内科　小児科", ";"));
    CHECK_FALSE(may_be_list("内科;小児科・外科", ";"));
    CHECK_FALSE(may_be_list("open data", ";"));
    CHECK_FALSE(may_be_list("内科（循環器・呼吸器）", ";"));
    CHECK_FALSE(may_be_list("内科", ";"));
}

TEST_CASE("a column of several values is divided and told", "[normalise][list]") {
    Field field;
    field.name = "診療科目";
    field.separator = ";";
    Shape shape;
    shape.columns.push_back({"診療科目", &field, {{0, 1, "診療科目"}}});
    Batch batch;
    batch.columns.resize(1);
    for (const char* const cell : {"内科、小児科", "内科・小児科", "内科；小児科", "内科"}) {
        batch.columns[0].cells.push_back(batch.bytes.keep(cell));
        batch.rows.push_back({static_cast<std::uint32_t>(batch.rows.size() + 2), 0, 0});
        batch.states.push_back(RowState::kept);
    }
    NormaliseColumn stage("診療科目", field);
    stage.bind(shape);
    Findings findings;
    stage.run(batch, findings);
    CHECK(batch.columns[0].cells == std::vector<Cell>{"内科;小児科", "内科・小児科", "内科;小児科", "内科"});
    std::vector<Code> told;
    for (const Finding& finding : findings.list()) {
        told.push_back(finding.code);
    }
    CHECK(told == std::vector{Code::list_separated, Code::list_unsure, Code::text_normalised});
}
