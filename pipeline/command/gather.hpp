// SPDX-License-Identifier: Apache-2.0
// The sources of one table as one.
#pragma once

#include "command/assemble.hpp"
#include "validate/private/gate.hpp"

#include <deque>
#include <memory>

namespace kokai {

/// Whether the table is made of sources in memory, so that its rows are not theirs.
[[nodiscard]] bool is_held(const TableJob& job);

/// The sources of a table brought together: each examined by its own checks, unpivoted where it is a cross table, then
/// joined or put one after another.
[[nodiscard]] std::unique_ptr<Source> gather(const TableJob& job, const SchemaLibrary& schemas,
                                             std::deque<PrivacyGate>& gates);

}  // namespace kokai
