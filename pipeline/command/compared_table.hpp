// SPDX-License-Identifier: Apache-2.0
// A table of an edition, or any file that kokai reads, as a CSV in memory to be compared.
#pragma once

#include "publish/csv_rows.hpp"
#include "read/open.hpp"
#include "support/mapped_file.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace kokai {

class ComparedTable {
public:
    /// What a sink of kokai wrote as CSV, looked at as it is.
    explicit ComparedTable(const std::filesystem::path& published_csv);
    /// A regular CSV in UTF-8 as it is; everything else through its reader, into a file in `scratch` that is gone with
    /// this. `request.totals` and the like are as for a run.
    ComparedTable(const SourceRequest& request, const std::filesystem::path& scratch);
    ~ComparedTable();
    ComparedTable(const ComparedTable&) = delete;
    ComparedTable& operator=(const ComparedTable&) = delete;
    ComparedTable(ComparedTable&&) = delete;
    ComparedTable& operator=(ComparedTable&&) = delete;

    [[nodiscard]] const CsvRows& rows() const { return *rows_; }

private:
    void map(const std::filesystem::path& path);

    std::filesystem::path made_;  // removed at the end
    std::optional<MappedFile> file_;
    std::optional<CsvRows> rows_;
};

}  // namespace kokai
