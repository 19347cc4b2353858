// SPDX-License-Identifier: Apache-2.0
// `kokai run` and `kokai check DATASET`: many datasets side by side, then the embedded catalog.
#pragma once

#include "command/options.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kokai {

struct RunOptions {
    std::vector<std::string> datasets;  // empty = all
    bool check_only = false;
    std::string report_folder;  // check --out
    bool accept_ids = false;
    std::optional<std::string> accept;  // the reason for a change beyond the limits
};

/// Returns the exit code: the gravest of the datasets' own.
int run_command(const RunOptions& options, const CommonOptions& common);

}  // namespace kokai
