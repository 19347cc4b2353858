// SPDX-License-Identifier: Apache-2.0
// The department's files given back with their problems marked: annotated.xlsx for a workbook, findings.xlsx for
// everything else and for workbooks that cannot be patched safely. They show the source as it is, so no target ever
// publishes them.
#pragma once

#include "command/report.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kokai {

struct GivenSource {
    std::filesystem::path path;
    std::string shown;      // as findings name it
    bool borrowed = false;  // another dataset's table: given back only when something is wrong with it
};

/// Where they lie in a dataset's output folder.
constexpr std::string_view private_folder = "private";

/// Writes one file a source into `folder` and gives their names: annotated.xlsx of a single source,
/// <stem>.annotated.xlsx of several. `goal` is where the files will lie in the end; a source that lies there is never
/// overwritten.
std::vector<std::string> give_back(const DatasetResult& result, const std::vector<GivenSource>& sources,
                                   const std::filesystem::path& folder, const std::filesystem::path& goal);

/// The same into a folder that may be in use, each file by a rename. What the disk refuses is told in `trouble`, since
/// nobody asked for the folder.
std::vector<std::string> give_back_beside(const DatasetResult& result, const std::vector<GivenSource>& sources,
                                          const std::filesystem::path& goal, std::string& trouble);

/// One line for a person: where the marked files are.
std::string given_back_text(const std::vector<std::string>& files, const std::filesystem::path& folder,
                            Language language);

/// Why there are none; empty when there was no trouble.
std::string give_back_trouble_text(const std::string& trouble, Language language);

}  // namespace kokai
