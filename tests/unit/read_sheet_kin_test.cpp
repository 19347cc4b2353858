// SPDX-License-Identifier: Apache-2.0
// Sheets and tables of one workbook that hold the same things, or parts of one list.
#include "read/csv.hpp"
#include "read/sheet_kin.hpp"
#include "read/xlsx.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kokai;
using kokai::testing::inline_row;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TemporaryFolder;
using kokai::testing::TestWorkbook;
using Texts = std::vector<std::string>;

namespace {

Outcome read(const TestWorkbook& workbook) {
    const TemporaryFolder folder;
    XlsxOptions options;
    options.path = workbook.write(folder);
    options.shown = "a.xlsx";
    XlsxSource source(options);
    return outcome_of(source);
}

Outcome read_csv(const std::string& bytes) {
    const TemporaryFolder folder;
    CsvOptions options;
    options.path = folder.file("a.csv", bytes);
    CsvSource source(options);
    return outcome_of(source);
}

std::string sheet_of(const Rows& rows) {
    std::string xml;
    int number = 0;
    for (const std::vector<std::string>& row : rows) {
        xml += inline_row(++number, row);
    }
    return xml;
}

const Rows halls{{"施設名", "住所", "電話"}, {"a館", "本町1", "1-1"}, {"b館", "本町2", "1-2"}, {"c館", "本町3", "1-3"}};
const Rows older{{"施設名", "住所", "電話"}, {"a館", "本町1", "9-1"}, {"b館", "本町2", "9-2"}, {"d館", "本町4", "9-4"}};
const Rows phones{
    {"施設名", "住所", "電話"}, {"a館", "本町1", "9-1"}, {"b館", "本町2", "9-2"}, {"c館", "本町3", "9-3"}};
const Rows gone{{"施設名", "住所", "電話"}, {"x館", "本町9", "1-9"}};

/// The sheet that was read, and what was left out instead, for two sheets in this order.
Texts of(const std::string& one, const Rows& first, const std::string& two, const Rows& second) {
    const Outcome out = read(TestWorkbook().sheet(one, sheet_of(first)).sheet(two, sheet_of(second)));
    Texts told{std::to_string(out.rows.size())};
    for (const FindingText& finding : out.findings) {
        told.push_back(std::string(info(finding.code).id) + " " + finding.found + "<" + finding.expected);
    }
    return told;
}

}  // namespace

TEST_CASE("What names of sheets say", "[read][kin]") {
    for (const char* name : {"旧一覧", "バックアップ", "一覧のコピー", "控え", "旧", "一覧(旧)", "作業用",
                             "公園_作業用", "控え20240401", "Copy of 一覧"}) {
        INFO(name);
        CHECK(names_old_sheet(name));
    }
    for (const char* name : {"一覧", "旧大胡町", "コピー機設置場所", "控え室一覧", "旧跡", "不要品回収", "廃止"}) {
        INFO(name);
        CHECK_FALSE(names_old_sheet(name));
        CHECK_FALSE(names_unpublished_sheet(name));
    }
    for (const char* name : {"廃止施設", "非公開", "一覧（庁内用）"}) {
        INFO(name);
        CHECK(names_unpublished_sheet(name));
    }
    for (const char* name : {"内部用語", "用途廃止公園", "廃止路線", "非公開会議"}) {
        INFO(name);
        CHECK_FALSE(names_unpublished_sheet(name));
    }
    CHECK(dated_sheet_name("令和６年度").day == 20240000);
    CHECK(dated_sheet_name("R5").day == 20230000);
    CHECK(dated_sheet_name("令和元年5月1日").day == 20190501);
    CHECK(dated_sheet_name("2024年4月").day == 20240400);
    CHECK(dated_sheet_name("20240401").day == 20240401);
    CHECK(dated_sheet_name("3月").day == 0);
    CHECK(dated_sheet_name("一覧").day == 0);
    CHECK(dated_sheet_name("公園一覧（令和5年4月1日現在）").stem == "公園一覧(現在)");
    CHECK(dated_sheet_name("R5実績").stem == "実績");
    CHECK(copied_sheet_name("一覧 (2)") == "一覧");
    CHECK(copied_sheet_name("一覧（東）").empty());
}

TEST_CASE("Old sheets, copies and what is gone are left out and told", "[read][kin]") {
    CHECK(of("一覧", halls, "旧一覧", older) == Texts{"3", "sheet-outdated 旧一覧<一覧"});
    CHECK(of("旧一覧", older, "一覧", halls) == Texts{"3", "sheet-outdated 旧一覧<一覧"});
    CHECK(of("一覧", halls, "一覧 (2)", phones) == Texts{"3", "sheet-outdated 一覧 (2)<一覧"});
    CHECK(of("一覧", halls, "廃止施設", gone) == Texts{"3", "sheet-outdated 廃止施設<一覧"});
    CHECK(of("令和5年度", phones, "令和6年度", halls) == Texts{"3", "sheet-outdated 令和5年度<令和6年度"});
    CHECK(of("一覧 R5.4.1", phones, "一覧 R6.4.1", halls) == Texts{"3", "sheet-outdated 一覧 R5.4.1<一覧 R6.4.1"});
}

TEST_CASE("Sheets that say something of their own are read, whatever their names", "[read][kin]") {
    const auto rows_of = [](const std::string& one, const Rows& first, const std::string& two, const Rows& second) {
        return of(one, first, two, second).front();
    };
    // A place that stands on one of them only.
    CHECK(rows_of("北", halls, "南", {halls[0], halls[1], gone[1]}) == "5");
    CHECK(rows_of("一覧", halls, "一覧 (2)", older) == "6");
    CHECK(rows_of("令和5年度", older, "令和6年度", halls) == "6");
    CHECK(rows_of("新市域", halls, "大胡町(旧)", gone) == "4");
    CHECK(rows_of("一覧(抜粋)", {halls[0], halls[1]}, "一覧_作業用", older) == "4");
    CHECK(rows_of("存続", halls, "廃止", gone) == "4");
    CHECK(rows_of("旧一覧", older, "旧データ", gone) == "4");
    // Names that say nothing of age, and years of one sheet only.
    CHECK(rows_of("第1回", halls, "第2回", halls) == "6");
    CHECK(rows_of("一覧", halls, "H27公共下水", halls) == "6");
    CHECK(rows_of("R5実績", halls, "R6計画", halls) == "6");
    // Figures of a month, of a year.
    const Rows april{{"施設名", "所在地", "待機児童数"}, {"a園", "本町1", "4"}, {"b園", "本町2", "5"}};
    const Rows may{{"施設名", "所在地", "待機児童数"}, {"a園", "本町1", "3"}, {"b園", "本町2", "5"}};
    CHECK(rows_of("4月", april, "5月", may) == "4");
    CHECK(rows_of("令和5年度", april, "令和6年度", may) == "4");
    CHECK(rows_of("R5", {{"町名", "人口"}, {"本町", "1"}}, "R6", {{"町名", "人口"}, {"本町", "2"}}) == "2");
    CHECK(rows_of("4月", {{"行事", "会場住所", "開催日"}, {"祭", "本町1", "4/1"}}, "5月",
                  {{"行事", "会場住所", "開催日"}, {"祭", "本町1", "5/1"}}) == "2");
    // One name for many things: the position tells them, or how many there are.
    const Rows north{{"名称", "緯度", "経度"}, {"消火栓", "36.30", "139.06"}, {"消火栓", "36.31", "139.06"}};
    const Rows south{{"名称", "緯度", "経度"}, {"消火栓", "36.40", "139.06"}, {"消火栓", "36.41", "139.06"}};
    CHECK(rows_of("一覧", north, "旧一覧", south) == "4");
    const Rows few{{"氏名", "住所"}, {"農園", "大手町"}};
    const Rows many{{"氏名", "住所"}, {"農園", "大手町"}, {"農園", "大手町"}, {"農園", "大手町"}};
    CHECK(rows_of("一覧", few, "一覧 (2)", many) == "4");
}

TEST_CASE("A list of places under other words is missed with a warning", "[read][kin]") {
    const Outcome out = read(TestWorkbook()
                                 .sheet("公民館", sheet_of(halls))
                                 .sheet("図書館", sheet_of({{"番号", "名称", "所在地"}, {"1", "中央図書館", "本町9"}}))
                                 .sheet("集計", sheet_of({{"区分", "件数"}, {"公民館", "3"}})));
    REQUIRE(out.places() == Texts{"sheet-left-out@0", "sheet-left-out@0"});
    for (const FindingText& finding : out.findings) {
        CHECK((finding.severity == Severity::warning) == (finding.found == "図書館"));
    }
}

TEST_CASE("Lists side by side become one, each under its title", "[read][kin]") {
    const Outcome out = read(TestWorkbook(sheet_of({{"公民館一覧", "", "", "", "図書館一覧", "", ""},
                                                    {"No", "名称", "住所", "", "No", "名称", "住所"},
                                                    {"1", "a公民館", "本町1", "", "1", "a図書館", "北町1"},
                                                    {"2", "b公民館", "本町2", "", "", "", ""}})));
    CHECK(out.rows == Rows{{"1", "a公民館", "本町1", "公民館一覧"},
                           {"2", "b公民館", "本町2", "公民館一覧"},
                           {"1", "a図書館", "北町1", "図書館一覧"}});
    REQUIRE(out.places().back() == "panels-joined@A2");
    // A list that goes on beside itself.
    const Outcome names =
        read(TestWorkbook(sheet_of({{"No", "氏名", "No", "氏名"}, {"1", "a", "3", "c"}, {"2", "b", "4", "d"}})));
    CHECK(names.rows == Rows{{"1", "a"}, {"2", "b"}, {"3", "c"}, {"4", "d"}});
    // Another list beside it is told, not joined to its rows.
    const Outcome other = read(TestWorkbook(sheet_of({{"施設名", "住所", "電話", "", "施設名", "定員"},
                                                      {"a館", "本町1", "1-1", "", "x園", "20"},
                                                      {"b館", "本町2", "1-2", "", "y園", "30"}})));
    CHECK(other.rows == Rows{{"a館", "本町1", "1-1"}, {"b館", "本町2", "1-2"}});
    CHECK(other.places() == Texts{"table-left-out@E1"});
}

TEST_CASE("The two parties of one record are no lists side by side", "[read][kin]") {
    const Rows heads_apart{{"名称", "住所", "", "名称", "住所"},
                           {"a会", "本町1", "", "a園", "北町1"},
                           {"b会", "本町2", "", "b園", "北町2"}};
    const auto under = [&](const std::string& left, const std::string& right) {
        Rows rows{{left, "", "", right, ""}};
        rows.insert(rows.end(), heads_apart.begin(), heads_apart.end());
        return read(TestWorkbook(sheet_of(rows)));
    };
    const Rows records{{"a会", "本町1", "a園", "北町1"}, {"b会", "本町2", "b園", "北町2"}};
    CHECK(under("法人", "事業所").rows == records);
    CHECK(under("旧", "新").rows == records);
    CHECK(under("令和5年度", "令和6年度").rows == records);
    CHECK(under("図書館一覧", "公園一覧").rows.size() == 4);
    const Rows left{{"a会", "本町1"}, {"b会", "本町2"}};
    const Outcome bare = read(TestWorkbook(sheet_of(heads_apart)));
    CHECK(bare.rows == left);
    CHECK(bare.places() == Texts{"table-left-out@D1"});
    const Outcome close = read(TestWorkbook(
        sheet_of({{"名称", "住所", "名称", "住所"}, {"a会", "本町1", "a園", "北町1"}, {"b会", "本町2", "", ""}})));
    CHECK(close.rows == left);
}

TEST_CASE("〃 and 同上 become the value above, and are told at their cell", "[read][ditto]") {
    const Rows rows{
        {"名称", "住所", "備考"}, {"a", "本町1", ""}, {"b", "〃", "同上"}, {"c", "同　上", "x"}, {"d", "本町2", "〃"}};
    const Rows filled{{"a", "本町1", ""}, {"b", "本町1", ""}, {"c", "本町1", "x"}, {"d", "本町2", "x"}};
    const Texts places{"ditto-filled@B3", "ditto-unfilled@C3", "ditto-filled@B4", "ditto-filled@C5"};
    const Outcome excel = read(TestWorkbook(sheet_of(rows)));
    CHECK(excel.rows == filled);
    CHECK(excel.places() == places);
    const Outcome csv = read_csv("名称,住所,備考\na,本町1,\nb,〃,同上\nc,同　上,x\nd,本町2,〃\n");
    CHECK(csv.rows == filled);
    CHECK(csv.places() == places);
    REQUIRE_FALSE(csv.findings.empty());
    CHECK(csv.findings[0].repaired == "本町1");
    CHECK(csv.findings[1].code == Code::ditto_unfilled);
}

TEST_CASE("Signs that mean themselves are no dittos", "[read][ditto]") {
    for (const char* bytes :
         {"停留所,1便,2便\n前橋駅,7:00,8:00\n県庁前,7:05,↓\n敷島,7:10,8:07\n",
          "区間,方向,距離\nA-B,↑,3\nB-C,↓,4\nC-D,↓,5\n", "氏名,職,備考\n佐藤,議長,x\n鈴木,副議長,々\n",
          "品,長さ,数\n管,\"1\"\"\",3\n板,\"\"\"\",4\n", "記号,意味\n〇,あり\n〃,同じ\n×,なし\n々,くりかえし\n"}) {
        INFO(bytes);
        CHECK(read_csv(bytes).findings.empty());
    }
    // Quotes below a ditto go on with it, and 〃 between marks says the mark above.
    const Outcome below = read_csv("名称,曜日,設備\na,月,○\nb,〃,〃\nc,\"\"\"\",〃\nd,火,×\n");
    CHECK(below.rows == Rows{{"a", "月", "○"}, {"b", "月", "○"}, {"c", "月", "○"}, {"d", "火", "×"}});
}

TEST_CASE("〃 in a CSV that is not held takes the row before", "[read][ditto]") {
    std::string bytes = "名称,住所,数\n";
    for (int i = 0; i < 60'000; ++i) {
        bytes += i == 50'000 ? "b,〃,2\n" : "a,本町1,1\n";
    }
    const Outcome out = read_csv(bytes);
    REQUIRE(out.rows.size() == 60'000);
    CHECK(out.rows[50'000] == Texts{"b", "本町1", "2"});
    CHECK(out.places() == Texts{"ditto-filled@B50002"});
}

TEST_CASE("〃 in a CSV that is not held goes on from batch to batch", "[read][ditto]") {
    std::string bytes = "名称,住所,数\n";
    for (int i = 0; i < 60'000; ++i) {
        bytes += i == 40'000 ? "b,本町2,2\n" : i == 0 ? "a,本町1,1\n" : "c,〃,3\n";
    }
    const Outcome out = read_csv(bytes);
    REQUIRE(out.rows.size() == 60'000);
    for (std::size_t i = 0; i < out.rows.size(); ++i) {
        if (out.rows[i][1] != (i < 40'000 ? "本町1" : "本町2")) {
            FAIL(i);
        }
    }
    CHECK(std::none_of(out.findings.begin(), out.findings.end(),
                       [](const FindingText& finding) { return finding.code == Code::ditto_unfilled; }));
}

TEST_CASE("Two rows a record become one, the second line in columns of its own", "[read][pairs]") {
    const Rows rows{{"No", "施設名", "所在地"}, {"", "", "電話番号"}, {"1", "a館", "本町1"}, {"", "", "1-1"},
                    {"2", "b館", "本町2"},      {"", "", "1-2"},      {"3", "c館", "本町3"}};
    const Rows records{{"1", "a館", "本町1", "1-1"}, {"2", "b館", "本町2", "1-2"}, {"3", "c館", "本町3", ""}};
    const Outcome excel = read(TestWorkbook(sheet_of(rows)));
    CHECK(excel.shape.columns.back().name == "電話番号");
    CHECK(excel.rows == records);
    CHECK(excel.places() == Texts{"header-rows-joined@1", "rows-paired@3"});
    const Outcome csv = read_csv("No,施設名,所在地\n,,電話番号\n1,a館,本町1\n,,1-1\n2,b館,本町2\n,,1-2\n3,c館,本町3\n");
    CHECK(csv.rows == records);
    CHECK(csv.places() == Texts{"header-rows-joined@1", "rows-paired@3"});
}
