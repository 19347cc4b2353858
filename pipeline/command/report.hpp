// SPDX-License-Identifier: Apache-2.0
// report.json of the contract, from what a run found: one table flat, several under `tables`, paths relative to the
// report's folder.
#pragma once

#include "command/assemble.hpp"
#include "command/quality.hpp"
#include "model/dataset.hpp"
#include "publish/regression.hpp"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

/// What a dataset's run (or a conversion) came to.
struct DatasetResult {
    std::string id;  // or the source's name for a conversion
    std::vector<TableResult> tables;
    std::optional<MetadataFacts> metadata;  // of its dataset.json
    bool published = true;                  // false: errors, and on_error is `dataset`
    std::vector<RegressionStop> changes;    // how it differs from the former edition beyond the limits
    std::string change_accepted;            // and why that is right; empty: nobody has said so
    [[nodiscard]] std::uint64_t count(Severity severity) const;
};

/// report.json's text: the details of a large table are written as they stand, not through a document.
std::string report_text(const DatasetResult& result);

using DetailsPerGroup = std::size_t (*)(Severity);
/// The same document with at most so many details of a group (code, severity, column): for report.html, which shows
/// examples.
nlohmann::ordered_json report_of(const DatasetResult& result, DetailsPerGroup most_details);

/// Makes report.html in the folder, beside what else is done before get() when there is more than one worker: both
/// reports of a table with many findings take their time, and each waits for its disk. `result` stays as it is.
std::future<void> write_report_page(const DatasetResult& result, const std::filesystem::path& folder, unsigned workers);

/// Of each table, in their order.
std::vector<TableQuality> qualities_of(const DatasetResult& result);

/// Why a gate stopped a dataset, in the form of the contract's `error`.
struct GateStop {
    std::string file, where, ja, en;
};
nlohmann::ordered_json error_of(const GateStop& stop);
/// A report with its `error` in front.
std::string with_error(const std::string& report, const GateStop& stop);

/// What the privacy gate says when it stops; nothing when it does not.
std::optional<GateStop> stopped_by_privacy(const DatasetResult& result);

/// 公開できます / N件直してください
std::string verdict(std::uint64_t errors, Language language);

/// The first few findings of each code and the counts, for a person at a terminal.
std::string findings_text(const DatasetResult& result, Language language);

}  // namespace kokai
