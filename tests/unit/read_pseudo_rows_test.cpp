// SPDX-License-Identifier: Apache-2.0
// Rows that look like records and are none: what is left out, what stays, and what is told.
#include "read/csv.hpp"
#include "read/row_words.hpp"
#include "tests/unit/support/grids.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::grid_of;
using kokai::testing::GridTexts;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::rows_of;
using kokai::testing::TemporaryFolder;
using Numbers = std::vector<std::uint32_t>;
using Texts = std::vector<std::string>;

namespace {

const GridTexts halls{{"No", "施設名", "所在地", "電話番号"},
                      {"1", "第一公民館", "本町1-1", "027-224-1111"},
                      {"2", "第二公民館", "本町1-2", "027-224-1112"},
                      {"3", "第三公民館", "本町1-3", "027-224-1113"}};

GridTexts with(GridTexts rows, const GridTexts& below) {
    rows.insert(rows.end(), below.begin(), below.end());
    return rows;
}

/// The rows of a role when these stand below the three halls.
Numbers left_out(const GridTexts& below, RowRole role) {
    const Grid grid = grid_of(with(halls, below));
    return rows_of(grid, find_table(grid), role);
}

Outcome told(const std::string& bytes) {
    const TemporaryFolder folder;
    CsvOptions options;
    options.path = folder.file("a.csv", bytes);
    CsvSource source(options);
    return outcome_of(source);
}

}  // namespace

TEST_CASE("What a cell counts", "[read][pseudo]") {
    const auto number = [](std::string_view text) { return count_in(text).value_or(Count{}).number.value_or(-1); };
    for (const char* three : {"3", "３", "3件", "3 施設", "（3）", "計 3か所", "合計：3件", "全3施設", "以上３件",
                              "計（3施設）", "中央地区 計 3館", "施設数 3", "3施設（うち休館1）"}) {
        INFO(three);
        CHECK(number(three) == 3);
    }
    for (const char* name : {"会計課", "計量検定所", "本町3", "第3館", "1-1-3", "会計3室", "027-224-1113", "3号館", "",
                             "第2公民館（分室）"}) {
        INFO(name);
        CHECK_FALSE(count_in(name).has_value());
    }
    CHECK(count_in("合　計")->label == Count::Label::total);
    CHECK(count_in("中央地区 計")->label == Count::Label::group);
}

TEST_CASE("Words that mark examples, pages and ends", "[read][pseudo]") {
    for (const char* text : {"例", "（例）", "記入例", "【記載例】", "例1", "例：第一公民館", "見本", "※例"}) {
        INFO(text);
        CHECK(marks_an_example(text));
    }
    for (const char* text : {"例幣使街道資料館", "見本園", "サンプルホール", "サンプル　フェア", "見本 市", "例 会"}) {
        INFO(text);
        CHECK_FALSE(marks_an_example(text));
    }
    for (const char* text :
         {"2/2ページ", "- 3 -", "P.2", "1ページ", "2/5", "次ページへ続く", "（つづく）", "Page 1 of 3"}) {
        INFO(text);
        CHECK(is_page_line(text));
    }
    for (const char* text : {"3/2", "公民館", "12", "2024/4/1"}) {
        INFO(text);
        CHECK_FALSE(is_page_line(text));
    }
    CHECK(without_continued("公共施設一覧（つづき）") == "公共施設一覧");
    CHECK(without_continued("中央（東）") == "中央（東）");
    for (const char* text :
         {"（資料：市民課）", "資料　市民課", "以上", "作成：市民課", "令和6年4月1日現在", "（単位：人）", "担当：山田",
          "市民課作成", "最終更新：令和6年4月1日", "電話 027-224-1111 まで"}) {
        INFO(text);
        CHECK(is_closing_line(text));
    }
    for (const char* text : {"資料館", "第九公民館", "単位制高校", "以上野公園", "担当区公民館", "参考", "4/4"}) {
        INFO(text);
        CHECK_FALSE(is_closing_line(text));
    }
}

TEST_CASE("Counts below a list are totals, wherever their label stands", "[read][pseudo]") {
    for (const std::vector<std::string>& row : GridTexts{{"合計", "3件"},
                                                         {"計", "", "3施設"},
                                                         {"", "計", "3"},
                                                         {"計 3か所"},
                                                         {"合　計", "", "", "3"},
                                                         {"全3施設"},
                                                         {"総計"},
                                                         {"3施設"},
                                                         {"", "", "合計", "3件"}}) {
        INFO(row.back());
        CHECK(left_out({row}, RowRole::total) == Numbers{5});
    }
    CHECK(
        left_out(
            {{"中央地区 計", "3施設"}, {"4", "第四公民館", "本町1-4", "x"}, {"東地区 計", "1施設"}, {"合計", "4施設"}},
            RowRole::total) == Numbers{5, 7, 8});
}

TEST_CASE("A record whose name holds a word for totals stays", "[read][pseudo]") {
    CHECK(left_out({{"4", "会計課", "本町1-4", "1-4"}, {"5", "計量検定所", "本町1-5", ""}, {"6", "雨量計"}},
                   RowRole::total)
              .empty());
    // Names that hold a number and a counter, where they are not the count below the list.
    for (const char* name : {"100店", "2公園", "4室", "施設数", "全4施設"}) {
        INFO(name);
        CHECK(left_out({{"", name}, {"5", "第五公民館", "本町1-5", "x"}}, RowRole::total).empty());
        CHECK(left_out({{"", name, "5組"}}, RowRole::total).empty());
    }
    CHECK(left_out({{"100店"}}, RowRole::total).empty());
    // A category, and a total that stands over its parts.
    const Grid sexes = grid_of({{"区分", "人数", "率"}, {"総数"}, {"北", "3人", "1"}, {"南", "2人", "2"}});
    CHECK(rows_of(sexes, find_table(sexes), RowRole::total).empty());
    const Grid names = grid_of({{"施設名"}, {"a館"}, {"b館"}, {"c館"}, {"計3施設"}});
    CHECK(rows_of(names, find_table(names), RowRole::total) == Numbers{5});
}

TEST_CASE("A count is held against the rows above it", "[read][pseudo]") {
    const std::string list = "名称,住所,電話\na館,本町1,1-1\nb館,本町2,1-2\n";
    CHECK(told(list + "合計,2件,\n").places() == Texts{"total-row-left-out@A4"});
    CHECK(told(list + "合計,5件,\n").places() == Texts{"total-row-differs@B4"});
    CHECK(told(list + "合計,,\n").places() == Texts{"total-row-unchecked@A4"});
}

TEST_CASE("Figures of their own are no sums of the rows above them", "[read][pseudo]") {
    CHECK(told("指標,値,備考,出典\n施設数,12施設,,\n人口,330000人,,\n病院数,15施設,,\n平均,3.2,x,y\n").rows.size() ==
          4);
    CHECK(told("指標,実績,目標\n公園数,5か所,6か所\n施設数,5施設,6施設\n件数,5件,6件\n総数,5件,\n").rows.size() == 4);
    CHECK(told("町名,性別,人数\n本町,男,5人\n,計,10人\n北町,男,4人\n,計,8人\n").rows.size() == 4);
    CHECK(told("項目,値\n世帯数,100世帯\n人口,200人\n施設数,5施設\n面積,311㎢\n").rows.size() == 4);
    CHECK(told("場所,内容,数,備考\n3組,,,\n1丁目,集会所,2,x\n2丁目,公園,3,y\n3丁目,公園,3,y\n").rows.size() == 4);
}

TEST_CASE("Examples are left out and told", "[read][pseudo]") {
    const Outcome out = told("No,名称,住所\n例,○○館,○○町1\n1,a館,本町1\n2,例会館,本町2\n");
    CHECK(out.rows == kokai::testing::Rows{{"1", "a館", "本町1"}, {"2", "例会館", "本町2"}});
    CHECK(out.places() == Texts{"example-row-left-out@2"});
    const GridTexts data(halls.begin() + 1, halls.end());
    const Grid top = grid_of(with({halls[0], {"", "（例）前橋公民館", "（例）大手町1-1", "（例）0-0"}}, data));
    CHECK(rows_of(top, find_table(top), RowRole::example) == Numbers{2});
    const Grid number = grid_of(with({halls[0], {"0", "例：前橋公民館", "大手町1-1", "0-0"}}, data));
    CHECK(rows_of(number, find_table(number), RowRole::example) == Numbers{2});
    // Below the records, in a column of their own, and where most rows are marked they are data.
    CHECK(left_out({{"", "（例）前橋公民館", "（例）大手町1-1", "（例）0-0"}}, RowRole::example).empty());
    CHECK(told("例,説明,備考\n例1,はい,x\n例2,いいえ,y\n例3,どちらでも,z\n").rows.size() == 3);
    CHECK(told("番号,品目,分別\n1,例: 新聞紙,資源\n2,例: びん,資源\n3,生ごみ,可燃\n").rows.size() == 3);
    CHECK(told("区分,例,備考\nA,例,x\nB,例外,y\nC,凡例,z\n").rows.size() == 3);
    CHECK(told("名称,会場,日\nサンプル 展,市民会館,1\n見本,会館,2\n彫刻展,会館,3\n").rows.size() == 3);
    CHECK(told("型,説明,値\n例1,x,1\n標準,x,1\n例2,x,1\n特別,x,1\n別,x,1\n").rows.size() == 5);
    // Without the word: more than one placeholder in one of the first rows.
    CHECK(left_out({{"4", "○○公民館", "○○市本町", ""}}, RowRole::example).empty());
    const Grid first = grid_of({{"名称", "住所", "電話"}, {"○○館", "○○町1", "0-0"}, {"a館", "本町1", "1-1"}});
    CHECK(rows_of(first, find_table(first), RowRole::example) == Numbers{2});
}

TEST_CASE("Numbered lines of a form without anything else are told once", "[read][pseudo]") {
    const Outcome out = told("No,名称,住所\n1,a館,本町1\n2,,\n3,b館,本町2\n4,,\n5,,\n6,,\n");
    CHECK(out.rows.size() == 3);
    REQUIRE(out.places() == Texts{"number-rows-left-out@5"});
    CHECK(out.findings[0].found == "3");
    CHECK(out.findings[0].expected == "5～7");
    CHECK(told("No,名称,住所\n1,a館,本町1\n2,b館,本町2\n3,,\n4,,\n\n計,2施設,\n").rows.size() == 2);
    CHECK(told("No,名称,住所\n1,a館,本町1\n2,b館,本町2\n3,,\n4,,\n5,,\n\n担当課,市民課,\n電話,1-1,\n").rows.size() ==
          2);
    // A dash is a value, one line alone may be a record, and 管理番号 numbers things.
    CHECK(told("No.,PM2.5,備考\n1,3.2,\n2,－,－\n3,2.2,\n4,－,－\n5,－,－\n").rows.size() == 5);
    CHECK(told("番号,市,品種\n1,前橋市,桜\n2,前橋市,桜\n3,前橋市,梅\n4,前橋市,\n").rows.size() == 4);
    CHECK(told("管理番号,種別,口径\n101,消火栓,75\n102,消火栓,65\n103,,\n104,,\n").rows.size() == 4);
    // Years are no running numbers; nor is a number a blank line where other columns are prepared and one is not.
    CHECK(told("年,人口,世帯\n2020,10,1\n2021,11,2\n2022,,\n").rows.size() == 3);
    CHECK(told("団体,No,名称\n北市,1,a館\n北市,2,b館\n北市,3,\n北市,4,\n").rows.size() == 2);
}

TEST_CASE("Lines alone under the data are notes, a name is a record", "[read][pseudo]") {
    for (const char* line :
         {"資料　市民課", "以上", "作成：市民課", "令和6年4月1日現在", "（単位：人）", "○印は休館日です",
          "1) 利用者は延べ", "・利用者は延べ人数", "●は予約が必要", "2/2ページ", "担当：山田"}) {
        INFO(line);
        CHECK(left_out({{line}}, RowRole::footnote) == Numbers{5});
    }
    const Grid names =
        grid_of({{"施設名", "所在地", "電話"}, {"a館", "本町1", "1-1"}, {"b館", "本町2", "1-2"}, {"c館"}});
    CHECK(rows_of(names, find_table(names), RowRole::footnote).empty());
    const Grid list = grid_of({{"注意事項"}, {"・静かに"}, {"・走らない"}, {"以上"}});
    CHECK(rows_of(list, find_table(list), RowRole::data).size() == 3);
}

TEST_CASE("Whom to ask stands below the data, apart from it or under its numbers", "[read][pseudo]") {
    const GridTexts lines{{"担当課", "", "総務課"}, {"電話", "", "027-898-0000"}};
    CHECK(left_out(with({{}}, lines), RowRole::footnote) == Numbers{6, 7});
    CHECK(left_out({{"問合せ先", "総務課", "大手町2-12-1", "027-898-0000"}}, RowRole::footnote) == Numbers{5});
    CHECK(left_out({{"備考", "休館日は月曜"}}, RowRole::footnote) == Numbers{5});
    CHECK(told("課,電話\n総務課,1-1\n税務課,1-2\n\n事務局,1-3\n").rows.size() == 3);
    // Right below the records a word is a record of them.
    const std::string list = "区分,名称,電話,住所\n市,市役所,1-1,本町1\n県,県庁,1-2,本町2\n";
    CHECK(told(list + "事務局,議会事務局,1-3,\n連絡先,消防局,,本町4\n").rows.size() == 4);
    CHECK(told(list + "備考,,x,\n").rows.size() == 3);
    CHECK(told("No,名称,担当課,電話\n1,a,x,1\n2,b,y,2\n担当,c,z,\n").rows.size() == 3);
    CHECK(told("番号,項目,値,説明\n1,名称,A,x\n2,住所,B,x\n備考,,C,\n").rows.size() == 3);
    CHECK(told("文書名,作成,備考\n計画,企画課,x\n資料,総務課,y\n参考,,\n").rows.size() == 3);
    const Outcome out = told("名称,住所,電話\na館,本町1,1-1\n事務局,本町2,1-2\n\n問合せ先,総務課,1-3\n");
    CHECK(out.rows.size() == 2);
    REQUIRE(out.places() == Texts{"footnote-left-out@5"});
    CHECK(out.findings[0].severity == Severity::warning);
}

TEST_CASE("Feet of pages part no table, and a title that goes on is the same title", "[read][pseudo]") {
    const Grid grid = grid_of({{"施設一覧"},
                               {"No", "名称", "住所"},
                               {"1", "a館", "本町1"},
                               {"2", "b館", "本町2"},
                               {"1/2ページ"},
                               {"施設一覧（つづき）"},
                               {"No", "名称", "住所"},
                               {"3", "c館", "本町3"},
                               {"2/2ページ"}});
    const TableLayout layout = find_table(grid);
    CHECK(rows_of(grid, layout, RowRole::data) == Numbers{3, 4, 8});
    CHECK(layout.sections.empty());
}

TEST_CASE("Dates, ratios and pages of a book are no feet of pages", "[read][pseudo]") {
    CHECK(told("日付,曜日,行事\n4/1,月,入学\n4/2,,\n4/3,水,式\n4/4,,\n").rows.size() == 4);
    CHECK(told("比,内容,備考\n1/2,補助,x\n1/3,補助,y\n2/3,,\n10/10,補助,z\n").rows.size() == 4);
    CHECK(told("ページ,内容,担当\np1,表紙,\np2,,\np3,目次,x\np4,本文,y\np5,,\n").rows.size() == 5);
    CHECK(told("部,課,電話\n1/2,a,b\n総務部,総務課,1-1\n企画部,企画課,1-2\n1/1,,\n").rows.size() == 4);
    CHECK(left_out({{"2/3"}, {"5", "第五公民館", "本町1-5", "x"}}, RowRole::footnote).empty());
}

TEST_CASE("Numbers of the columns are no record", "[read][pseudo]") {
    const GridTexts data(halls.begin() + 1, halls.end());
    for (const std::vector<std::string>& numbers :
         GridTexts{{"(1)", "(2)", "(3)", "(4)"}, {"①", "②", "③", "④"}, {"（１）", "（２）", "（３）", "（４）"}}) {
        const TableLayout layout = find_table(grid_of(with(with({halls.front()}, {numbers}), data)));
        CHECK(layout.header_rows == Numbers{1, 2});
        CHECK(layout.names == Texts{"No", "施設名", "所在地", "電話番号"});
    }
    CHECK(told("順位,前年順位,得点順位\n①,②,③\n②,①,③\n③,③,①\n").rows.size() == 3);
    CHECK(told("番号,一,二\n(1),(2),(3)\n(2),(4),(6)\n(3),(6),(9)\n").rows.size() == 3);
}

TEST_CASE("A header below many lines of notes, and below who made the table", "[read][pseudo]") {
    GridTexts deep{{"公共施設一覧"}};
    for (int i = 0; i < 31; ++i) {
        deep.push_back({"注意事項" + std::to_string(i) + "：この表は、毎年度更新します。"});
    }
    const TableLayout layout = find_table(grid_of(with(deep, halls)));
    CHECK(layout.header_rows == Numbers{33});
    CHECK(layout.data_rows == 3);
    CHECK(find_table(grid_of(with({{"施設台帳"}, {"作成課", "総務課", "", "作成日", "令和6年4月1日"}, {}}, halls)))
              .header_rows == Numbers{4});
    // A list of one column is no note.
    CHECK(find_table(grid_of(with({{"施設名"}, {"a館"}, {"b館"}}, {}))).header_rows == Numbers{1});
}

TEST_CASE("A CSV that is not held leaves out counts and lone lines, too", "[read][pseudo][csv]") {
    std::string bytes = "名称,人口,面積\n";
    for (int i = 0; i < 100'000; ++i) {
        bytes += i == 60'000 ? "計,3施設,\n" : i == 70'000 ? "（単位：人）,,\n" : "本町,100,2.5\n";
    }
    const Outcome out = told(bytes);
    CHECK(out.rows.size() == 99'998);
    CHECK(out.places() == Texts{"total-row-unchecked@60002", "footnote-left-out@70002"});
}
