// SPDX-License-Identifier: Apache-2.0
// Hours and days of one cell over their fields: what is moved, what is told, and that nothing said is lost.
#include "normalise/availability.hpp"

#include "model/schema.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <vector>

using namespace kokai;

namespace {

struct Table {
    std::array<Field, 4> fields;
    Shape shape;
    Batch batch;
    Findings findings;

    explicit Table(bool with_notes = true) {
        const std::array<std::string, 4> names = {"利用可能曜日", "開始時間", "終了時間", "特記事項"};
        const std::array<std::string, 4> english = {"availableDays", "startTime", "endTime", "availabilityNotes"};
        for (std::size_t i = 0; i < (with_notes ? 4U : 3U); ++i) {
            fields.at(i).name = names.at(i);
            fields.at(i).english = english.at(i);
            fields.at(i).kind = i == 0 ? Kind::weekdays : i < 3 ? Kind::time : Kind::text;
            shape.columns.push_back(
                {names.at(i), &fields.at(i), {{0, static_cast<std::uint32_t>(i + 1), names.at(i)}}});
        }
        batch.columns.resize(shape.columns.size());
    }
    void add(const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < shape.columns.size(); ++i) {
            batch.columns[i].cells.push_back(batch.bytes.keep(cells.at(i)));
        }
        batch.rows.push_back({static_cast<std::uint32_t>(batch.rows.size() + 2), 0, 0});
        batch.states.push_back(RowState::kept);
    }
    void run() {
        SplitAvailability stage;
        stage.bind(shape);
        stage.run(batch, findings);
    }
    [[nodiscard]] std::vector<std::string> row(std::size_t at) const {
        std::vector<std::string> cells;
        for (const Column& column : batch.columns) {
            cells.emplace_back(column.cells[at]);
        }
        return cells;
    }
};

using Cells = std::vector<std::string>;

/// One row before and after, and the codes told of it.
void check(const Cells& before, const Cells& after, const std::vector<Code>& codes) {
    Table table;
    table.add(before);
    table.run();
    INFO(before[0] << " | " << before[1] << " | " << before[2] << " | " << before[3]);
    CHECK(table.row(0) == after);
    std::vector<Code> told;
    for (const Finding& finding : table.findings.list()) {
        told.push_back(finding.code);
    }
    CHECK(told == codes);
    Table again;
    again.add(after);
    again.run();
    CHECK(again.row(0) == after);
    CHECK(again.findings.list().empty());
}

}  // namespace

TEST_CASE("an end of the next day in its own cell is a time", "[normalise][availability]") {
    check({"", "18:00", "翌2時", ""}, {"", "18:00", "02:00", ""}, {Code::time_rewritten});
    check({"", "午後6時", "翌日午前2時30分", ""}, {"", "午後6時", "02:30", ""}, {Code::time_rewritten});
    check({"", "9:00", "翌17:00", ""}, {"", "9:00", "翌17:00", ""}, {});
    check({"", "随時", "翌2時", ""}, {"", "随時", "翌2時", ""}, {});
}

TEST_CASE("hours of one cell are start, end and remarks", "[normalise][availability]") {
    check({"", "9:00～17:00", "", ""}, {"", "09:00", "17:00", ""}, {Code::hours_split});
    check({"", "9:00～17:00", "9:00～17:00", ""}, {"", "09:00", "17:00", ""},
          {Code::hours_split, Code::hours_split});  // told at both cells
    check({"", "9:00～17:00（土日は16時まで）", "", ""}, {"", "09:00", "17:00", "土日は16時まで"},
          {Code::hours_split, Code::availability_noted});
    check({"", "9:00～12:00、13:00～17:00", "", "年末年始を除く。"},
          {"", "09:00", "17:00", "年末年始を除く。09:00～12:00、13:00～17:00"},
          {Code::hours_split, Code::availability_noted, Code::availability_noted});
    check({"", "平日9:00～17:00、土日10:00～16:00", "", ""}, {"", "", "", "平日9:00～17:00、土日10:00～16:00"},
          {Code::availability_noted});
    check({"", "要予約", "要予約", ""}, {"", "", "", "要予約"}, {Code::availability_noted, Code::availability_noted});
    check({"", "9:00", "9:00", ""}, {"", "9:00", "9:00", ""}, {});
    check({"", "9:00～", "", ""}, {"", "09:00", "", ""}, {Code::hours_split});
}

TEST_CASE("what is a time already, or no hours, is left alone", "[normalise][availability]") {
    check({"月火", "09:00", "17:00", ""}, {"月火", "09:00", "17:00", ""}, {});
    check({"", "9:00", "17:00", ""}, {"", "9:00", "17:00", ""}, {});
    check({"", "9:00～12:00", "17:00", ""}, {"", "9:00～12:00", "17:00", ""}, {});
    check({"不定期", "要予約", "", ""}, {"不定期", "要予約", "", ""}, {});
    check({"", "午前9時～5時", "", ""}, {"", "午前9時～5時", "", ""}, {});
}

TEST_CASE("what a set of days cannot say goes to the remarks", "[normalise][availability]") {
    check({"月～金（祝日を除く）", "", "", ""}, {"月火水木金", "", "", "祝日を除く"},
          {Code::weekdays_rewritten, Code::availability_noted});
    check({"第2・4土曜", "", "", "要予約"}, {"", "", "", "要予約、第2・4土曜"},
          {Code::availability_noted, Code::availability_noted});  // where it stood, and where it went
    check({"月～金", "", "", ""}, {"月火水木金", "", "", ""}, {Code::weekdays_rewritten});
    check({"－", "", "", ""}, {"－", "", "", ""}, {});
    check({"月～金（祝日を除く）", "", "", "祝日を除く"}, {"月火水木金", "", "", "祝日を除く"},
          {Code::weekdays_rewritten, Code::availability_noted});
}

TEST_CASE("without a field for remarks nothing is taken away", "[normalise][availability]") {
    Table table(false);
    table.add({"月～金（祝日を除く）", "9:00～17:00（土日は16時まで）", ""});
    table.add({"", "9:00～17:00", ""});
    table.run();
    CHECK(table.row(0) == Cells{"月～金（祝日を除く）", "9:00～17:00（土日は16時まで）", ""});
    CHECK(table.row(1) == Cells{"", "09:00", "17:00"});
}

TEST_CASE("fields that no column fills have no cells until something is moved there", "[normalise][availability]") {
    Table table;
    table.add({"月～金（祝日を除く）", "9:00～17:00（土日は16時まで）", "", ""});
    table.batch.columns[2].cells.clear();
    table.batch.columns[3].cells.clear();
    table.run();
    CHECK(table.row(0) == Cells{"月火水木金", "09:00", "17:00", "祝日を除く、土日は16時まで"});
    Table empty;
    empty.add({"", "", "", ""});
    for (Column& column : empty.batch.columns) {
        column.cells.clear();
    }
    empty.run();
    CHECK(empty.findings.list().empty());
}
