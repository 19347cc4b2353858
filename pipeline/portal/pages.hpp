// SPDX-License-Identifier: Apache-2.0
// The catalog's pages: index.html, <id>/index.html, one for each edition, assets/. Plain files for any static host; no
// address of a third party in them.
#pragma once

#include "describe/catalog_entry.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <span>
#include <string>

namespace kokai {

/// Whether files are to outlive a power cut; those of a folder that is thrown away need not.
enum class Flush : std::uint8_t { to_disk, none };

struct PagesWritten {
    std::size_t pages = 0;    // files whose bytes are new
    bool map_library = true;  // false: portal/node_modules is missing (npm ci), the pages were written without maps
};

/// Writes index.html, the assets, and the page of every dataset in `changed` or without a page; each through a
/// temporary name and a rename, and only when its bytes are new. `entries` is the whole catalog. When a municipality's
/// outline changed, the pages of its other datasets are written again. Files of datasets that left are the caller's
/// business, and so are datapackage.json, catalog.json and catalog.jsonld, to which the pages link. `portal_folder` is
/// pipeline/portal: templates/, style.css, catalog.js, icon.svg, pmtiles.LICENSE.txt, node_modules/.
PagesWritten write_catalog_pages(const std::filesystem::path& catalog_folder, std::span<const CatalogEntry> entries,
                                 const std::filesystem::path& portal_folder, const std::set<std::string>& changed,
                                 const CatalogInfo& about = {}, Flush flush = Flush::to_disk);

/// Copies what the pages load into `folder`/assets. False when the map's libraries are missing, which come from npm.
bool write_assets(const std::filesystem::path& folder, const std::filesystem::path& portal_folder,
                  PagesWritten& written, Flush flush = Flush::to_disk);

/// Writes a file whole or not at all; leaves it untouched when it holds these bytes already. True when written.
bool replace_file(const std::filesystem::path& path, const std::string& bytes, Flush flush = Flush::to_disk);

}  // namespace kokai
