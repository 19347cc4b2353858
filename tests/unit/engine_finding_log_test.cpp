// SPDX-License-Identifier: Apache-2.0
#include "engine/finding_log.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace kokai;

namespace {

std::vector<SourceInfo> one_csv() {
    SourceInfo info;
    info.file = "a.csv";
    info.format = "csv";
    return {info};
}

Finding finding(Code code, std::uint32_t row, const ColumnInfo* field = nullptr) {
    return {{row, 0, 0, 0, field}, code, info(code).severity, Finding::no_row, "x", {}, {}};
}

}  // namespace

TEST_CASE("All findings are counted, the first thousand of a code are kept", "[engine][findings]") {
    FindingLog log;
    const auto sources = one_csv();
    for (std::uint32_t row = 2; row < 1002; ++row) {
        const Finding one = finding(Code::number_unreadable, row);
        log.add({&one, 1}, sources);
    }
    CHECK(log.details().size() == 1000);
    CHECK_FALSE(log.truncated());
    const std::vector<Finding> more{finding(Code::number_unreadable, 1002), finding(Code::flag_rewritten, 1002),
                                    finding(Code::number_unreadable, 1003), finding(Code::phone_extension, 1003)};
    log.add(more, sources);
    CHECK(log.truncated());
    REQUIRE(log.details().size() == 1002);
    CHECK(log.details()[999].row == 1001);
    CHECK(log.details()[1000].code == Code::flag_rewritten);
    CHECK(log.details()[1001].code == Code::phone_extension);
    CHECK(log.by_code().at(Code::number_unreadable) == 1002);
    CHECK(log.by_code().at(Code::flag_rewritten) == 1);
    CHECK(log.count(Severity::error) == 1002);
    CHECK(log.count(Severity::warning) == 1);
    CHECK(log.count(Severity::note) == 1);
}

TEST_CASE("A group keeps its first finding, also when the details of its code are full", "[engine][findings]") {
    FindingLog log;
    const auto sources = one_csv();
    const ColumnInfo often{"often", nullptr, {{0, 1, "often"}}};
    const ColumnInfo once{"once", nullptr, {{0, 2, "once"}}};
    for (std::uint32_t row = 2; row < 1202; ++row) {
        const Finding one = finding(Code::number_unreadable, row, &often);
        log.add({&one, 1}, sources);
    }
    const Finding last = finding(Code::number_unreadable, 1300, &once);
    log.add({&last, 1}, sources);
    CHECK(log.details().back().column == "often");
    REQUIRE(log.groups().size() == 2);
    CHECK(log.groups()[0].example.cell == "A2");
    CHECK(log.groups()[0].count == 1200);
    CHECK(log.groups()[1].example.cell == "B1300");
}

TEST_CASE("Lines of findings.jsonl, to the byte and through a parser", "[engine][findings]") {
    SourceInfo workbook;
    workbook.file = "source/公園.xlsx";
    workbook.format = "xlsx";
    workbook.sheets = {"一覧"};
    const ColumnInfo begin{"開始日", nullptr, {{0, 3, "開始日"}}};
    std::vector<Finding> findings{
        {{14, 0, 0, 0, &begin}, Code::date_unreadable, Severity::error, Finding::no_row, "令和6年13月1日", {}, {}}};
    std::string lines;
    append_finding_lines(lines, findings, {&workbook, 1});
    CHECK(lines ==
          "{\"code\":\"date-unreadable\",\"severity\":\"error\",\"file\":\"source/"
          "公園.xlsx\",\"sheet\":\"一覧\",\"row\":14,"
          "\"column\":\"開始日\",\"cell\":\"C14\",\"found\":\"令和6年13月1日\",\"expected\":\"\",\"repaired\":\"\"}\n");

    // A41: whatever is found, one finding is one line.
    findings.push_back(findings.front());
    findings[0].found = "a\"b\\c\nd\x01\x1B\t{}";
    findings[0].severity = Severity::note;
    lines.clear();
    append_finding_lines(lines, findings, {&workbook, 1});
    REQUIRE(std::count(lines.begin(), lines.end(), '\n') == 2);
    const auto json = nlohmann::json::parse(lines.substr(0, lines.find('\n')));
    CHECK(json["found"] == "a\"b\\c\nd\x01\x1B\t{}");
    CHECK(json["severity"] == "note");
    CHECK(json["row"] == 14);
}

TEST_CASE("accept covers its code, and the columns and rows that it names", "[engine][findings]") {
    const ColumnInfo name{"名称", nullptr, {{0, 3, "施設名"}}};
    Policy policy;
    const auto accepts = [&](const Finding& one, std::vector<std::string> columns, std::vector<std::uint32_t> rows) {
        policy.accept = {{Code::flag_unreadable, {}, {}, "もう一つ"},
                         {Code::required_missing, std::move(columns), std::move(rows), "理由"}};
        return policy.accepts(one);
    };
    const Finding one = finding(Code::required_missing, 14, &name);
    CHECK(accepts(one, {}, {}) == 1);
    CHECK(accepts(one, {"名称"}, {}) == 1);
    CHECK(accepts(one, {"施設名"}, {}) == 1);  // the field's name or the department's header
    CHECK(accepts(one, {"住所", "名称"}, {13, 14}) == 1);
    CHECK(accepts(one, {"住所"}, {}) == -1);
    CHECK(accepts(one, {}, {13, 15}) == -1);
    CHECK(accepts(one, {"名称"}, {15}) == -1);
    CHECK(accepts(finding(Code::required_missing, 14), {"名称"}, {}) == -1);
    CHECK(accepts(finding(Code::number_unreadable, 14, &name), {}, {}) == -1);
    CHECK(accepts(finding(Code::flag_unreadable, 1), {}, {}) == 0);
    CHECK(Policy{}.accepts(one) == -1);
}

TEST_CASE("Accepted findings are counted by their entry", "[engine][findings]") {
    FindingLog log;
    log.count_accepted(1);
    log.count_accepted(0);
    log.count_accepted(1);
    CHECK(log.accepted() == std::map<int, std::uint64_t>{{0, 1}, {1, 2}});
}
