// SPDX-License-Identifier: Apache-2.0
// catalog.json: the catalog's index for programs, one place to find every file with its size and digest.
#pragma once

#include "describe/catalog_entry.hpp"

#include <span>
#include <string>

namespace kokai {

/// Sorted by id. Paths are relative to catalog.json; with a base_url each also has its full `url`.
std::string catalog_json(std::span<const CatalogEntry> entries, const CatalogInfo& about = {});

}  // namespace kokai
