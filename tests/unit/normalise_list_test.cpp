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
    CHECK(read("内科､小児科") == "内科;小児科");
    CHECK(read("内科、糖尿病・内分泌内科") == "内科;糖尿病・内分泌内科");
    CHECK(read("三俣町、六供町、荒牧町（国道17号以西、大字を除く）") ==
          "三俣町;六供町;荒牧町（国道17号以西、大字を除く）");
    CHECK(read("スロープ、手すり、車いす貸出あり") == "スロープ;手すり;車いす貸出あり");
    CHECK(read("公益財団法人\n群馬県産業支援機構") == "-");
}

TEST_CASE("what leans on its neighbours is asked about, and sentences are let be", "[normalise][list]") {
    for (const char* const text :
         {"本町１，２丁目", "大手町1、2丁目", "本町1,2丁目", "本町一、二丁目", "第一、第二自治会", "上、中、下細井",
          "大手町1丁目1番～5番、7番", "荒牧町のうち、国道17号以西、桃ノ木川以北", "前橋、高崎、伊勢崎市",
          "内科・小児科、外科", "1番地から10番地、本町"}) {
        INFO(text);
        CHECK_FALSE(divided(text, ";"));
        CHECK(may_be_list(text));
    }
    for (const char* const text : {"入口に段差があるため、車椅子の方は介助が必要です。", "入口に段差あり、介助者が必要",
                                   "エレベーターを設置、要連絡"}) {
        INFO(text);
        CHECK_FALSE(divided(text, ";"));
        CHECK_FALSE(may_be_list(text));
    }
    CHECK(divided("花火、観光、前橋市", ";", ListOf::keywords) == "花火;観光;前橋市");
    CHECK(divided("にじます、つり", ";", ListOf::keywords) == "にじます;つり");
    CHECK(may_be_list("環境 エコ", ListOf::keywords));
}

TEST_CASE("a division of the industries keeps its own comma", "[normalise][list]") {
    const auto read = [](std::string_view text) { return divided(text, ";", ListOf::industries).value_or("-"); };
    for (const char* const one : {"農業、林業", "卸売業，小売業", "鉱業，採石業，砂利採取業", "医療，福祉",
                                  "学術研究，専門・技術サービス業", "建築材料，鉱物・金属材料等卸売業"}) {
        INFO(one);
        CHECK(read(one) == "-");
        CHECK_FALSE(may_be_list(one, ListOf::industries));
    }
    CHECK(read("建設業、製造業") == "建設業;製造業");
    CHECK(read("建設業、卸売業，小売業、医療，福祉") == "建設業;卸売業，小売業;医療，福祉");
}

TEST_CASE("a middle dot or a blank only asks", "[normalise][list]") {
    CHECK(may_be_list("内科・小児科"));
    CHECK(may_be_list("内科　小児科"));
    CHECK_FALSE(may_be_list("内科;小児科・外科"));
    CHECK_FALSE(may_be_list("open data"));
    CHECK_FALSE(may_be_list("内科（循環器・呼吸器）"));
    CHECK_FALSE(may_be_list("内科"));
    CHECK(may_be_list("スロープ・多機能トイレ"));
    for (const char* const one :
         {"耳鼻咽喉科・頭頸部外科", "糖尿病・内分泌内科", "リウマチ・膠原病内科", "市指定 有形文化財", "国   宝",
          "公益財団法人 群馬県産業支援機構", "健康・医療・福祉"}) {
        INFO(one);
        CHECK_FALSE(may_be_list(one));
    }
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
