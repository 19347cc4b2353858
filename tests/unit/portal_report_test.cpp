// SPDX-License-Identifier: Apache-2.0
#include "portal/report_page.hpp"

#include "support/catalog_sample.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace kokai;
using Json = nlohmann::ordered_json;

namespace {

bool has(const std::string& text, const std::string& what) {
    return text.find(what) != std::string::npos;
}

Json detail(const char* code, const char* severity, const char* column, const char* cell, const char* found,
            const char* repaired = "") {
    return {{"code", code},   {"severity", severity}, {"file", "公園.xlsx"}, {"sheet", "一覧"},
            {"row", 14},      {"column", column},     {"cell", cell},        {"found", found},
            {"expected", ""}, {"repaired", repaired}};
}

Json report() {
    return {{"dataset", "demo-park"},
            {"schema", "v2/public_facility"},
            {"source", {{"path", "source/公園.xlsx"}, {"sheet", "一覧"}, {"data_rows", 88}}},
            {"rows", {{"read", 88}, {"written", 86}, {"withheld", 2}}},
            {"columns",
             {{{"source", {"住所", "方書"}}, {"field", "所在地"}, {"confidence", 1.0}, {"evidence", "dataset.json"}}}},
            {"unmapped", {"内部メモ"}},
            {"findings", {{"error", 2}, {"warning", 0}, {"note", 1}}},
            {"details",
             {detail("date-unreadable", "error", "開設日", "G14", "令和6年13月1日"),
              detail("date-unreadable", "error", "開設日", "G15", "不明"),
              detail("date-rewritten", "note", "開設日", "G16", "S50.4.1", "1975-04-01")}},
            {"details_truncated", false},
            {"outputs",
             {{{"format", "csv"}, {"path", "102016_park.csv"}, {"rows", 86}, {"bytes", 2048}, {"sha256", "00"}}}}};
}

}  // namespace

TEST_CASE("the report opens with whether it can be published, then what to mend and how", "[portal]") {
    const std::string page = report_html(report());
    CHECK(has(page, "<h1>2件直してください"));
    CHECK(has(page, "今回は誤りのある 2 行を除いて出力しました。"));
    CHECK(has(page, "<h3>日付として読めません</h3>"));
    CHECK(has(page, "列 <b>開設日</b>・2 件 <code>date-unreadable</code>"));
    CHECK(has(page, "<b>直し方</b>2024-04-01 の形で入れてください"));
    CHECK(has(page, "<th scope=\"row\">一覧 G14</th><td class=\"value\">令和6年13月1日</td>"));
    CHECK(has(page, "<td class=\"value\">1975-04-01</td>"));
    CHECK(page.find("直してください <span") < page.find("お知らせ（直さなくてかまいません）"));
    CHECK(has(page, "<td>住所、方書</td><td>所在地</td>"));
    CHECK(has(page, "どの項目にも使わなかった列: 内部メモ"));
    CHECK(has(page, "102016_park.csv"));
    CHECK(report_html(report()) == page);
}

TEST_CASE("the score stands at the top, with its parts and what to mend first", "[portal]") {
    Json scored = report();
    CHECK_FALSE(has(report_html(scored), "品質の点数"));
    scored["quality"] = {{"score", 62.5},
                         {"of", 100},
                         {"parts",
                          {{{"id", "required"},
                            {"title_ja", "必須の項目が入っている"},
                            {"title_en", "required"},
                            {"points", 12.5},
                            {"of", 50.0},
                            {"explanation_ja", "4 個のうち 1 個"},
                            {"explanation_en", "1 of 4"}}}},
                         {"left_out", {{{"id", "position"}, {"title_ja", "位置"}, {"reason_ja", "位置がない"}}}},
                         {"note_ja", "割り振りました"},
                         {"mend_first",
                          {{{"points", 37.5},
                            {"count", 3},
                            {"column", "名称"},
                            {"sheet", "一覧"},
                            {"cell", "B4"},
                            {"what_ja", "名称が空です"},
                            {"mend_ja", "入れてください"}}}}};
    const std::string page = report_html(scored);
    CHECK(has(page, "<b>62.5</b> 点"));
    CHECK(has(page, "12.5 / 50.0"));
    CHECK(has(page, "width:25%"));
    CHECK(has(page, "位置（位置がない）"));
    CHECK(has(page, "+37.5 点</b> 列 <b>名称</b>・3 件: 名称が空です（一覧 B4 など）"));
    CHECK(page.find("品質の点数") < page.find("<section class=\"level"));
    // Of several tables each has its own, below the one of all.
    Json second = scored;
    second["quality"]["score"] = 10.0;
    const std::string both =
        report_html({{"dataset", "demo"}, {"quality", scored["quality"]}, {"tables", {scored, second}}});
    CHECK(has(both, "<b>10.0</b> 点"));
    CHECK(both.find("<b>62.5</b>") != both.rfind("<b>62.5</b>"));
}

TEST_CASE("findings that are nothing but places stand in one line", "[portal]") {
    Json empty = report();
    empty["details"] = {detail("required-missing", "error", "名称", "B40", ""),
                        detail("required-missing", "error", "名称", "B41", "")};
    CHECK(has(report_html(empty), "<b>場所</b>一覧 B40、B41</p>"));
    CHECK_FALSE(has(report_html(report()), "<b>場所</b>"));
}

TEST_CASE("a clean report says that it can be published", "[portal]") {
    Json clean = report();
    clean["findings"] = {{"error", 0}, {"warning", 0}, {"note", 0}};
    clean["details"] = Json::array();
    const std::string page = report_html(clean);
    CHECK(has(page, "<h1>公開できます"));
    CHECK(has(page, "直すところはありませんでした。"));
    CHECK_FALSE(has(page, "直してください"));
}

TEST_CASE("several tables have their own part, and their errors are added up", "[portal]") {
    Json first = report();
    first["name"] = "park";
    Json second = report();
    second["name"] = "toilet";
    second["accepted"] =
        Json::array({{{"code", "total-mismatch"}, {"columns", {"合計"}}, {"count", 1}, {"reason", "資料のまま。"}}});
    const std::string page =
        report_html({{"dataset", "demo"}, {"tables", {first, second}}, {"outputs", Json::array()}});
    CHECK(has(page, "<h1>4件直してください"));
    CHECK(has(page, "<h2 class=\"table-name\">park</h2>"));
    CHECK(has(page, "<h2 class=\"table-name\">toilet</h2>"));
    CHECK(has(page, "今回はデータのファイルを作っていません。"));
    CHECK(has(page, "<b>合計が合いません</b>（合計） 1 件を警告に下げました — 資料のまま。"));
}

TEST_CASE("many findings of one kind are counted, not listed", "[portal]") {
    Json many = report();
    many["details"] = Json::array();
    for (int i = 0; i < 1000; ++i) {
        many["details"].push_back(detail("date-unreadable", "error", "開設日", "G1", "不明"));
    }
    many["details_truncated"] = true;
    many["findings"]["error"] = 1234;
    many["groups"] = {{{"code", "date-unreadable"}, {"severity", "error"}, {"column", "開設日"}, {"count", 1234}}};
    const std::string page = report_html(many);
    CHECK(has(page, "1,234件直してください"));
    CHECK(has(page, "1,234 件"));
    CHECK(has(page, "ほか 1,184 件は findings.jsonl"));
}

TEST_CASE("a column whose findings came behind the first thousand of their code is shown all the same", "[portal]") {
    Json many = report();
    many["groups"] = {{{"code", "date-unreadable"}, {"severity", "error"}, {"column", "開設日"}, {"count", 3}},
                      {{"code", "date-unreadable"},
                       {"severity", "error"},
                       {"column", "廃止日"},
                       {"count", 7},
                       {"sheet", "一覧"},
                       {"cell", "K1777"}}};
    const std::string page = report_html(many);
    CHECK(has(page, "列 <b>廃止日</b>・7 件"));
    CHECK(has(page, "一覧 K1777"));
}

TEST_CASE("a clerk is not asked to write a regular expression", "[portal]") {
    Json one = report();
    one["details"] = {detail("pattern-unmatched", "error", "開催日", "C2", "8月5日（水）")};
    one["details"][0]["expected"] = R"(^\s*(.+?)(?:まで)?$)";
    const std::string page = report_html(one);
    CHECK_FALSE(has(page, "(?:"));
    CHECK(has(page, "ほかの行と同じ書き方に直してください"));
}

TEST_CASE("what was lowered says to which level, with its reason", "[portal]") {
    Json lowered = report();
    lowered["accepted"] = Json::array({{{"code", "phone-unreadable"},
                                        {"columns", {"電話"}},
                                        {"count", 3},
                                        {"level", "note"},
                                        {"reason", "内線のみ。"}}});
    CHECK(has(report_html(lowered), "（電話） 3 件をお知らせに下げました — 内線のみ。"));
}

TEST_CASE("the check items of machine readability stand in the page with their verdicts", "[portal]") {
    Json table = report();
    CHECK_FALSE(has(report_html(table), "機械判読"));
    table["machine_readable"] = {
        {{"id", "1-1"},
         {"title_ja", "ファイル形式"},
         {"verdict", "pass"},
         {"count", 0},
         {"cells", Json::array()},
         {"why_ja", "Excel です"}},
        {{"id", "1-4"},
         {"title_ja", "結合"},
         {"verdict", "fail"},
         {"count", 3},
         {"cells", {"A1:C1", "B4:B5"}},
         {"why_ja", "2 か所あります"},
         {"mend_ja", "結合を解いてください"}},
        {{"id", "1-11"}, {"title_ja", "西暦"}, {"verdict", "unknown"}, {"why_ja", "列がない"}}};
    const std::string page = report_html(table);
    CHECK(has(page, "合っているもの 1、直すところのあるもの 1、判定していないもの 1"));
    CHECK(has(page, "<tr class=\"fail\"><td><b>1-4</b> 結合"));
    CHECK(has(page, "2 か所あります <span class=\"cells\">（A1:C1、B4:B5 など）</span><span class=\"how\">直し方: "
                    "結合を解いてください"));
    CHECK(has(page, "—<small>判定していません</small></td><td>列がない</td>"));
}

TEST_CASE("cells and names stay inert in the report (A38), control characters become visible", "[portal]") {
    const std::string& attack = testing::attack;
    Json hostile = report();
    hostile["dataset"] = hostile["schema"] = attack;
    hostile["source"]["path"] = hostile["source"]["sheet"] = hostile["source"]["encoding"] = attack;
    hostile["unmapped"] = {attack};
    hostile["columns"][0] = {{"source", attack}, {"field", attack}, {"confidence", attack}, {"evidence", attack}};
    hostile["outputs"][0]["path"] = hostile["outputs"][0]["format"] = attack;
    hostile["accepted"] = Json::array({{{"code", attack}, {"columns", {attack}}, {"count", 1}, {"reason", attack}}});
    hostile["machine_readable"] = Json::array({{{"id", attack}, {"title_ja", attack}, {"verdict", attack}}});
    hostile["machine_readable"][0]["cells"] = {attack};
    hostile["machine_readable"][0]["why_ja"] = hostile["machine_readable"][0]["mend_ja"] = attack;
    hostile["quality"] = {{"score", 1.0}, {"note_ja", attack}, {"parts", Json::array()}, {"mend_first", Json::array()}};
    hostile["quality"]["parts"].push_back(
        {{"title_ja", attack}, {"explanation_ja", attack}, {"explanation_en", attack}});
    hostile["quality"]["mend_first"].push_back(
        {{"column", attack}, {"sheet", attack}, {"cell", attack}, {"what_ja", attack}, {"mend_ja", attack}});
    for (Json& one : hostile["details"]) {
        for (const char* key : {"file", "sheet", "column", "cell", "found", "expected", "repaired"}) {
            one[key] = attack + "\x1b[31m";
        }
    }
    hostile["details"][2]["code"] = attack;
    const std::string page = report_html(hostile);
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "<img"));
    CHECK_FALSE(has(page, "<!--"));
    CHECK(has(page, "&lt;script&gt;"));
    CHECK(has(page, "\xE2\x90\x9B[31m"));
    CHECK(has(page, "default-src 'none'"));
}

TEST_CASE("a report with nothing in it is a page, too", "[portal]") {
    CHECK(has(report_html(Json::object()), "公開できます"));
}
