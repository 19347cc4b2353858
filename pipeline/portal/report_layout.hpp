// SPDX-License-Identifier: Apache-2.0
// How a source was read, for report.html: which rows are the header, the data and what was left out, and what became of
// each column, from the same facts as report.json.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace kokai {

/// `source` is one entry of report.json's `source` or `sources`: sentences on the header and the data, and the rows of
/// `layout`.
nlohmann::ordered_json layout_value(const nlohmann::ordered_json& source);

/// The columns of a table with how sure they are and why; then those that nobody but a person can decide.
nlohmann::ordered_json columns_value(const nlohmann::ordered_json& table);

}  // namespace kokai
