// SPDX-License-Identifier: Apache-2.0
// The issued IDs of a dataset ("ids": "keep"): read before its tables are made, given to their rows, and written when
// the edition is published.
#pragma once

#include "command/assemble.hpp"
#include "command/library.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace kokai {

std::filesystem::path ids_file(const DatasetFolder& folder);
/// Whether a table of the dataset has issued IDs.
bool keeps_ids(const Dataset& dataset);

class DatasetIds {
public:
    /// None before the first run. Throws LayoutError with the lines of ids.csv that are wrong.
    explicit DatasetIds(const DatasetFolder& folder);

    /// Reads the table of `job` once and gives each of its rows the ID it had, or a new one; too many that are gone are
    /// told to the job, if they are not accepted. Throws LayoutError for a table without one ID field.
    GivenIds give(TableJob& job, SchemaLibrary& schemas, bool accepted);

    /// ids.csv, whole or absent, and only when something changed.
    void write() const;

    /// In use before, and those of them that no row has any more, of tables where these are too many.
    [[nodiscard]] std::size_t in_use() const { return in_use_; }
    [[nodiscard]] std::size_t gone() const { return gone_; }

private:
    const DatasetFolder& folder_;
    std::vector<IssuedId> before_, now_;
    std::size_t in_use_ = 0, gone_ = 0;
};

}  // namespace kokai
