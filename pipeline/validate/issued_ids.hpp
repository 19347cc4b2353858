// SPDX-License-Identifier: Apache-2.0
// Which ID a row was published with. IDs are issued once, kept with the evidence of their rows (name, address,
// position) in datasets/<id>/ids.csv, found again by it, and never given to anything else.
#pragma once

#include "model/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// One line of ids.csv.
struct IssuedId {
    std::string table, id, name, address, latitude, longitude;
    std::string print;   // of the whole row but its ID: an unchanged row is known by it
    bool in_use = true;  // false: its row is gone, and nothing else gets the ID
    bool operator==(const IssuedId&) const = default;
};

/// What a row says of itself.
struct RowEvidence {
    std::uint64_t key = 0;  // its origin
    std::string given;      // the ID that the department wrote
    std::string name, address, latitude, longitude, print;
};

struct IdChange {
    std::vector<std::string> ids;  // of each row
    std::vector<bool> fresh;       // issued now
    std::vector<IssuedId> issued;  // all lines, of other tables too
    std::size_t before = 0;        // IDs that were in use …
    std::size_t gone = 0;          // … and have no row any more
    /// More than one in twenty is gone: more likely renamed or moved as a whole than closed.
    [[nodiscard]] bool is_churn() const { return gone * 20 > before; }
};

/// Rows are found again when they are unchanged, when two of name, address and position are the same, or when the
/// department's ID and one of them are; by the name alone only in tables that have nothing else. The department's own
/// new IDs are taken where nobody has had them; otherwise the next number in the form of the others (0000000001 at
/// first).
IdChange give_ids(const std::string& table, const std::vector<IssuedId>& former, const std::vector<RowEvidence>& rows);

/// ids.csv: UTF-8 with BOM, CRLF. Mistakes name the line.
std::vector<IssuedId> parse_issued_ids(std::string_view text, std::string_view file, std::vector<Mistake>& mistakes);
std::string issued_ids_text(const std::vector<IssuedId>& issued);

}  // namespace kokai
