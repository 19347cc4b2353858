// SPDX-License-Identifier: Apache-2.0
#include "locate/fill_address.hpp"
#include "locate/town_points.hpp"
#include "model/schema.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

constexpr std::array<const char*, 9> names{"所在地_全国地方公共団体コード",
                                           "町字ID",
                                           "所在地_連結表記",
                                           "所在地_都道府県",
                                           "所在地_市区町村",
                                           "所在地_町字",
                                           "所在地_番地以下",
                                           "建物名等(方書)",
                                           "緯度"};
constexpr std::array<const char*, 9> english{"locatedLocalGovernmentCode",
                                             "streetAddressId",
                                             "fullAddress",
                                             "prefecture",
                                             "city",
                                             "streetAddress",
                                             "cityBlock",
                                             "buildingNameEtc",
                                             "latitude"};

/// Gives the columns their fields, as the mapping does; those of `absent` come from no source.
class AsFields : public Transform {
public:
    explicit AsFields(Texts absent) : absent_(std::move(absent)), fields_(names.size()) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            fields_[i].name = names.at(i);
            fields_[i].english = english.at(i);
        }
    }
    Shape bind(const Shape& in) override {
        Shape out = in;
        for (ColumnInfo& column : out.columns) {
            for (const Field& field : fields_) {
                if (field.name == column.name) {
                    column.field = &field;
                }
            }
            if (std::find(absent_.begin(), absent_.end(), column.name) != absent_.end()) {
                column.from.clear();
            } else if (column.from.empty()) {
                column.from = {{0, 1, column.name}};
            }
        }
        return out;
    }
    void run(Batch& /*batch*/, Findings& /*findings*/) const override {}

private:
    Texts absent_;
    std::vector<Field> fields_;
};

const Texts headers{names.begin(), names.begin() + 8};

std::size_t count(const Outcome& outcome, Code code) {
    return static_cast<std::size_t>(std::count_if(outcome.findings.begin(), outcome.findings.end(),
                                                  [&](const FindingText& one) { return one.code == code; }));
}

Outcome filled(const Rows& rows, const Texts& absent = {}, const std::string& publisher = "102016") {
    TableSource source(headers, rows, 0, 4096);
    AsFields fields(absent);
    FillAddress fill(publisher);
    return outcome_of(source, {&fields, &fill}, {});
}

}  // namespace

TEST_CASE("the parts of an address are filled from its joined notation", "[locate][address]") {
    const Outcome outcome = filled({{"", "", "群馬県前橋市大手町二丁目12-1 市役所3階", "", "", "", "", ""},
                                    {"", "", "大手町2-12-1", "", "", "", "", ""}});
    const Texts first = outcome.rows.at(0);
    CHECK(first.at(1).size() == 7);
    CHECK(Texts(first.begin() + 3, first.end()) == Texts{"群馬県", "前橋市", "大手町二丁目", "12-1", "市役所3階"});
    CHECK(outcome.rows.at(1).at(5) == "大手町二丁目");
    CHECK(outcome.rows.at(1).at(2) == "大手町2-12-1");  // what is there is not rewritten
    CHECK(count(outcome, Code::address_filled) == 6 + 5);
}

TEST_CASE("a column that the source lacks is told once, not for every cell", "[locate][address]") {
    Rows rows;
    for (int i = 1; i <= 50; ++i) {
        rows.push_back({"", "", "群馬県前橋市大手町二丁目12番" + std::to_string(i) + "号", "", "", "", "", ""});
    }
    const Outcome outcome = filled(
        rows, {"町字ID", "所在地_都道府県", "所在地_市区町村", "所在地_町字", "所在地_番地以下", "建物名等(方書)"});
    CHECK(outcome.rows.at(49).at(6) == "12-50");
    CHECK(count(outcome, Code::address_filled) == 5);
}

TEST_CASE("the joined notation is made from its parts", "[locate][address]") {
    const Outcome outcome = filled({{"", "", "", "群馬県", "前橋市", "大手町二丁目", "12-1", "市役所"},
                                    {"", "", "", "", "前橋市", "大手町二丁目", "12-1", ""},
                                    {"", "", "", "群馬県", "前橋市", "", "", ""}});
    CHECK(outcome.rows.at(0).at(2) == "群馬県前橋市大手町二丁目12-1 市役所");
    CHECK(outcome.rows.at(1).at(2) == "群馬県前橋市大手町二丁目12-1");
    CHECK(outcome.rows.at(2).at(2).empty());
}

TEST_CASE("what is unsure fills nothing and is told", "[locate][address]") {
    const Outcome outcome = filled({{"", "", "福岡県遠賀郡遠賀町浅木1-16", "", "", "", "", ""},
                                    {"", "", "群馬県前橋市架空町1-2", "", "", "", "", ""},
                                    {"", "", "北区1-2", "", "", "", "", ""},
                                    {"", "", "市内各所", "", "", "", "", ""}});
    CHECK(outcome.rows.at(0).at(5).empty());
    CHECK(outcome.rows.at(1).at(4) == "前橋市");
    CHECK(outcome.rows.at(1).at(5).empty());
    CHECK(outcome.rows.at(2).at(4).empty());
    CHECK(count(outcome, Code::address_ambiguous) == 2);
    CHECK(count(outcome, Code::address_unread) == 2);
}

TEST_CASE("parts that contradict the address are told and stay", "[locate][address]") {
    const Outcome outcome =
        filled({{"", "", "群馬県前橋市大手町二丁目12-1", "群馬県", "高崎市", "大手町二丁目", "12-1", ""},
                {"", "", "群馬県前橋市大手町二丁目12-1", "群馬県", "前橋市", "本町二丁目", "12-1", ""},
                {"", "", "群馬県前橋市大手町二丁目12-1", "群馬県", "前橋市", "大手町二丁目", "3-4", ""},
                {"", "9999999", "群馬県前橋市大手町二丁目12-1", "群馬県", "前橋市", "大手町2丁目", "12番1号", ""},
                {"", "", "群馬県前橋市大手町二丁目12-1", "群馬県", "前橋市", "大手町", "12-1", ""}});
    CHECK(count(outcome, Code::address_parts_disagree) == 4);
    CHECK(outcome.rows.at(0).at(4) == "高崎市");
    CHECK(outcome.rows.at(0).at(1).empty());  // no ID of 前橋's town beside it
    CHECK(outcome.rows.at(1).at(5) == "本町二丁目");
    CHECK(outcome.rows.at(3).at(1) == "9999999");
    CHECK(outcome.rows.at(4).at(1).empty());  // 大手町 without 丁目: no ID of 二丁目
    // Nothing is filled in beside another municipality or prefecture.
    const Outcome beside = filled({{"", "", "前橋市大手町2-12-1", "", "高崎市", "", "", ""},
                                   {"", "", "群馬県前橋市大手町2-12-1", "栃木県", "", "", "", ""}});
    CHECK(count(beside, Code::address_parts_disagree) == 2);
    CHECK(count(beside, Code::address_filled) == 0);
}

TEST_CASE("rows without a position get their town's point, marked, and only those", "[locate][address]") {
    TableSource source({"名称", "住所", "緯度", "経度"}, {{"あ", "群馬県前橋市大手町二丁目12-1", "", ""},
                                                          {"い", "群馬県前橋市大手町二丁目12-1", "36.39", "139.06"},
                                                          {"う", "群馬県前橋市架空町1", "", ""},
                                                          {"え", "", "", ""}});
    TownPoints points("緯度", "経度", "102016");
    const Outcome outcome = outcome_of(source, {&points}, {});
    CHECK(outcome.rows.at(0).at(2).substr(0, 4) == "36.3");
    CHECK(outcome.rows.at(0).at(4) == TownPoints::mark);
    CHECK(outcome.rows.at(1) == Texts{"い", "群馬県前橋市大手町二丁目12-1", "36.39", "139.06", ""});
    CHECK(outcome.rows.at(2).at(2).empty());
    CHECK(outcome.rows.at(3).at(4).empty());
    CHECK(count(outcome, Code::position_of_town) == 1);
    // 0,0 is no position: what is read again gets the same.
    TableSource zero({"名称", "住所", "緯度", "経度"}, {{"あ", "群馬県前橋市大手町二丁目12-1", "0.0", "0"}});
    TownPoints again("緯度", "経度", "102016");
    const Outcome of_zero = outcome_of(zero, {&again}, {});
    CHECK(of_zero.rows.at(0) == outcome.rows.at(0));
    CHECK(count(of_zero, Code::position_zero) == 2);
    // A table without the columns gets them.
    TableSource bare({"名称", "住所"}, {{"あ", "群馬県前橋市大手町二丁目12-1"}, {"い", ""}});
    TownPoints made("緯度", "経度", "102016");
    const Outcome of_bare = outcome_of(bare, {&made}, {});
    CHECK(of_bare.rows.at(0) == outcome.rows.at(0));
    CHECK(of_bare.rows.at(1) == Texts{"い", "", "", "", ""});
}
