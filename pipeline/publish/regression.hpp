// SPDX-License-Identifier: Apache-2.0
// The gate before an edition replaces a good one: what of the change is too much to be an ordinary update. The defaults
// and their reasons stand in README.md; dataset.json's "regression" sets others.
#pragma once

#include "model/dataset.hpp"
#include "publish/edition_diff.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// A table that a run is about to publish, beside its former edition.
struct TableChange {
    std::string name;
    std::string schema_before, schema_now;  // ids
    std::uint64_t rows_before = 0, rows_now = 0;
    std::optional<TableDiff> diff;     // none: the same, or no file to compare
    std::vector<std::string> dropped;  // columns that dataset.json leaves out by name
    std::vector<RowChange> examples;   // some removed and moved rows
    bool goes_out = true;              // no error holds the new edition back anyway
};

/// How an edition's list of what was accepted calls such a change; no finding has this code.
constexpr std::string_view regression_code = "regression";

/// One limit that was passed.
struct RegressionStop {
    std::string table;
    std::string_view limit;  // the key in dataset.json: rows_lost …
    std::uint64_t count = 0, of = 0;
    double allowed = 0;  // a share of `of`; of columns_emptied a count
    std::vector<std::string> examples;
    std::string ja, en;
};

/// The examples that a judgement quotes, picked from what a comparison tells.
class ChangeExamples {
public:
    explicit ChangeExamples(std::vector<RowChange>& into) : into_(into) {}
    void take(const RowChange& change, double moved_metres);

private:
    std::vector<RowChange>& into_;
    std::size_t removed_ = 0, moved_ = 0;
};

/// From here on a position has moved.
double moved_metres(const RegressionLimits& limits);

std::vector<RegressionStop> judge_change(const TableChange& change, const RegressionLimits& limits);

/// As report.json and `run --json` have it.
nlohmann::ordered_json regression_json(const std::vector<RegressionStop>& stops);

}  // namespace kokai
