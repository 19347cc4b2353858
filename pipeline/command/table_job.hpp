// SPDX-License-Identifier: Apache-2.0
// What a dataset file says of one table, as a job.
#pragma once

#include "command/assemble.hpp"
#include "command/run_dataset.hpp"

#include <filesystem>

namespace kokai {

/// Files go to `staging`, findings to `findings`, where they are not null.
TableJob job_of(const DatasetFolder& folder, const TableSpec& table, const std::filesystem::path& staging,
                FileWriter* findings, const DatasetRunOptions& options);

}  // namespace kokai
