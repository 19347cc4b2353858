// SPDX-License-Identifier: Apache-2.0
// The matcher on small tables, with schema files that ship.
#pragma once

#include "map/columns.hpp"
#include "map/propose.hpp"
#include "map/schema_choice.hpp"
#include "model/schema_json.hpp"
#include "support/file.hpp"
#include "tests/unit/support/small_table.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kokai::testing {

using Texts = std::vector<std::string>;

inline const std::map<std::string, Schema>& shipped() {
    static const std::map<std::string, Schema> schemas = [] {
        std::map<std::string, Schema> all;
        for (const char* standard : {"schemas/v1", "schemas/v2"}) {
            for (const auto& entry : std::filesystem::directory_iterator(standard)) {
                std::vector<Mistake> mistakes;
                Schema schema = parse_schema(read_small_file(entry.path(), "schema"), "schema", mistakes);
                all.emplace(schema.id, std::move(schema));
            }
        }
        return all;
    }();
    return schemas;
}

inline std::vector<const Schema*> pointers() {
    std::vector<const Schema*> all;
    for (const auto& [id, schema] : shipped()) {
        all.push_back(&schema);
    }
    return all;
}

struct Matched {
    Shape shape;
    Proposals proposals;
    Outcome outcome;

    /// The source of a field, its confidence at least `sure_enough`; "" when it has none.
    [[nodiscard]] std::string source_of(std::string_view field) const {
        for (const Proposal& one : proposals.accepted) {
            if (one.spec.field == field) {
                std::string text;
                for (const std::string& from : one.spec.from) {
                    text += (text.empty() ? "" : "+") + from;
                }
                return text;
            }
        }
        return {};
    }
    [[nodiscard]] double confidence_of(std::string_view field) const {
        for (const Proposal& one : proposals.accepted) {
            if (one.spec.field == field) {
                return one.confidence;
            }
        }
        return 0.0;
    }
    [[nodiscard]] Texts cells_of(std::string_view field) const {
        Texts cells;
        const std::size_t at = outcome.shape.find(field);
        for (const auto& row : outcome.rows) {
            cells.push_back(row.at(at));
        }
        return cells;
    }
};

inline std::vector<SampledColumn> columns_of(const Texts& header, const Rows& rows) {
    TableSource source(header, rows, 0, rows.size() + 1);
    Findings findings;
    const Shape shape = source.open(findings);
    Batch batch;
    source.next(batch, findings);
    std::vector<SampledColumn> columns = sampled_columns(shape, &batch);
    for (const SampledColumn& one : columns) {
        (void)one.profile();  // while there is a batch
    }
    return columns;
}

inline Matched matched(const std::string& schema, const Texts& header, const Rows& rows, const TableSpec& table = {}) {
    Matched result;
    const std::vector<const Schema*> all = pointers();
    static const HeaderVocabulary vocabulary(all);
    result.proposals = propose(columns_of(header, rows), shipped().at(schema), table, vocabulary);
    TableSource source(header, rows);
    MapColumns map(table, &shipped().at(schema), result.proposals.accepted);
    result.outcome = outcome_of(source, {&map});
    return result;
}

inline SchemaChoice choice(const Texts& header, const Rows& rows, const Texts& called = {}) {
    Shape shape;
    for (const std::string& one : header) {
        shape.columns.push_back({one, nullptr, {}});
    }
    const std::vector<const Schema*> all = pointers();
    return choose_schema(shape, columns_of(header, rows), all, HeaderVocabulary(all), called);
}

}  // namespace kokai::testing
