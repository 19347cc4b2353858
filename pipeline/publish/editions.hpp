// SPDX-License-Identifier: Apache-2.0
// The editions that are kept: output/.state/editions/<id>/ holds the files of each under its name, list.json their
// order. Files come in before an edition replaces another, the list grows when the catalog shows it: so a run may be
// killed anywhere, and what once had an address keeps it.
#pragma once

#include "describe/catalog_entry.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

/// Where the files of an edition are kept: data files and datapackage.json, as the catalog shows them.
std::filesystem::path kept_folder(const std::filesystem::path& output, const std::string& id,
                                  const std::string& edition);

/// Takes the files of `entry` that lie in `from` into the store (links where the file system has them). An edition that
/// is there stays as it is.
void keep_edition(const std::filesystem::path& output, const std::filesystem::path& from, const CatalogEntry& entry);

/// The whole entry of a kept edition; nothing when it is not kept.
std::optional<CatalogEntry> kept_entry(const std::filesystem::path& output, const std::string& id,
                                       const std::string& edition);

/// The list of a dataset, in the order of publication. One that cannot be read is none.
std::vector<KeptEdition> read_editions(const std::filesystem::path& output, const std::string& id);
void write_editions(const std::filesystem::path& output, const std::string& id, const std::vector<KeptEdition>& all);

/// Whether a rollback took this edition back.
bool is_withdrawn(const std::filesystem::path& output, const std::string& id, const std::string& edition);

/// The list with `current` as its last edition that is not withdrawn, which it becomes if it was not.
std::vector<KeptEdition> with_current(std::vector<KeptEdition> all, const CatalogEntry& current);

/// Takes out the oldest until `former` are left beside the current one (0 = all); one that is withdrawn always stays.
std::vector<KeptEdition> within_limit(std::vector<KeptEdition> all, const std::string& current, std::size_t former);

/// Removes what the store holds beside the editions of the list.
void prune_editions(const std::filesystem::path& output, const std::string& id, const std::vector<KeptEdition>& all);

}  // namespace kokai
