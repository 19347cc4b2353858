// SPDX-License-Identifier: Apache-2.0
// Where tables stand: one small sheet for each rule. Cases that a line of ../shared/corpus/MESS.md (section 2) shows
// name it.
#include "tests/unit/support/grids.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::grid_of;
using kokai::testing::GridTexts;
using kokai::testing::rows_of;
using Numbers = std::vector<std::uint32_t>;
using Texts = std::vector<std::string>;

namespace {

const GridTexts parks{{"名称", "住所", "面積"}, {"中央公園", "本町1", "1200"}, {"北公園", "北町2", "800"}};

GridTexts with(GridTexts above, const GridTexts& below) {
    above.insert(above.end(), below.begin(), below.end());
    return above;
}

}  // namespace

TEST_CASE("A plain table: the first row is the header", "[read][finder]") {
    const Grid grid = grid_of(parks);
    const TableLayout layout = find_table(grid);
    CHECK(layout.header_rows == Numbers{1});
    CHECK(layout.names == Texts{"名称", "住所", "面積"});
    CHECK(layout.data_rows == 2);
    CHECK(layout.titles.empty());
    CHECK_FALSE(layout.header_doubtful);
}

TEST_CASE("MESS 2: a title row above the header, as of a day (141003_nursery_vacancy)", "[read][finder]") {
    const TableLayout layout = find_table(grid_of(with({{"【令和６年８月１日時点】"}}, parks)));
    CHECK(layout.header_rows == Numbers{2});
    CHECK(layout.titles == Texts{"【令和６年８月１日時点】"});
    CHECK(layout.data_rows == 2);
    // A title, a blank row, two notes side by side.
    const TableLayout more = find_table(grid_of(with({{"公園一覧"}, {}, {"令和6年4月1日現在", "", "単位:㎡"}}, parks)));
    CHECK(more.header_rows == Numbers{4});
    CHECK(more.titles.size() == 2);
}

TEST_CASE("MESS 2: a title that names another city is skipped (352128_tourism_sjis_titled)", "[read][finder]") {
    const TableLayout layout = find_table(grid_of(with({{"# 桜井市 観光施設一覧"}}, parks)));
    CHECK(layout.header_rows == Numbers{2});
    CHECK(layout.titles == Texts{"# 桜井市 観光施設一覧"});
}

TEST_CASE("Preamble lines of another system are no header", "[read][finder]") {
    const TableLayout layout = find_table(grid_of({{"#LINK"},
                                                   {"#lang", "ja"},
                                                   {"#license", "http://creativecommons.org/licenses/by/3.0/"},
                                                   {"#property", "name", "area", "lat"},
                                                   {"#object_type_xsd", "string", "string", "double"},
                                                   {"1", "公園", "300", "34.1"},
                                                   {"2", "広場", "200", "34.2"},
                                                   {"3", "緑地", "100", "34.3"}}));
    CHECK(layout.header_rows == Numbers{4, 5});
    CHECK(layout.names == Texts{"#property", "name", "area", "lat"});
    CHECK(layout.data_rows == 3);
}

TEST_CASE("MESS 2: two header rows, English keys over Japanese names (221309_nursery)", "[read][finder]") {
    const Grid grid = grid_of({{"Name", "Address", "Capacity"},
                               {"施設名", "所在地", "定員"},
                               {"中央保育園", "本町1", "90"},
                               {"北保育園", "北町2", "60"}});
    const TableLayout layout = find_table(grid);
    CHECK(layout.header_rows == Numbers{1, 2});
    CHECK(layout.names == Texts{"Name_施設名", "Address_所在地", "Capacity_定員"});
    CHECK(layout.data_rows == 2);
    // Keys below the names.
    CHECK(find_table(grid_of({{"施設名", "所在地", "定員"},
                              {"name", "address", "capacity"},
                              {"a園", "本町", "90"},
                              {"b園", "北町", "60"}}))
              .header_rows == Numbers{1, 2});
}

TEST_CASE("English names over Japanese data are one header row", "[read][finder]") {
    const TableLayout layout = find_table(grid_of({{"original_name", "display_name", "label_flag"},
                                                   {"日付", "日付"},
                                                   {"異常気", "異常気象名"},
                                                   {"地域", "地域"}}));
    CHECK(layout.header_rows == Numbers{1});
    CHECK(layout.data_rows == 3);
}

TEST_CASE("MESS 2: a header of three rows, its words cut over rows, notes above (vital_stats_r2)", "[read][finder]") {
    const TableLayout layout = find_table(grid_of({{"令和２年", "人口動態統計"},
                                                   {"注1) 出生は子の住所による。"},
                                                   {},
                                                   {"", "人口", "（再掲）", "", "自　然"},
                                                   {"", "", "乳児死亡数", "新生児", "増減数"},
                                                   {"", "", "", "死亡数", ""},
                                                   {"01 北海道", "5188441", "59", "25", "-35555"},
                                                   {"02 青森県", "1232227", "18", "15", "-11068"},
                                                   {"03 岩手県", "1203203", "8", "3", "-10486"}}));
    CHECK(layout.header_rows == Numbers{4, 5, 6});
    CHECK(layout.names == Texts{"", "人口", "（再掲）_乳児死亡数", "（再掲）_新生児_死亡数", "自　然_増減数"});
    CHECK(layout.data_rows == 3);
}

TEST_CASE("MESS 2: a merged header of two rows, the unit in a corner, a footnote below (ipss)", "[read][finder]") {
    const Grid grid = grid_of({{"表10 将来推計人口"},
                               {"", "", "", "(1,000人)"},
                               {"年次", "人口", "", "割合"},
                               {"", "総数", "0～14歳", ""},
                               {"平成27", "127095", "15945", "12.5"},
                               {"28", "126838", "15771", "12.4"},
                               {},
                               {"各年10月1日現在。平成27年は国勢調査による。"}},
                              {{3, 1, 4, 1}, {3, 2, 3, 3}, {3, 4, 4, 4}});
    const TableLayout layout = find_table(grid);
    CHECK(layout.header_rows == Numbers{3, 4});
    CHECK(layout.names == Texts{"年次", "人口_総数", "人口_0～14歳", "割合"});
    CHECK(layout.data_rows == 2);
    CHECK(rows_of(grid, layout, RowRole::footnote) == Numbers{8});
    CHECK(rows_of(grid, layout, RowRole::title) == Numbers{1, 2});
}

TEST_CASE("A row of units under the header joins the names, in brackets", "[read][finder]") {
    const TableLayout layout = find_table(
        grid_of({{"町名", "人口", "面積"}, {"", "人", "㎡"}, {"本町", "120", "3400"}, {"北町", "80", "1200"}}));
    CHECK(layout.header_rows == Numbers{1, 2});
    CHECK(layout.names == Texts{"町名", "人口(人)", "面積(㎡)"});
}

TEST_CASE("Parents in a CSV reach over the columns that have children", "[read][finder]") {
    const TableLayout layout = find_table(grid_of({{"町名", "平成27年", "", "令和2年", ""},
                                                   {"", "男", "女", "男", "女"},
                                                   {"本町", "10", "12", "11", "13"},
                                                   {"北町", "20", "22", "21", "23"}}));
    CHECK(layout.header_rows == Numbers{1, 2});
    CHECK(layout.names == Texts{"町名", "平成27年_男", "平成27年_女", "令和2年_男", "令和2年_女"});
}

TEST_CASE("MESS 2: panels side by side; the first is taken, the others are named (221309_hamakita)", "[read][finder]") {
    GridTexts rows{{"年齢", "総数", "男", "年齢", "総数", "男"}};
    for (int age = 0; age < 8; ++age) {
        rows.push_back({std::to_string(age), "10", "5", std::to_string(age + 8), "20", "9"});
    }
    const Grid grid = grid_of(rows);
    const TableLayout layout = find_table(grid);
    CHECK(layout.columns == ColumnSpan{1, 3});
    CHECK(layout.data_rows == 8);
    REQUIRE(layout.others.size() == 1);
    CHECK(layout.others[0].columns == ColumnSpan{4, 6});
    TableWishes second;
    second.columns = {4, 6};
    CHECK(find_table(grid, second).names == Texts{"", "", "", "年齢", "総数", "男"});
}

TEST_CASE("Columns about the same records are one table, whatever stands between them", "[read][finder]") {
    for (const GridTexts& rows : {GridTexts{{"施設名", "住所", "", "施設名", "利用者数"},
                                            {"a館", "本町1", "", "a館", "1"},
                                            {"b館", "本町2", "", "b館", "2"}},
                                  GridTexts{{"No", "名称", "住所", "", "No", "メモ"},
                                            {"1", "a館", "本町1", "", "1", "x"},
                                            {"2", "b館", "本町2", "", "2", "y"}},
                                  GridTexts{{"令和5年度", "", "", "令和6年度", ""},
                                            {"施設名", "利用者数", "", "施設名", "利用者数"},
                                            {"a館", "100", "", "a館", "200"},
                                            {"b館", "150", "", "b館", "220"}},
                                  GridTexts{{"開設者", "", "", "施設", ""},
                                            {"名称", "住所", "", "名称", "住所"},
                                            {"医A", "北町1", "", "A医院", "本町1"},
                                            {"医B", "北町2", "", "B医院", "本町2"},
                                            {"医C", "北町3", "", "C医院", "本町3"}}}) {
        INFO(rows[0][0]);
        const TableLayout layout = find_table(grid_of(rows));
        CHECK(layout.others.empty());
        CHECK(layout.columns.last == rows.back().size());
    }
    // Both lists count from 1, and name other places.
    const Grid lists = grid_of({{"No", "施設名", "住所", "", "No", "団体名"},
                                {"1", "a館", "本町1", "", "1", "x会"},
                                {"2", "b館", "本町2", "", "2", "y会"}});
    CHECK(find_table(lists).others.size() == 1);
}

TEST_CASE("A small table beside a long one is another table; a remarks column is not", "[read][finder]") {
    GridTexts rows{{"名称", "住所", "", "凡例", "意味"}};
    GridTexts remarks{{"名称", "住所", "", "備考"}};
    for (int i = 0; i < 12; ++i) {
        rows.push_back({"公園" + std::to_string(i), "本町", "", i < 3 ? "記号" : "", i < 3 ? "説明文" : ""});
        remarks.push_back({"公園" + std::to_string(i), "本町", "", i == 1 ? "工事中" : ""});
    }
    CHECK(find_table(grid_of(rows)).columns == ColumnSpan{1, 2});
    CHECK(find_table(grid_of(rows)).others.at(0).columns == ColumnSpan{4, 5});
    CHECK(find_table(grid_of(remarks)).columns == ColumnSpan{1, 4});
}

TEST_CASE("MESS 2: blocks of one town after another, each with title and head (221309_hamana)", "[read][finder]") {
    GridTexts rows;
    for (const std::string town : {"( 都田町 )", "( 新都田 )"}) {
        rows.push_back({"", "年齢別人口", "", town});
        rows.push_back({"年齢", "総数", "男", "女"});
        rows.push_back({" 0- 4", "50", "24", "26"});
        for (int age = 0; age < 5; ++age) {
            rows.push_back({std::to_string(age), "10", town == "( 都田町 )" ? "5" : "4", "5"});
        }
        rows.push_back({"計", "50", "24", "26"});
    }
    const Grid grid = grid_of(rows);
    const TableLayout layout = find_table(grid);
    CHECK(layout.header_rows == Numbers{2});
    CHECK(rows_of(grid, layout, RowRole::repeated_header) == Numbers{11});
    CHECK(rows_of(grid, layout, RowRole::section) == Numbers{10});
    CHECK(rows_of(grid, layout, RowRole::total) == Numbers{3, 9, 12, 18});
    CHECK(layout.data_rows == 10);
    CHECK(layout.section(4)->text == "( 都田町 )");
    CHECK(layout.section(13)->text == "( 新都田 )");
}

TEST_CASE("MESS 2: total rows are checked and left out (372013_city_tax 全税目)", "[read][finder]") {
    const Grid grid = grid_of({{"税目", "区分", "調定額", "収入額"},
                               {"市民税", "現年", "100", "90"},
                               {"市民税", "滞納", "10", "3"},
                               {"固定資産税", "現年", "200", "190"},
                               {"固定資産税", "滞納", "20", "5"},
                               {"全税目", "現年", "300", "280"},
                               {"全税目", "滞納", "30", "8"},
                               {"全税目", "計", "330", "288"}});
    const TableLayout layout = find_table(grid);
    CHECK(rows_of(grid, layout, RowRole::total) == Numbers{6, 7, 8});
    CHECK(layout.data_rows == 4);
    REQUIRE(layout.totals.size() == 3);
    CHECK(layout.totals.back().agreeing == 2);
    CHECK(layout.totals.back().differing == 0);
}

TEST_CASE("Subtotals and a total, one of them wrong", "[read][finder]") {
    const Grid grid = grid_of({{"地区", "世帯", "人口"},
                               {"本町", "10", "30"},
                               {"中町", "20", "50"},
                               {"小計", "30", "80"},
                               {"北町", "5", "9"},
                               {"南町", "6", "11"},
                               {"小計", "11", "21"},
                               {"合計", "41", "100"}});
    const TableLayout layout = find_table(grid);
    CHECK(rows_of(grid, layout, RowRole::total) == Numbers{4, 7, 8});
    REQUIRE(layout.totals.size() == 3);
    CHECK(layout.totals[0].differing == 0);
    CHECK(layout.totals[1].column == 3);
    CHECK(layout.totals[1].found == "21");
    CHECK(layout.totals[1].expected == "20");
    CHECK(layout.totals[2].differing == 0);
    TableWishes keep;
    keep.totals = Totals::keep;
    CHECK(find_table(grid, keep).data_rows == 7);
}

TEST_CASE("Totals of a table that begins in column F are found like those of one in A", "[read][finder]") {
    const Grid grid = grid_of({{"", "", "", "", "", "地区", "人数", "世帯"},
                               {"", "", "", "", "", "東", "10", "4"},
                               {"", "", "", "", "", "西", "20", "9"},
                               {"", "", "", "", "", "合計", "30", "13"}});
    const TableLayout layout = find_table(grid);
    CHECK(layout.data_rows == 2);
    CHECK(layout.role(4) == RowRole::total);
}

TEST_CASE("A total that stands first, and a word for totals that is a category", "[read][finder]") {
    const Grid first =
        grid_of({{"県", "出生", "死亡"}, {"全　国", "30", "60"}, {"北海道", "10", "20"}, {"青森", "20", "40"}});
    CHECK(rows_of(first, find_table(first), RowRole::total) == Numbers{2});
    GridTexts tidy{{"性別", "年齢", "人数"}};
    for (int age = 20; age < 30; ++age) {
        tidy.push_back({"総数", std::to_string(age), "17"});
        tidy.push_back({"男", std::to_string(age), "8"});
        tidy.push_back({"女", std::to_string(age), "8"});
    }
    CHECK(find_table(grid_of(tidy)).data_rows == 30);
}

TEST_CASE("A facility that is called a total is no total", "[read][finder]") {
    const Grid grid = grid_of({{"名称", "住所"}, {"時計", "本町"}, {"からくり時計", "北町"}, {"設計", "南町"}});
    CHECK(find_table(grid).data_rows == 3);
}

TEST_CASE("MESS 2: trailing blank rows and columns are no part of the table (372013_open_data_list)",
          "[read][finder]") {
    const Grid grid = grid_of(
        with({{"名称", "住所", "面積", "", ""}, {"a", "b", "1", "", ""}, {"c", "d", "2", " ", ""}}, {{"", ""}, {}}));
    CHECK(find_table(grid).data_rows == 2);
    CHECK(find_table(grid).names.size() == 3);
}

TEST_CASE("MESS 2: section labels become a column, a contact is a footnote (402214_community_bus)", "[read][finder]") {
    const Grid grid = grid_of({{"№", "バス停名", "１便", "２便"},
                               {"市役所行き"},
                               {"①", "湯の谷1", "9:10", "10:00"},
                               {"②", "湯の谷2", "9:11", "10:01"},
                               {"湯の谷2行き"},
                               {"③", "市役所", "9:30", "10:30"},
                               {"④", "五条駅", "9:38", "10:38"},
                               {"お問い合わせ ㈲太宰府タクシー 092-925-8855"}});
    const TableLayout layout = find_table(grid);
    CHECK(rows_of(grid, layout, RowRole::section) == Numbers{2, 5});
    CHECK(rows_of(grid, layout, RowRole::footnote) == Numbers{8});
    CHECK(layout.data_rows == 4);
    CHECK(layout.section(4)->text == "市役所行き");
    CHECK(layout.section(7)->text == "湯の谷2行き");
}

TEST_CASE("A record with its name alone stays data", "[read][finder]") {
    const Grid grid = grid_of({{"名称", "住所", "電話", "備考"},
                               {"中央公園", "本町1", "027-1-1", "x"},
                               {"閉鎖した公園"},
                               {"北公園", "北町2", "027-1-2", "y"},
                               {"南公園"}});
    CHECK(find_table(grid).data_rows == 4);
}

TEST_CASE("Tables one below the other: the one with more rows, of equals the first", "[read][finder]") {
    const GridTexts bus{
        {"№", "バス停名", "１便", "２便"}, {"①", "湯の谷", "9:10", "10:00"}, {"②", "五条駅", "9:11", "10:01"}};
    const GridTexts back{{"湯の谷行き"},
                         {"№", "バス停名", "１便", "２便", "３便"},
                         {"②", "五条駅", "9:30", "10:30", "11:30"},
                         {"①", "湯の谷", "9:38", "10:38", "11:38"}};
    const TableLayout equal = find_table(grid_of(with(bus, back)));
    CHECK(equal.header_rows == Numbers{1});
    CHECK(equal.data_rows == 2);
    REQUIRE(equal.others.size() == 1);
    CHECK(equal.others[0].rows == 2);
    GridTexts longer = with(bus, back);
    longer.push_back({"③", "秋山", "9:40", "10:40", "11:40"});
    CHECK(find_table(grid_of(longer)).header_rows == Numbers{5});
    // Apart by a blank row, another kind of table.
    const TableLayout two = find_table(grid_of(
        with(with(parks, {{}, {"■ 連絡先"}}), {{"担当課", "電話番号", "FAX番号"}, {"公園課", "027-1-1", "027-1-2"}})));
    CHECK(two.header_rows == Numbers{1});
    CHECK(two.data_rows == 2);
    CHECK(two.others.size() == 1);
}

TEST_CASE("MESS 2: a matrix with entities in its columns stays a matrix (281000_subway)", "[read][finder]") {
    const TableLayout layout = find_table(grid_of({{"始発駅", "新長田", "新長田", "御崎公園"},
                                                   {"行先駅", "三宮", "三宮", "三宮"},
                                                   {"新長田", "5:35", "5:51", ""},
                                                   {"駒ヶ林", "5:36", "5:52", ""},
                                                   {"苅藻", "5:38", "5:54", "6:01"}}));
    CHECK(layout.header_rows == Numbers{1, 2});
    CHECK(layout.data_rows == 3);
    CHECK_FALSE(layout.vertical);
}

TEST_CASE("Vertical merges are filled down; a group's name only with evidence", "[read][finder]") {
    const GridTexts rows{{"区分", "施設名", "定員"},
                         {"公園", "中央", "10"},
                         {"", "北", "20"},
                         {"学校", "一小", "30"},
                         {"", "二小", "40"}};
    const TableLayout merged = find_table(grid_of(rows, {{2, 1, 3, 1}, {4, 1, 5, 1}}));
    REQUIRE(merged.fills.size() == 2);
    CHECK(merged.fills[0].merged);
    CHECK(merged.fills[0].text == "公園");
    CHECK((merged.fills[0].first_row == 3 && merged.fills[0].last_row == 3));
    const TableLayout group = find_table(grid_of(rows));
    REQUIRE(group.fills.size() == 2);
    CHECK_FALSE(group.fills[0].merged);
    CHECK(group.fills[1].text == "学校");
    // A remark in the first column, or a column with blanks further right, says nothing of the rows below.
    CHECK(find_table(
              grid_of({{"備考", "施設名", "定員"}, {"", "中央", "10"}, {"工事中", "北", "20"}, {"", "一小", "30"}}))
              .fills.empty());
    CHECK(find_table(grid_of({{"施設名", "区分", "定員"},
                              {"中央", "公園", "10"},
                              {"北", "", "20"},
                              {"一小", "学校", "30"},
                              {"二小", "", "40"}}))
              .fills.empty());
}

TEST_CASE("A row without its key goes on where the row above stopped", "[read][finder]") {
    const Grid grid = grid_of({{"番号", "名称", "住所", "電話", "設備"},
                               {"1", "中央公園", "本町1", "027-1-1", "トイレ、"},
                               {"", "", "", "", "水飲み場"},
                               {"2", "北公園", "北町2", "027-1-2", "ベンチ"},
                               {"3", "南公園", "南町3", "027-1-3", "砂場"}});
    const TableLayout layout = find_table(grid);
    CHECK(rows_of(grid, layout, RowRole::continuation) == Numbers{3});
    CHECK(layout.data_rows == 3);
}

TEST_CASE("The number of a record that could be a year begins no other table", "[read][finder]") {
    GridTexts list{{"番号", "名称", "町字", "番地", "建物"}};
    for (int number = 2001; number < 2040; ++number) {
        if (number == 2019) {
            list.push_back({"2019", "施設2019"});  // few cells, as a title has
        } else {
            list.push_back({std::to_string(number), "施設" + std::to_string(number), "大手町",
                            number == 2020 ? "164番18号" : "12-3", number == 2020 ? "第2ビル" : ""});
        }
    }
    CHECK(find_table(grid_of(list)).data_rows == 39);
}

TEST_CASE("An item and value table is one record", "[read][finder]") {
    const TableLayout layout = find_table(grid_of({{"施設の概要"},
                                                   {"名称", "中央公園"},
                                                   {"所在地", "本町1-2"},
                                                   {"電話番号", "027-224-1111"},
                                                   {"面積", "1200"},
                                                   {"備考"}}));
    CHECK(layout.vertical);
    CHECK(layout.names == Texts{"名称", "所在地", "電話番号", "面積", "備考"});
    CHECK(layout.value_column == 2);
    // A list of two columns is none.
    CHECK_FALSE(
        find_table(
            grid_of({{"項目名", "必須"}, {"名称", "必須"}, {"住所", "必須"}, {"電話番号", "任意"}, {"備考", "任意"}}))
            .vertical);
}

TEST_CASE("A table without a header is told", "[read][finder]") {
    CHECK(find_table(grid_of({{"1", "中央公園", "36.1", "139.1"},
                              {"2", "北公園", "36.2", "139.2"},
                              {"3", "南公園", "36.3", "139.3"}}))
              .header_doubtful);
    CHECK_FALSE(
        find_table(grid_of({{"町名", "2015", "2020"}, {"本町", "10", "12"}, {"北町", "20", "22"}})).header_doubtful);
}

TEST_CASE("Pins are taken as said", "[read][finder]") {
    const Grid grid = grid_of({{"a", "b"}, {"名称", "数"}, {"x", "1"}, {"y", "2"}, {"合計", "3"}, {"z", "4"}});
    TableWishes wishes;
    wishes.header_rows = {1, 2};
    TableLayout layout = find_table(grid, wishes);
    CHECK(layout.names == Texts{"a_名称", "b_数"});
    wishes.header_rows = {2};
    wishes.first_row = 3;
    wishes.last_row = 5;
    wishes.skip = {4};
    layout = find_table(grid, wishes);
    CHECK(rows_of(grid, layout, RowRole::data) == Numbers{3, 5});  // both ends said: a total in between is data
    CHECK(layout.role(6) == RowRole::outside);
    CHECK(read_column_span("A:D") == ColumnSpan{1, 4});
    CHECK(read_column_span("AB:AD") == ColumnSpan{28, 30});
    for (const std::string wrong : {"", "A", "D:A", "a:b", "A1:B2", "A:", "AAAA:AAAB"}) {
        INFO(wrong);
        CHECK(read_column_span(wrong).width() == 0);
    }
}

TEST_CASE("Sheets of one shape", "[read][finder]") {
    const TableLayout one = find_table(grid_of(parks));
    CHECK(same_shape(one, find_table(grid_of(with({{"題"}, {}}, parks)))));
    CHECK_FALSE(same_shape(one, find_table(grid_of({{"名称", "住所"}, {"a", "b"}}))));
}

TEST_CASE("A text alone is a section also below the head, notes at the end or not", "[read][finder]") {
    const TableLayout layout = find_table(grid_of({{"番号", "名称", "定員", "海抜"},
                                                   {"東区"},
                                                   {"1", "香椎小", "620", "8.2"},
                                                   {"2", "和白中", "780", "6.7"},
                                                   {"博多区"},
                                                   {"3", "博多小", "540", "3.3"},
                                                   {"4", "吉塚", "95", "5.0"},
                                                   {"※ 定員は人数"}}));
    CHECK(layout.header_rows == Numbers{1});
    CHECK(layout.data_rows == 4);
    REQUIRE(layout.sections.size() == 2);
    CHECK((layout.sections[0].row == 2 && layout.sections[0].text == "東区"));
    CHECK(layout.role(8) == RowRole::footnote);
}

TEST_CASE("A first record with words for numbers is no second row of names", "[read][finder]") {
    const auto names = [](const GridTexts& head, const Texts& first) {
        GridTexts rows = head;
        rows.push_back(first);
        for (const std::string n : {"2", "3", "4"}) {
            rows.push_back({"B00" + n, "施設" + n, "前橋市本町" + n, "36.3" + n, "139.0" + n});
        }
        return find_table(grid_of(rows)).names;
    };
    const Texts plain{"番号", "名称", "所在地", "緯度", "経度"};
    const GridTexts head{plain};
    CHECK(names(head, {"ア", "本庁", "前橋市", "調査中", "調査中"}) == plain);
    CHECK(names(head, {"ア", "本庁", "前橋市", "（位置未定）", "座標不明"}) == plain);
    CHECK(names(head, {"ア", "本庁", "前橋市", "北緯36度21分27.0252秒", "東経139度6分49.7268秒"}) == plain);
    CHECK(names(head, {"ア", "本庁", "前橋市", "N36.357507", "E139.113813"}) == plain);
    // What the words mean is not known, but 前橋市本町1 stands over 前橋市本町2, B001 over B002.
    CHECK(names(head, {"ア", "本庁", "前橋市本町1", "窓口に聞く", "窓口に聞く"}) == plain);
    CHECK(names(head, {"ア", "本庁", "前橋市大手町", "窓口に聞く", "窓口に聞く"}) == plain);
    CHECK(names(head, {"B001", "本庁", "本町", "窓口に聞く", "窓口に聞く"}) == plain);
    // Names go on where they are names, and where the row above leaves columns without one.
    CHECK(names(head, {"", "", "", "北", "東"}) == Texts{"番号", "名称", "所在地", "緯度_北", "経度_東"});
    CHECK(names({{"番号", "名称", "所在地", "位置", ""}}, {"", "", "", "緯度", "経度"}) ==
          Texts{"番号", "名称", "所在地", "位置_緯度", "位置_経度"});
    CHECK(names({{"番号", "名称", "所在地", "位置", ""}}, {"", "", "", "調査済", "調査中"}).back() == "位置_調査中");
}
