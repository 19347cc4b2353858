// SPDX-License-Identifier: Apache-2.0
#include "command/report.hpp"

#include "command/machine_readable.hpp"
#include "command/told_private.hpp"
#include "engine/finding_log.hpp"
#include "model/error.hpp"
#include "portal/report_page.hpp"
#include "publish/output_folder.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

/// Why rows are no data, for somebody who has not read the manual.
std::pair<std::string_view, std::string_view> reason_of(std::string_view as) {
    constexpr std::array<std::array<std::string_view, 3>, 16> reasons{{
        {"title", "見出しより上の題や注記", "a title or note above the header"},
        {"header", "列の名前", "the names of the columns"},
        {"header-note", "見出しの下のキー・型・列番号", "keys, types or numbers below the header"},
        {"data", "データ", "data"},
        {"section", "続く行のまとまりの名前（列にしました）", "names the rows that follow; became a column"},
        {"total", "合計・小計", "a total or subtotal"},
        {"repeated-header", "繰り返された見出し", "the header again"},
        {"continuation", "上の行の続き（つなげました）", "the rest of the row above; joined to it"},
        {"footnote", "注記", "a footnote"},
        {"second-line", "上の行と一件（列にしました）", "one record with the row above; became columns"},
        {"example", "記入例", "shows how to fill the table in"},
        {"blank-form", "番号だけの行", "nothing but a number"},
        {"skipped", "dataset.json の skip", "skip in dataset.json"},
        {"other-table", "読まなかった別の表", "another table, not read"},
        {"other-sheet", "読まなかったシート", "another sheet, not read"},
        {"outside", "表の外", "outside the table"},
    }};
    for (const auto& [name, ja, en] : reasons) {
        if (name == as) {
            return {ja, en};
        }
    }
    return {};
}

Json layout_of(const SourceInfo& source) {
    Json rows = Json::array();
    for (const TakenRows& taken : source.taken) {
        const auto [ja, en] = reason_of(taken.as);
        rows.push_back({{"sheet", taken.sheet < source.sheets.size() ? source.sheets[taken.sheet] : std::string()},
                        {"first_row", taken.first},
                        {"last_row", taken.last},
                        {"as", taken.as},
                        {"text", taken.text},
                        {"reason_ja", ja},
                        {"reason_en", en}});
    }
    return rows;
}

Json source_of(const SourceInfo& source) {
    Json json{{"name", source.name},           {"path", source.file},    {"format", source.format},
              {"encoding", source.encoding},   {"sheet", source.sheet},  {"header_rows", source.header_rows},
              {"data_rows", source.data_rows}, {"sha256", source.sha256}};
    if (!source.modified.empty()) {
        json["modified"] = source.modified;
    }
    if (!source.taken.empty()) {
        json["layout"] = layout_of(source);
    }
    return json;
}

Json counts_of(const FindingLog& log) {
    return {{"error", log.count(Severity::error)},
            {"warning", log.count(Severity::warning)},
            {"note", log.count(Severity::note)}};
}

Json detail_of(const FindingText& finding) {
    // One after another: a list of them would be copied twice, and there are hundreds of details.
    Json::object_t members;
    members.reserve(10);
    members.emplace("code", info(finding.code).id);
    members.emplace("severity", name_of(finding.severity));
    members.emplace("file", finding.file);
    members.emplace("sheet", finding.sheet);
    members.emplace("row", finding.row);
    members.emplace("column", finding.column);
    members.emplace("cell", finding.cell);
    members.emplace("found", finding.found);
    members.emplace("expected", finding.expected);
    members.emplace("repaired", finding.repaired);
    return Json(std::move(members));
}

Json rows_of(const RowCounts& rows) {
    return {{"read", rows.read},         {"written", rows.written}, {"withheld", rows.withheld},
            {"filtered", rows.filtered}, {"totals", rows.totals},   {"with_position", rows.with_position}};
}

Json outputs_of(const std::vector<OutputFile>& files) {
    Json outputs = Json::array();
    for (const OutputFile& file : files) {
        outputs.push_back({{"format", file.format},
                           {"path", file.path},
                           {"rows", file.rows},
                           {"bytes", file.bytes},
                           {"sha256", file.sha256}});
    }
    return outputs;
}

/// The same form for a table of many and for a dataset of one.
void describe_table(Json& json, const TableResult& table, const TableQuality& quality, bool published,
                    DetailsPerGroup most_details) {
    const TableOutcome& outcome = table.outcome;
    json["schema"] = table.schema;
    if (table.fields != nullptr && !table.fields->edition.empty()) {
        json["edition"] = table.fields->edition;
    }
    if (table.source_edition != nullptr) {
        json["source_edition"] = {{"schema", table.source_edition->id}, {"edition", table.source_edition->edition}};
    }
    json["source"] = outcome.sources.empty() ? Json::object() : source_of(outcome.sources.front());
    if (outcome.sources.size() > 1) {
        json["sources"] = Json::array();
        for (const SourceInfo& source : outcome.sources) {
            json["sources"].push_back(source_of(source));
        }
    }
    json["rows"] = rows_of(outcome.rows);
    json["quality"] = quality_json({&quality, 1});
    if (const std::vector<MachineItem> items = machine_readable(table); !items.empty()) {
        json["machine_readable"] = machine_readable_json(items);
    }
    json["columns"] = Json::array();
    for (const ColumnOrigin& column : table.columns) {
        json["columns"].push_back({{"source", column.source},
                                   {"field", column.field},
                                   {"confidence", column.confidence},
                                   {"evidence", column.evidence}});
    }
    json["unmapped"] = table.unmapped;
    json["findings"] = counts_of(outcome.log);
    json["codes"] = Json::object();
    for (const auto& [code, count] : outcome.log.by_code()) {
        json["codes"][std::string(info(code).id)] = count;
    }
    json["groups"] = Json::array();
    for (const FindingLog::Group& group : outcome.log.groups()) {
        json["groups"].push_back({{"code", info(group.code).id},
                                  {"severity", name_of(group.severity)},
                                  {"column", group.column},
                                  {"count", group.count},
                                  {"sheet", group.example.sheet},
                                  {"cell", group.example.cell}});
    }
    json["details"] = Json::array();
    std::map<std::tuple<Severity, Code, std::string_view>, std::size_t> given;
    for (const FindingText& finding : outcome.log.details()) {
        if (given[{finding.severity, finding.code, finding.column}]++ < most_details(finding.severity)) {
            json["details"].push_back(detail_of(finding));
        }
    }
    json["details_truncated"] = outcome.log.truncated();
    json["accepted"] = Json::array();
    for (const auto& [index, count] : outcome.log.accepted()) {
        const Accept& accept = table.accept[static_cast<std::size_t>(index)];
        json["accepted"].push_back({{"code", info(accept.code).id},
                                    {"columns", accept.columns},
                                    {"count", count},
                                    {"level", name_of(accept.level)},
                                    {"reason", accept.reason}});
    }
    json["outputs"] = outputs_of(published ? outcome.outputs : std::vector<OutputFile>{});
}

}  // namespace

std::uint64_t DatasetResult::count(Severity severity) const {
    std::uint64_t sum = 0;
    for (const TableResult& table : tables) {
        sum += table.outcome.log.count(severity);
    }
    return sum;
}

std::vector<TableQuality> qualities_of(const DatasetResult& result) {
    std::vector<TableQuality> all;
    for (const TableResult& table : result.tables) {
        all.push_back(quality_of(table, result.metadata));
    }
    return all;
}

nlohmann::ordered_json report_of(const DatasetResult& result, DetailsPerGroup most_details) {
    Json json;
    json["dataset"] = result.id;
    const std::vector<TableQuality> qualities = qualities_of(result);
    const bool flat = result.tables.size() == 1 && result.tables.front().outcome.sources.size() <= 1;
    if (flat) {
        describe_table(json, result.tables.front(), qualities.front(), result.published, most_details);
    } else {
        RowCounts rows;
        std::vector<OutputFile> outputs;
        bool truncated = false;
        Json tables = Json::array();
        for (std::size_t i = 0; i < result.tables.size(); ++i) {
            const TableResult& table = result.tables[i];
            const RowCounts& one = table.outcome.rows;
            rows.read += one.read;
            rows.written += one.written;
            rows.withheld += one.withheld;
            rows.filtered += one.filtered;
            rows.totals += one.totals;
            rows.with_position += one.with_position;
            truncated = truncated || table.outcome.log.truncated();
            if (result.published) {
                outputs.insert(outputs.end(), table.outcome.outputs.begin(), table.outcome.outputs.end());
            }
            Json described{{"name", table.name}};
            describe_table(described, table, qualities[i], result.published, most_details);
            tables.push_back(std::move(described));
        }
        json["rows"] = rows_of(rows);
        json["quality"] = quality_json(qualities);
        json["findings"] = {{"error", result.count(Severity::error)},
                            {"warning", result.count(Severity::warning)},
                            {"note", result.count(Severity::note)}};
        json["details_truncated"] = truncated;
        json["outputs"] = outputs_of(outputs);
        json["tables"] = std::move(tables);
    }
    if (!result.changes.empty()) {
        json["regression"] = {{"accepted", result.change_accepted}, {"changes", regression_json(result.changes)}};
    }
    return json;
}

std::future<void> write_report_page(const DatasetResult& result, const std::filesystem::path& folder,
                                    unsigned workers) {
    return std::async(workers > 1 ? std::launch::async : std::launch::deferred, [&result, folder] {
        write_whole_file(folder / "report.html", report_html(report_of(result, examples_on_page)));
    });
}

std::string report_text(const DatasetResult& result) {
    // The frame through the document, the details by hand into their empty places, in the order of the tables.
    const auto none = [](Severity) { return std::size_t{0}; };
    const std::string frame = report_of(result, none).dump(2, ' ', false, Json::error_handler_t::replace);
    constexpr std::string_view place = "\"details\": []";
    std::string text;
    std::size_t at = 0;
    for (const TableResult& table : result.tables) {
        const std::size_t next = frame.find(place, at);
        text.append(frame, at, next - at);
        text += "\"details\": [";
        bool first = true;
        for (const FindingText& finding : table.outcome.log.details()) {
            text += first ? "\n" : ",\n";
            first = false;
            append_finding_json(text, finding);
        }
        text += "]";
        at = next + place.size();
    }
    text.append(frame, at);
    text += "\n";
    return text;
}

nlohmann::ordered_json error_of(const GateStop& stop) {
    return {{"exit", static_cast<int>(Exit::gate)},
            {"file", stop.file},
            {"where", stop.where},
            {"message_ja", stop.ja},
            {"message_en", stop.en}};
}

std::string with_error(const std::string& report, const GateStop& stop) {
    const std::size_t open = report.find('{');
    const Json error = error_of(stop);
    return report.substr(0, open + 1) + "\n  \"error\": " + error.dump(-1, ' ', false, Json::error_handler_t::replace) +
           "," + report.substr(open + 1);
}

std::optional<GateStop> stopped_by_privacy(const DatasetResult& result) {
    std::uint64_t count = 0;
    GateStop stop;
    for (const TableResult& table : result.tables) {
        const PrivacyCounts counts = privacy_counts(table);
        count += counts.stopping;
        if (stop.file.empty()) {
            stop.file = printable(counts.file);
            stop.where = printable(counts.where);
        }
    }
    if (count == 0) {
        return {};
    }
    const std::string place = stop.file + stop.where;
    stop.ja =
        fmt::format("公開してはいけない番号（マイナンバー・口座番号）と思われる値が {} 件あるため、止めました。データの"
                    "ファイルは作っていません。最初の場所: {}。元のファイルから消して、もう一度実行してください"
                    "（そうした番号でないと確かめたときは、dataset.json の accept に理由を書きます）",
                    count, place);
    stop.en = fmt::format("stopped: {} value(s) like a My Number or a bank account, no data files were written; the "
                          "first is at {}. Delete them from the source (or, if they are something else, say so in "
                          "accept of dataset.json)",
                          count, place);
    return stop;
}

std::string verdict(std::uint64_t errors, Language language) {
    const std::string ja = errors == 0 ? "公開できます" : fmt::format("{}件直してください", errors);
    const std::string en = errors == 0 ? "ready to publish" : fmt::format("{} to mend", errors);
    return language == Language::ja ? ja : language == Language::en ? en : ja + " / " + en;
}

std::string findings_text(const DatasetResult& result, Language language) {
    constexpr std::uint64_t shown_per_code = 5;
    std::string text;
    for (const TableResult& table : result.tables) {
        const bool ja = language != Language::en;
        const std::string name = result.tables.size() > 1 ? result.id + "/" + table.name : result.id;
        std::map<std::pair<Severity, Code>, std::uint64_t> counts;
        for (const FindingLog::Group& group : table.outcome.log.groups()) {
            counts[{group.severity, group.code}] += group.count;
        }
        // Errors first: they are what has to be mended. Notes are counted only.
        for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
            std::map<Code, std::uint64_t> shown;
            for (const FindingText& finding : table.outcome.log.details()) {
                if (severity != Severity::note && finding.severity == severity &&
                    shown[finding.code] < shown_per_code) {
                    ++shown[finding.code];
                    text += terminal_line(finding, language) + "\n";
                }
            }
            for (const auto& [key, count] : counts) {
                if (key.first == severity && count > shown[key.second]) {
                    const std::string_view with = shown[key.second] == 0 ? "" : ja ? "ほかを含めて" : "with others ";
                    text += fmt::format(fmt::runtime(ja ? "{}: {}[{}]: {}{}件\n" : "{}: {}[{}]: {}{} in all\n"), name,
                                        name_of(severity), info(key.second).id, with, count);
                }
            }
        }
    }
    return text;
}

}  // namespace kokai
