// SPDX-License-Identifier: Apache-2.0
// Back to a former edition: it becomes the one that output/<id>/ and the catalog publish, those after it are withdrawn.
// Decided by one small file, so that a kill leaves it either not begun or to be finished by the next start.
#pragma once

#include "describe/catalog_entry.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kokai {

/// The edition before `current` that is not withdrawn; empty when there is none.
std::string edition_before(const std::filesystem::path& output, const CatalogEntry& current);

/// Makes a kept edition the current one of the dataset. Throws UsageError when it is not kept. Under the lock; the
/// catalog is the caller's to make again.
void roll_back(const std::filesystem::path& output, const std::string& id, const std::string& edition);

/// Finishes what a killed roll_back() has begun. Under the lock.
void finish_rollbacks(const std::filesystem::path& output);

/// A dataset whose state cannot be read, but whose editions are kept: its state becomes that of the edition published
/// last, so that it stays in the catalog and the next run is compared with it. Returns the ids. Under the lock.
std::vector<std::string> restore_lost_states(const std::filesystem::path& output);

}  // namespace kokai
