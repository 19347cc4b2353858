// SPDX-License-Identifier: Apache-2.0
// The embedded catalog: output/catalog made beside and swapped in, from what the states say is published.
#pragma once

#include "describe/catalog_entry.hpp"

#include <filesystem>
#include <vector>

namespace kokai {

struct CatalogOutcome {
    bool written = false;     // false: it was up to date
    bool map_library = true;  // false: npm's packages are missing, pages without maps
};

/// `entries` sorted by id; their files are taken from output/<id>/. Under the output lock.
CatalogOutcome publish_catalog(const std::filesystem::path& output, const std::vector<CatalogEntry>& entries,
                               const std::filesystem::path& portal_folder, const std::string& program);

}  // namespace kokai
