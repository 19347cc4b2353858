// SPDX-License-Identifier: Apache-2.0
// From an opened source to its schema and the proposal of its columns: what `convert`, `check`, `run` and `init` do
// alike before a table is made.
#pragma once

#include "command/library.hpp"
#include "map/editions.hpp"
#include "map/propose.hpp"
#include "map/sampled_source.hpp"
#include "map/schema_choice.hpp"
#include "model/dataset.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

/// Who says which column is which field.
enum class Matching : std::uint8_t {
    by_name,  // dataset.json, and what is called like the field
    propose,  // what is sure enough is taken, the rest stays as it is and is told
    ask       // … and the rest is a question that stops the dataset
};

struct TableMatch {
    const Schema* schema = nullptr;      // null: none
    std::optional<SchemaChoice> choice;  // when it was to be chosen
    std::vector<SampledColumn> columns;
    std::vector<ColumnInfo> heads;  // of `columns`, for findings about one of them
    std::optional<Proposals> proposals;
    std::vector<std::string> items;          // names of fields that stand in the first column, one below the other
    Place first_head;                        // over them
    std::unique_ptr<ChangeEdition> edition;  // the source is of the standard's other edition; null otherwise
};

/// `source` null: by names only. `table.schema` is an id, `none`, or `auto`.
TableMatch match_table(const TableSpec& table, const Shape& shape, const SampledSource* source,
                       const std::vector<SourceInfo>& about, SchemaLibrary& schemas);

/// The one local government code that a column of the table gives in every row; "" when there is none.
std::string code_in(const std::vector<SampledColumn>& columns);

/// names-other-municipality: a title, sheet or file that names another municipality than the publisher.
void tell_other_municipality(const std::vector<SourceInfo>& about, const std::string& publisher,
                             const SchemaLibrary& schemas, Findings& findings);

/// schema-undecided, schema-chosen, column-unsure, table-looks-transposed.
/// schema-undecided, schema-chosen, edition-other, column-unsure.
void tell_match(const TableMatch& match, Matching matching, Findings& findings);

}  // namespace kokai
