// SPDX-License-Identifier: Apache-2.0
// What became of a source's columns since dataset.json was written: gone, renamed, moved, new. Told, never mended: a
// column with another name may be another column.
#pragma once

#include "model/dataset.hpp"
#include "model/finding.hpp"
#include "model/schema.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

struct Drift {
    struct Moved {
        std::string header;
        std::size_t before = 0, now = 0;  // 1-based
    };
    std::vector<std::string> gone;
    std::vector<std::pair<std::string, std::string>> renamed;  // before, now; the one before is gone as well
    std::vector<Moved> moved;
    std::vector<std::string> added;  // the renamed ones are not among them
};

/// `before`: the headers as they were, in their order. A new header is taken for a former one when it stands between
/// the same neighbours, or says the same.
Drift drift_of(const std::vector<std::string>& before, const std::vector<std::string>& now);

/// column-renamed, column-moved, column-new, column-gone. `headers`: as dataset.json has them, empty when it does not;
/// then only what its columns name is compared. A column that the mapping needs is told by the mapping.
void tell_drift(const std::vector<std::string>& headers, const TableSpec& table, const Schema* schema,
                const std::vector<std::string>& now, Findings& findings);

}  // namespace kokai
