// SPDX-License-Identifier: Apache-2.0
// The matcher on small tables, with schema files that ship.
#include "map/propose.hpp"

#include "tests/unit/support/matched.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

using namespace kokai;
using kokai::testing::choice;
using kokai::testing::Matched;
using kokai::testing::matched;
using kokai::testing::Rows;
using kokai::testing::Texts;

TEST_CASE("Own headers of a department find their fields, each once", "[map][propose]") {
    const Matched table =
        matched("v2/aed", {"番号", "施設名", "施設内設置場所", "AED利用可能曜日", "TEL", "Y", "X", "担当"},
                {{"1", "市役所", "1階", "月火水木金", "027-224-1111", "36.389049", "139.060667", "a"},
                 {"2", "市民館", "玄関", "土日", "027-224-1112", "36.390049", "139.061667", "a"}});
    CHECK(table.source_of("ID") == "番号");
    CHECK(table.source_of("名称") == "施設名");
    CHECK(table.source_of("設置位置") == "施設内設置場所");
    CHECK(table.source_of("利用可能曜日") == "AED利用可能曜日");
    CHECK(table.source_of("電話番号") == "TEL");
    CHECK(table.source_of("緯度") == "Y");
    CHECK(table.source_of("経度") == "X");
    CHECK(table.confidence_of("緯度") > table.confidence_of("名称"));  // the values say so, too
    REQUIRE(table.proposals.unmapped == std::vector<std::size_t>{7});
    CHECK(table.cells_of("名称") == Texts{"市役所", "市民館"});
}

TEST_CASE("Latitude and longitude are taken from one pair of columns", "[map][propose]") {
    const Rows rows{{"a", "36.378", "139.091", "36.381", "139.088"}, {"b", "36.379", "139.092", "36.382", "139.089"}};
    const auto pair_of = [&](const Texts& header) {
        const Matched table = matched("v2/public_facility", header, rows);
        return table.source_of("緯度") + " " + table.source_of("経度");
    };
    CHECK(pair_of({"名称", "緯度(日本測地系)", "経度(日本測地系)", "緯度(世界測地系)", "経度(世界測地系)"}) ==
          "緯度(世界測地系) 経度(世界測地系)");
    CHECK(pair_of({"名称", "世界測地系_緯度", "世界測地系_経度", "日本測地系_緯度", "日本測地系_経度"}) ==
          "世界測地系_緯度 世界測地系_経度");
    CHECK(pair_of({"名称", "緯度(Tokyo)", "経度(Tokyo)", "緯度(JGD2011)", "経度(JGD2011)"}) ==
          "緯度(JGD2011) 経度(JGD2011)");
    CHECK(pair_of({"名称", "緯度（日本）", "経度（日本）", "緯度（世界）", "経度（世界）"}) ==
          "緯度（世界） 経度（世界）");
    CHECK(pair_of({"名称", "緯度", "経度", "駐車場緯度", "駐車場経度"}) == "緯度 経度");
    CHECK(pair_of({"名称", "緯度", "緯度2", "緯度(日本測地系)", "経度(日本測地系)"}) ==
          "緯度(日本測地系) 経度(日本測地系)");
    CHECK(pair_of({"名称", "緯度(日本測地系)", "経度(世界測地系)", "備考", "説明"}) == " ");
}

TEST_CASE("A field's own name goes before every other word, whatever the values", "[map][propose]") {
    const Matched table =
        matched("v1/aed", {"施設名", "名称", "NO", "番号"}, {{"a", "1", "x", "1"}, {"b", "2", "x", "2"}});
    CHECK(table.source_of("名称") == "名称");
    CHECK(table.confidence_of("名称") == 1.0);
    CHECK(table.source_of("NO") == "NO");
}

TEST_CASE("Values against a header stop it", "[map][propose]") {
    // Metres of a plane system are no degrees.
    const Matched plane =
        matched("v2/aed", {"名称", "X", "Y"}, {{"a", "-67890.1", "43210.5"}, {"b", "-67891.1", "43211.5"}});
    CHECK(plane.source_of("緯度").empty());
    CHECK(plane.source_of("経度").empty());
    // lon under lat: the order of the names loses to the ranges.
    const Matched kana = matched("v2/aed", {"名称", "カナ"}, {{"市役所", "前橋市役所"}, {"駅", "前橋駅"}});
    CHECK(kana.source_of("名称_カナ").empty());
}

TEST_CASE("A known word of another field is never taken for a part of it", "[map][propose]") {
    // 郵便番号 ends in 番号, but is no ID; v1/aed has no postal code.
    const Matched table = matched("v1/aed", {"郵便番号", "名称"}, {{"371-8601", "a"}, {"371-8602", "b"}});
    CHECK(table.source_of("NO").empty());
}

TEST_CASE("What is not sure is a question and stays unmapped", "[map][propose]") {
    const Matched table = matched("v2/aed", {"名称", "電話2"}, {{"a", "027-224-1111"}, {"b", "027-224-1112"}});
    CHECK(table.source_of("電話番号").empty());
    REQUIRE(table.proposals.questions.size() == 1);
    CHECK(table.proposals.questions[0].header == "電話2");
    CHECK(table.proposals.questions[0].field->name == "電話番号");
    CHECK(table.proposals.questions[0].confidence < sure_enough);
    CHECK(table.proposals.questions[0].evidence.en.find("phone numbers") != std::string::npos);
}

TEST_CASE("Form heads that say nothing: only values of one kind of field count", "[map][propose]") {
    const Matched table = matched(
        "v2/aed", {"10:text", "11:text", "12:zipcode", "21:tel"},
        {{"市役所", "シヤクショ", "371-8601", "027-224-1111"}, {"市民館", "シミンカン", "371-8602", "027-224-1112"}});
    CHECK(table.source_of("名称").empty());
    CHECK(table.source_of("名称_カナ") == "11:text");
    CHECK(table.source_of("郵便番号") == "12:zipcode");
    CHECK(table.source_of("電話番号") == "21:tel");
}

TEST_CASE("One cell with both numbers of a position is latitude and longitude, to be parted later", "[map][propose]") {
    for (const auto& [header, cell] :
         {std::pair{"位置", "34.34092056,134.04522972"}, std::pair{"座標", "134.04522972 34.34092056"},
          std::pair{"緯度経度", "36度23分20.6秒 139度3分38.4秒"}, std::pair{"座標（X,Y）", "44151.577,-68044.571"}}) {
        const Matched table = matched("v2/aed", {"名称", header}, {{"a", cell}, {"b", cell}});
        CAPTURE(header);
        CHECK(table.source_of("緯度") == header);
        CHECK(table.source_of("経度") == header);
        CHECK(table.cells_of("緯度") == Texts{cell, cell});
        CHECK(table.outcome.findings.empty());
    }
    const Matched amounts = matched("v2/aed", {"名称", "備考"}, {{"a", "44151.577,-68044.571"}});
    CHECK(amounts.source_of("緯度").empty());
}

TEST_CASE("A word for hours over a start and an end is no cell that holds both", "[map][propose]") {
    const Matched found =
        matched("v1/aed", {"名称", "利用時間_開始時間", "利用時間_終了時間"}, {{"a", "9:00", ""}, {"b", "", ""}});
    CHECK(found.source_of("開始時間") == "利用時間_開始時間");
    CHECK(found.source_of("終了時間") == "利用時間_終了時間");
}

TEST_CASE("Spans of times and dates, and a name with its common name, split", "[map][propose]") {
    const Matched hours =
        matched("v2/aed", {"名称", "利用時間"}, {{"a", "9:00～17:00"}, {"b", "８時３０分から１７時"}});
    // Both get the whole cell; SplitAvailability parts it, so that what stands beside the span is not lost.
    CHECK(hours.cells_of("開始時間") == Texts{"9:00～17:00", "８時３０分から１７時"});
    CHECK(hours.cells_of("終了時間") == Texts{"9:00～17:00", "８時３０分から１７時"});
    const Matched days =
        matched("v2/event", {"行事名", "開催日"}, {{"a", "2025-11-03"}, {"b", "2025-11-03～2025-11-05"}});
    // Both have the whole cell: SplitSharedCells parts it.
    CHECK(days.cells_of("開始日") == Texts{"2025-11-03", "2025-11-03～2025-11-05"});
    CHECK(days.cells_of("終了日") == days.cells_of("開始日"));
    const Matched names = matched("v2/public_facility", {"名称（通称）"}, {{"中央公園（ひょうたん公園）"}, {"南公園"}});
    CHECK(names.cells_of("名称") == Texts{"中央公園", "南公園"});
    CHECK(names.cells_of("名称_通称") == Texts{"ひょうたん公園", ""});
}

TEST_CASE("Numbered columns join with ;", "[map][propose]") {
    const Matched pictures =
        matched("v2/tourism", {"名称", "画像1", "画像2"},
                {{"a", "https://a.jp/1.jpg", "https://a.jp/2.jpg"}, {"b", "https://a.jp/3.jpg", ""}});
    CHECK(pictures.cells_of("画像") == Texts{"https://a.jp/1.jpg;https://a.jp/2.jpg", "https://a.jp/3.jpg"});
    const Matched goods =
        matched("v2/tourism", {"名称", "販売品1", "販売品２", "販売品3"}, {{"a", "茶", "みかん", ""}});
    CHECK(goods.cells_of("販売品") == Texts{"茶;みかん"});
    // Figures of a series are no list.
    CHECK(matched("v2/tourism", {"名称", "値1", "値2"}, {{"a", "10", "20"}}).source_of("値").empty());
}

TEST_CASE("dataset.json goes before the matcher", "[map][propose]") {
    TableSpec table;
    ColumnSpec spec;
    spec.field = "名称";
    spec.from = {"通し"};
    table.columns = {spec};
    table.drop = {"TEL"};
    const Matched result = matched("v2/aed", {"通し", "施設名", "TEL"}, {{"1", "a", "027-224-1111"}}, table);
    CHECK(result.source_of("名称").empty());  // decided already
    CHECK(result.source_of("電話番号").empty());
    CHECK(result.cells_of("名称") == Texts{"1"});
}

TEST_CASE("Headers, values and the file's name choose the dataset, or leave it open", "[map][schema]") {
    const Rows rows{{"市役所", "前橋市大手町2-12-1", "36.389049", "139.060667", "有", "1階"},
                    {"市民館", "前橋市南町3-62-1", "36.380049", "139.070667", "無", "玄関"}};
    const SchemaChoice aed = choice({"施設名", "所在地", "lat", "lon", "小児用パッドの有無", "設置場所"}, rows);
    CHECK(aed.id == "v2/aed");
    CHECK(aed.why.ja.find("小児対応設備の有無") != std::string::npos);
    const SchemaChoice open = choice({"施設名", "住所", "lat", "lon"}, {{"a", "本町1-1", "36.389049", "139.060667"}});
    CHECK(open.id.empty());
    CHECK_FALSE(open.candidates.empty());
    CHECK(choice({"品名", "単価", "数量"}, {{"a", "1", "2"}}).id.empty());
}

TEST_CASE("Two bare columns of times are the beginning and the end where their words make a pair", "[map][propose]") {
    const Rows rows{{"a", "9:00", "17:00"}, {"b", "10:00", "18:00"}};
    using Pairs = std::vector<std::array<const char*, 2>>;
    for (const auto& [start, end] : Pairs{{"開館時間", "閉館時間"},
                                          {"利用時間_から", "利用時間_まで"},
                                          {"使用開始時刻", "使用終了時刻"},
                                          {"開園", "閉園"}}) {
        const Matched table = matched("v2/public_facility", {"名称", start, end}, rows);
        CHECK(table.source_of("開始時間") == start);
        CHECK(table.source_of("終了時間") == end);
    }
    // One cell with both, or times of something else: not these.
    CHECK(matched("v2/public_facility", {"名称", "開館時間", "備考"},
                  {{"a", "9:00～17:00", ""}, {"b", "9:00～18:00", ""}})
              .source_of("終了時間") == "開館時間");
    const Matched other = matched("v2/public_facility", {"名称", "受付開始", "受付終了"}, rows);
    CHECK(other.source_of("終了時間").empty());
    const Matched days = matched("v2/public_facility", {"名称", "平日開館", "平日閉館", "土曜開館", "土曜閉館"},
                                 {{"a", "9:00", "17:00", "9:00", "12:00"}, {"b", "9:00", "17:00", "9:00", "12:00"}});
    CHECK(days.source_of("開始時間") == "平日開館");  // the plain days, and the two of one kind
    CHECK(days.source_of("終了時間") == "平日閉館");
}

TEST_CASE("Remarks on one item are not the remarks of the record", "[map][propose]") {
    const Rows rows{{"a", "x", "10台"}, {"b", "", "5台"}};
    const Matched both = matched("v2/public_facility", {"名称", "備考", "備考（駐車場）"}, rows);
    CHECK(both.source_of("備考") == "備考");
    CHECK(both.proposals.unmapped == std::vector<std::size_t>{2});
    const Matched alone = matched("v2/public_facility", {"名称", "面積", "運動場面積_備考"}, rows);
    CHECK(alone.source_of("備考").empty());
    REQUIRE(alone.proposals.questions.size() == 1);
    CHECK(alone.proposals.questions[0].field->name == "備考");
    CHECK(matched("v2/aed", {"名称", "使用時間に関する注意"}, {{"a", "休館日を除く"}, {"b", ""}})
              .source_of("利用可能日時特記事項") == "使用時間に関する注意");
}

TEST_CASE("What is of somebody else is never the place's own", "[map][propose]") {
    for (const char* const header :
         {"申請者住所", "代表者住所", "法人所在地", "旧住所", "住所（代表者）", "所在地（旧）"}) {
        CAPTURE(header);
        const Matched table = matched("v2/public_facility", {"施設名", header},
                                      {{"市役所", "前橋市大手町二丁目12-1"}, {"市民館", "前橋市本町一丁目1-1"}});
        CHECK(table.source_of("所在地_連結表記").empty());
        CHECK(table.source_of("名称") == "施設名");
    }
    for (const char* const header :
         {"代表者自宅電話", "担当者電話", "電話番号（自宅）", "申請者電話番号", "携帯番号"}) {
        CAPTURE(header);
        const Matched table =
            matched("v2/public_facility", {"施設名", header}, {{"市役所", "027-224-1111"}, {"市民館", "027-224-1112"}});
        CHECK(table.source_of("電話番号").empty());
        CHECK(table.source_of("ID").empty());  // though it ends in 番号
    }
    // Where the standard asks for it, it is meant.
    CHECK(matched("v2/public_facility", {"名称", "運営団体名"}, {{"a", "市"}, {"b", "財団"}}).source_of("団体名") ==
          "運営団体名");
    const Matched machines = matched("v2/aed", {"設置場所", "機種名"}, {{"市役所", "AED-3100"}, {"駅", "AED-3150"}});
    CHECK(machines.source_of("名称") != "機種名");
}

TEST_CASE("A writing in brackets or at the end leads to the field for it", "[map][propose]") {
    const Matched table =
        matched("v2/tourism", {"スポット名", "スポット名（英語）", "スポット名かな", "紹介文", "紹介文（英語）"},
                {{"鬼の舌震", "Oni", "おに", "渓谷", "A gorge"}, {"玉峰", "Tama", "たま", "温泉", "A spring"}});
    CHECK(table.source_of("名称") == "スポット名");
    CHECK(table.source_of("名称_英語") == "スポット名（英語）");
    CHECK(table.source_of("名称_カナ") == "スポット名かな");
    CHECK(table.source_of("説明_英語") == "紹介文（英語）");
    CHECK(matched("v2/tourism", {"ID", "施設名（英語）"}, {{"1", "Oni"}, {"2", "Tama"}}).source_of("名称").empty());
}

TEST_CASE("What stands in brackets counts with values that agree", "[map][propose]") {
    const Matched table = matched("v2/aed", {"AED設置\n施設名", "連絡先\n（電話）", "設置箇所\n（例：1階玄関）"},
                                  {{"役場", "0995-74-3111", "1階"}, {"公民館", "0995-74-0001", "事務室"}});
    CHECK(table.source_of("電話番号") == "連絡先\n（電話）");
    CHECK(table.source_of("設置位置") == "設置箇所\n（例：1階玄関）");
}

TEST_CASE("One everyday word does not make a table one of the older standard", "[map][choice]") {
    CHECK(choice({"№", "施設名", "住所", "設置箇所", "小児用パッド", "緯度", "経度"},
                 {{"1", "役場", "湧水町木場222", "1階", "○", "31.95", "130.72"},
                  {"2", "公民館", "湧水町木場589", "玄関", "×", "31.96", "130.73"}})
              .id == "v2/aed");
}
