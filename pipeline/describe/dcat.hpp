// SPDX-License-Identifier: Apache-2.0
// catalog.jsonld: the whole catalog as DCAT-AP 3.0.1 in JSON-LD, for portals that harvest. What nobody stated is not
// there.
#pragma once

#include "describe/catalog_entry.hpp"

#include <span>
#include <string>

namespace kokai {

/// Without a base_url every address is relative to catalog.jsonld itself (a JSON-LD reader resolves them against where
/// it fetched the document; the file names no @base); with one they are absolute. Sorted by id.
std::string dcat_jsonld(std::span<const CatalogEntry> entries, const CatalogInfo& about = {});

}  // namespace kokai
