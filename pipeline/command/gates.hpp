// SPDX-License-Identifier: Apache-2.0
// The gates between a run's result and what is published: too much of the former edition changed, too many issued IDs
// have no row, something private. Each says why and how to go on.
#pragma once

#include "command/report.hpp"
#include "command/run_dataset.hpp"

#include <filesystem>
#include <optional>

namespace kokai {

/// Issued IDs in use before a run, and those of them that no row has any more, of tables where these are too many.
struct IdsGone {
    std::size_t before = 0, gone = 0;
};

/// What a run has made in its staging folder.
struct StagedResult {
    const DatasetFolder& folder;
    const std::optional<CatalogEntry>& former;
    std::filesystem::path staging;
    IdsGone ids;
};

/// Looks at all gates and notes in `result` what changed too much; the gravest one's words. A change that
/// `options.accept` has a reason for passes. A check asks for the privacy gate alone.
std::optional<GateStop> stopped_by_gate(const StagedResult& staged, const DatasetRunOptions& options,
                                        SchemaLibrary& schemas, DatasetResult& result);

}  // namespace kokai
