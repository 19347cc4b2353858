// SPDX-License-Identifier: Apache-2.0
// What the templates of the catalog's pages are filled with. Plain texts only: escaping is the template's {{…}}.
#pragma once

#include "describe/catalog_entry.hpp"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>

namespace kokai {

/// The municipality's outline that a dataset's map shows behind its places, from another dataset of the same publisher.
struct Outline {
    std::string address;  // relative to the dataset's page; empty = none
    std::string credit;   // the sentence that goes with it
};
Outline outline_for(const CatalogEntry& entry, std::span<const CatalogEntry> all);

/// Whether the dataset is itself an outline that other pages use.
bool is_outline(const CatalogEntry& entry);

/// `with_map`: whether the map's libraries stand in assets/.
nlohmann::ordered_json dataset_values(const CatalogEntry& entry, const CatalogInfo& about, const Outline& outline,
                                      bool with_map);

/// The page of an edition that is kept: what does not change with later ones.
nlohmann::ordered_json edition_values(const CatalogEntry& edition, const CatalogInfo& about);

/// Datasets grouped by publisher (by code, then name), within it by id.
nlohmann::ordered_json index_values(std::span<const CatalogEntry> entries, const CatalogInfo& about);

}  // namespace kokai
