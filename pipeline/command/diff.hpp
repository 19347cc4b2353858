// SPDX-License-Identifier: Apache-2.0
// `kokai diff OLD NEW`: what changed between two editions, by ID and field.
#pragma once

#include "command/options.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace kokai {

struct DiffCommandOptions {
    std::string before, now;       // a folder of an edition, or a file
    std::vector<std::string> key;  // the columns that name a row; empty = as published, else found
    std::string out;               // folder for diff.json and diff.html
    std::size_t limit = 1000;      // so many rows of a kind are listed
    bool exit_code = false;        // 1 when something differs
};

int diff_command(const DiffCommandOptions& options, const CommonOptions& common);

}  // namespace kokai
