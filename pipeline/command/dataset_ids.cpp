// SPDX-License-Identifier: Apache-2.0
#include "command/dataset_ids.hpp"

#include "model/error.hpp"
#include "publish/output_folder.hpp"
#include "support/file.hpp"
#include "support/output_file.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

std::vector<IssuedId> read_ids(const DatasetFolder& folder) {
    std::error_code ignored;
    if (!keeps_ids(folder.dataset) || !fs::exists(fs::symlink_status(ids_file(folder), ignored))) {
        return {};
    }
    const std::string shown = folder.dataset.id + "/ids.csv";
    std::vector<Mistake> mistakes;
    std::vector<IssuedId> ids = parse_issued_ids(read_small_file(ids_file(folder), shown), shown, mistakes);
    if (!mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    return ids;
}

/// What the rows of a table say of themselves: read once without writing anything.
std::vector<RowEvidence> evidence_of(const TableJob& job, const std::string& shown, SchemaLibrary& schemas) {
    std::vector<RowEvidence> evidence;
    TableJob first = job;
    first.formats.clear();
    first.partners.clear();
    first.findings_file = nullptr;
    first.progress = nullptr;
    first.preview_rows = 0;
    first.chart_columns.clear();
    first.evidence = &evidence;
    const TableResult looked = run_table(first, schemas);
    if (looked.fields != nullptr && looked.fields->primary_key.size() != 1) {
        throw LayoutError(
            {{shown, "/tables", "\"ids\" を使えるのは、ID か NO の項目が一つある表だけです: " + looked.schema,
              "\"ids\" needs a schema with one ID field: " + looked.schema}});
    }
    return evidence;
}

}  // namespace

fs::path ids_file(const DatasetFolder& folder) {
    return folder.folder / "ids.csv";
}

bool keeps_ids(const Dataset& dataset) {
    return std::any_of(dataset.tables.begin(), dataset.tables.end(),
                       [](const TableSpec& table) { return table.keep_ids; });
}

DatasetIds::DatasetIds(const DatasetFolder& folder) : folder_(folder), before_(read_ids(folder)), now_(before_) {}

GivenIds DatasetIds::give(TableJob& job, SchemaLibrary& schemas, bool accepted) {
    const std::vector<RowEvidence> rows = evidence_of(job, folder_.shown, schemas);
    IdChange change = give_ids(job.table.name, now_, rows);
    GivenIds given;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        given[rows[row].key] = {change.ids[row], change.fresh[row]};
    }
    now_ = std::move(change.issued);
    if (change.is_churn() && !accepted) {
        job.ids_before = change.before;
        job.ids_gone = change.gone;
        in_use_ += change.before;
        gone_ += change.gone;
    }
    return given;
}

void DatasetIds::write() const {
    if (now_ == before_) {
        return;
    }
    const fs::path file = ids_file(folder_);
    fs::path beside = file;
    beside += ".new";
    write_whole_file(beside, issued_ids_text(now_));
    std::error_code error;
    fs::rename(beside, file, error);
    if (error) {
        throw_file_error(file.string(), error.value());
    }
    sync_folder(folder_.folder);
}

}  // namespace kokai
