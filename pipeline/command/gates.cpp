// SPDX-License-Identifier: Apache-2.0
#include "command/gates.hpp"

#include "command/compared_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

/// One table's file in the former edition and in the new one.
struct FilePair {
    fs::path before, now;
    std::string format;
};

/// The format that both were published in and that says most: CSV, else another one that kokai reads. Nothing when the
/// files are the same.
std::optional<FilePair> files_to_compare(const CatalogTable& before, const TableResult& now, const fs::path& home,
                                         const fs::path& staging) {
    constexpr std::array<std::string_view, 8> in_turn{"csv",        "csv-nobom", "geojson", "gpkg",
                                                      "geojsonseq", "xlsx",      "fgb",     "kml"};
    for (const std::string_view format : in_turn) {
        const auto has_format = [&](const auto& file) { return file.format == format; };
        const auto former = std::find_if(before.files.begin(), before.files.end(), has_format);
        const auto& outputs = now.outcome.outputs;
        const auto current = std::find_if(outputs.begin(), outputs.end(), has_format);
        std::error_code ignored;
        if (former == before.files.end() || current == outputs.end() ||
            !fs::is_regular_file(home / former->path, ignored)) {
            continue;
        }
        if (former->sha256 == current->sha256) {
            return std::nullopt;
        }
        return FilePair{home / former->path, staging / current->path, std::string(format)};
    }
    return std::nullopt;
}

std::optional<TableDiff> compare(const FilePair& files, const DiffOptions& options, const SchemaLibrary& schemas,
                                 const std::function<void(const RowChange&)>& tell) {
    const auto open = [&](const fs::path& path) {
        if (files.format == "csv" || files.format == "csv-nobom") {
            return std::make_unique<ComparedTable>(path);
        }
        SourceRequest request;
        request.path = path;
        request.shown = path.filename().string();
        request.grids = schemas.grids();
        request.totals = Totals::keep;
        return std::make_unique<ComparedTable>(request, options.scratch);
    };
    const auto before = open(files.before);
    const auto now = open(files.now);
    return compare_tables(before->rows(), now->rows(), options, tell);
}

TableChange change_of(const CatalogTable& before, const TableResult* now, const StagedResult& staged,
                      const DatasetRunOptions& options, const SchemaLibrary& schemas) {
    const Dataset& dataset = staged.folder.dataset;
    TableChange change;
    change.name = before.name;
    change.schema_before = before.schema_id;
    change.rows_before = before.rows_written;
    if (now == nullptr) {
        return change;
    }
    change.schema_now = now->schema;
    change.rows_now = now->outcome.rows.written;
    for (const TableSpec& table : dataset.tables) {
        if (table.name == before.name) {
            change.dropped = table.drop;
        }
    }
    if (change.rows_before == 0 || change.rows_now == 0) {
        return change;  // the figures say it all
    }
    if (const auto files = files_to_compare(before, *now, options.output / dataset.id, staged.staging)) {
        DiffOptions how;
        how.key = before.primary_key;
        how.moved_metres = moved_metres(dataset.regression);
        how.scratch = staged.staging.parent_path();
        ChangeExamples examples(change.examples);
        change.diff =
            compare(*files, how, schemas, [&](const RowChange& row) { examples.take(row, how.moved_metres); });
    }
    return change;
}

std::vector<RegressionStop> changes_of(const StagedResult& staged, const DatasetRunOptions& options,
                                       const SchemaLibrary& schemas, const DatasetResult& result) {
    std::vector<RegressionStop> all;
    for (const CatalogTable& table : staged.former->tables) {
        const auto now = std::find_if(result.tables.begin(), result.tables.end(),
                                      [&](const TableResult& one) { return one.name == table.name; });
        TableChange change = change_of(table, now == result.tables.end() ? nullptr : &*now, staged, options, schemas);
        change.goes_out = result.published;
        for (RegressionStop& stop : judge_change(change, staged.folder.dataset.regression)) {
            all.push_back(std::move(stop));
        }
    }
    return all;
}

GateStop words_of(const std::vector<RegressionStop>& stops, const StagedResult& staged) {
    const std::string& id = staged.folder.dataset.id;
    GateStop stop{staged.folder.shown, fmt::format("/regression/{}", stops.front().limit), {}, {}};
    const bool several = staged.former->tables.size() > 1;
    for (const RegressionStop& one : stops) {
        stop.ja += (several ? "［" + one.table + "］" : "") + one.ja + "。";
        stop.en += (stop.en.empty() ? "" : "; ") + (several ? "[" + one.table + "] " : "") + one.en;
    }
    stop.ja += fmt::format("公開を止めました。前回のデータはそのままです。これで正しければ、理由を書いて "
                           "kokai run {} --accept \"理由\" と打ってください（限度は dataset.json の "
                           "\"regression\" で変えられます）",
                           id);
    stop.en +=
        fmt::format(": stopped, the former edition stays. If that is right: kokai run {} --accept \"REASON\" (the "
                    "limits are \"regression\" in dataset.json)",
                    id);
    return stop;
}

GateStop words_of(const IdsGone& ids, const StagedResult& staged) {
    const std::string& id = staged.folder.dataset.id;
    return {staged.folder.shown,
            {},
            fmt::format("公開中のID {} 件のうち {} 件に当たる行がありません（5 % を超えています）。公開を止めました。"
                        "前回のデータはそのままです。名称・所在地・位置を確かめて、正しければ "
                        "kokai run {} --accept-ids と打ってください",
                        ids.before, ids.gone, id),
            fmt::format("{} of {} published IDs have no row any more (over 5 %): stopped, the former edition "
                        "stays; if that is right: kokai run {} --accept-ids",
                        ids.gone, ids.before, id)};
}

}  // namespace

std::optional<GateStop> stopped_by_gate(const StagedResult& staged, const DatasetRunOptions& options,
                                        SchemaLibrary& schemas, DatasetResult& result) {
    if (std::optional<GateStop> stop = stopped_by_privacy(result)) {
        if (!options.check_only) {
            const std::string& id = staged.folder.dataset.id;
            stop->ja += fmt::format("。前回のデータはそのままです。印を付けたファイルは kokai check {} で作れます", id);
            stop->en += fmt::format("; the former edition stays. kokai check {} gives back a marked copy", id);
        }
        return stop;
    }
    if (options.check_only) {
        return std::nullopt;
    }
    if (staged.former) {
        result.changes = changes_of(staged, options, schemas, result);
    }
    if (!options.accept.empty()) {
        result.change_accepted = result.changes.empty() ? std::string() : options.accept;
        return std::nullopt;
    }
    if (staged.ids.gone > 0) {
        return words_of(staged.ids, staged);
    }
    if (!result.changes.empty()) {
        return words_of(result.changes, staged);
    }
    return std::nullopt;
}

}  // namespace kokai
