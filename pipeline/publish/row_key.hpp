// SPDX-License-Identifier: Apache-2.0
// By what the rows of two editions are told to be the same, and which columns say what a row is and where.
#pragma once

#include "publish/edition_diff.hpp"

#include <string>
#include <utility>
#include <vector>

namespace kokai {

/// The declared key where both have its columns; else a column that names nearly every row once in both and that both
/// have values of in common: an ID or number, else the name, else the first column; else the whole row.
std::pair<RowKey, std::vector<std::string>> choose_key(const CsvRows& before, const CsvRows& now,
                                                       const std::vector<std::string>& declared);

}  // namespace kokai
