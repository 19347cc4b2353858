// SPDX-License-Identifier: Apache-2.0
// One cell over two fields: periods, extensions, counts; what cannot be divided stays and is told.
#include "normalise/shared_cells.hpp"

#include "model/schema.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace kokai;

namespace {

using Cells = std::vector<std::string>;

/// One row of fields by English name; those of `from` 1 come from one source column.
struct Row {
    std::vector<Field> fields;
    Shape shape;
    Batch batch;
    Findings findings;

    Row(const Cells& english, const std::vector<std::uint32_t>& from, const Cells& cells) : fields(english.size()) {
        for (std::size_t i = 0; i < english.size(); ++i) {
            fields[i].name = fields[i].english = english[i];
            shape.columns.push_back({english[i], &fields[i], {{0, from[i], "見出し" + std::to_string(from[i])}}});
            batch.columns.emplace_back();
            batch.columns.back().cells.push_back(batch.bytes.keep(cells[i]));
        }
        batch.rows.push_back({2, 0, 0});
        batch.states.push_back(RowState::kept);
        SplitSharedCells stage;
        stage.bind(shape);
        stage.run(batch, findings);
    }
    [[nodiscard]] Cells cells() const {
        Cells found;
        for (const Column& column : batch.columns) {
            found.emplace_back(column.cells.front());
        }
        return found;
    }
    [[nodiscard]] std::vector<Code> codes() const {
        std::vector<Code> told;
        for (const Finding& finding : findings.list()) {
            told.push_back(finding.code);
        }
        return told;
    }
};

Cells period(const std::string& cell) {
    return Row({"startDate", "endDate", "startNotes"}, {1, 1, 2}, {cell, cell, ""}).cells();
}
Cells dates(const std::string& start, const std::string& end) {
    return Row({"startDate", "endDate"}, {1, 2}, {start, end}).cells();
}
Cells phone(const std::string& cell, const std::string& extension) {
    return Row({"telephone", "extensionNumber"}, {1, 2}, {cell, extension}).cells();
}
Cells count(const std::string& cell, const std::string& unit = "") {
    return Row({"itemCount", "itemUnit"}, {1, 2}, {cell, unit}).cells();
}

}  // namespace

TEST_CASE("a period of one cell is its first and its last day", "[normalise][shared_cells]") {
    const Cells both{"2024-10-12", "2024-10-13", ""};
    CHECK(period("令和6年10月12日～13日") == both);
    CHECK(period("2024/10/12～13") == both);
    CHECK(period("2024/10/12-2024/10/13") == both);
    CHECK(period("2024年10月12日(土)、13日(日)") == both);
    CHECK(period("令和6年10月12日から10月13日まで") == both);
    CHECK(period("令和6年10月12日～") == Cells{"2024-10-12", "", ""});
    CHECK(period("令和6年10月12日") == Cells{"令和6年10月12日", "", ""});
    CHECK(period("10月12日～13日") == Cells{"10月12日～13日", "", ""});
    CHECK(period("毎週土曜日") == Cells{"毎週土曜日", "", ""});
    // Days apart are no period: the remarks keep them.
    CHECK(period("令和6年10月12日、20日") == Cells{"2024-10-12", "2024-10-20", "令和6年10月12日、20日"});
    const Row told({"startDate", "endDate"}, {1, 1}, {"2024年10月12日(日)～13日", "2024年10月12日(日)～13日"});
    CHECK(told.codes() == std::vector{Code::value_split, Code::date_weekday});
}

TEST_CASE("an end that leaves out what the start says is completed", "[normalise][shared_cells]") {
    CHECK(dates("令和6年10月12日", "13日") == Cells{"令和6年10月12日", "2024-10-13"});
    CHECK(dates("2024/12/1", "12月3日") == Cells{"2024/12/1", "2024-12-03"});
    CHECK(dates("2024/12/29", "1月3日") == Cells{"2024/12/29", "1月3日"});
    CHECK(dates("2024-10-12", "2024-10-12") == Cells{"2024-10-12", "2024-10-12"});
    CHECK(dates("2024-10-12", "未定") == Cells{"2024-10-12", "未定"});
    CHECK(dates("2024/10/12 10:00", "17") == Cells{"2024/10/12 10:00", "17"});
    CHECK(dates("2024/10/12 10:00", "17日") == Cells{"2024/10/12 10:00", "2024-10-17"});
    CHECK(dates("春", "13日") == Cells{"春", "13日"});
}

TEST_CASE("an extension goes into its own empty field", "[normalise][shared_cells]") {
    CHECK(phone("027-224-1111（代表） 内線23", "") == Cells{"027-224-1111", "23"});
    CHECK(phone("027-224-1111 内線23", "45") == Cells{"027-224-1111 内線23", "45"});
    CHECK(phone("027-224-1111", "") == Cells{"027-224-1111", ""});
    CHECK(phone("内線23", "") == Cells{"内線23", ""});
    CHECK(Row({"telephone", "extensionNumber"}, {1, 2}, {"27-224-1111 内線23", ""}).codes() ==
          std::vector{Code::value_split, Code::leading_zero_restored});
}

TEST_CASE("a count leaves its unit to the field beside", "[normalise][shared_cells]") {
    CHECK(count("3棟") == Cells{"3", "棟"});
    CHECK(count("一躯") == Cells{"1", "躯"});
    CHECK(count("２箇所") == Cells{"2", "箇所"});
    CHECK(count("一対") == Cells{"1", "対"});
    CHECK(count("3棟", "基") == Cells{"3棟", "基"});
    for (const char* const kept : {"3", "3棟2基", "1躯（附1基）", "約3棟", "3m", "一式ほか多数", "六曲一双", "百点以上",
                                   "三躯一具", "一棟ほか", "千点余", "三幅対", "十数点", "六曲屏風"}) {
        CHECK(count(kept) == Cells{kept, ""});
    }
}
