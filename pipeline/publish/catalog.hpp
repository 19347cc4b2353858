// SPDX-License-Identifier: Apache-2.0
// The embedded catalog: output/catalog made beside and swapped in, from what the states say is published.
#pragma once

#include "describe/catalog_entry.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace kokai {

struct CatalogOutcome {
    bool written = false;     // false: it was up to date
    bool map_library = true;  // false: npm's packages are missing, pages without maps
};

struct CatalogOptions {
    std::filesystem::path portal_folder;
    std::string program;       // digest of the running program: another one makes the pages again
    std::size_t editions = 0;  // how many former ones of a dataset are kept; 0 = all
};

/// `entries` sorted by id; their files are taken from the editions that are kept, and from output/<id>/ where one is
/// not yet. Under the output lock.
CatalogOutcome publish_catalog(const std::filesystem::path& output, std::vector<CatalogEntry> entries,
                               const CatalogOptions& options);

}  // namespace kokai
