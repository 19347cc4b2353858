// SPDX-License-Identifier: Apache-2.0
#include "command/matching.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kokai {
namespace {

std::vector<const Schema*> standard_schemas(SchemaLibrary& schemas) {
    std::vector<const Schema*> all;
    for (const std::string& id : schemas.ids()) {
        if (id.starts_with("v1/") || id.starts_with("v2/")) {
            all.push_back(&schemas.schema(id));
        }
    }
    return all;
}

/// Whether the columns' names alone leave nothing to find out: then no other schema has to be read.
bool all_are_fields(const Shape& shape, const Schema& schema) {
    return std::all_of(shape.columns.begin(), shape.columns.end(),
                       [&](const ColumnInfo& column) { return schema.find(column.name) != nullptr; });
}

/// What the file and the sheet are called.
std::vector<std::string> names_around(const std::vector<SourceInfo>& about) {
    std::vector<std::string> names;
    for (const SourceInfo& source : about) {
        names.push_back(source.name);
        names.push_back(source.sheet);
    }
    return names;
}

}  // namespace

TableMatch match_table(const TableSpec& table, const Shape& shape, const SampledSource* source,
                       const std::vector<SourceInfo>& about, SchemaLibrary& schemas) {
    TableMatch match;
    if (table.schema == "none") {
        return match;
    }
    const bool choose = table.schema.empty() || table.schema == "auto";
    if (!choose) {
        match.schema = &schemas.schema(table.schema);
        if (source == nullptr) {
            return match;
        }
    }
    match.columns = sampled_columns(shape, source != nullptr ? source->sample() : nullptr);
    HeaderVocabulary vocabulary;
    if (choose || !all_are_fields(shape, *match.schema)) {
        const std::vector<const Schema*> all = standard_schemas(schemas);
        vocabulary = HeaderVocabulary(all);
        if (choose) {
            match.choice = choose_schema(shape, match.columns, all, vocabulary, names_around(about));
            match.schema = match.choice->id.empty() ? nullptr : &schemas.schema(match.choice->id);
        }
    }
    if (match.schema != nullptr && source != nullptr) {
        match.proposals = propose(match.columns, *match.schema, table, vocabulary);
    }
    return match;
}

void tell_match(const TableMatch& match, Matching matching, Findings& findings) {
    if (match.choice && match.choice->id.empty()) {
        const std::string candidates = fmt::format("{}", fmt::join(match.choice->candidates, " "));
        findings.add(Code::schema_undecided, {}, candidates.empty() ? "なし" : candidates, {},
                     matching == Matching::ask ? Severity::error : Severity::warning);
    } else if (match.choice) {
        findings.add(Code::schema_chosen, {}, match.choice->id, match.choice->why.text());
    }
    if (!match.proposals) {
        return;
    }
    for (const Question& question : match.proposals->questions) {
        findings.add(Code::column_unsure, {}, question.header,
                     fmt::format("{} {:.2f}", question.field->name, question.confidence),
                     matching == Matching::ask ? Severity::error : Severity::warning);
    }
}

}  // namespace kokai
