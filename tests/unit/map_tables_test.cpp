// SPDX-License-Identifier: Apache-2.0
#include "map/sampled_source.hpp"
#include "map/tables.hpp"
#include "model/error.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

std::unique_ptr<Source> table(Texts header, Rows rows, std::uint16_t index = 0) {
    return std::make_unique<TableSource>(std::move(header), std::move(rows), index);
}

std::vector<std::unique_ptr<Source>> all(std::unique_ptr<Source> one, std::unique_ptr<Source> other) {
    std::vector<std::unique_ptr<Source>> sources;
    sources.push_back(std::move(one));
    sources.push_back(std::move(other));
    return sources;
}

std::vector<std::unique_ptr<Source>> only(std::unique_ptr<Source> one) {
    std::vector<std::unique_ptr<Source>> sources;
    sources.push_back(std::move(one));
    return sources;
}

Texts names(const Shape& shape) {
    Texts found;
    for (const ColumnInfo& one : shape.columns) {
        found.push_back(one.name);
    }
    return found;
}

/// A finding on every cell: where the cells come from.
class TellEveryCell : public Check {
public:
    void bind(const Shape& shape) override { shape_ = &shape; }
    void admit(Batch& batch, Findings& findings) override {
        for (std::size_t row = 0; row < batch.size(); ++row) {
            for (std::size_t column = 0; column < batch.columns.size(); ++column) {
                findings.add(Code::text_normalised, batch, row, column, shape_->columns[column],
                             batch.columns[column].cells[row]);
            }
        }
    }

private:
    const Shape* shape_ = nullptr;
};

/// `file!cell` of every cell, row by row.
Rows origins_of(Source& source) {
    TellEveryCell tell;
    const Outcome outcome = outcome_of(source, {}, {&tell});
    Rows rows;
    for (const FindingText& one : outcome.findings) {
        if (one.code != Code::text_normalised) {
            continue;
        }
        if (rows.empty() || rows.back().size() == outcome.shape.columns.size()) {
            rows.emplace_back();
        }
        rows.back().push_back(one.file.substr(0, one.file.find('.')) + "!" +
                              (one.cell.empty() ? "#" + std::to_string(one.row) : one.cell));
    }
    return rows;
}

CrossSpec by_age() {
    CrossSpec cross;
    cross.labels = {"地区"};
    cross.header = "年齢";
    cross.value = "人数";
    cross.leave_out = {"計"};
    cross.heads = {{"0~9", "0-9歳"}};
    return cross;
}

std::unique_ptr<Source> ages() {
    return table({"地区", "0~9", "10~19", "計"},
                 {{"本庁", "1", "2", "3"}, {"桂萱", "4", "5", "9"}, {"合計", "5", "7", "12"}, {"芳賀", "6", "", "6"}});
}

}  // namespace

TEST_CASE("Sources one after another are brought together by their headers", "[map][tables]") {
    const auto make = [] {
        return ConcatenatedSource(
            all(table({"名称", "住所"}, {{"a", "本町"}, {"b", "南町"}, {"c", "西町"}}, 0),
                table({"備考", "住所", "名称"}, {{"x", "紺屋町", "d"}, {"y", "大手町", "e"}}, 1)));
    };
    ConcatenatedSource source = make();
    const Outcome outcome = outcome_of(source);
    CHECK(names(outcome.shape) == Texts{"名称", "住所", "備考"});
    CHECK(outcome.rows ==
          Rows{{"a", "本町", ""}, {"b", "南町", ""}, {"c", "西町", ""}, {"d", "紺屋町", "x"}, {"e", "大手町", "y"}});
    CHECK(outcome.findings.empty());
    REQUIRE(source.about().size() == 2);
    CHECK(source.about()[1].file == "table1.csv");

    // Each cell stands in its own file and under its own header there.
    ConcatenatedSource again = make();
    CHECK(origins_of(again) == Rows{{"table0!A2", "table0!B2", "table0!#2"},
                                    {"table0!A3", "table0!B3", "table0!#3"},
                                    {"table0!A4", "table0!B4", "table0!#4"},
                                    {"table1!C2", "table1!B2", "table1!A2"},
                                    {"table1!C3", "table1!B3", "table1!A3"}});
}

TEST_CASE("Of sources one after another each shows its first batch before the run", "[map][tables][sample]") {
    std::vector<std::unique_ptr<Source>> parts = all(table({"名称"}, {{"a"}, {"b"}, {"c"}}, 0), table({"名称"}, {}, 1));
    parts.push_back(table({"備考", "名称"}, {{"x", "d"}}, 2));
    ConcatenatedSource source(std::move(parts));
    Findings findings;
    source.open(findings);
    REQUIRE(source.first_batches().size() == 2);
    CHECK(source.first_batches()[0]->columns[0].cells == std::vector<Cell>{"a", "b"});
    CHECK(source.first_batches()[1]->columns[0].cells == std::vector<Cell>{"d"});
    CHECK(source.first_batches()[1]->rows[0].source == 2);
    Batch batch;
    REQUIRE(source.next(batch, findings));
    CHECK(batch.size() == 2);
    CHECK(source.first_batches().size() == 1);

    SampledSource sampled(std::make_unique<ConcatenatedSource>(
        all(table({"名称"}, {{"a"}, {"b"}, {"c"}}, 0), table({"備考", "名称"}, {{"x", "d"}}, 1))));
    sampled.open(findings);
    CHECK(sampled.samples().size() == 2);
    CHECK(sampled.samples()[1]->columns[0].cells == std::vector<Cell>{"d"});
}

TEST_CASE("A joined row brings its cells and their places with it", "[map][tables]") {
    const auto make = [] {
        return JoinedSource(table({"ID", "名称"}, {{"1", "市役所"}, {"2", "駅"}, {" 1 ", "分館"}}),
                            only(table({"電話", "ID"}, {{"027-1", "1"}, {"027-2", "2"}}, 1)), {"ID"});
    };
    JoinedSource source = make();
    const Outcome outcome = outcome_of(source);
    CHECK(names(outcome.shape) == Texts{"ID", "名称", "電話"});
    CHECK(outcome.rows == Rows{{"1", "市役所", "027-1"}, {"2", "駅", "027-2"}, {" 1 ", "分館", "027-1"}});
    CHECK(outcome.findings.empty());
    CHECK(source.about().size() == 2);

    JoinedSource again = make();
    CHECK(origins_of(again) == Rows{{"table0!A2", "table0!B2", "table1!A2"},
                                    {"table0!A3", "table0!B3", "table1!A3"},
                                    {"table0!A4", "table0!B4", "table1!A2"}});
}

TEST_CASE("A key without a partner, or with two, is told at the key's cell and leaves the joined cells empty",
          "[map][tables]") {
    const auto make = [] {
        return JoinedSource(
            table({"名称", "ID"}, {{"市役所", "1"}, {"駅", "9"}, {"館", "2"}, {"園", "3"}}),
            only(table({"ID", "電話"}, {{"1", "027-1"}, {"2", "027-2"}, {"2", "027-3"}, {"3", "027-4"}}, 1)), {"ID"});
    };
    JoinedSource source = make();
    const Outcome outcome = outcome_of(source);
    CHECK(outcome.rows == Rows{{"市役所", "1", "027-1"}, {"駅", "9", ""}, {"館", "2", ""}, {"園", "3", "027-4"}});
    CHECK(outcome.places() == Texts{"join-unmatched@B3", "join-ambiguous@B4"});
    REQUIRE(outcome.findings.size() == 2);
    CHECK(outcome.findings[0].file == "table0.csv");
    CHECK(outcome.findings[0].found == "9");
    CHECK(outcome.findings[0].severity == Severity::warning);
    CHECK(outcome.findings[1].severity == Severity::error);

    JoinedSource again = make();
    CHECK(origins_of(again)[1] == Texts{"table0!A3", "table0!B3", "table0!#3"});
}

TEST_CASE("Keys of several columns, several joined sources, and names that meet", "[map][tables]") {
    std::vector<std::unique_ptr<Source>> right;
    right.push_back(table({"町", "番", "名称"}, {{"本町", "1", "x"}, {"本町", "2", "y"}}, 1));
    right.push_back(table({"番", "町", "電話"}, {{"2", "本町", "t2"}, {"1", "本町", "t1"}}, 2));
    JoinedSource source(table({"名称", "町", "番"}, {{"a", "本町", "1"}, {"b", "本町", "2"}, {"c", "本", "町1"}}),
                        std::move(right), {"町", "番"});
    const Outcome outcome = outcome_of(source);
    CHECK(names(outcome.shape) == Texts{"名称", "町", "番", "名称_2", "電話"});
    CHECK(outcome.rows ==
          Rows{{"a", "本町", "1", "x", "t1"}, {"b", "本町", "2", "y", "t2"}, {"c", "本", "町1", "", ""}});
    CHECK(outcome.places() == Texts{"join-unmatched@B4", "join-unmatched@B4"});
    CHECK(outcome.findings[0].found == "本 町1");
}

TEST_CASE("A join key that is no column is a mistake of the dataset file", "[map][tables]") {
    JoinedSource left(table({"名称"}, {}), only(table({"ID"}, {}, 1)), {"ID"});
    JoinedSource right(table({"ID"}, {}), only(table({"名称"}, {}, 1)), {"ID"});
    Findings findings;
    CHECK_THROWS_AS(left.open(findings), LayoutError);
    CHECK_THROWS_AS(right.open(findings), LayoutError);
}

TEST_CASE("A cross table becomes rows: heads renamed, totals and sums left out", "[map][tables]") {
    const std::vector<Condition> totals{{"地区", Condition::Test::equals, {"合計"}}};
    CrossSource source(ages(), by_age(), totals);
    const Outcome outcome = outcome_of(source);
    CHECK(names(outcome.shape) == Texts{"地区", "年齢", "人数"});
    CHECK(outcome.rows == Rows{{"本庁", "0-9歳", "1"},
                               {"本庁", "10~19", "2"},
                               {"桂萱", "0-9歳", "4"},
                               {"桂萱", "10~19", "5"},
                               {"芳賀", "0-9歳", "6"},
                               {"芳賀", "10~19", ""}});
    CHECK(outcome.findings.empty());

    // A value names its own cell, its head the header's, the label its column.
    CrossSource again(ages(), by_age(), totals);
    CHECK(origins_of(again) == Rows{{"table0!A2", "table0!B1", "table0!B2"},
                                    {"table0!A2", "table0!C1", "table0!C2"},
                                    {"table0!A3", "table0!B1", "table0!B3"},
                                    {"table0!A3", "table0!C1", "table0!C3"},
                                    {"table0!A5", "table0!B1", "table0!B5"},
                                    {"table0!A5", "table0!C1", "table0!C5"}});
}

TEST_CASE("Total rows of a cross table are known by any test of a where", "[map][tables]") {
    const auto districts = [](Condition total) {
        CrossSource source(ages(), by_age(), {std::move(total)});
        std::string text;
        for (const auto& row : outcome_of(source).rows) {
            text += row[1] == "0-9歳" ? row[0] : "";
        }
        return text;
    };
    CHECK(districts({"地区", Condition::Test::starts_with, {"合"}}) == "本庁桂萱芳賀");
    CHECK(districts({"地区", Condition::Test::matches, {"計$"}}) == "本庁桂萱芳賀");
    CHECK(districts({"計", Condition::Test::one_of, {"12", "9"}}) == "本庁芳賀");
    CHECK(districts({"10~19", Condition::Test::empty, {}}) == "本庁桂萱合計");
    CHECK(districts({"別の表の列", Condition::Test::equals, {"合計"}}) ==
          "本庁桂萱合計芳賀");  // the table's, not this sheet's
}

TEST_CASE("A label column that the cross table lacks is told at its header", "[map][tables]") {
    CrossSpec cross = by_age();
    cross.labels = {"地区", "町名"};
    CrossSource source(ages(), cross, {});
    const Outcome outcome = outcome_of(source);
    CHECK(outcome.places() == Texts{"column-missing@1"});
    CHECK(outcome.findings[0].found == "町名");
    CHECK(names(outcome.shape) == Texts{"地区", "年齢", "人数"});
}

TEST_CASE("Checks of a source see its rows before they are joined or unpivoted", "[map][tables]") {
    class CountRows : public Check {
    public:
        explicit CountRows(std::size_t& rows) : rows_(&rows) {}
        void bind(const Shape& shape) override { CHECK(names(shape) == Texts{"地区", "0~9", "10~19", "計"}); }
        void admit(Batch& batch, Findings& findings) override {
            *rows_ += batch.size();
            findings.add(Code::total_mismatch, batch.place(0), batch.columns[3].cells[0], "0");
        }
        void end(Findings& findings) override { findings.add(Code::share_mismatch, {}, ""); }

    private:
        std::size_t* rows_;
    };
    std::size_t rows = 0;
    std::vector<std::unique_ptr<Check>> checks;
    checks.push_back(std::make_unique<CountRows>(rows));
    CrossSource source(std::make_unique<ExaminedSource>(ages(), std::move(checks)), by_age(), {});
    const Outcome outcome = outcome_of(source);
    CHECK(rows == 4);
    CHECK(outcome.rows.size() == 8);
    CHECK(outcome.places() == Texts{"total-mismatch@2", "total-mismatch@4", "share-mismatch@0"});
    CHECK(outcome.findings[1].found == "12");
}
