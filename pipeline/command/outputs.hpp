// SPDX-License-Identifier: Apache-2.0
// The outputs of a table: the one list of formats, and the sinks that write them.
#pragma once

#include "command/assemble.hpp"
#include "engine/table_run.hpp"

#include <string>
#include <vector>

namespace kokai {

/// The names of all formats, as `--format` and dataset.json call them.
const std::vector<std::string>& built_formats();

/// Adds a sink for every format and partner that the job asks for. Geographic formats of a table that has no position
/// at all are made, hold nothing, and are a finding.
void add_sinks(TableRun& run, const TableJob& job, const Schema* schema, const std::string& stem,
               SchemaLibrary& schemas);

}  // namespace kokai
