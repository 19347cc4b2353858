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
    for (const char* text : {"例幣使街道資料館", "見本園", "サンプルホール"}) {
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
    for (const char* text : {"資料館", "第九公民館", "単位制高校", "以上野公園", "担当区公民館"}) {
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

TEST_CASE("Examples are left out and told", "[read][pseudo]") {
    const Outcome out = told("No,名称,住所\n例,○○館,○○町1\n1,a館,本町1\n2,例会館,本町2\n");
    CHECK(out.rows == kokai::testing::Rows{{"1", "a館", "本町1"}, {"2", "例会館", "本町2"}});
    CHECK(out.places() == Texts{"example-row-left-out@2"});
    CHECK(left_out({{"", "（例）前橋公民館", "（例）大手町1-1", "（例）0-0"}}, RowRole::example) == Numbers{5});
    // Without the word: more than one placeholder in one of the first rows.
    CHECK(left_out({{"4", "○○公民館", "○○市本町", ""}}, RowRole::example).empty());
    const Grid first = grid_of({{"名称", "住所", "電話"}, {"○○館", "○○町1", "0-0"}, {"a館", "本町1", "1-1"}});
    CHECK(rows_of(first, find_table(first), RowRole::example) == Numbers{2});
}

TEST_CASE("Numbered lines of a form without anything else are told once", "[read][pseudo]") {
    const Outcome out = told("No,名称,住所\n1,a館,本町1\n2,,\n3,b館,本町2\n4,,\n5,,\n6,,\n");
    CHECK(out.rows.size() == 2);
    REQUIRE(out.places() == Texts{"number-rows-left-out@3"});
    CHECK(out.findings[0].found == "4");
    CHECK(out.findings[0].expected == "3、5～7");
    CHECK(told("No,名称,住所\n1,a館,本町1\n2,b館,本町2\n3,-,-\n").rows.size() == 2);
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

TEST_CASE("Numbers of the columns are no record", "[read][pseudo]") {
    const GridTexts data(halls.begin() + 1, halls.end());
    for (const std::vector<std::string>& numbers :
         GridTexts{{"(1)", "(2)", "(3)", "(4)"}, {"①", "②", "③", "④"}, {"（１）", "（２）", "（３）", "（４）"}}) {
        const TableLayout layout = find_table(grid_of(with(with({halls.front()}, {numbers}), data)));
        CHECK(layout.header_rows == Numbers{1, 2});
        CHECK(layout.names == Texts{"No", "施設名", "所在地", "電話番号"});
    }
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
