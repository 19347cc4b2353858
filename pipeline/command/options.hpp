// SPDX-License-Identifier: Apache-2.0
// What every command may be told, and where it finds its folders.
#pragma once

#include "model/finding.hpp"

#include <filesystem>
#include <string>

namespace kokai {

struct CommonOptions {
    bool json = false;
    bool quiet = false;
    Language language = Language::ja;
    unsigned jobs = 0;  // 0 = as many as the machine has
    std::filesystem::path datasets;
    std::filesystem::path schemas;
    std::filesystem::path output;
};

/// `./name` if present, else the one in the source tree known at build time.
std::filesystem::path folder_or_source_tree(const std::string& given, const char* name);

/// `ja` unless the locale of the environment says en_*.
Language language_of_environment();

unsigned jobs_or_all(unsigned wanted);

/// Whether a command-line argument is a path: an existing file, or something with a slash.
bool is_path(const std::string& argument);

}  // namespace kokai
