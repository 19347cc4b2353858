// SPDX-License-Identifier: Apache-2.0
#include "command/diff.hpp"

#include "command/compared_table.hpp"
#include "command/diff_text.hpp"
#include "command/edition_tables.hpp"
#include "command/library.hpp"
#include "model/error.hpp"
#include "portal/diff_page.hpp"
#include "publish/diff_json.hpp"
#include "publish/regression.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::unique_ptr<ComparedTable> open_table(const EditionTable& table, const SchemaLibrary& schemas,
                                          const fs::path& scratch) {
    if (table.published_csv) {
        return std::make_unique<ComparedTable>(table.file);
    }
    SourceRequest request;
    request.path = table.file;
    request.shown = table.file.string();
    request.name = table.name;
    request.grids = schemas.grids();
    request.names = schemas.generic_names();
    request.totals = Totals::keep;
    return std::make_unique<ComparedTable>(request, scratch);
}

/// A table that one edition has and the other has not: its name and rows.
Json table_alone(const EditionTable& table, const SchemaLibrary& schemas, const fs::path& scratch, bool is_new) {
    std::uint64_t rows = 0;
    open_table(table, schemas, scratch)->rows().walk([&](std::size_t, const auto&) { ++rows; });
    Json json{{"name", table.name}, {"same", false}, {is_new ? "only_new" : "only_old", true}};
    json["rows"] = {{"old", is_new ? 0 : rows},     {"new", is_new ? rows : 0},   {"same", 0},
                    {"removed", is_new ? 0 : rows}, {"added", is_new ? rows : 0}, {"changed", 0}};
    return json;
}

}  // namespace

int diff_command(const DiffCommandOptions& options, const CommonOptions& common) {
    const EditionTables before = tables_of_edition(options.before);
    const EditionTables now = tables_of_edition(options.now);
    const SchemaLibrary schemas(common.schemas);
    DiffOptions how;
    how.scratch = fs::temp_directory_path();
    how.moved_metres = moved_metres({});

    Json document{{"format", diff_format},
                  {"old", {{"path", before.shown}, {"edition", before.name}}},
                  {"new", {{"path", now.shown}, {"edition", now.name}}},
                  {"same", true},
                  {"tables", Json::array()}};
    std::string features;
    for (const auto& [old_at, new_at] : pair_tables(before, now)) {
        if (old_at >= before.tables.size() || new_at >= now.tables.size()) {
            const bool is_new = old_at >= before.tables.size();
            document["tables"].push_back(
                table_alone(is_new ? now.tables[new_at] : before.tables[old_at], schemas, how.scratch, is_new));
            document["same"] = false;
            continue;
        }
        const EditionTable& former = before.tables[old_at];
        const EditionTable& current = now.tables[new_at];
        how.key = !options.key.empty() ? options.key : !current.key.empty() ? current.key : former.key;
        const auto table_before = open_table(former, schemas, how.scratch);
        const auto table_now = open_table(current, schemas, how.scratch);
        DiffRows rows(options.limit, how.moved_metres);
        const TableDiff diff =
            compare_tables(table_before->rows(), table_now->rows(), how, [&](const RowChange& row) { rows.take(row); });
        if (!options.key.empty() && diff.by != RowKey::declared) {
            throw UsageError("--key の列が両方の表にはありません: " + current.name,
                             "--key names a column that not both tables have: " + current.name);
        }
        document["tables"].push_back(rows.document(current.name, diff));
        document["same"] = document["same"].get<bool>() && diff.is_same();
        features += (features.empty() || rows.features().empty() ? "" : ",\n") + rows.features();
    }
    if (!options.out.empty()) {
        write_diff_page(options.out, document, features, fs::path(KOKAI_SOURCE_DIR) / "pipeline" / "portal");
    }
    if (common.json) {
        std::fputs((document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n").c_str(), stdout);
    } else if (!common.quiet) {
        std::fputs(diff_text(document, common.language).c_str(), stdout);
    }
    return options.exit_code && !document["same"].get<bool>() ? 1 : 0;
}

}  // namespace kokai
