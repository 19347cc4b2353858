// SPDX-License-Identifier: Apache-2.0
#include "command/published_entry.hpp"

#include "describe/edition.hpp"
#include "publish/regression.hpp"

#include <algorithm>

namespace kokai {
namespace {

CatalogTable catalog_table(const TableSpec& spec, const TableResult& table) {
    CatalogTable entry;
    entry.name = spec.name;
    entry.title = spec.title;
    entry.description = spec.description;
    entry.schema_id = table.schema;
    if (table.fields != nullptr) {
        entry.schema_title = table.fields->title;
        entry.primary_key = table.fields->primary_key;
    }
    for (const ColumnInfo& column : table.outcome.shape.columns) {
        Field field = column.field != nullptr ? *column.field : Field{};
        field.name = column.name;
        if (column.field == nullptr) {
            field.type = "string";
        }
        entry.fields.push_back(std::move(field));
    }
    for (const OutputFile& file : table.outcome.outputs) {
        entry.files.push_back({file.format, file.path, file.rows, file.bytes, file.sha256});
    }
    const RowCounts& rows = table.outcome.rows;
    entry.rows_read = rows.read;
    entry.rows_written = rows.written;
    entry.rows_withheld = rows.withheld;
    entry.first_rows = table.outcome.preview;
    const FindingLog& log = table.outcome.log;
    entry.findings = {log.count(Severity::error), log.count(Severity::warning), log.count(Severity::note)};
    for (const auto& [index, count] : log.accepted()) {
        const Accept& accept = spec.accept[static_cast<std::size_t>(index)];
        entry.accepted.push_back({std::string(info(accept.code).id), count, accept.reason, accept.columns});
    }
    entry.chart = spec.chart;
    for (const std::vector<std::string>& cells : table.outcome.chart_cells) {
        entry.chart_points.push_back({cells[0], cells[1], cells[2]});
    }
    return entry;
}

/// Why a change beyond the limits was published, for the page; it names no edition, for the data are the same without.
/// What stands for columns are the limits, which are no columns of any table.
void keep_reason(const DatasetResult& result, CatalogEntry& entry) {
    if (result.change_accepted.empty() || entry.tables.empty()) {
        return;
    }
    for (const RegressionStop& stop : result.changes) {
        const auto found = std::find_if(entry.tables.begin(), entry.tables.end(),
                                        [&](const CatalogTable& one) { return one.name == stop.table; });
        CatalogTable& table = found == entry.tables.end() ? entry.tables.front() : *found;
        table.accepted.push_back(
            {std::string(regression_code), stop.count, result.change_accepted, {std::string(stop.limit)}});
    }
}

}  // namespace

CatalogEntry published_entry(const Dataset& dataset, const DatasetResult& result) {
    CatalogEntry entry = entry_of(dataset);
    for (std::size_t i = 0; i < result.tables.size(); ++i) {
        entry.tables.push_back(catalog_table(dataset.tables[i], result.tables[i]));
        if (entry.modified.empty() && !result.tables[i].outcome.sources.empty()) {
            entry.modified = result.tables[i].outcome.sources.front().modified;
        }
    }
    entry.edition = edition_name(entry);
    for (std::size_t i = 0; i < result.tables.size(); ++i) {
        entry.tables[i].quality = quality_points(quality_of(result.tables[i], result.metadata));
    }
    keep_reason(result, entry);
    return entry;
}

}  // namespace kokai
