// SPDX-License-Identifier: Apache-2.0
#include "command/quality.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <array>

using namespace kokai;
using Json = nlohmann::ordered_json;

namespace {

Field field(const char* name, Requirement requirement, Kind kind = Kind::text) {
    Field made;
    made.name = name;
    made.requirement = requirement;
    made.kind = kind;
    return made;
}

/// Ten rows of ID, 名称, 電話番号 (recommended) and 備考; 名称 is empty twice.
struct Table {
    Schema schema;
    TableResult result;

    Table() {
        schema.id = "own/test";
        schema.primary_key = {"ID"};
        schema.fields = {field("ID", Requirement::required, Kind::identifier), field("名称", Requirement::required),
                         field("電話番号", Requirement::recommended, Kind::phone),
                         field("備考", Requirement::optional)};
        result.name = "places";
        result.schema = schema.id;
        result.fields = &schema;
        for (std::uint32_t i = 0; i < schema.fields.size(); ++i) {
            result.outcome.shape.columns.push_back(
                {schema.fields[i].name, &schema.fields[i], {{0, i + 1, schema.fields[i].name}}});
        }
        result.filled = {10, 8, 10, 3};
        result.outcome.rows.read = 10;
        result.outcome.rows.written = 10;
        SourceInfo csv;
        csv.file = "a.csv";
        csv.format = "csv";
        result.outcome.sources = {csv};
    }

    void find(Code code, Severity severity, std::size_t column, std::vector<std::uint32_t> rows) {
        for (const std::uint32_t row : rows) {
            const Finding one{{row, 0, 0, 0, &result.outcome.shape.columns[column]}, code, severity, row, "x", {}, {}};
            result.outcome.log.add({&one, 1}, result.outcome.sources);
        }
    }
};

Json quality(const Table& table, const std::optional<MetadataFacts>& metadata = {}) {
    const TableQuality counted = quality_of(table.result, metadata);
    return quality_json({&counted, 1});
}

Json part(const Json& quality, const std::string& id) {
    for (const Json& one : quality["parts"]) {
        if (one["id"] == id) {
            return one;
        }
    }
    return {};
}

}  // namespace

TEST_CASE("The score of a table is counted from its cells, rows and findings", "[quality]") {
    Table table;
    table.find(Code::required_missing, Severity::error, 1, {4, 5});
    table.find(Code::phone_unreadable, Severity::warning, 2, {6});
    table.find(Code::id_duplicate, Severity::error, 0, {8});
    table.result.outcome.rows.with_error = 3;
    const Json json = quality(table);
    // 25 : 15 : 20 : 10 : 10 of 80; no positions, no dataset.json.
    CHECK(part(json, "required")["of"] == 31.3);
    CHECK(part(json, "required")["points"] == 28.1);  // 18 of 20 cells
    CHECK(part(json, "required")["explanation_ja"] == "必須の項目 2 個のセル 20 個のうち、18 個に値があります");
    CHECK(part(json, "recommended")["points"] == part(json, "recommended")["of"]);
    CHECK(part(json, "validity")["of"] == 25.0);
    CHECK(part(json, "validity")["points"] == 24.3);  // one of 20 values by half: 39 of 40
    CHECK(part(json, "rows")["points"] == 8.7);       // 7 of 10 rows of 12.5
    CHECK(part(json, "uniqueness")["points"] == 11.2);
    CHECK(json["left_out"].size() == 2);
    CHECK(json["left_out"][0]["id"] == "position");
    CHECK(json["note_ja"].get<std::string>().find("割り振って") != std::string::npos);
    double sum = 0;
    double of = 0;
    for (const Json& one : json["parts"]) {
        sum += one["points"].get<double>();
        of += one["of"].get<double>();
    }
    CHECK(sum == Approx(json["score"].get<double>()));
    CHECK(of == Approx(100.0));
    // Each error is on a row of its own: 3.1 points of the field and 2.5 of the rows; then 1.2 and 1.2.
    REQUIRE(json["mend_first"].size() == 3);
    CHECK(json["mend_first"][0]["column"] == "名称");
    CHECK(json["mend_first"][0]["cell"] == "B4");
    CHECK(json["mend_first"][0]["count"] == 2);
    CHECK(json["mend_first"][0]["points"] == 5.6);
    CHECK(json["mend_first"][1]["code"] == "id-duplicate");
    CHECK(json["mend_first"][1]["points"] == 2.5);
    CHECK(json["mend_first"][2]["code"] == "phone-unreadable");
}

TEST_CASE("A thousand findings of one code do not hide what another column lacks", "[quality]") {
    Table table;
    std::vector<std::uint32_t> many(1500);
    for (std::uint32_t i = 0; i < many.size(); ++i) {
        many[i] = i + 2;
    }
    table.result.outcome.rows.read = table.result.outcome.rows.written = 2000;
    table.result.filled = {2000, 500, 1999, 0};
    table.find(Code::required_missing, Severity::error, 1, many);
    table.find(Code::required_missing, Severity::note, 2, {1777});
    table.result.outcome.rows.with_error = 1500;
    const Json json = quality(table);
    CHECK(part(json, "required")["explanation_en"] == "2,500 of 4,000 cells of 2 required fields hold a value");
    REQUIRE(json["mend_first"].size() == 2);
    CHECK(json["mend_first"][0]["count"] == 1500);
    CHECK(json["mend_first"][1]["cell"] == "C1777");
}

TEST_CASE("A column that is not there lacks all of its cells", "[quality]") {
    Table table;
    table.result.outcome.shape.columns[2].from.clear();
    table.result.filled[2] = 0;
    const Json json = quality(table);
    CHECK(part(json, "recommended")["points"] == 0.0);
    CHECK(json["mend_first"][0]["what_ja"] == "推奨の項目「電話番号」に値が一つもありません");
    CHECK(json["mend_first"][0]["mend_ja"] == "表に列「電話番号」を加え、値を入れてください");
}

TEST_CASE("A likely requirement and one that is not sure count as recommended", "[quality]") {
    Table table;
    table.schema.fields[0].confidence = Confidence::low;
    table.schema.fields[1].requirement = Requirement::likely_required;
    const Json json = quality(table);
    CHECK(part(json, "required").is_null());
    CHECK(part(json, "recommended")["explanation_en"] == "28 of 30 cells of 3 recommended fields hold a value");
}

TEST_CASE("Without a schema only values, rows and positions are judged", "[quality]") {
    Table table;
    table.result.fields = nullptr;
    table.result.schema = "none";
    for (ColumnInfo& column : table.result.outcome.shape.columns) {
        column.field = nullptr;
    }
    table.result.outcome.shape.has_geometry = true;
    table.result.outcome.rows.with_position = 5;
    const Json json = quality(table);
    CHECK(json["parts"].size() == 3);
    CHECK(part(json, "validity")["explanation_en"] == "of 31 values, 0 to mend and 0 to check (these count by half)");
    CHECK(part(json, "position")["points"] == 12.5);
    CHECK(json["left_out"][0]["reason_ja"] == "標準の形式に当てはめていないため");
}

TEST_CASE("A cell that two findings are about is wrong once, a note costs nothing", "[quality]") {
    Table table;
    table.result.filled = {1, 1, 1, 1};
    table.result.outcome.rows.read = table.result.outcome.rows.written = 1;
    table.find(Code::phone_unreadable, Severity::error, 2, {2});
    table.find(Code::value_not_allowed, Severity::error, 2, {2});
    table.find(Code::pattern_violated, Severity::note, 0, {2});
    table.result.outcome.rows.with_error = 1;
    const Json json = quality(table);
    CHECK(part(json, "validity")["points"] == 12.5);  // ID is right, the phone wrong
    CHECK(part(json, "rows")["points"] == 0.0);
}

TEST_CASE("An empty table has no score to speak of", "[quality]") {
    Table table;
    table.result.outcome.rows = {};
    table.result.outcome.rows.read = table.result.outcome.rows.totals = 1;
    const Json json = quality(table);
    CHECK(json["score"] == 0.0);
    CHECK(json["parts"].empty());
    CHECK(json["left_out"].size() == quality_part_count);
    CHECK(json["left_out"][2]["reason_ja"] == "データの行がないため");
}

TEST_CASE("The metadata of a dataset say how fresh it is", "[quality]") {
    Table table;
    const Json json = quality(table, MetadataFacts{"年１回", "2026-04-01", "2025-04-01/2026-03-31"});
    CHECK(part(json, "freshness")["points"] == part(json, "freshness")["of"]);
    const Json without = quality(table, MetadataFacts{"", "2026-04-01", ""});
    CHECK(part(without, "freshness")["points"] == 5.5);  // half of 11.1
    bool asked = false;
    for (const Json& mend : without["mend_first"]) {
        asked = asked || mend["what_ja"] == "更新の頻度が書かれていません";
    }
    CHECK(asked);
}

TEST_CASE("Several tables are scored as one, each mend with its table", "[quality]") {
    Table first;
    Table second;
    second.result.name = "others";
    second.result.filled = {10, 10, 10, 0};
    first.find(Code::required_missing, Severity::error, 1, {4, 5});
    first.result.outcome.rows.with_error = 2;
    const std::array both{quality_of(first.result, {}), quality_of(second.result, {})};
    const Json json = quality_json(both);
    CHECK(part(json, "required")["explanation_en"] == "38 of 40 cells of 4 required fields hold a value");
    CHECK(json["mend_first"][0]["table"] == "places");
    CHECK(quality_text(both, Language::en) == "quality 97.1 of 100, 5 of 7 parts");
    CHECK(quality_text(both, Language::ja) == "品質 97.1 点（100 点満点、7 項目のうち 5 項目で採点）");
}

TEST_CASE("The catalog gets the parts in tenths", "[quality]") {
    Table table;
    const std::vector<QualityPoints> points = quality_points(quality_of(table.result, {}));
    REQUIRE(points.size() == 5);
    CHECK(points[0].title == "必須の項目が入っている");
    CHECK(points[0].points == 281);
    CHECK(points[0].of == 313);
}
