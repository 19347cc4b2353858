// SPDX-License-Identifier: Apache-2.0
#include "map/readings.hpp"
#include "model/schema.hpp"
#include "read/xlsx.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;
using namespace kokai::testing;

TEST_CASE("A reading becomes full-width katakana; digits and letters in it are doubtful", "[map][readings]") {
    CHECK(propose_reading("公園", "ｺｳｴﾝ").kana == "コウエン");
    CHECK(propose_reading("公園", "こうえん").kana == "コウエン");
    CHECK_FALSE(propose_reading("中央 公園", "チュウオウ コウエン").doubtful);
    CHECK(propose_reading("第2公園", "ダイ2コウエン").doubtful);
    CHECK(propose_reading("第2公園", "ダイ2コウエン").kana == "ダイ2コウエン");
    CHECK(propose_reading("ABC公園", "ABCコウエン").doubtful);
    CHECK(propose_reading("平成23年", "平成23ネン").doubtful);
    // Without furigana: only what is kana already.
    CHECK(propose_reading("コミュニティセンター", "").kana == "コミュニティセンター");
    CHECK(propose_reading("公園", "").kana.empty());
    CHECK(propose_reading("123", "").kana.empty());
    CHECK(propose_reading("123", "123").kana.empty());
}

TEST_CASE("An empty or missing kana column is filled from furigana, each cell told", "[map][readings]") {
    const TemporaryFolder folder;
    const auto text = [](const std::string& at, int index) {
        return "<c r=\"" + at + "\" t=\"s\"><v>" + std::to_string(index) + "</v></c>";
    };
    XlsxOptions options;
    options.path =
        TestWorkbook("<row r=\"1\">" + text("A1", 0) + "</row><row r=\"2\">" + text("A2", 1) + "</row><row r=\"3\">" +
                     text("A3", 2) + "</row><row r=\"4\">" + text("A4", 3) + "</row>")
            .strings("<si><t>名称</t></si><si><t>公園</t><rPh sb=\"0\" eb=\"2\"><t>ｺｳｴﾝ</t></rPh></si>"
                     "<si><t>第2公園</t><rPh sb=\"2\" eb=\"4\"><t>コウエン</t></rPh></si><si><t>広場</t></si>")
            .write(folder);
    options.offer_readings = true;
    XlsxSource source(options);
    Findings findings;
    Shape shape = source.open(findings);
    REQUIRE(source.about().at(0).readings);
    Batch batch;
    REQUIRE(source.next(batch, findings));
    REQUIRE(batch.columns.at(0).readings.size() == 2);

    // As the mapping leaves it: 名称, and a 名称_カナ that no column of the file gives.
    const Field kana;
    shape.columns.push_back({"名称_カナ", &kana, {}, false});
    batch.columns.emplace_back();
    ProposeReadings stage;
    const Shape out = stage.bind(shape);
    CHECK(out.columns.at(1).made);
    findings.clear();
    stage.run(batch, findings);
    CHECK(batch.columns.at(1).cells.at(0) == "コウエン");
    CHECK(batch.columns.at(1).cells.at(1) == "第2コウエン");
    CHECK(batch.columns.at(1).cells.at(2).empty());
    REQUIRE(findings.list().size() == 3);
    CHECK(findings.list()[0].code == Code::furigana_proposed);
    CHECK(findings.list()[0].where.row == 2);
    CHECK(findings.list()[1].code == Code::furigana_doubtful);
    CHECK(findings.list()[2].code == Code::furigana_absent);
}

TEST_CASE("What the department typed as a reading stays", "[map][readings]") {
    Batch batch;
    batch.columns.resize(2);
    batch.columns[0].cells = {"公園"};
    batch.columns[0].readings = {"コウエン"};
    batch.columns[1].cells = {"パーク"};
    batch.rows = {{2, 0, 0}};
    const Field kana;
    Shape shape;
    shape.columns = {{"名称", nullptr, {{0, 1, "名称"}}}, {"名称_カナ", &kana, {{0, 2, "名称_カナ"}}}};
    ProposeReadings stage;
    stage.bind(shape);
    Findings findings;
    stage.run(batch, findings);
    CHECK(batch.columns[1].cells[0] == "パーク");
    CHECK(findings.list().empty());
}
