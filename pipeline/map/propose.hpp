// SPDX-License-Identifier: Apache-2.0
// Which column is which field, with how sure and why. Headers first, values as evidence; each column and field once, by
// the best assignment over all. What is not sure enough is asked, never guessed.
#pragma once

#include "map/field_match.hpp"
#include "map/value_profile.hpp"
#include "model/batch.hpp"
#include "model/dataset.hpp"
#include "model/schema.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

/// At least this sure: taken. Below, down to `worth_asking`: a question.
inline constexpr double sure_enough = 0.7;
inline constexpr double worth_asking = 0.5;

struct Evidence {
    std::string ja, en;
    /// What the report holds: `name`, or both languages.
    [[nodiscard]] std::string text() const { return en.empty() || ja == en ? ja : ja + " / " + en; }
};

/// One field, and how its values are made of source columns.
struct Proposal {
    ColumnSpec spec;
    const Field* field = nullptr;  // null: a column beyond the schema (repeated columns joined)
    std::vector<std::size_t> columns;
    double confidence = 0.0;
    Evidence evidence;
};

/// A column that may be a field.
struct Question {
    std::size_t column = 0;
    std::string header;
    const Field* field = nullptr;
    double confidence = 0.0;
    Evidence evidence;
};

struct Proposals {
    std::vector<Proposal> accepted;  // in the order of the schema, then those beyond it
    std::vector<Question> questions;
    std::vector<std::size_t> unmapped;  // the questions' columns included
};

/// The columns of a source as the matcher sees them; made once, for any number of schemas.
struct SampledColumn {
    std::string header;
    HeaderName name;
    std::vector<std::string> values;  // the first ones, trimmed
    const Column* sample = nullptr;   // null when there is none

    /// Looked at when first asked, which must be before the sample is given on: where the names alone tell the columns,
    /// nobody asks.
    [[nodiscard]] const ValueProfile& profile() const;

private:
    mutable std::optional<ValueProfile> profile_;
};
/// The columns point into `sample`.
std::vector<SampledColumn> sampled_columns(const Shape& shape, const Batch* sample);

/// `table` says what is already decided: its columns, and what it drops.
Proposals propose(const std::vector<SampledColumn>& columns, const Schema& schema, const TableSpec& table,
                  const HeaderVocabulary& vocabulary);

}  // namespace kokai
