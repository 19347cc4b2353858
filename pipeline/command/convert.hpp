// SPDX-License-Identifier: Apache-2.0
// `kokai convert` and `kokai check FILE`: one file, no dataset.json needed.
#pragma once

#include "command/options.hpp"
#include "model/dataset.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

struct ConvertOptions {
    std::string source;  // a path, or `-`
    std::string out;     // a folder, or `-` for one format on stdout; empty for check: no report is kept
    std::string schema = "auto";
    std::vector<std::string> formats;  // empty = csv, and geojson when the table has positions
    bool keep_extra = true;            // columns beyond the schema follow its fields
    OutputOptions output_options;
    std::string publisher;
    std::string sheet;
    std::uint32_t header_row = 0;
    std::string encoding;
    std::string crs;
    OnError on_error = OnError::keep;
    bool check_only = false;
};

/// Returns the exit code: 0, or 1 for errors in the data.
int convert_command(const ConvertOptions& options, const CommonOptions& common);

}  // namespace kokai
