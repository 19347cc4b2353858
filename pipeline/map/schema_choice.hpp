// SPDX-License-Identifier: Apache-2.0
// Which recommended dataset a table is, by its headers. Unsure is an answer: then the candidates are named and nothing
// is chosen.
#pragma once

#include "model/batch.hpp"
#include "model/schema.hpp"

#include <span>
#include <string>
#include <vector>

namespace kokai {

struct SchemaCandidate {
    std::string id;
    double of_fields = 0;   // share of the schema's fields that the table has
    double of_columns = 0;  // share of the table's columns that the schema has
    [[nodiscard]] double score() const { return of_fields * of_columns; }
};

/// All schemas with their score, the best first.
std::vector<SchemaCandidate> rank_schemas(const Shape& shape, std::span<const Schema* const> schemas);

/// The id of the one that clearly fits, or "".
std::string choose_schema(const std::vector<SchemaCandidate>& ranked);

}  // namespace kokai
