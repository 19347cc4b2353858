// SPDX-License-Identifier: Apache-2.0
// The report's JSON into the values of report.mustache. Findings of one code and column stand together, errors first.
#include "portal/report_page.hpp"

#include "model/finding.hpp"
#include "portal/render.hpp"
#include "portal/report_json.hpp"
#include "portal/report_layout.hpp"
#include "portal/report_quality.hpp"
#include "portal/wording.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

constexpr char report_template[] =
#include "portal/templates/report.mustache.inc"
    ;

FindingText finding_of(const Json& detail, Code code) {
    FindingText finding;
    finding.code = code;
    finding.file = text_at(detail, "file");
    finding.sheet = text_at(detail, "sheet");
    finding.column = text_at(detail, "column");
    finding.cell = text_at(detail, "cell");
    finding.row = static_cast<std::uint32_t>(count_at(detail, "row"));
    finding.found = text_at(detail, "found");
    finding.expected = text_at(detail, "expected");
    finding.repaired = text_at(detail, "repaired");
    return finding;
}

struct Group {
    std::string code, column, severity;
    std::vector<const Json*> details;  // examples; the report may hold fewer than there are
    std::size_t count = 0;
};

struct Level {
    Severity severity;
    const char* heading;
    const char* heading_en;
};
constexpr std::array levels{Level{Severity::error, "直してください", "To mend"},
                            Level{Severity::warning, "確かめてください", "To check"},
                            Level{Severity::note, "お知らせ（直さなくてかまいません）", "For information"}};

std::string sheet_of(const FindingText& finding) {
    // The head of the page has the whole path; here only the file's own name.
    return finding.sheet.empty() ? finding.file.substr(finding.file.rfind('/') + 1) : finding.sheet;
}

std::string place_of(const FindingText& finding) {
    std::string place = sheet_of(finding);
    if (!finding.cell.empty()) {
        return place + (place.empty() ? "" : " ") + finding.cell;
    }
    if (finding.row > 0) {
        return place + (place.empty() ? "" : " ") + std::to_string(finding.row) + " 行目";
    }
    return place.empty() ? "表の全体" : place;
}

/// How a person mends it; takes off what only a program can read.
std::string cure_of(FindingText& finding) {
    if (!is_pattern(finding.expected)) {
        return sentence(finding).mend_ja;
    }
    finding.expected.clear();
    return std::string(write_alike.ja);
}

/// How to mend it: one sentence when it is the same for all, else each example has its own.
void add_examples(Json& value, const Group& group, std::size_t most) {
    const CodeInfo* known = find_code(group.code);
    std::vector<std::string> cures;
    Json examples = Json::array();
    std::set<std::string> sentences;
    std::string places;  // in one line, each sheet named once
    std::string sheet;
    const std::size_t shown = std::min(most, group.details.size());
    for (std::size_t i = 0; i < shown; ++i) {
        FindingText finding = finding_of(*group.details[i], known == nullptr ? Code{} : known->code);
        const std::string place = place_of(finding);
        const bool same_sheet = i > 0 && sheet == sheet_of(finding) && place.size() > sheet.size();
        sheet = sheet_of(finding);
        places += (i == 0 ? "" : "、") + (same_sheet && !sheet.empty() ? place.substr(sheet.size() + 1) : place);
        if (known != nullptr) {
            sentences.insert(sentence(finding).ja);
        }
        const std::string cure = known == nullptr ? std::string() : cure_of(finding);
        if (std::find(cures.begin(), cures.end(), cure) == cures.end()) {
            cures.push_back(cure);
        }
        const bool blank =
            finding.found.empty() && known != nullptr && known->ja.find("{found}") == std::string_view::npos;
        examples.push_back({{"place", place},
                            {"found", printable(finding.found)},
                            {"found_empty", finding.found.empty() && !blank},
                            {"repaired", printable(finding.repaired)},
                            // A rule has an English sentence behind its Japanese one.
                            {"expected", printable(finding.expected.substr(0, finding.expected.find('\n')))},
                            {"cure", cure}});
    }
    const bool one_cure = cures.size() <= 1;
    for (Json& example : examples) {
        if (one_cure) {
            example["cure"] = "";
        }
    }
    const auto any = [&](const char* key) {
        return std::any_of(examples.begin(), examples.end(),
                           [&](const Json& one) { return !text_at(one, key).empty(); });
    };
    value["has_found"] = any("found");
    value["has_outcome"] = any("repaired") || any("expected");
    value["has_cures"] = any("cure");
    // Nothing differs but the place: one line instead of a table, under the sentence itself.
    const bool only_places = !any("found") && !any("repaired") && !any("cure") && sentences.size() == 1;
    if (only_places) {
        value["finding_title"] = printable(*sentences.begin());
    }
    value["only_places"] = only_places ? places : std::string();
    value["mend"] = one_cure && !cures.empty() ? cures.front() : std::string();
    value["rest"] = group.count > shown ? grouped(group.count - shown) : std::string();
    value["examples"] = std::move(examples);
}

Json levels_of(const Json& table) {
    const Json& details = list_at(table, "details");
    std::vector<Group> groups;  // in the order of the first finding of each
    for (const Json& detail : details) {
        const std::string code = text_at(detail, "code");
        const std::string column = text_at(detail, "column");
        const std::string severity = text_at(detail, "severity");
        auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& one) {
            return one.code == code && one.column == column && one.severity == severity;
        });
        if (found == groups.end()) {
            groups.push_back({code, column, severity, {}, 0});
            found = groups.end() - 1;
        }
        found->details.push_back(&detail);
        ++found->count;
    }
    const Json& counted_groups = list_at(table, "groups");
    for (const Json& counted : counted_groups) {
        const std::string code = text_at(counted, "code");
        const std::string column = text_at(counted, "column");
        const std::string severity = text_at(counted, "severity");
        const auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& one) {
            return one.code == code && one.column == column && one.severity == severity;
        });
        if (found != groups.end()) {
            found->count = std::max(found->count, count_at(counted, "count"));
        } else if (counted.is_object()) {
            // Its code came a thousand times in other columns before: the group itself names the first cell.
            groups.push_back({code, column, severity, {&counted}, count_at(counted, "count")});
        }
    }
    const Json& counts = object_at(table, "findings");
    Json all = Json::array();
    for (const Level& level : levels) {
        Json cards = Json::array();
        const std::string_view severity = name_of(level.severity);
        for (const Group& group : groups) {
            if (group.severity != severity) {
                continue;
            }
            Json card{{"finding_title", finding_title(group.code)},
                      {"column", printable(group.column)},
                      {"code", group.code},
                      {"count", grouped(group.count) + " 件"}};
            add_examples(card, group, examples_on_page(level.severity));
            cards.push_back(std::move(card));
        }
        if (!cards.empty()) {
            all.push_back({{"severity", severity},
                           {"heading", level.heading},
                           {"heading_en", level.heading_en},
                           {"level_count", grouped(count_at(counts, std::string(severity).c_str()))},
                           {"cards", std::move(cards)}});
        }
    }
    return all;
}

Json outputs_of(const Json& report) {
    Json rows = Json::array();
    for (const Json& output : list_at(report, "outputs")) {
        rows.push_back({{"format", text_at(output, "format")},
                        {"path", text_at(output, "path")},
                        {"rows", grouped(count_at(output, "rows"))},
                        {"size", size_words(count_at(output, "bytes"))},
                        {"sha256", text_at(output, "sha256")}});
    }
    return rows;
}

Json accepted_of(const Json& table) {
    Json rows = Json::array();
    for (const Json& one : list_at(table, "accepted")) {
        rows.push_back({{"accepted_title", finding_title(text_at(one, "code"))},
                        {"accepted_columns", text_at(one, "columns")},
                        {"accepted_count", grouped(count_at(one, "count"))},
                        {"accepted_level", text_at(one, "level") == "note" ? "お知らせに" : "警告に"},
                        {"reason", text_at(one, "reason")}});
    }
    return rows;
}

Json sources_of(const Json& table) {
    Json list = list_at(table, "sources");
    if (list.empty() && table.contains("source")) {
        list.push_back(table["source"]);
    }
    Json rows = Json::array();
    for (const Json& source : list) {
        if (source.is_object() && !source.empty()) {
            rows.push_back({{"path", text_at(source, "path")},
                            {"sheet", text_at(source, "sheet")},
                            {"encoding", text_at(source, "encoding")},
                            {"source_rows", grouped(count_at(source, "data_rows"))}});
            rows.back().update(layout_value(source));
        }
    }
    return rows;
}

/// What changed beyond the limits, and why that was published all the same; of others nothing.
void put_change(Json& values, const Json& report) {
    const Json& regression = object_at(report, "regression");
    Json changes = Json::array();
    for (const Json& one : list_at(regression, "changes")) {
        changes.push_back({{"change_ja", text_at(one, "message_ja")}, {"change_en", text_at(one, "message_en")}});
    }
    values["change_accepted"] = text_at(regression, "accepted");
    values["changes"] = std::move(changes);
}

/// What to do next, in one or two sentences.
std::string advice(std::uint64_t errors, std::uint64_t warnings, std::uint64_t withheld, bool outputs) {
    if (errors == 0) {
        return warnings == 0 ? "直すところはありませんでした。"
                             : "直さなくても公開できますが、確かめてほしい点が " + grouped(warnings) + " 件あります。";
    }
    std::string words = "「直してください」を上から順に元のファイルで直し、保存して、もう一度実行してください。";
    if (!outputs) {
        words += "今回はデータのファイルを作っていません。";
    } else if (withheld > 0) {
        words += "今回は誤りのある " + grouped(withheld) + " 行を除いて出力しました。";
    } else {
        words += "今回は、項目に入れられない値を空にして出力しました。";
    }
    return words;
}

Json table_value(const Json& table, const std::string& name) {
    const Json& rows = object_at(table, "rows");
    Json value{{"table_name", name},
               {"schema", text_at(table, "schema")},
               {"sources", sources_of(table)},
               {"rows_read", grouped(count_at(rows, "read"))},
               {"rows_written", grouped(count_at(rows, "written"))},
               {"rows_withheld", count_at(rows, "withheld") > 0 ? grouped(count_at(rows, "withheld")) : std::string()},
               {"rows_filtered", count_at(rows, "filtered") > 0 ? grouped(count_at(rows, "filtered")) : std::string()},
               {"rows_total", count_at(rows, "totals") > 0 ? grouped(count_at(rows, "totals")) : std::string()},
               {"levels", levels_of(table)},
               {"accepted", accepted_of(table)},
               {"columns", columns_value(table)},
               {"machine", machine_values(table)},
               {"unmapped", text_at(table, "unmapped")}};
    value["clean"] = value["levels"].empty();
    value["has_accepted"] = !value["accepted"].empty();
    value["has_columns"] = !value["columns"].empty();
    return value;
}

}  // namespace

std::size_t examples_on_page(Severity severity) {
    switch (severity) {
    case Severity::error:
        return 50;
    case Severity::warning:
        return 20;
    case Severity::note:
        return 5;
    }
    return 0;
}

std::string report_html(const Json& report) {
    const Json& inner = list_at(report, "tables");
    Json tables = Json::array();
    std::uint64_t errors = 0;
    std::uint64_t warnings = 0;
    std::uint64_t withheld = 0;
    const auto add = [&](const Json& table, const std::string& name) {
        const Json& counts = object_at(table, "findings");
        errors += count_at(counts, "error");
        warnings += count_at(counts, "warning");
        withheld += count_at(object_at(table, "rows"), "withheld");
        tables.push_back(table_value(table, name));
    };
    for (const Json& table : inner) {
        add(table, text_at(table, "name"));
        // Of a single table the score stands at the top of the page already.
        tables.back()["table_quality"] = inner.size() > 1 ? quality_values(table) : Json(false);
    }
    if (inner.empty()) {
        add(report, {});
        tables.back()["table_quality"] = false;
    }
    Json outputs = outputs_of(report);
    const std::string dataset = text_at(report, "dataset");
    Json values{{"dataset", dataset.empty() ? "変換の結果" : dataset},
                {"good", errors == 0},
                {"verdict", errors == 0 ? "公開できます" : grouped(errors) + "件直してください"},
                {"verdict_en", errors == 0 ? "Ready to publish" : grouped(errors) + " to mend"},
                {"advice", advice(errors, warnings, withheld, !outputs.empty())},
                {"quality", quality_values(report)},
                {"tables", std::move(tables)},
                {"has_outputs", !outputs.empty()},
                {"outputs", std::move(outputs)}};
    put_change(values, report);
    return render("report", report_template, values);
}

}  // namespace kokai
