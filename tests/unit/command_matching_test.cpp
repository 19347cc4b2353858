// SPDX-License-Identifier: Apache-2.0
#include "command/matching.hpp"

#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kokai;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

struct Told {
    std::string schema;
    Texts findings;
    Texts columns;  // of findings about one
};

Told told(const std::string& schema, Matching matching, const Texts& header, const Rows& rows) {
    SchemaLibrary schemas("schemas");
    SampledSource source(std::make_unique<TableSource>(header, rows, 0, rows.size() + 1));
    Findings findings;
    const Shape shape = source.open(findings);
    TableSpec table;
    table.schema = schema;
    const TableMatch match = match_table(table, shape, &source, source.about(), schemas);
    tell_match(match, matching, findings);
    Told result{match.schema != nullptr ? match.schema->id : "none", {}, {}};
    for (const Finding& finding : findings.list()) {
        if (finding.where.field != nullptr) {
            result.columns.push_back(spell_out(finding, source.about()).column);
        }
        result.findings.push_back(std::string(name_of(finding.severity)) + " " + std::string(info(finding.code).id) +
                                  " " + std::string(finding.found));
    }
    return result;
}

}  // namespace

TEST_CASE("convert warns of what is not sure, run asks", "[command][matching]") {
    const Texts header{"名称", "電話2"};
    const Rows rows{{"a", "027-224-1111"}, {"b", "027-224-1112"}};
    CHECK(told("v2/aed", Matching::propose, header, rows).findings == Texts{"warning column-unsure 電話2"});
    CHECK(told("v2/aed", Matching::ask, header, rows).findings == Texts{"error column-unsure 電話2"});
    CHECK(told("v2/aed", Matching::propose, header, rows).columns == Texts{"電話2"});  // the source's own header
}

TEST_CASE("auto says what it chose and why, or what it could be", "[command][matching]") {
    const Told chosen = told("auto", Matching::propose, {"施設名", "所在地", "小児用パッドの有無", "設置場所"},
                             {{"市役所", "本町1-1", "有", "1階"}, {"駅", "南町2-2", "無", "改札"}});
    CHECK(chosen.schema == "v2/aed");
    CHECK(chosen.findings == Texts{"note schema-chosen v2/aed"});
    const Told open = told("auto", Matching::ask, {"品名", "単価"}, {{"a", "1"}});
    CHECK(open.schema == "none");
    REQUIRE(open.findings.size() == 1);
    CHECK(open.findings[0].starts_with("error schema-undecided"));
    CHECK(told("none", Matching::propose, {"品名"}, {{"a"}}).findings.empty());
}

TEST_CASE("names of fields in the first column are told, not guessed to be a list of places", "[command][matching]") {
    const Rows rows{
        {"住所", "本町1-1", "南町2-2"}, {"電話番号", "027-224-1111", "027-224-1112"}, {"緯度", "36.3", "36.4"}};
    const Texts said = told("auto", Matching::propose, {"施設名", "東公民館", "西公民館"}, rows).findings;
    CHECK(std::find(said.begin(), said.end(), "warning table-looks-transposed 住所、電話番号、緯度") != said.end());
    // A table as it should be, and a statistic with its items below each other, which are no places.
    for (const Texts& header : {Texts{"名称", "住所", "電話番号"}, Texts{"区分", "令和5年", "令和6年"}}) {
        const bool list = header[0] == "名称";
        const Rows plain =
            list ? Rows{{"東公民館", "本町1-1", "027-224-1111"}, {"西公民館", "南町2-2", ""}, {"駅", "x", ""}}
                 : Rows{{"男性", "1", "2"}, {"女性", "3", "4"}, {"世帯数", "5", "6"}};
        for (const std::string& one : told("auto", Matching::propose, header, plain).findings) {
            CHECK(one.find("table-looks-transposed") == std::string::npos);
        }
    }
}

TEST_CASE("titles, sheets and files that name another municipality are warned of with their cell",
          "[command][matching]") {
    const SchemaLibrary schemas("schemas");
    SourceInfo source;
    source.file = "in/桜井市_観光.csv";
    source.sheets = {"桜井市", "目次"};
    source.sheet = "桜井市";
    source.taken = {{0, 1, 1, 2, "title", "# 桜井市 観光施設"},
                    {0, 3, 9, 0, "data", {}},
                    {0, 10, 10, 1, "footnote", "奈良県桜井市"}};
    Findings findings;
    tell_other_municipality({source}, "352128", schemas, findings);
    Texts said;
    for (const Finding& one : findings.list()) {
        CHECK(one.code == Code::names_other_municipality);
        said.push_back(std::to_string(one.where.row) + "/" + std::to_string(one.where.column) + " " +
                       std::string(one.found) + " " + std::string(one.expected));
    }
    CHECK(said ==
          Texts{"0/0 奈良県桜井市 山口県柳井市", "0/0 奈良県桜井市 山口県柳井市", "1/2 奈良県桜井市 山口県柳井市"});
    Findings none;
    tell_other_municipality({source}, "292061", schemas, none);
    tell_other_municipality({source}, "290009", schemas, none);
    tell_other_municipality({source}, "", schemas, none);
    CHECK(none.list().empty());
}

TEST_CASE("a column that gives one code in every row says whose table it is", "[command][matching]") {
    const auto code = [](const Texts& values) {
        Column cells;
        cells.cells.assign(values.begin(), values.end());
        SampledColumn column;
        column.sample = &cells;
        column.values = values;
        return code_in({column});
    };
    CHECK(code({"352128", "352128"}) == "352128");
    CHECK(code({"352128", "292061"}).empty());
    CHECK(code({"白壁", "白壁"}).empty());
    CHECK(code({}).empty());
}
