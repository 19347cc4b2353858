// SPDX-License-Identifier: Apache-2.0
#include "map/editions.hpp"
#include "model/schema_json.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <map>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

Schema committed(const std::string& id) {
    std::ifstream file(std::string(KOKAI_SOURCE_DIR) + "/schemas/" + id + ".json", std::ios::binary);
    REQUIRE(file.is_open());
    std::vector<Mistake> mistakes;
    Schema schema = parse_schema(std::string(std::istreambuf_iterator<char>(file), {}), id, mistakes);
    REQUIRE(mistakes.empty());
    return schema;
}

Shape shape_of(const Texts& headers) {
    Findings findings;
    return TableSource(headers, {}).open(findings);
}

struct Changed {
    Outcome outcome;
    Texts findings;  // code@cell
    std::vector<std::map<std::string, std::string>> rows;
};

Changed changed(const std::string& from, const std::string& to, const Texts& headers, const Rows& cells,
                const TableSpec& table = {}, const Texts& lost = {}) {
    const Schema source_schema = committed(from);
    const Schema schema = committed(to);
    ChangeEdition change(source_schema, schema, table);
    TableSource source(headers, cells);
    change.bind(shape_of(headers));
    class Telling : public Transform {  // outcome_of binds; what is lost is told after that
    public:
        Telling(ChangeEdition& inner, Texts headers) : inner_(inner), headers_(std::move(headers)) {}
        Shape bind(const Shape& in) override {
            Shape out = inner_.bind(in);
            inner_.tell_lost(headers_);
            return out;
        }
        void run(Batch& batch, Findings& findings) const override { inner_.run(batch, findings); }

    private:
        ChangeEdition& inner_;
        Texts headers_;
    } telling(change, lost);
    Changed result;
    result.outcome = outcome_of(source, {&telling});
    result.findings = result.outcome.places();
    for (const auto& row : result.outcome.rows) {
        std::map<std::string, std::string> named;
        for (std::size_t i = 0; i < row.size(); ++i) {
            named[result.outcome.shape.columns[i].name] = row[i];
        }
        result.rows.push_back(std::move(named));
    }
    return result;
}

}  // namespace

TEST_CASE("the edition of a file is told by the names that only one edition has", "[map][editions]") {
    const Schema v1 = committed("v1/aed");
    const Schema v2 = committed("v2/aed");
    const Shape old = shape_of({"都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "住所"});
    CHECK(is_of_edition(old, v1, v2));
    CHECK_FALSE(is_of_edition(old, v2, v1));
    CHECK_FALSE(is_of_edition(shape_of({"名称", "住所", "緯度", "経度"}), v1, v2));  // one such name is chance
    Texts all;
    for (const Field& field : v1.fields) {
        all.push_back(field.name);
    }
    for (const char* more :
         {"所在地_都道府県", "所在地_市区町村", "所在地_町字", "所在地_番地以下", "町字ID", "画像1", "郵便番号"}) {
        all.emplace_back(more);
    }
    CHECK(is_of_edition(shape_of(all), v1, v2));  // v1 with columns of v2 behind
    CHECK(other_edition("v1/aed") == "v2/aed");
    CHECK(other_edition("v2/aed") == "v1/aed");
    CHECK(other_edition("own/school").empty());
}

TEST_CASE("v1 to v2: names are joined, addresses divided", "[map][editions]") {
    const Changed to = changed("v1/aed", "v2/aed", {"NO", "都道府県名", "市区町村名", "名称", "住所", "方書"},
                               {{"1", "静岡県", "焼津市", "a", "静岡県焼津市石津728番地2", "港ビル1階"},
                                {"2", "静岡県", "焼津市", "b", "焼津市本町2-16-32", ""},
                                {"3", "", "静岡県焼津市", "c", "静岡県焼津市田尻1535-1 港ビル", "港ビル"}});
    REQUIRE(to.rows.size() == 3);
    CHECK(to.rows[0].at("地方公共団体名") == "静岡県焼津市");
    CHECK(to.rows[0].at("所在地_全国地方公共団体コード") == "222127");
    CHECK(to.rows[0].at("所在地_連結表記") == "静岡県焼津市石津728番地2 港ビル1階");
    CHECK(to.rows[0].at("所在地_都道府県") == "静岡県");
    CHECK(to.rows[0].at("所在地_市区町村") == "焼津市");
    CHECK(to.rows[0].at("所在地_町字") == "石津");
    CHECK(to.rows[0].at("所在地_番地以下") == "728-2");
    CHECK(to.rows[0].at("方書") == "港ビル1階");  // an alias: the mapping's business
    CHECK(to.rows[1].at("所在地_市区町村") == "焼津市");
    CHECK(to.rows[1].at("所在地_町字") == "本町二丁目");  // the list has 本町 by 丁目 only
    CHECK(to.rows[2].at("地方公共団体名") == "静岡県焼津市");
    CHECK(to.rows[2].at("所在地_連結表記") == "静岡県焼津市田尻1535-1 港ビル");
    CHECK(to.rows[0].count("都道府県名") == 0);
    CHECK(to.rows[0].count("住所") == 0);
    CHECK(to.findings == Texts{"value-split@E2", "value-split@E3", "value-split@E4", "value-not-carried@F4"});
    const ColumnInfo& name = to.outcome.shape.columns[to.outcome.shape.find("地方公共団体名")];
    REQUIRE(name.from.size() == 2);
    CHECK(name.from[1].header == "市区町村名");
}

TEST_CASE("v2 to v1: the publisher and the address, without the building", "[map][editions]") {
    const Changed to = changed(
        "v2/aed", "v1/aed",
        {"全国地方公共団体コード", "ID", "地方公共団体名", "所在地_連結表記", "所在地_都道府県", "所在地_市区町村",
         "所在地_町字", "所在地_番地以下", "建物名等(方書)"},
        {{"222127", "1", "静岡県焼津市", "静岡県焼津市石津728 港ビル", "静岡県", "焼津市", "石津", "728", "港ビル"},
         {"222127", "2", "焼津市", "", "静岡県", "焼津市", "田尻", "1535-1", ""}});
    REQUIRE(to.rows.size() == 2);
    CHECK(to.rows[0].at("都道府県名") == "静岡県");
    CHECK(to.rows[0].at("市区町村名") == "焼津市");
    CHECK(to.rows[0].at("住所") == "静岡県焼津市石津728");
    CHECK(to.rows[1].at("都道府県名") == "静岡県");  // from the code, and told
    CHECK(to.rows[1].at("住所") == "静岡県焼津市田尻1535-1");
    CHECK(to.findings == Texts{"value-split@C3", "value-split@D2"});
}

TEST_CASE("バリアフリー情報 and the yes/no fields of public facilities, both ways", "[map][editions]") {
    const Changed to = changed("v1/public_facility", "v2/public_facility", {"NO", "バリアフリー情報"},
                               {{"1", "スロープ;多機能トイレ"}, {"2", "磁気ループ"}, {"3", ""}});
    CHECK(to.rows[0].at("バリアフリートイレ") == "有");
    CHECK(to.rows[0].at("スロープ、エレベータ、エスカレータ") == "有");
    CHECK(to.rows[0].at("車椅子可").empty());
    CHECK(to.rows[0].count("バリアフリー情報") == 0);
    CHECK(to.findings == Texts{"value-split@B2", "value-not-carried@B3"});
    CHECK(to.outcome.findings[1].found == "磁気ループ");
    const Changed back =
        changed("v2/public_facility", "v1/public_facility", {"ID", "車椅子可", "バリアフリートイレ", "筆談対応"},
                {{"1", "有", "有", "無"}}, {}, {"車椅子可", "バリアフリートイレ", "筆談対応"});
    CHECK(back.rows[0].at("バリアフリー情報") == "車椅子可;バリアフリートイレ");
    CHECK(back.findings == Texts{"value-not-carried@D2"});
}

TEST_CASE("columns that are left out are told cell by cell, unless the value stands elsewhere", "[map][editions]") {
    const Texts headers{"全国地方公共団体コード",        "ID",          "地方公共団体名", "所在地_連結表記",
                        "所在地_全国地方公共団体コード", "所在地_町字", "郵便番号"};
    const Texts lost{"所在地_全国地方公共団体コード", "所在地_町字", "郵便番号"};
    const Changed to =
        changed("v2/aed", "v1/aed", headers,
                {{"222127", "1", "静岡県焼津市", "静岡県焼津市石津728", "222127", "石津", ""},
                 {"222127", "2", "静岡県焼津市", "静岡県焼津市石津728", "221309", "石津二丁目", "4250000"}},
                {}, lost);
    CHECK(to.findings == Texts{"value-not-carried@E3", "value-not-carried@F3", "value-not-carried@G3"});
    CHECK(changed("v2/aed", "v1/aed", headers, {{"222127", "2", "静岡県焼津市", "", "", "", "4250000"}})
              .findings.empty());
    const Changed parts = changed("v2/aed", "v1/aed",
                                  {"ID", "地方公共団体名", "所在地_連結表記", "所在地_全国地方公共団体コード",
                                   "所在地_都道府県", "所在地_市区町村", "所在地_町字"},
                                  {{"1", "静岡県焼津市", "", "222127", "静岡県", "焼津市", "石津"}}, {},
                                  {"所在地_全国地方公共団体コード", "所在地_都道府県", "所在地_町字"});
    CHECK(parts.rows[0].at("住所") == "静岡県焼津市石津");
    CHECK(parts.findings.empty());
}

TEST_CASE("shelters: the one code of v1 becomes both of v2", "[map][editions]") {
    const Changed to =
        changed("v1/evacuation_space", "v2/evacuation_space", {"NO", "市区町村コード", "都道府県名", "市区町村名"},
                {{"1", "222127", "静岡県", "焼津市"}});
    CHECK(to.rows[0].at("全国地方公共団体コード") == "222127");
    CHECK(to.rows[0].at("市区町村コード") == "222127");
    const Changed back = changed("v2/evacuation_space", "v1/evacuation_space",
                                 {"全国地方公共団体コード", "ID", "市区町村コード", "地方公共団体名"},
                                 {{"222127", "1", "222127", "静岡県焼津市"}, {"222127", "1", "221309", "静岡県焼津市"}},
                                 {}, {"全国地方公共団体コード"});
    CHECK(back.rows[0].at("市区町村コード") == "222127");
    CHECK(back.findings == Texts{"value-not-carried@A3"});
}

TEST_CASE("what dataset.json maps stays as it says", "[map][editions]") {
    TableSpec table;
    ColumnSpec spec;
    spec.field = "地方公共団体名";
    spec.from = {"市区町村名"};
    table.columns = {spec};
    const Changed to = changed("v1/aed", "v2/aed", {"NO", "都道府県名", "市区町村名", "住所"},
                               {{"1", "静岡県", "焼津市", "静岡県焼津市石津"}}, table);
    CHECK(to.rows[0].count("地方公共団体名") == 0);
    CHECK(to.rows[0].count("市区町村名") == 1);
    CHECK(to.rows[0].at("所在地_市区町村") == "焼津市");
}
