// SPDX-License-Identifier: Apache-2.0
// What of private values is left in the outcome of a table: nothing but counts and masked texts.
#pragma once

#include "command/assemble.hpp"
#include "validate/private/gate.hpp"

#include <deque>

namespace kokai {

/// Masks what reports and pages quote beside the findings: texts of rows that are no data, the first rows of the table.
void mask_what_was_told(TableOutcome& outcome, const std::deque<PrivacyGate>& gates,
                        const std::vector<std::string>& chart_columns);

/// What the privacy gate found and nobody has accepted.
struct PrivacyCounts {
    std::uint64_t stopping = 0;  // My Numbers and bank accounts: exit 6
    std::uint64_t asking = 0;    // private phones, mail, birth dates: nothing is published before they are answered
    std::string file, where;     // the first that stops: [一覧]!C14
};
PrivacyCounts privacy_counts(const TableResult& table);

}  // namespace kokai
