// SPDX-License-Identifier: Apache-2.0
// One dataset from its sources to its folder in the output: made beside, compared with the former edition, swapped in.
#pragma once

#include "command/library.hpp"
#include "command/report.hpp"
#include "publish/state.hpp"

#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

struct DatasetRunOptions {
    std::filesystem::path output;
    bool check_only = false;              // no data files, no edition
    std::filesystem::path report_folder;  // check --out: where reports go
    bool accept_ids = false;              // many issued IDs may lose their rows, this once
    std::string accept;                   // why a change beyond the limits is right, this once; empty = it is not
    unsigned workers = 1;
    std::string program;  // digest of the running program
    std::function<void(double)> progress;
};

struct DatasetRun {
    std::string id;
    int exit = 0;
    bool skipped = false;
    std::optional<DatasetResult> result;  // not for a skipped one
    std::string report;                   // report.json's text, also of a skipped one
    std::optional<GateStop> gate;         // why a gate stopped it
    std::vector<std::string> given_back;  // the files with marked findings …
    std::filesystem::path given_folder;   // … and where they lie
    std::string withdrawn;                // the edition that it would be, when a rollback took that back
    std::string give_back_trouble;        // why a check could not leave them in the output folder
};

/// Throws what the world throws; data errors are an exit of 1, a gate's one of 6.
DatasetRun run_dataset(const DatasetFolder& folder, SchemaLibrary& schemas, const DatasetRunOptions& options);

}  // namespace kokai
