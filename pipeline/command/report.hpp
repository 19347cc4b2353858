// SPDX-License-Identifier: Apache-2.0
// report.json of the contract, from what a run found: one table flat, several under `tables`, paths relative to the report's folder.
#pragma once

#include "command/assemble.hpp"
#include "model/dataset.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace kokai {

/// What a dataset's run (or a conversion) came to.
struct DatasetResult {
    std::string id;  // or the source's name for a conversion
    std::vector<TableResult> tables;
    bool published = true;  // false: errors, and on_error is `dataset`
    [[nodiscard]] std::uint64_t count(Severity severity) const;
};

nlohmann::ordered_json report_of(const DatasetResult& result);

/// 公開できます / N件直してください
std::string verdict(std::uint64_t errors, Language language);

/// The first few findings of each code and the counts, for a person at a terminal.
std::string findings_text(const DatasetResult& result, Language language);

}  // namespace kokai
