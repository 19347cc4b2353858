// SPDX-License-Identifier: Apache-2.0
// Found tables from file to rows: what CSV and Excel sources hand on, and what they say of it.
#include "model/error.hpp"
#include "read/csv.hpp"
#include "read/xlsx.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/test_workbook.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kokai;
using kokai::testing::inline_cell;
using kokai::testing::inline_row;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TemporaryFolder;
using kokai::testing::TestWorkbook;
using Texts = std::vector<std::string>;

namespace {

struct Found : Outcome {
    SourceInfo about;
    Texts names;
};

Found finish(Source& source) {
    Found found;
    static_cast<Outcome&>(found) = outcome_of(source);
    found.about = source.about().at(0);
    for (const ColumnInfo& column : found.shape.columns) {
        found.names.push_back(column.name);
    }
    return found;
}

Found csv(const std::string& bytes, const TablePin& pin = {}, Totals totals = Totals::leave_out) {
    const TemporaryFolder folder;
    CsvOptions options;
    options.path = folder.file("a.csv", bytes);
    options.shown = "a.csv";
    options.pin = pin;
    options.totals = totals;
    CsvSource source(options);
    return finish(source);
}

Found excel(const TestWorkbook& workbook, const TablePin& pin = {}) {
    const TemporaryFolder folder;
    XlsxOptions options;
    options.path = workbook.write(folder);
    options.shown = "a.xlsx";
    options.pin = pin;
    XlsxSource source(options);
    return finish(source);
}

std::string merged(const std::string& ranges) {
    std::string xml;
    for (std::size_t at = 0; at < ranges.size();) {
        const std::size_t end = std::min(ranges.find(' ', at), ranges.size());
        xml += "<mergeCell ref=\"" + ranges.substr(at, end - at) + "\"/>";
        at = end + 1;
    }
    return "<mergeCells>" + xml + "</mergeCells>";
}

std::string rows_of(const Rows& rows) {
    std::string xml;
    int number = 0;
    for (const std::vector<std::string>& row : rows) {
        xml += inline_row(++number, row);
    }
    return xml;
}

const FindingText* finding(const Outcome& outcome, Code code) {
    const auto found = std::find_if(outcome.findings.begin(), outcome.findings.end(),
                                    [&](const FindingText& one) { return one.code == code; });
    return found == outcome.findings.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("CSV: title, header of two rows, total and footnote are told with their rows", "[read][finder][csv]") {
    const Found out = csv("公園一覧,,\n名称,面積,園数\n,㎡,か所\n本町,100,2\n北町,50,1\n合計,150,3\n※ 令和6年の数,,\n");
    CHECK(out.names == Texts{"名称", "面積(㎡)", "園数(か所)"});
    CHECK(out.rows == Rows{{"本町", "100", "2"}, {"北町", "50", "1"}});
    CHECK(out.places() ==
          Texts{"rows-above-header@1", "header-rows-joined@2", "footnote-left-out@7", "total-row-left-out@A6"});
    CHECK(out.about.header_rows == std::vector<std::uint32_t>{2, 3});
    REQUIRE(out.about.taken.size() == 6);
    CHECK(out.about.taken[0].as == "title");
    CHECK(out.about.taken[3].as == "data");
    CHECK((out.about.taken[3].first == 4 && out.about.taken[3].last == 5));
    CHECK(out.about.taken[4].as == "total");
    CHECK(out.about.taken[5].as == "footnote");
}

TEST_CASE("A plain table has no layout in the report", "[read][finder][csv]") {
    CHECK(csv("名称,面積\n本町,100\n").about.taken.empty());
    CHECK(excel(TestWorkbook(rows_of({{"名称", "面積"}, {"本町", "100"}}))).about.taken.empty());
}

TEST_CASE("Totals that differ or cannot be checked are warnings", "[read][finder][csv]") {
    CHECK(csv("町,人口,世帯\n本町,100,9\n北町,50,4\n合計,151,13\n").places() == Texts{"total-row-differs@B4"});
    CHECK(csv("町,率,数\n本町,10.5,1\n北町,20.5,2\n合計,15.5,\n").places() == Texts{"total-row-unchecked@A4"});
    CHECK(csv("町,人口\n本町,100\n北町,50\n合計,150\n", {}, Totals::keep).rows.size() == 3);
}

TEST_CASE("Sections, groups and rows that go on, from a CSV", "[read][finder][csv]") {
    const Found sections = csv("番号,名称,住所\n■北部,,\n1,a,x\n2,b,y\n■南部,,\n3,c,z\n");
    CHECK(sections.names == Texts{"番号", "名称", "住所", "区分"});
    CHECK(sections.rows == Rows{{"1", "a", "x", "■北部"}, {"2", "b", "y", "■北部"}, {"3", "c", "z", "■南部"}});
    CHECK(sections.places() == Texts{"section-row@A2", "section-row@A5"});
    const Found groups = csv("種別,名称,数\n公園,a,1\n,b,2\n学校,c,3\n,d,4\n");
    CHECK(groups.rows == Rows{{"公園", "a", "1"}, {"公園", "b", "2"}, {"学校", "c", "3"}, {"学校", "d", "4"}});
    CHECK(groups.places() == Texts{"group-cell-filled@A2", "group-cell-filled@A4"});
    const Found goes_on =
        csv("番号,名称,住所,電話,設備\n1,a,本町,1-1,ベンチ\n,,,,砂場\n2,b,北町,1-2,鉄棒\n3,c,南町,1-3,池\n");
    CHECK(goes_on.rows.at(0).back() == "ベンチ\n砂場");
    CHECK(goes_on.rows.size() == 3);
    CHECK(goes_on.places() == Texts{"row-continued@3"});
}

TEST_CASE("A header without names of columns, and an upright record, from a CSV", "[read][finder][csv]") {
    CHECK(csv("1,公園,36.1,139.1\n2,広場,36.2,139.2\n3,緑地,36.3,139.3\n").places() == Texts{"header-doubtful@1"});
    const Found record = csv("名称,中央公園\n所在地,本町1-2\n電話番号,027-224-1111\n面積,1200\n");
    CHECK(record.names == Texts{"名称", "所在地", "電話番号", "面積"});
    CHECK(record.rows == Rows{{"中央公園", "本町1-2", "027-224-1111", "1200"}});
    CHECK(record.places() == Texts{"vertical-table@1"});
}

TEST_CASE("A CSV that is not held: totals, heads and footnotes are told in passing", "[read][finder][csv]") {
    std::string bytes = "町名,人口,面積\n";
    for (int i = 0; i < 100'000; ++i) {
        bytes += (i == 60'000   ? "町名,人口,面積\n"
                  : i == 70'000 ? "計,99,99\n"
                                : "") +
                 std::string("町") + std::to_string(i) + ",12,34\n";
    }
    bytes += "合計,1200000,3400000\n※ 令和6年4月1日の数,,\n";
    const Found out = csv(bytes);
    CHECK(out.rows.size() == 100'000);
    CHECK(out.places() == Texts{"header-repeated@60002", "total-row-unchecked@70003", "total-row-unchecked@100004",
                                "footnote-left-out@100005"});
}

TEST_CASE("A word for totals on every row of a large CSV is a category", "[read][finder][csv]") {
    std::string bytes = "性別,年齢,人数\n";
    for (int i = 0; i < 100'000; ++i) {
        bytes += std::string(i % 3 == 0 ? "総数" : i % 3 == 1 ? "男" : "女") + "," + std::to_string(i) + ",1\n";
    }
    CHECK(csv(bytes).rows.size() == 100'000);
}

TEST_CASE("Excel: merged heads, merged cells filled down at their place of origin", "[read][finder][xlsx]") {
    const Found out = excel(TestWorkbook().sheet(
        "一覧",
        rows_of({{"区分", "施設", ""}, {"", "名称", "定員"}, {"公園", "a", "1"}, {"", "b", "2"}, {"学校", "c", "3"}}),
        {}, merged("A1:A2 B1:C1 A3:A4")));
    CHECK(out.names == Texts{"区分", "施設_名称", "施設_定員"});
    CHECK(out.rows == Rows{{"公園", "a", "1"}, {"公園", "b", "2"}, {"学校", "c", "3"}});
    CHECK(out.places() == Texts{"header-rows-joined@1", "merged-cell-filled@A3"});
    const TemporaryFolder folder;
    XlsxOptions options;
    options.path = TestWorkbook()
                       .sheet("一覧", rows_of({{"区分", "名称"}, {"公園", "a"}, {"", "b"}}), {}, merged("A2:A3"))
                       .write(folder);
    XlsxSource source(options);
    Findings findings;
    const Shape shape = source.open(findings);
    Batch batch;
    REQUIRE(source.next(batch, findings));
    CHECK(batch.place(1, 0, shape.columns[0]).row == 2);  // the merged cell's own address
    CHECK(batch.place(1, 1, shape.columns[1]).row == 3);
}

TEST_CASE("MESS 2: an explanatory first sheet is skipped (221309_hamana 利用上の注意)", "[read][finder][xlsx]") {
    const Found out =
        excel(TestWorkbook()
                  .sheet("利用上の注意", rows_of({{"利用上の注意"}, {"結果数字が著しく小さい町は、秘匿しています。"}}))
                  .sheet("浜名区", rows_of({{"町名", "人口"}, {"本町", "x"}, {"北町", "20"}})));
    CHECK(out.about.sheet == "浜名区");
    CHECK(out.rows == Rows{{"本町", "x"}, {"北町", "20"}});  // x stays: suppressed is not 0
    CHECK(out.places() == Texts{"sheet-left-out@0"});
}

TEST_CASE("Sheets of one shape are joined, with a column for the sheet", "[read][finder][xlsx]") {
    const TestWorkbook workbook = TestWorkbook()
                                      .sheet("R5", rows_of({{"町名", "人口"}, {"本町", "10"}}))
                                      .sheet("R6", rows_of({{"題"}, {"町名", "人口"}, {"本町", "12"}}))
                                      .sheet("記入例", rows_of({{"町名", "人口"}, {"○○町", "99"}}));
    const Found out = excel(workbook);
    CHECK(out.names == Texts{"町名", "人口", "シート"});
    CHECK(out.rows == Rows{{"本町", "10", "R5"}, {"本町", "12", "R6"}});
    CHECK(finding(out, Code::sheets_joined) != nullptr);
    CHECK(finding(out, Code::sheet_left_out)->found == "記入例");
    TablePin pin;
    pin.sheets = {"R6"};
    CHECK(excel(workbook, pin).rows == Rows{{"本町", "12"}});
    pin.sheets = {"R6", "R5"};
    const Found both = excel(workbook, pin);
    CHECK(both.rows == Rows{{"本町", "12", "R6"}, {"本町", "10", "R5"}});
    CHECK(finding(both, Code::sheets_joined) == nullptr);
}

TEST_CASE("Pinned panels follow each other, each value with its own cell", "[read][finder][xlsx]") {
    Rows rows{{"年齢", "総数", "年齢", "総数"}};
    for (int age = 0; age < 3; ++age) {
        rows.push_back({std::to_string(age), "1", std::to_string(age + 3), "2"});
    }
    const TestWorkbook workbook(rows_of(rows));
    const Found one = excel(workbook);
    CHECK(one.rows.size() == 3);
    CHECK(finding(one, Code::table_left_out)->cell == "C1");
    TablePin pin;
    pin.panels = {"A:B", "C:D"};
    const Found both = excel(workbook, pin);
    CHECK(both.names == Texts{"年齢", "総数"});
    CHECK(both.rows == Rows{{"0", "1"}, {"1", "1"}, {"2", "1"}, {"3", "2"}, {"4", "2"}, {"5", "2"}});
    CHECK(both.findings.empty());
    pin.panels = {"C:D", "A:B"};
    CHECK(excel(workbook, pin).rows == Rows{{"3", "2"}, {"4", "2"}, {"5", "2"}, {"0", "1"}, {"1", "1"}, {"2", "1"}});
    pin.panels = {"A:B", "C:C"};
    CHECK_THROWS_AS(excel(workbook, pin), WorldError);
}

TEST_CASE("A large sheet: merged cells that are not filled are told", "[read][finder][xlsx]") {
    Rows rows{{"区分", "名称", "数"}};
    for (int i = 0; i < 600; ++i) {
        rows.push_back({i % 2 == 0 ? "公園" : "", "a" + std::to_string(i), "1"});
    }
    const std::string blank = "<!--" + std::string(9U << 20U, ' ') + "-->";
    const Found out = excel(TestWorkbook().sheet("一覧", rows_of(rows) + blank, {}, merged("A2:A3")));
    CHECK(out.rows.size() == 600);
    CHECK(out.places() == Texts{"merged-cell-left@A2"});
}

TEST_CASE("MESS 3: a look-alike dash and half-width brackets stay as written in names", "[read][finder]") {
    // 222127_preschool コ―ド (U+2015), 352128_tourism 料金(基本): the matcher folds them, the reader does not.
    CHECK(csv("市区町村コ―ド,料金(基本)\n1,2\n").names == Texts{"市区町村コ―ド", "料金(基本)"});
}

TEST_CASE("MESS 3: English, keyed and vendor headers are one header row", "[read][finder]") {
    // 372013_aed #property, 102016_emergency_shelter lat lon, 222127_form_export 10:text, 221309_tsunami USER_…
    CHECK(csv("#property,name,lat\n1,公園,36.1\n").names == Texts{"#property", "name", "lat"});
    CHECK(csv("Name,Add1,Y,X\n公園,本町,36.1,139.1\n").names == Texts{"Name", "Add1", "Y", "X"});
    CHECK(csv("回答番号,10:text,12:prefecture\n1,食堂,静岡県\n").names ==
          Texts{"回答番号", "10:text", "12:prefecture"});
    CHECK(csv("USER_名称,経度,緯度\nビル,137.1,34.1\n").names == Texts{"USER_名称", "経度", "緯度"});
}

TEST_CASE("MESS 3: v1 names, shapefile labels and names that end in a colon are read as written", "[read][finder]") {
    CHECK(csv("NO,住所,方書\n1,本町,2階\n").names == Texts{"NO", "住所", "方書"});
    CHECK(csv("SAFIELD000,item1\n学校,1\n").names == Texts{"SAFIELD000", "item1"});
    CHECK(csv("名称：,種別：\na,b\n").names == Texts{"名称：", "種別："});
}
