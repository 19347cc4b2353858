// SPDX-License-Identifier: Apache-2.0
// What the output folder remembers of each dataset between runs: what it was made from, how it ended, what is published
// of it.
#pragma once

#include "describe/catalog_entry.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

struct DatasetState {
    std::string id;
    std::string inputs;                 // digest of sources, dataset.json, schemas and program
    int exit = 0;                       // of the run that saw these inputs
    std::optional<CatalogEntry> entry;  // the edition that is published, if any
};

/// `output/.state/<id>.json`. A state that cannot be read is none: the dataset is simply made again.
std::optional<DatasetState> read_state(const std::filesystem::path& output, const std::string& id);
void write_state(const std::filesystem::path& output, const DatasetState& state);
/// Ids with a state, sorted.
std::vector<std::string> state_ids(const std::filesystem::path& output);

/// Whether the files of an edition are all there, with the sizes they were written with.
bool edition_is_whole(const std::filesystem::path& folder, const CatalogEntry& entry);

}  // namespace kokai
