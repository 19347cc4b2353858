// SPDX-License-Identifier: Apache-2.0
// Names an edition: the same data files and published words have the same name, whichever program made them.
#pragma once

#include "describe/catalog_entry.hpp"

#include <string>
#include <string_view>

namespace kokai {

/// 16 hexadecimal digits of the digest of every data file and of the metadata that the catalog publishes. Neither the
/// score, counts of findings, the first rows nor anything of the program is in it. A fact that nobody stated is left
/// out, so that one which a later program knows renames only editions that state it.
std::string edition_name(const CatalogEntry& entry);

/// What is kept of an edition that is no longer the current one: its words and its files.
CatalogEntry edition_summary(const CatalogEntry& entry);

/// The folder of an edition, relative to the dataset's own folder in the catalog: `editions/<edition>/`.
std::string edition_folder(const std::string& edition);

/// The edition that was current before this one, as the catalog keeps them; null when it keeps none.
const KeptEdition* previous_edition(const CatalogEntry& entry, const KeptEdition& of);

/// `current`, `former` or `withdrawn`: the words of every description of the catalog.
std::string_view edition_state(const CatalogEntry& entry, const KeptEdition& one);

}  // namespace kokai
