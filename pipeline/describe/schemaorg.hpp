// SPDX-License-Identifier: Apache-2.0
// schema.org Dataset for search engines, to stand inside a page's <script type="application/ld+json">.
#pragma once

#include "describe/catalog_entry.hpp"

#include <string>

namespace kokai {

/// Safe inside a script element: no `<`, `>` or `&` is left in it (A39). Addresses are relative to the dataset's page.
std::string schemaorg_jsonld(const CatalogEntry& entry, const CatalogInfo& about = {});

}  // namespace kokai
