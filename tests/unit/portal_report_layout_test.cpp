// SPDX-License-Identifier: Apache-2.0
#include "portal/report_layout.hpp"

#include "portal/report_page.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace kokai;
using Json = nlohmann::ordered_json;

namespace {

Json taken(int first, int last, const char* as, const char* text, const char* ja, const char* sheet = "一覧") {
    return {{"sheet", sheet}, {"first_row", first}, {"last_row", last},  {"as", as},
            {"text", text},   {"reason_ja", ja},    {"reason_en", "why"}};
}

Json report() {
    return {
        {"dataset", "demo"},
        {"source",
         {{"path", "公園.xlsx"},
          {"sheet", "一覧"},
          {"header_rows", {2, 3}},
          {"data_rows", 5},
          {"layout",
           {taken(1, 1, "title", "公園 <b>一覧</b>", "見出しより上の題や注記"),
            taken(2, 2, "header", "名称 面積", "列の名前"), taken(4, 8, "data", "", "データ"),
            taken(9, 9, "total", "合計 150", "合計・小計"),
            taken(0, 0, "other-sheet", "", "読まなかったシート", "記入例")}}}},
        {"columns",
         {{{"source", "園名"}, {"field", "名称"}, {"confidence", 0.74}, {"evidence", "「園名」は別名 / an alias"}},
          {{"source", "住所"}, {"field", "住所"}, {"confidence", 1.0}, {"evidence", "name"}}}},
        {"details",
         {{{"code", "column-unsure"}, {"severity", "warning"}, {"found", "電話2"}, {"expected", "電話番号 0.51"}}}}};
}

bool has(const std::string& page, const std::string& what) {
    return page.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("the report shows what was taken as header, data and not data, with rows and reasons", "[portal][layout]") {
    const std::string page = report_html(report());
    CHECK(has(page, "公園.xlsx［一覧］: 見出し 2・3 行目、データ 5 行"));
    CHECK(has(page,
              "<tr><th scope=\"row\">1 行目</th><td>一覧</td><td>見出しより上の題や注記 "
              "<span class=\"en\" lang=\"en\">why</span></td><td class=\"value\">公園 &lt;b&gt;一覧&lt;/b&gt;</td>"));
    CHECK(has(page, "<tr class=\"taken\"><th scope=\"row\">4〜8 行目</th>"));
    CHECK(has(page, "<th scope=\"row\"></th><td>記入例</td><td>読まなかったシート"));
}

TEST_CASE("columns are shown with how sure they are and why; what is asked, too", "[portal][layout]") {
    const std::string page = report_html(report());
    CHECK(has(page, "<td>園名</td><td>名称</td><td>74 %（念のため確かめてください）</td><td>「園名」は別名 "
                    "<span class=\"en\" lang=\"en\">an alias</span></td>"));
    CHECK(has(page, "<td>100 %</td><td>見出しが項目の名前と同じ"));
    CHECK(has(page, "未決定。電話番号 0.51 でしょうか？"));
}

TEST_CASE("a plain table is one sentence, a long layout is cut", "[portal][layout]") {
    Json plain = report();
    plain["source"].erase("layout");
    CHECK(has(report_html(plain), "ほかの行はありません"));
    CHECK(layout_value(plain["source"])["layout_rows"].empty());
    Json many = report()["source"];
    for (int row = 10; row < 200; ++row) {
        many["layout"].push_back(taken(row, 0, "section", "北部", "続く行のまとまりの名前"));
    }
    const Json value = layout_value(many);
    CHECK(value["layout_rows"].size() == 80);
    CHECK(value["layout_rest"] == "115");
    CHECK(value["layout_rows"][79]["layout_where"] == "84 行目から最後まで");
}
