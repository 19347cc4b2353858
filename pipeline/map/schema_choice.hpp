// SPDX-License-Identifier: Apache-2.0
// Which recommended dataset a table is, by its headers, its values and what the file is called. Unsure is an answer:
// then the candidates are named and nothing is chosen.
#pragma once

#include "map/propose.hpp"
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

/// All schemas with their score, the best first: only by headers that are the fields' own names.
std::vector<SchemaCandidate> rank_schemas(const Shape& shape, std::span<const Schema* const> schemas);

/// The id of the one that clearly fits, or "".
std::string choose_schema(const std::vector<SchemaCandidate>& ranked);

/// What was chosen, or what it could be, and why.
struct SchemaChoice {
    std::string id;                       // empty: undecided
    std::vector<std::string> candidates;  // the best first, when undecided
    Evidence why;
};

/// By the names where they decide; else by what each schema's fields make of the columns. `called`: the file's and the
/// sheet's name and titles above the table, which may name the dataset.
SchemaChoice choose_schema(const Shape& shape, const std::vector<SampledColumn>& columns,
                           std::span<const Schema* const> schemas, const HeaderVocabulary& vocabulary,
                           const std::vector<std::string>& called);

}  // namespace kokai
