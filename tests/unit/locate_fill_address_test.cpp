// SPDX-License-Identifier: Apache-2.0
#include "locate/fill_address.hpp"
#include "locate/place_code.hpp"
#include "locate/position_cell_column.hpp"
#include "locate/town_points.hpp"
#include "model/schema.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
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
    CHECK(first.at(0) == "102016");
    CHECK(first.at(1).size() == 7);
    CHECK(Texts(first.begin() + 3, first.end()) == Texts{"群馬県", "前橋市", "大手町二丁目", "12-1", "市役所3階"});
    CHECK(outcome.rows.at(1).at(5) == "大手町二丁目");
    CHECK(outcome.rows.at(1).at(2) == "大手町2-12-1");  // what is there is not rewritten
    CHECK(count(outcome, Code::address_filled) == 7 + 6);
}

TEST_CASE("a column that the source lacks is told once, not for every cell", "[locate][address]") {
    Rows rows;
    for (int i = 1; i <= 50; ++i) {
        rows.push_back({"", "", "群馬県前橋市大手町二丁目12番" + std::to_string(i) + "号", "", "", "", "", ""});
    }
    const Outcome outcome = filled(rows, {"所在地_全国地方公共団体コード", "町字ID", "所在地_都道府県",
                                          "所在地_市区町村", "所在地_町字", "所在地_番地以下", "建物名等(方書)"});
    CHECK(outcome.rows.at(49).at(0) == "102016");
    CHECK(outcome.rows.at(49).at(6) == "12-50");
    CHECK(count(outcome, Code::address_filled) == 6);
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

TEST_CASE("the code of the place is filled where the municipality is sure", "[locate][address]") {
    const auto code = [](const Texts& row, const std::string& publisher = "102016") {
        return filled({row}, {}, publisher).rows.at(0).at(0);
    };
    const auto address = [&](const std::string& whole) { return code({"", "", whole, "", "", "", "", ""}); };
    CHECK(address("東京都千代田区霞が関二丁目1-2") == "131016");
    CHECK(address("群馬県勢多郡富士見村原之郷1") == "102016");  // a village of old
    CHECK(address("玉村町下新田201") == "104647");              // without its county
    CHECK(address("府中市宮西町2-24") == "132063");             // its town says which
    CHECK(address("群馬県前橋市架空町1-2") == "102016");
    CHECK(address("前橋市西片貝町5-8") == "102016");  // 五丁目8 or 5-8: 前橋市 either way
    CHECK(address("府中市").empty());
    CHECK(address("北海道泊村").empty());  // two of that name
    CHECK(address("市内各所").empty());
    CHECK(code({"", "", "府中市", "", "", "", "", ""}, "132063") == "132063");
    // All parts agree with the address: nothing else is left to fill.
    CHECK(code({"", "0030002", "群馬県前橋市大手町二丁目12-1", "群馬県", "前橋市", "大手町二丁目", "12-1", ""}) ==
          "102016");
}

TEST_CASE("the code of a place in a designated city is its ward's, never the city's", "[locate][address]") {
    const Outcome outcome = filled({{"", "", "北海道札幌市厚別区青葉町一丁目1-2", "", "", "", "", ""},
                                    {"", "", "札幌市青葉町1-1-2", "", "", "", "", ""},
                                    {"", "", "北海道札幌市", "", "", "", "", ""},
                                    {"", "", "", "北海道", "札幌市", "青葉町一丁目", "1-2", ""},
                                    {"", "", "", "北海道", "札幌市", "", "", ""},
                                    {"011002", "", "北海道札幌市厚別区青葉町一丁目1-2", "", "", "", "", ""}},
                                   {}, "011002");
    CHECK(outcome.rows.at(0).at(0) == "011088");
    CHECK(outcome.rows.at(1).at(0) == "011088");  // of all wards only 厚別区 has this town
    CHECK(outcome.rows.at(2).at(0).empty());
    CHECK(outcome.rows.at(3).at(0) == "011088");
    CHECK(outcome.rows.at(4).at(0).empty());
    CHECK(outcome.rows.at(5).at(0) == "011002");  // less exact, but no contradiction
    CHECK(count(outcome, Code::code_name_differs) == 0);
    CHECK(count(outcome, Code::address_elsewhere) == 0);
}

TEST_CASE("a code that contradicts the address is told, and nothing is filled beside it", "[locate][address]") {
    const Outcome outcome = filled({{"102024", "", "群馬県前橋市大手町二丁目12-1", "", "", "", "", ""},
                                    {"102024", "", "群馬県勢多郡富士見村原之郷1", "", "", "", "", ""},
                                    {"011011", "", "北海道札幌市厚別区青葉町一丁目1-2", "", "", "", "", ""},
                                    {"100005", "", "群馬県前橋市大手町二丁目12-1", "", "", "", "", ""}});
    CHECK(count(outcome, Code::code_name_differs) == 3);
    CHECK(outcome.rows.at(0) == Texts{"102024", "", "群馬県前橋市大手町二丁目12-1", "", "", "", "", ""});
    CHECK(outcome.rows.at(2).at(0) == "011011");
    CHECK(outcome.rows.at(3).at(0) == "100005");  // the prefecture's: 前橋市 lies in it
    CHECK(outcome.rows.at(3).at(4) == "前橋市");
}

TEST_CASE("the name of a thing is not taken for the place where it stands", "[locate][address]") {
    const Outcome outcome =
        filled({{"", "", "高崎市少年科学館", "", "", "", "", ""}, {"", "", "前橋市内一円", "", "", "", "", ""}});
    CHECK(outcome.rows.at(0).at(0).empty());
    CHECK(outcome.rows.at(0).at(4).empty());
    CHECK(outcome.rows.at(1).at(0) == "102016");
}

TEST_CASE("of a cell with two addresses nothing is filled", "[locate][address]") {
    for (const char* text : {"群馬県前橋市大手町二丁目12-1、群馬県高崎市高松町35-1", "大手町2-12-1・日吉町2-17-10",
                             "前橋市大手町2-12-1\n高崎市高松町35-1", "大手町2-12-1 及び日吉町2-17-10",
                             "群馬県前橋市及び高崎市", "前橋市（旧前橋地区）大手町2-12-1・日吉町2-17-10",
                             "群馬県前橋市、高崎市", "前橋市大手町～日吉町", "前橋市大手町から高崎市高松町まで"}) {
        CAPTURE(text);
        const Outcome outcome = filled({{"", "", text, "", "", "", "", ""}});
        CHECK(outcome.rows.at(0) == Texts{"", "", text, "", "", "", "", ""});
        CHECK(count(outcome, Code::address_ambiguous) == 1);
    }
    const auto building = [](const std::string& text) {
        return filled({{"", "", text, "", "", "", "", ""}}).rows.at(0).at(7);
    };
    CHECK(building("前橋市大手町2-12-1 前橋市役所3階") == "前橋市役所3階");
    CHECK(building("前橋市大手町2-12-1、市役所3階") == "市役所3階");
    CHECK(building("前橋市大手町2-12-1・2-12-2").empty());
    CHECK(building("栃木県那須塩原市塩原前山国有林").empty());
    CHECK(building("静岡県焼津市本町2?16?45").empty());
    CHECK(building("前橋市大手町2-12-1(高崎市高松町35-1から移転)").empty());
    // 佐倉市 has a town of this name.
    CHECK(count(filled({{"", "", "千葉県佐倉市内田・飯塚・宮内入会1", "", "", "", "", ""}}), Code::address_ambiguous) ==
          0);
}

TEST_CASE("a part that begins with the ones before it does not say them twice", "[locate][address]") {
    const Outcome outcome = filled({{"", "", "", "", "群馬県佐波郡玉村町", "下新田", "201", ""},
                                    {"", "", "", "東京都", "", "千代田区霞が関二丁目", "1-2", ""}});
    CHECK(outcome.rows.at(0).at(2) == "群馬県佐波郡玉村町下新田201");
    CHECK(outcome.rows.at(1).at(2) == "東京都千代田区霞が関二丁目1-2");
    CHECK(outcome.rows.at(1).at(0) == "131016");
}

TEST_CASE("an ID that is another town's is told, however the parts agree with the address", "[locate][address]") {
    const Texts row{"102016", "0030002", "群馬県前橋市大手町二丁目12-1", "群馬県", "前橋市", "大手町二丁目",
                    "12-1",   ""};
    const auto with_id = [&](const std::string& id) {
        Texts changed = row;
        changed.at(1) = id;
        return filled({changed});
    };
    CHECK(count(with_id("0030003"), Code::address_parts_disagree) == 1);
    CHECK(with_id("0030003").rows.at(0).at(1) == "0030003");
    for (const std::string same : {"0030002", "0030-002", "30002"}) {
        CHECK(count(with_id(same), Code::address_parts_disagree) == 0);
    }
    CHECK(with_id("").rows.at(0) == row);
    // 2-12-1 behind 大手町 is 二丁目, whose ID a town column without it does not get.
    const Outcome base = filled({{"", "", "群馬県前橋市大手町2-12-1", "群馬県", "前橋市", "大手町", "2-12-1", ""}});
    CHECK(base.rows.at(0).at(1).empty());
}

TEST_CASE("of two towns of one name the ID of either is right", "[locate][address]") {
    const auto told = [](const std::string& id, const std::string& whole) {
        return count(filled({{"104256", id, whole, "群馬県", "吾妻郡嬬恋村", "大前", "110", ""}}),
                     Code::address_parts_disagree);
    };
    for (const std::string whole : {"群馬県吾妻郡嬬恋村大前110", "群馬県吾妻郡嬬恋村大字大前110番地"}) {
        CAPTURE(whole);
        CHECK(told("0004000", whole) == 0);
        CHECK(told("0000135", whole) == 0);  // 小字大前
        CHECK(told("0000136", whole) == 1);
        CHECK(told("大前", whole) == 1);
    }
}

TEST_CASE("town and code alone give the municipality and the joined notation", "[locate][address]") {
    const Texts absent{"所在地_連結表記", "町字ID", "所在地_都道府県", "所在地_市区町村"};
    const Outcome once = filled({{"102016", "", "", "", "", "大手町二丁目", "12-1", ""},
                                 {"102024", "", "", "", "", "高松町", "35-1", ""},
                                 {"102016", "", "", "", "", "架空町", "1-2", ""},
                                 {"", "", "", "", "", "高松町", "35-1", ""}},
                                absent);
    CHECK(once.rows.at(0) ==
          Texts{"102016", "0030002", "群馬県前橋市大手町二丁目12-1", "群馬県", "前橋市", "大手町二丁目", "12-1", ""});
    CHECK(once.rows.at(1).at(2) == "群馬県高崎市高松町35-1");
    CHECK(once.rows.at(2).at(2) == "群馬県前橋市架空町1-2");
    CHECK(once.rows.at(3).at(2).empty());
    const auto told = std::find_if(once.findings.begin(), once.findings.end(),
                                   [](const FindingText& one) { return one.code == Code::address_filled; });
    REQUIRE(told != once.findings.end());
    CHECK(told->cell == "A2");  // made from the code
    CHECK(filled(once.rows).rows == once.rows);
    TableSource source(headers, {}, 0, 4096);
    AsFields fields(absent);
    Findings findings;
    CHECK(FillAddress::applies(fields.bind(source.open(findings))));
}

TEST_CASE("what was filled once is filled, and nothing is left for a second run", "[locate][address]") {
    const Rows rows{{"", "", "", "群馬県", "前橋市", "大手町二丁目", "12-1", "市役所"},
                    {"", "", "", "群馬県", "前橋市", "前橋市大手町二丁目", "12-1", ""},
                    {"", "", "", "群馬県", "前橋市大手町二丁目", "", "12-1", ""},
                    {"", "", "", "群馬県", "群馬県前橋市", "大手町二丁目", "12-1", ""},
                    {"", "", "", "群馬県", "前橋市", "大手町二丁目12-1", "", ""},
                    {"", "", "", "群馬県", "前橋市", "", "大手町二丁目12-1", ""},
                    {"", "", "", "", "", "大手町二丁目", "12-1", ""},
                    {"", "", "", "群馬県", "前橋市", "大手町二丁目", "", ""},
                    {"", "", "前橋市大手町2-12-1", "", "", "", "", ""}};
    const Outcome once = filled(rows);
    for (std::size_t i = 0; i + 2 < rows.size(); ++i) {
        CAPTURE(i);
        CHECK(once.rows.at(i).at(2).starts_with("群馬県前橋市大手町二丁目12-1"));
    }
    for (const Texts& row : once.rows) {
        CAPTURE(row);
        CHECK(row.at(0) == "102016");
        CHECK(row.at(1) == "0030002");
    }
    CHECK(once.rows.at(2).at(5).empty());  // it stands in the cell before
    CHECK(count(once, Code::address_parts_disagree) == 0);
    const Outcome twice = filled(once.rows);
    CHECK(twice.rows == once.rows);
    CHECK(count(twice, Code::address_filled) == 0);
    // The municipality in the row's own columns completes a short address before the publisher does.
    CHECK(filled({{"", "", "高松町35-1", "群馬県", "高崎市", "", "", ""}}).rows.at(0).at(0) == "102024");
    // A source that has neither the joined notation nor IDs gets both.
    const Outcome bare = filled({rows.at(0)}, {"所在地_連結表記", "町字ID"});
    CHECK(bare.rows.at(0) == once.rows.at(0));
    CHECK(filled({{"", "", "", "埼玉県", "さいたま市", "浦和区常盤六丁目", "4-4", ""}}).rows.at(0).at(0) == "111074");
}

TEST_CASE("the code of the place names its municipality, where nothing else does", "[locate][address]") {
    const Outcome outcome = filled({{"102016", "", "架空町1-2", "", "", "", "", ""},
                                    {"102016", "", "", "", "", "架空町", "1-2", ""},
                                    {"102016", "", "", "", "", "", "", ""},
                                    {"102024", "", "大手町二丁目12-1", "", "", "", "", ""},
                                    {"102024", "", "前橋市大手町二丁目12-1", "", "", "", "", ""},
                                    {"011002", "", "架空町1-2", "", "", "", "", ""},
                                    {"", "", "架空町1-2", "", "", "", "", ""},
                                    {"102016", "", "", "栃木県", "", "", "", ""}});
    CHECK(outcome.rows.at(0) == Texts{"102016", "", "架空町1-2", "群馬県", "前橋市", "", "", ""});
    CHECK(outcome.rows.at(1).at(2) == "群馬県前橋市架空町1-2");
    CHECK(outcome.rows.at(2).at(4) == "前橋市");
    for (std::size_t i = 3; i < 8; ++i) {  // the address says otherwise; a ward is not known; the publisher's alone
        CAPTURE(i);
        CHECK(outcome.rows.at(i).at(4).empty());
    }
}

TEST_CASE("a row without the joined notation is completed from its parts", "[locate][address]") {
    const Outcome outcome = filled({{"", "", "", "群馬県", "前橋市", "大手町二丁目", "12-1", ""},
                                    {"", "", "", "群馬県", "前橋市", "", "", ""},
                                    {"102024", "", "", "", "", "高松町", "35-1", ""},
                                    {"", "", "", "", "府中市", "", "", ""},
                                    {"", "", "", "栃木県", "前橋市", "大手町二丁目", "12-1", ""}});
    CHECK(outcome.rows.at(0).at(0) == "102016");
    CHECK(outcome.rows.at(1).at(0) == "102016");
    CHECK(outcome.rows.at(2).at(2) == "群馬県高崎市高松町35-1");
    CHECK(outcome.rows.at(3).at(0).empty());
    CHECK(outcome.rows.at(4).at(0).empty());
    CHECK(count(outcome, Code::address_parts_disagree) == 1);
}

TEST_CASE("a place outside the publisher's municipality is told, though its code is filled", "[locate][address]") {
    const Outcome outcome = filled({{"", "", "群馬県高崎市高松町35-1", "", "", "", "", ""},
                                    {"102024", "", "群馬県高崎市高松町35-1", "", "", "", "", ""},
                                    {"", "", "", "群馬県", "高崎市", "高松町", "35-1", ""}});
    CHECK(outcome.rows.at(0).at(0) == "102024");
    CHECK(count(outcome, Code::address_elsewhere) == 2);
}

TEST_CASE("a table of schools gets the code of the place from the names alone", "[locate][address]") {
    const Texts header{"localGovernmentCode", "schoolPrefecture", "schoolCounty",
                       "schoolCity",          "schoolWard",       "locatedLocalGovernmentCode"};
    const Schema schema = kokai::testing::schema_in_english(header);
    TableSource source(header, {{"100005", "群馬県", "佐波郡", "玉村町", "", ""},
                                {"011002", "北海道", "", "札幌市", "厚別区", ""},
                                {"011002", "北海道", "", "札幌市", "", ""},
                                {"102016", "", "", "前橋市", "", ""},
                                {"102016", "群馬県", "", "高崎市", "", "102016"}});
    TakeFields fields(schema);
    FillPlaceCode fill("");
    const Outcome outcome = outcome_of(source, {&fields, &fill});
    Texts codes;
    for (const Texts& row : outcome.rows) {
        codes.push_back(row.at(5));
    }
    CHECK(codes == Texts{"104647", "011088", "", "102016", "102016"});
    CHECK(count(outcome, Code::address_filled) == 3);
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
    // Nor does a town stand in for a position that the row has and nobody read.
    const std::string address = "群馬県前橋市大手町二丁目12-1";
    TableSource own({"名称", "住所", "座標"}, {{"あ", address, "36.38,139.06"},
                                               {"い", address, "36.389049 139.0606 東"},
                                               {"う", address, "なし"},
                                               {"え", address, "0,0"}});
    TownPoints beside("緯度", "経度", "102016");
    const Outcome unused = outcome_of(own, {&beside}, {});
    CHECK(unused.rows.at(0).at(3).empty());
    CHECK(unused.rows.at(2).at(5) == TownPoints::mark);
    CHECK(unused.rows.at(3).at(5) == TownPoints::mark);
    TableSource parted({"名称", "住所", "座標"}, {{"い", address, "36.389049 139.0606 東"}, {"う", address, "なし"}});
    SplitPositions split({"座標"}, "緯度", "経度");
    TownPoints after("緯度", "経度", "102016");
    const Outcome unread = outcome_of(parted, {&split, &after}, {});
    CHECK(unread.rows.at(0) == Texts{"い", address, "36.389049 139.0606 東", "", "", ""});
    CHECK(unread.rows.at(1).at(5) == TownPoints::mark);
}
