// SPDX-License-Identifier: Apache-2.0
// What a dataset's edition is made from, told by a digest: the same again is nothing new.
#pragma once

#include "command/library.hpp"

#include <filesystem>
#include <string>

namespace kokai {

/// Digest of the program, its modules and what all datasets are held against: when that is new, everything is made
/// again.
std::string program_digest(const SchemaLibrary& schemas);

/// Of dataset.json, the sources, the issued IDs, schemas, layouts and the program.
std::string inputs_digest(const DatasetFolder& folder, const SchemaLibrary& schemas,
                          const std::filesystem::path& output, const std::string& program);

/// The published CSV of another dataset's table.
struct Borrowed {
    std::filesystem::path path;
    std::string shown, sha256;
};

/// Throws WorldError where that dataset has published none.
Borrowed borrow(const SourceSpec& source, const std::filesystem::path& output);

}  // namespace kokai
