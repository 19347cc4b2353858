// SPDX-License-Identifier: Apache-2.0
// From what a dataset file or a command line asks for to the stages of one table, in the order in which the data walks
// through them.
#pragma once

#include "command/library.hpp"
#include "command/matching.hpp"
#include "engine/table_run.hpp"
#include "map/columns.hpp"
#include "model/dataset.hpp"
#include "read/open.hpp"
#include "validate/keep_ids.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

/// One table to be made.
struct TableJob {
    TableSpec table;
    std::vector<SourceRequest> sources;  // in the order of table.from
    OnError on_error = OnError::keep;
    Matching matching = Matching::propose;
    std::vector<std::string> headers;  // of its sources when dataset.json was written; empty = not said
    bool tells_drift = false;          // there is a dataset.json that could be out of date
    unsigned workers = 1;
    FileWriter* findings_file = nullptr;
    std::function<void(std::uint64_t, std::uint64_t)> progress;
    bool check_only = false;  // an example is looked at, too
    std::string dataset_file,
        rules_pointer;  // where the table's rules stand: prefecture-aed/dataset.json, /tables/0/rules
    // Issued IDs ("ids": "keep"): a first pass gathers evidence, the second gives IDs.
    std::vector<RowEvidence>* evidence = nullptr;
    const GivenIds* ids = nullptr;
    std::size_t ids_before = 0, ids_gone = 0;  // not zero: so many that the dataset stops
    std::uint64_t preview_rows = 0;
    std::vector<std::string> chart_columns;

    // What is written, where; no formats = only checked.
    std::filesystem::path folder;
    std::vector<std::string> formats;
    bool geojson_only_with_position = false;  // nobody asked for GeoJSON by name
    std::vector<std::string> partners;
    Publisher publisher;
    std::string plain_stem;  // the file name without extension when there is no schema; empty = by the rule of datasets
    std::string title, license, attribution, modified;
};

struct TableResult {
    std::string name;
    std::string schema;  // id, or none
    const Schema* fields = nullptr;
    const Schema* source_edition = nullptr;  // the other edition, when the source is of that one
    TableOutcome outcome;
    std::vector<ColumnOrigin> columns;
    std::vector<std::string> unmapped;
    std::vector<Accept> accept;
    std::vector<std::uint64_t> filled;  // of each published column: cells that hold something
};

/// Reads, converts, checks and writes one table.
TableResult run_table(const TableJob& job, SchemaLibrary& schemas);

}  // namespace kokai
