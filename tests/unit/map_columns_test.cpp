// SPDX-License-Identifier: Apache-2.0
#include "map/columns.hpp"
#include "map/tables.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::schema_with;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

ColumnSpec column(std::string field, Texts from) {
    ColumnSpec spec;
    spec.field = std::move(field);
    spec.from = std::move(from);
    return spec;
}

TableSpec table_of(std::vector<ColumnSpec> columns) {
    TableSpec table;
    table.columns = std::move(columns);
    return table;
}

Texts names(const Shape& shape) {
    Texts all;
    for (const ColumnInfo& one : shape.columns) {
        all.push_back(one.name);
    }
    return all;
}

/// One column through one spec, without a schema.
Outcome made(const ColumnSpec& spec, const Texts& cells) {
    Rows rows;
    for (const std::string& cell : cells) {
        rows.push_back({cell});
    }
    TableSource source({"値"}, rows);
    MapColumns map(table_of({spec}), nullptr);
    return outcome_of(source, {&map});
}

Texts first_column(const Outcome& outcome) {
    Texts cells;
    for (const auto& row : outcome.rows) {
        cells.push_back(row.front());
    }
    return cells;
}

/// Two rows with a shape each, the third without.
class ShapedSource : public TableSource {
public:
    ShapedSource() : TableSource({"名称"}, {{"点"}, {"面"}, {"なし"}}, 0, 3) {}
    Shape open(Findings& findings) override {
        Shape shape = TableSource::open(findings);
        shape.has_geometry = true;
        return shape;
    }
    bool next(Batch& batch, Findings& findings) override {
        if (!TableSource::next(batch, findings)) {
            return false;
        }
        batch.shapes.add_point_row(139.0606667, 36.389);
        for (const auto& [x, y] :
             {std::pair{139.0, 36.0}, {139.25, 36.0}, {139.25, 36.5}, {139.0, 36.5}, {139.0, 36.0}}) {
            batch.shapes.add_point(x, y);
        }
        batch.shapes.end_ring();
        batch.shapes.end_part();
        batch.shapes.end_row(GeometryKind::polygon);
        batch.shapes.end_row(GeometryKind::none);
        return true;
    }
};

}  // namespace

TEST_CASE("Columns are renamed and come in the order of the schema; what is beyond it follows", "[map][columns]") {
    const Schema schema = schema_with({"ID", "名称", "住所", "電話番号"});
    TableSource source(
        {"備考", "所在地", "施設名", "ID", "担当"},
        {{"b1", "本町", "市役所", "1", "t1"}, {"b2", "紺屋町", "市民館", "2", "t2"}, {"b3", "南町", "駅", "3", "t3"}});
    TableSpec table = table_of({column("住所", {"所在地"}), column("名称", {"施設名"})});
    MapColumns map(table, &schema);
    const Outcome outcome = outcome_of(source, {&map});
    CHECK(names(outcome.shape) == Texts{"ID", "名称", "住所", "電話番号", "備考", "担当"});
    CHECK(outcome.rows == Rows{{"1", "市役所", "本町", "", "b1", "t1"},
                               {"2", "市民館", "紺屋町", "", "b2", "t2"},
                               {"3", "駅", "南町", "", "b3", "t3"}});
    CHECK(outcome.shape.columns[1].field == schema.find("名称"));
    CHECK(outcome.shape.columns[1].from.front().header == "施設名");
    CHECK(outcome.shape.columns[4].field == nullptr);
    CHECK(map.unmapped() == Texts{"備考", "担当"});
    CHECK(map.missing().empty());
    CHECK(outcome.findings.empty());

    REQUIRE(map.origins().size() == 3);  // 電話番号 comes from nowhere
    CHECK(map.origins()[0].field == "ID");
    CHECK(map.origins()[0].evidence == "name");
    CHECK(map.origins()[0].confidence == 1.0);
    CHECK(map.origins()[1].source == "施設名");
    CHECK(map.origins()[1].evidence == "dataset.json");
}

TEST_CASE("Columns beyond the schema can be dropped, all or by name", "[map][columns]") {
    const Schema schema = schema_with({"名称"});
    const auto columns = [&](bool keep_extra, const Texts& drop) {
        TableSource source({"名称", "内部メモ", "備考"}, {{"市役所", "秘", "b"}});
        TableSpec table;
        table.keep_extra = keep_extra;
        table.drop = drop;
        MapColumns map(table, &schema);
        return names(outcome_of(source, {&map}).shape);
    };
    CHECK(columns(true, {}) == Texts{"名称", "内部メモ", "備考"});
    CHECK(columns(true, {"内部メモ"}) == Texts{"名称", "備考"});
    CHECK(columns(false, {}) == Texts{"名称"});
}

TEST_CASE("A column that is dropped stays as long as a stage needs it", "[map][columns]") {
    const Schema schema = schema_with({"名称"});
    TableSource source({"名称", "X座標", "備考", "Y座標"}, {{"市役所", "1", "b", "2"}});
    TableSpec table;
    table.keep_extra = false;
    MapColumns map(table, &schema, {}, {"X座標", "Y座標", "Z座標"});
    CHECK(names(outcome_of(source, {&map}).shape) == Texts{"名称", "X座標", "Y座標"});
    CHECK(map.to_drop() == Texts{"X座標", "Y座標"});
    CHECK(map.unmapped() == Texts{"X座標", "備考", "Y座標"});
    TableSource again({"名称", "X座標", "備考", "Y座標"}, {{"市役所", "1", "b", "2"}});
    DropColumns drop({"X座標", "備考"});
    const Outcome outcome = outcome_of(again, {&drop});
    CHECK(names(outcome.shape) == Texts{"名称", "Y座標"});
    CHECK(outcome.rows == Rows{{"市役所", "2"}});
}

TEST_CASE("A column beyond the schema never takes the name of a field", "[map][columns]") {
    const Schema schema = schema_with({"名称"});
    TableSource source({"名称", "施設名"}, {{"旧称", "市役所"}});
    MapColumns map(table_of({column("名称", {"施設名"})}), &schema);
    const Outcome outcome = outcome_of(source, {&map});
    CHECK(names(outcome.shape) == Texts{"名称", "名称_2"});
    CHECK(outcome.rows == Rows{{"市役所", "旧称"}});
}

TEST_CASE("Without a schema the named columns come first and the others stay as they are", "[map][columns]") {
    TableSource source({"a", "b", "c"}, {{"1", "2", "3"}});
    MapColumns map(table_of({column("名称", {"b"})}), nullptr);
    const Outcome outcome = outcome_of(source, {&map});
    CHECK(names(outcome.shape) == Texts{"名称", "a", "c"});
    CHECK(outcome.rows == Rows{{"2", "1", "3"}});
    CHECK(map.unmapped().empty());
}

TEST_CASE("Headers meet fields whatever their widths, spaces and dashes; aliases come second", "[map][columns]") {
    Schema schema = schema_with({"ID", "市区町村コード", "電話番号", "名称"});
    schema.fields[2].aliases = {"連絡先", "TEL"};
    TableSource source({"ＩＤ", "市区町村コ―ド", "ｔｅｌ", "名 称"}, {{"1", "102016", "027-224-1111", "市役所"}});
    MapColumns map(TableSpec{}, &schema);
    const Outcome outcome = outcome_of(source, {&map});
    CHECK(names(outcome.shape) == Texts{"ID", "市区町村コード", "電話番号", "名称"});
    CHECK(outcome.rows == Rows{{"1", "102016", "027-224-1111", "市役所"}});
    REQUIRE(map.origins().size() == 4);
    CHECK(map.origins()[0].evidence == "name");
    CHECK(map.origins()[0].confidence == 0.98);
    CHECK(map.origins()[1].source == "市区町村コ―ド");
    CHECK(map.origins()[2].evidence == "alias");
    CHECK(map.origins()[2].confidence == 0.9);

    // The exact name goes before an alias, and a column that dataset.json uses is not taken by its name.
    TableSource both({"連絡先", "電話番号", "名称"}, {{"x", "y", "z"}});
    MapColumns second(table_of({column("ID", {"名称"})}), &schema);
    const Outcome exact = outcome_of(both, {&second});
    CHECK(names(exact.shape) == Texts{"ID", "市区町村コード", "電話番号", "名称", "連絡先"});
    CHECK(exact.rows.front()[0] == "z");
    CHECK(exact.rows.front()[2] == "y");
}

TEST_CASE("Several columns are joined; empty ones leave no separator", "[map][columns]") {
    TableSource source({"町", "番地", "方書"}, {{"本町", "1-1", ""}, {"", "", ""}, {" 南町　", "", "駅ビル"}});
    ColumnSpec address = column("住所", {"町", "番地", "方書"});
    address.separator = " ";
    MapColumns map(table_of({address}), nullptr);
    const Outcome outcome = outcome_of(source, {&map});
    CHECK(names(outcome.shape) == Texts{"住所"});
    CHECK(first_column(outcome) == Texts{"本町 1-1", "", "南町 駅ビル"});
    CHECK(outcome.shape.columns[0].from.size() == 3);
}

TEST_CASE("A constant stands in every row, also an empty one", "[map][columns]") {
    ColumnSpec spec = column("団体", {});
    spec.constant = "前橋市";
    ColumnSpec empty = column("空", {});
    empty.constant = "";
    TableSource source({"値"}, {{"a"}, {"b"}, {"c"}});
    MapColumns map(table_of({spec, empty}), nullptr);
    CHECK(outcome_of(source, {&map}).rows == Rows{{"前橋市", "", "a"}, {"前橋市", "", "b"}, {"前橋市", "", "c"}});
}

TEST_CASE("A value that the value table does not know is an error at its cell and stays", "[map][columns]") {
    ColumnSpec spec = column("地区", {"値"});
    spec.values = {{"東", "1"}, {"西", "2"}};
    const Outcome outcome = made(spec, {"東", "北", "", " 西 "});
    CHECK(first_column(outcome) == Texts{"1", "北", "", "2"});
    CHECK(outcome.places() == Texts{"value-not-in-table@A3"});
    CHECK(outcome.findings[0].found == "北");
    CHECK(outcome.findings[0].expected == "東 西");
    CHECK(outcome.findings[0].severity == Severity::error);
}

TEST_CASE("otherwise: another value, none, or the cell as it is", "[map][columns]") {
    ColumnSpec spec = column("地区", {"値"});
    spec.values = {{"東", "1"}, {"", "なし"}};
    const auto with = [&](const std::string& otherwise) {
        spec.otherwise = otherwise;
        const Outcome outcome = made(spec, {"東", "北", ""});
        CHECK(outcome.findings.empty());
        return first_column(outcome);
    };
    CHECK(with("9") == Texts{"1", "9", "なし"});
    CHECK(with("") == Texts{"1", "", "なし"});
    CHECK(with("=") == Texts{"1", "北", "なし"});
}

TEST_CASE("A pattern takes one of its groups; what does not match is an error at its cell and stays",
          "[map][columns]") {
    ColumnSpec spec = column("割合", {"値"});
    spec.pattern = R"(^([0-9,]+) *\(([0-9.]+)%\)$)";
    spec.group = 2;
    const Outcome outcome = made(spec, {"44 (38.2%)", "(38.2%)", ""});
    CHECK(first_column(outcome) == Texts{"38.2", "(38.2%)", ""});
    CHECK(outcome.places() == Texts{"pattern-unmatched@A3"});
    CHECK(outcome.findings[0].found == "(38.2%)");
    CHECK(outcome.findings[0].expected == spec.pattern);

    spec.group = 0;
    CHECK(first_column(made(spec, {"44 (38.2%)"})) == Texts{"44 (38.2%)"});
    spec.group = 1;
    spec.otherwise = "";
    CHECK(first_column(made(spec, {"44 (38.2%)", "(38.2%)"})) == Texts{"44", ""});
    spec.otherwise = "=";
    CHECK(first_column(made(spec, {"44 (38.2%)", "(38.2%)"})) == Texts{"44", "(38.2%)"});

    // A group that took no part in the match is empty; groups beyond nine count too.
    spec.pattern = "^(?:([0-9]+) )?(.+)$";
    CHECK(first_column(made(spec, {"3 行政機関", "計"})) == Texts{"3", ""});
    spec.pattern = "(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)";
    spec.group = 12;
    CHECK(first_column(made(spec, {"abcdefghijkl"})) == Texts{"l"});
}

TEST_CASE("Pattern, value table and prefix work one after another", "[map][columns]") {
    ColumnSpec spec = column("code", {"値"});
    spec.pattern = "^(.)区";
    spec.values = {{"東", "E"}, {"西", "W"}};
    spec.prefix = "area-";
    const Outcome outcome = made(spec, {"東区", "西区", "", "中区"});
    CHECK(first_column(outcome) == Texts{"area-E", "area-W", "", "area-中"});
    CHECK(outcome.places() == Texts{"value-not-in-table@A5"});
}

TEST_CASE("A finding on a joined column names all its cells", "[map][columns]") {
    TableSource source({"町", "番地"}, {{"本町", "1"}, {"南町", "x"}});
    ColumnSpec spec = column("住所", {"町", "番地"});
    spec.pattern = "[0-9]$";
    spec.group = 0;
    MapColumns map(table_of({spec}), nullptr);
    CHECK(outcome_of(source, {&map}).places() == Texts{"pattern-unmatched@A3,B3"});
}

TEST_CASE("A finding on a value of a cross table names the value's own cell", "[map][columns]") {
    CrossSpec cross;
    cross.labels = {"地区"};
    cross.header = "年齢";
    cross.value = "人数";
    CrossSource source(
        std::make_unique<TableSource>(Texts{"地区", "0-9", "10-19"}, Rows{{"本庁", "1", "２"}, {"桂萱", "3", "4"}}),
        cross, {});
    ColumnSpec spec = column("人数", {"人数"});
    spec.pattern = "^[0-9]$";
    spec.group = 0;
    MapColumns map(table_of({spec}), nullptr);
    const Outcome outcome = outcome_of(source, {&map});
    CHECK(outcome.places() == Texts{"pattern-unmatched@C2"});
}

TEST_CASE("Latitude and longitude come from the shape, without padding", "[map][columns]") {
    ShapedSource source;
    ColumnSpec latitude = column("緯度", {});
    latitude.geometry = "latitude";
    ColumnSpec longitude = column("経度", {});
    longitude.geometry = "longitude";
    MapColumns map(table_of({latitude, longitude}), nullptr);
    const Outcome outcome = outcome_of(source, {&map});
    CHECK(outcome.rows == Rows{{"36.389", "139.0606667", "点"}, {"36.25", "139.125", "面"}, {"", "", "なし"}});

    // A table without shapes has no position to give.
    TableSource flat({"名称"}, {{"市役所"}});
    MapColumns none(table_of({latitude}), nullptr);
    CHECK(outcome_of(flat, {&none}).rows == Rows{{"", "市役所"}});
}

TEST_CASE("A column that dataset.json names and the source lacks is listed; its field stays empty", "[map][columns]") {
    const Schema schema = schema_with({"名称", "住所"});
    TableSource source({"名称"}, {{"市役所"}});
    MapColumns map(table_of({column("住所", {"所在地", "番地"})}), &schema);
    const Outcome outcome = outcome_of(source, {&map});
    CHECK(map.missing() == Texts{"所在地", "番地"});
    CHECK(outcome.rows == Rows{{"市役所", ""}});
}

TEST_CASE("One source column can feed several fields", "[map][columns]") {
    const Schema schema = schema_with({"名称", "名称_通称", "番号"});
    ColumnSpec number = column("番号", {"施設"});
    number.pattern = "^([0-9]+)";
    TableSource source({"施設"}, {{"1 市役所"}, {"2 駅"}, {"3 館"}});
    MapColumns map(table_of({column("名称", {"施設"}), column("名称_通称", {"施設"}), number}), &schema);
    const Outcome outcome = outcome_of(source, {&map});
    CHECK(names(outcome.shape) == Texts{"名称", "名称_通称", "番号"});
    CHECK(outcome.rows == Rows{{"1 市役所", "1 市役所", "1"}, {"2 駅", "2 駅", "2"}, {"3 館", "3 館", "3"}});
    CHECK(map.unmapped().empty());
}
