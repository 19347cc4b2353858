// SPDX-License-Identifier: Apache-2.0
#include "map/schema_choice.hpp"

#include "normalise/text.hpp"

#include <algorithm>
#include <set>

namespace kokai {

std::vector<SchemaCandidate> rank_schemas(const Shape& shape, std::span<const Schema* const> schemas) {
    std::set<std::string> headers;
    for (const ColumnInfo& column : shape.columns) {
        headers.insert(fold_key(column.name));
    }
    std::vector<SchemaCandidate> ranked;
    for (const Schema* schema : schemas) {
        std::size_t met = 0;
        for (const Field& field : schema->fields) {
            met += headers.count(fold_key(field.name));
        }
        SchemaCandidate candidate{schema->id, 0, 0};
        if (!schema->fields.empty() && !headers.empty()) {
            candidate.of_fields = static_cast<double>(met) / static_cast<double>(schema->fields.size());
            candidate.of_columns = static_cast<double>(met) / static_cast<double>(headers.size());
        }
        ranked.push_back(std::move(candidate));
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const SchemaCandidate& one, const SchemaCandidate& other) {
        return one.score() > other.score();
    });
    return ranked;
}

std::string choose_schema(const std::vector<SchemaCandidate>& ranked) {
    // Most of the standard's columns are there, and no other standard comes near.
    constexpr double enough_fields = 0.6;
    constexpr double clear_lead = 1.15;
    if (ranked.empty() || ranked[0].of_fields < enough_fields ||
        (ranked.size() > 1 && ranked[1].score() * clear_lead > ranked[0].score())) {
        return {};
    }
    return ranked[0].id;
}

}  // namespace kokai
