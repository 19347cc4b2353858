// SPDX-License-Identifier: Apache-2.0
// A dataset.json becomes values, and every mistake of it is named at once.
#include "model/dataset_json.hpp"
#include "support/json_check.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace kokai;

namespace {

const JsonForm& form() {
    static const JsonForm once = [] {
        std::ifstream file(std::string(KOKAI_SOURCE_DIR) + "/schemas/dataset.schema.json");
        return JsonForm(std::string(std::istreambuf_iterator<char>(file), {}), "dataset.schema.json");
    }();
    return once;
}

const KnownNames known{
    {{"v1/aed", "v2/aed"}}, {{"csv", "geojson", "geojsonseq", "xlsx"}}, {{"iko-yo"}}, {{"plan", "yaizu-aed"}}};

constexpr const char* head = R"("title": "表", "description": "説明。", "publisher": "222127",
  "license": {"id": "CC-BY-4.0"}, "credit": "出典")";

/// A dataset.json with the usual head and these sources and tables.
std::string with(std::string_view sources, std::string_view tables) {
    return "{" + std::string(head) + ", \"sources\": " + std::string(sources) + ", \"tables\": " + std::string(tables) +
           "}";
}

std::vector<Mistake> mistakes_of(std::string_view text, std::string_view id = "yaizu-aed") {
    std::vector<Mistake> mistakes;
    read_dataset(text, "dataset.json", id, form(), known, mistakes);
    return mistakes;
}

/// "pointer: sentence", a line each.
std::string said(const std::vector<Mistake>& mistakes) {
    std::string lines;
    for (const Mistake& one : mistakes) {
        lines += (lines.empty() ? "" : "\n") + one.pointer + ": " + one.ja;
        CHECK_FALSE(one.en.empty());
    }
    return lines;
}

constexpr const char* whole = R"({
  "$schema": "../../schemas/dataset.schema.json",
  "title": "AED設置箇所一覧", "title_en": "AED locations", "description": "市内のAED。",
  "publisher": {"code": "222127", "name": "静岡県焼津市", "url": "https://www.city.yaizu.lg.jp/"},
  "license": {"id": "CC-BY-4.0", "title": "表示 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.ja"},
  "credit": "焼津市オープンデータを加工して作成", "source_url": "https://example.jp/", "update_frequency": "年1回",
  "contact": "危機管理課", "modified": "2025-01-31", "theme": "防災", "keywords": ["AED", "防災"],
  "spatial": "静岡県焼津市", "temporal": "2022-07-31/", "note": "注意",
  "sources": [
    {"name": "aed", "file": "source/222127_aed.csv", "sheet": "一覧", "encoding": "CP932", "crs": "EPSG:6676",
     "table": {"header_rows": 1, "first_row": 2, "last_row": 90, "skip": [7]}},
    {"name": "m", "dataset": "plan", "table": "kpi"}
  ],
  "tables": [
    {"name": "aed", "title": "表", "description": "説明", "from": ["aed", "m"], "file": "aed_list", "shape": "cross",
     "cross": [{"from": "aed", "labels": ["地区"], "header": "年齢階級", "value": "保有者数", "leave_out": ["合計"],
                "heads": {"0~9": "0-9歳"}}],
     "join_on": ["地区", "年齢階級"],
     "where": [{"column": "P29_001", "equals": "10201"}, {"column": "x", "not_empty": true},
               {"column": "y", "one_of": ["1", "2"]}],
     "total_rows": [{"column": "地区", "equals": "合計"}],
     "schema": "v1/aed",
     "columns": {
        "名称": "施設名",
        "所在地_連結表記": {"from": ["住所", "方書"], "separator": "　"},
        "全国地方公共団体コード": {"value": "102016"},
        "災害種別_洪水": {"from": "洪水", "values": {"○": "1", "×": "", "": ""}, "otherwise": "="},
        "緯度": {"from": "緯度経度", "pattern": "^([0-9.]+), *([0-9.]+)$", "group": 2},
        "経度": {"geometry": "longitude"},
        "POIコード": {"from": "コード", "prefix": "0"}},
     "extra": "drop", "drop": ["内部メモ"],
     "checks": [
        {"rule": "row_sum", "from": "aed", "columns": ["0~9", "10~19"], "equals": "合計"},
        {"rule": "column_sum", "columns": ["合計"], "where": [{"column": "地区", "equals": "合計"}]},
        {"rule": "share", "part": "合計", "whole": "地区人口", "equals": "全世代", "tolerance": 0.005},
        {"rule": "share_of_total", "part": "実施回数", "equals": "実施回数の割合"}],
     "on_error": "rows",
     "accept": [{"code": "required-missing", "columns": ["名称_カナ"], "rows": [12, 40], "reason": "読みの資料がない"}],
     "outputs": ["csv", "geojson", "geojsonseq"], "partners": ["iko-yo"],
     "output_options": {"geojsonseq": {"record_separator": true}},
     "chart": {"category": "地区", "value": "保有率", "series": "年齢階級"}}
  ]
})";

}  // namespace

TEST_CASE("Every key of a dataset.json arrives", "[model][dataset]") {
    std::vector<Mistake> mistakes;
    const Dataset dataset = read_dataset(whole, "dataset.json", "yaizu-aed", form(), known, mistakes);
    CHECK(said(mistakes).empty());
    CHECK(dataset.id == "yaizu-aed");
    CHECK(dataset.title_en == "AED locations");
    CHECK(dataset.publisher.code == "222127");
    CHECK(dataset.publisher.name == "静岡県焼津市");
    CHECK(dataset.license.id == "CC-BY-4.0");
    CHECK(dataset.modified == "2025-01-31");
    CHECK(dataset.keywords == std::vector<std::string>{"AED", "防災"});
    REQUIRE(dataset.sources.size() == 2);
    const SourceSpec& source = dataset.sources[0];
    CHECK((source.file == "source/222127_aed.csv" && source.sheet == "一覧" && source.encoding == "CP932"));
    CHECK((source.pin.header_row == 1 && source.pin.first_row == 2 && source.pin.last_row == 90));
    CHECK(source.pin.skip == std::vector<std::uint32_t>{7});
    CHECK((dataset.sources[1].dataset == "plan" && dataset.sources[1].table == "kpi"));
    REQUIRE(dataset.tables.size() == 1);
    const TableSpec& table = dataset.tables[0];
    CHECK(table.from == std::vector<std::string>{"aed", "m"});
    CHECK(table.shape == TableShape::cross);
    REQUIRE(table.cross.size() == 1);
    CHECK(table.cross[0].heads == std::vector<std::pair<std::string, std::string>>{{"0~9", "0-9歳"}});
    REQUIRE(table.where.size() == 3);
    CHECK((table.where[0].test == Condition::Test::equals && table.where[0].values.at(0) == "10201"));
    CHECK(table.where[1].test == Condition::Test::not_empty);
    CHECK(table.where[2].values == std::vector<std::string>{"1", "2"});
    REQUIRE(table.columns.size() == 7);  // in the order written, not by name
    CHECK((table.columns[0].field == "名称" && table.columns[0].from.at(0) == "施設名"));
    CHECK((table.columns[1].from.size() == 2 && table.columns[1].separator == "　"));
    CHECK(table.columns[2].constant == "102016");
    CHECK(table.columns[3].values.at(0) == std::pair<std::string, std::string>{"○", "1"});
    CHECK(table.columns[3].otherwise == "=");
    CHECK(table.columns[4].group == 2);
    CHECK(table.columns[5].geometry == "longitude");
    CHECK(table.columns[6].prefix == "0");
    CHECK_FALSE(table.keep_extra);
    REQUIRE(table.checks.size() == 4);
    CHECK((table.checks[2].rule == TotalRule::Rule::share && table.checks[2].tolerance == 0.005));
    CHECK(table.on_error == OnError::rows);
    REQUIRE(table.accept.size() == 1);
    CHECK(table.accept[0].code == Code::required_missing);
    CHECK(table.accept[0].rows == std::vector<std::uint32_t>{12, 40});
    CHECK(table.outputs == std::vector<std::string>{"csv", "geojson", "geojsonseq"});
    CHECK(table.output_options.record_separator);
    CHECK(table.partners == std::vector<std::string>{"iko-yo"});
    REQUIRE(table.chart);
    CHECK(table.chart->category == "地区");
    CHECK(table.chart->value == "保有率");
    CHECK(table.chart->series == "年齢階級");
}

TEST_CASE("Short forms: the publisher's code alone, one source as text, no outputs named", "[model][dataset]") {
    std::vector<Mistake> mistakes;
    const Dataset dataset = read_dataset(
        with(R"([{"name": "a", "file": "source/a.csv"}])", R"([{"name": "a", "from": "a", "schema": "none"}])"),
        "dataset.json", "yaizu-aed", form(), known, mistakes);
    CHECK(said(mistakes).empty());
    CHECK(dataset.publisher.code == "222127");
    CHECK(dataset.tables.at(0).from == std::vector<std::string>{"a"});
    CHECK(dataset.tables.at(0).outputs.empty());  // the usual ones
    CHECK_FALSE(dataset.tables.at(0).output_options.record_separator);
    CHECK(dataset.tables.at(0).keep_extra);
}

TEST_CASE("Mistakes of the form and of the names come together", "[model][dataset]") {
    const std::string text = with(R"([{"name": "a", "file": "source/a.csv", "encodng": "CP932"}])",
                                  R"([{"name": "t", "from": ["aa"], "schema": "v2/aeds", "outputs": ["csv"],
                                       "accept": [{"code": "required-mising", "reason": "理由"}]}])");
    CHECK(said(mistakes_of(text)) ==
          "/sources/0/encodng: \"encodng\" という項目はありません。\"encoding\" ではありませんか\n"
          "/tables/0/accept/0/code: \"required-mising\" という番号の誤りはありません。\"required-missing\" "
          "ではありませんか\n"
          "/tables/0/from: sources に \"aa\" はありません（あるもの: a）\n"
          "/tables/0/schema: 項目の定義 \"v2/aeds\" はありません。\"v2/aed\" ではありませんか");
}

TEST_CASE("Names, paths and patterns that no form can judge", "[model][dataset]") {
    const auto one_source = [](std::string_view source) {
        return with("[" + std::string(source) + "]", R"([{"name": "t", "from": "a", "schema": "none"}])");
    };
    const auto one_table = [](std::string_view rest) {
        return with(R"([{"name": "a", "file": "a.csv"}])",
                    R"([{"name": "t", "from": "a", "schema": "none", )" + std::string(rest) + "}]");
    };
    const std::pair<std::string, const char*> cases[] = {
        {one_source(R"({"name": "a", "file": "/etc/passwd"})"), "/sources/0/file"},
        {one_source(R"({"name": "a", "file": "../b/source/a.csv"})"), "/sources/0/file"},
        {one_source(R"({"name": "a", "file": "source/../../a.csv"})"), "/sources/0/file"},
        {one_source(R"({"name": "a", "file": "C:/a.csv"})"), "/sources/0/file"},
        {one_source(R"({"name": "a", "file": "source\\a.csv"})"), "/sources/0/file"},
        {one_source(R"({"name": "a", "file": "https://example.jp/a.csv"})"), "/sources/0/file"},
        {one_source(R"({"name": "a", "file": "a.csv", "dataset": "plan"})"), "/sources/0"},
        {one_source(R"({"name": "a"})"), "/sources/0"},
        {one_source(R"({"name": "a", "dataset": "yaizu-aed"})"), "/sources/0/dataset"},
        {one_source(R"({"name": "a", "dataset": "nowhere"})"), "/sources/0/dataset"},
        {one_source(R"({"name": "a", "dataset": "plan", "sheet": "x"})"), "/sources/0/sheet"},
        {one_source(R"({"name": "a", "file": "a.csv", "table": "kpi"})"), "/sources/0/table"},
        {one_source(R"({"name": "a", "dataset": "plan", "table": {"first_row": 2}})"), "/sources/0/table"},
        {one_source(R"({"name": "a", "file": "a.csv", "table": {"header_rows": 3, "first_row": 2}})"),
         "/sources/0/table"},
        {one_source(R"({"name": "a", "file": "a.csv"}, {"name": "a", "file": "b.csv"})"), "/sources/1/name"},
        {one_source(R"({"name": "a", "file": "a.csv"}, {"name": "b", "file": "b.csv"})"), "/sources/1"},
        {one_table(R"("outputs": ["csv-nobom"])"), "/tables/0/outputs/0"},
        {one_table(R"("outputs": ["csv"], "output_options": {"geojsonseq": {"record_separator": true}})"),
         "/tables/0/output_options/geojsonseq"},
        {one_table(R"("outputs": ["geojsonseq"], "output_options": {"geojsonseq": {"record_separator": "yes"}})"),
         "/tables/0/output_options/geojsonseq/record_separator"},
        {one_table(R"("outputs": ["csv"], "output_options": {"csv": {"record_separator": true}})"),
         "/tables/0/output_options/csv"},
        {one_table(R"("partners": ["iko-jo"])"), "/tables/0/partners/0"},
        {one_table(R"("chart": {"category": "地区"})"), "/tables/0/chart"},
        {one_table(R"("join_on": ["x"])"), "/tables/0/join_on"},
        {one_table(R"("shape": "cross")"), "/tables/0/shape"},
        {one_table(R"("cross": [{"labels": ["x"], "header": "y", "value": "z"}])"), "/tables/0/cross"},
        {one_table(R"("shape": "cross", "cross": [{"from": "b", "labels": ["x"], "header": "y", "value": "z"}])"),
         "/tables/0/cross/0/from"},
        {one_table(R"("where": [{"column": "x", "matches": "("}])"), "/tables/0/where/0/matches"},
        {one_table(R"("columns": {"緯度": {"from": "x", "pattern": "([0-9"}})"), "/tables/0/columns/緯度/pattern"},
        {one_table(R"("columns": {"緯度": {"from": "x", "pattern": "^(a)$", "group": 2}})"),
         "/tables/0/columns/緯度/pattern"},
        {one_table(R"("columns": {"緯度": {"separator": "-"}})"), "/tables/0/columns/緯度"},
        {one_table(R"("columns": {"緯度": {"from": "x", "otherwise": "="}})"), "/tables/0/columns/緯度/otherwise"},
        {one_table(R"("columns": {"緯度": "x"}, "drop": ["x"])"), "/tables/0/columns/緯度/from"},
        {one_table(R"("checks": [{"rule": "share", "part": "x", "equals": "y"}])"), "/tables/0/checks/0"},
        {one_table(R"("checks": [{"rule": "row_sum", "from": "b", "columns": ["x"], "equals": "y"}])"),
         "/tables/0/checks/0/from"},
        {with(R"([{"name": "a", "file": "a.csv"}])", R"([{"name": "t", "from": "a", "schema": "v1/aed"},
                                                         {"name": "u", "from": "a", "schema": "v1/aed"}])"),
         "/tables/1"},
    };
    for (const auto& [text, pointer] : cases) {
        INFO(text);
        const std::vector<Mistake> mistakes = mistakes_of(text);
        REQUIRE_FALSE(mistakes.empty());
        INFO(said(mistakes));
        CHECK(mistakes.front().pointer == pointer);
    }
    CHECK(said(mistakes_of(one_source(R"({"name": "a", "file": "source/..bak/a.csv"})"))).empty());
}

TEST_CASE("A condition has exactly one test", "[model][dataset]") {
    const std::string text = with(R"([{"name": "a", "file": "a.csv"}])",
                                  R"([{"name": "t", "from": "a", "schema": "none",
                                       "where": [{"column": "x"}, {"column": "y", "equals": "1", "empty": true}]}])");
    std::vector<Mistake> mistakes;
    parse_dataset(text, "dataset.json", "yaizu-aed", mistakes);
    CHECK(said(mistakes) == "/tables/0/where/0: 条件は一つだけ書いてください（いまは 0 個）\n"
                            "/tables/0/where/1: 条件は一つだけ書いてください（いまは 2 個）");
}

TEST_CASE("Check digit, calendar and folder name are looked at", "[model][dataset]") {
    std::string text(whole);
    const auto replace = [&](std::string_view old, std::string_view with_this) {
        const std::size_t at = text.find(old);
        REQUIRE(at != std::string::npos);
        text.replace(at, old.size(), with_this);
    };
    replace("\"222127\"", "\"222126\"");
    replace("2025-01-31", "2025-02-29");
    replace("2022-07-31/", "2022-07/2021");
    CHECK(said(mistakes_of(text, "Yaizu AED")) ==
          ": フォルダーの名前 \"Yaizu AED\" は使えません。英小文字・数字・_・- "
          "の2文字から100文字にしてください（catalog と assets は使えません）\n"
          "/publisher: 団体コード 222126 の検査数字が合いません。222127 ではありませんか\n"
          "/modified: 2025-02-29 という日付はありません\n"
          "/temporal: 期間の終わり 2021 が始まり 2022-07 より前です");
}

TEST_CASE("Text that is no JSON is one mistake, and nothing is made up", "[model][dataset]") {
    std::vector<Mistake> mistakes;
    const Dataset dataset = read_dataset("{\"title\": ", "dataset.json", "yaizu-aed", form(), known, mistakes);
    CHECK(said(mistakes) == ": 1 行目の 11 文字目: 途中で終わっています。閉じる } や ] や \" が足りません");
    CHECK(dataset.tables.empty());
}
