// SPDX-License-Identifier: Apache-2.0
// `kokai init SOURCE`: a dataset.json for a file, with what the program makes of its columns and why. What is not sure
// is asked, not guessed; a dataset.json that is there is never touched.
#pragma once

#include "command/options.hpp"

#include <cstdint>
#include <string>

namespace kokai {

struct InitOptions {
    std::string source;
    std::string out;  // the dataset's folder; empty: in the datasets folder, by the file's name
    std::string schema = "auto";
    std::string publisher;
    std::string sheet;
    std::uint32_t header_row = 0;
    std::string encoding;
    std::string crs;
};

/// Returns the exit code: 0, or 1 when there is something to ask.
int init_command(const InitOptions& options, const CommonOptions& common);

}  // namespace kokai
