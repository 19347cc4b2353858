// SPDX-License-Identifier: Apache-2.0
#include "validate/formula_like.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;

TEST_CASE("What a spreadsheet would run is told apart from signed numbers and phones", "[validate][formula_like]") {
    for (const char* cell :
         {"=1+1", "=HYPERLINK(\"http://a\")", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1",
          "\r=1", "＝1+1", "＠SUM", "＋cmd", "－市役所", "- なし"}) {
        INFO(cell);
        CHECK(looks_like_formula(cell));
    }
    for (const char* cell : {"", "-5", "+81", "+81-27-224-1111", "+81 (27) 224-1111", "-0.5", "-", "--", "－", "－５",
                             "＋８１", "－１，０００", "-12.5%", "市役所", "ー", "a=b", "A@b.jp", "（仮）", "1-2"}) {
        INFO(cell);
        CHECK_FALSE(looks_like_formula(cell));
    }
}

TEST_CASE("A formula-like cell is a warning at its cell, and stays as it is", "[validate][formula_like]") {
    Shape shape;
    shape.columns = {{"名称", nullptr, {{0, 1, "名称"}}}, {"備考", nullptr, {{0, 2, "備考"}}}};
    Batch batch;
    batch.columns.resize(2);
    batch.columns[0].cells = {"市役所", "=1+1"};
    batch.columns[1].cells = {"-5", "@x"};
    batch.rows = {{2, 0, 0}, {3, 0, 0}};
    TellFormulas stage;
    stage.bind(shape);
    Findings findings;
    stage.run(batch, findings);
    REQUIRE(findings.list().size() == 2);
    CHECK(findings.list()[0].code == Code::formula_like);
    CHECK(findings.list()[0].severity == Severity::warning);
    CHECK(findings.list()[0].where.row == 3);
    CHECK(findings.list()[0].found == "=1+1");
    CHECK(findings.list()[1].found == "@x");
    CHECK(batch.columns[0].cells[1] == "=1+1");
}
