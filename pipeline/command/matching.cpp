// SPDX-License-Identifier: Apache-2.0
#include "command/matching.hpp"

#include "map/municipality_names.hpp"
#include "normalise/code.hpp"
#include "support/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace kokai {
namespace {

/// With all that is in them, or with nothing but their fields' names.
enum class Depth : std::uint8_t { whole, names };
std::vector<const Schema*> standard_schemas(SchemaLibrary& schemas, Depth depth) {
    std::vector<const Schema*> all;
    for (const std::string& id : schemas.ids()) {
        if (id.starts_with("v1/") || id.starts_with("v2/")) {
            all.push_back(depth == Depth::whole ? &schemas.schema(id) : &schemas.names(id));
        }
    }
    return all;
}

/// Whether the columns' names alone leave nothing to find out: then no other schema has to be read.
bool all_are_fields(const Shape& shape, const Schema& schema) {
    return std::all_of(shape.columns.begin(), shape.columns.end(),
                       [&](const ColumnInfo& column) { return schema.find(column.name) != nullptr; });
}

/// What the file, the sheet and the titles above the table say.
std::vector<std::string> names_around(const std::vector<SourceInfo>& about) {
    std::vector<std::string> names;
    for (const SourceInfo& source : about) {
        names.push_back(source.name);
        names.push_back(source.sheet);
        for (const TakenRows& rows : source.taken) {
            if (rows.as == "title") {
                names.push_back(rows.text);
            }
        }
    }
    return names;
}

/// The first column's values when they are names of fields and the header's are not: things stand in columns.
std::vector<std::string> items_in_first_column(const std::vector<SampledColumn>& columns,
                                               const HeaderVocabulary& vocabulary) {
    static constexpr std::array<std::string_view, 6> of_things{"name",     "eventName", "fullAddress",
                                                               "latitude", "longitude", "telephone"};
    constexpr std::size_t fewest = 3;
    if (columns.size() < fewest) {
        return {};
    }
    const auto known = std::count_if(columns.begin() + 1, columns.end(),
                                     [&](const SampledColumn& one) { return vocabulary.knows(one.name); });
    std::vector<std::string> items;
    std::size_t filled = 0;
    bool a_thing = false;
    for (const std::string& value : columns.front().values) {
        if (value.empty()) {
            continue;
        }
        ++filled;
        const HeaderName name = read_header(value);
        if (vocabulary.knows(name)) {
            items.push_back(value);
            a_thing = a_thing || vocabulary.means_one_of(name, of_things);
        }
    }
    const bool many = items.size() >= fewest && items.size() * 2 >= filled;
    return many && a_thing && known <= 1 ? items : std::vector<std::string>{};
}

/// The way from the other edition, when the headers are of that one.
std::unique_ptr<ChangeEdition> edition_of(const TableSpec& table, const Shape& shape, const Schema& schema,
                                          SchemaLibrary& schemas) {
    const std::string other = other_edition(schema.id);
    if (other.empty() || table.shape != TableShape::rows || !schemas.has(other) || all_are_fields(shape, schema)) {
        return nullptr;
    }
    const Schema& from = schemas.schema(other);
    if (!is_of_edition(shape, from, schema)) {
        return nullptr;
    }
    auto change = std::make_unique<ChangeEdition>(from, schema, table);
    change->bind(shape);
    return change;
}

/// What the change of edition makes, or uses up, is no longer for the matcher.
void leave_to_edition(const ChangeEdition& edition, const std::vector<SampledColumn>& columns, Proposals& proposals) {
    const auto used_up = [&](std::size_t column) { return edition.uses_up(columns[column].header); };
    std::erase_if(proposals.accepted, [&](const Proposal& one) {
        return edition.makes(one.spec.field) || std::any_of(one.columns.begin(), one.columns.end(), used_up);
    });
    std::erase_if(proposals.questions, [&](const Question& one) {
        return used_up(one.column) || (one.field != nullptr && edition.makes(one.field->name));
    });
    std::erase_if(proposals.unmapped, used_up);
}

std::string edition_text(const Schema& schema) {
    return schema.id + (schema.edition.empty() ? "" : " " + schema.edition);
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
            match.edition = edition_of(table, shape, *match.schema, schemas);
            return match;
        }
    }
    match.columns = sampled_columns(shape, source != nullptr ? source->sample() : nullptr);
    match.heads = shape.columns;
    HeaderVocabulary vocabulary;
    if (choose || !all_are_fields(shape, *match.schema)) {
        const std::vector<const Schema*> all = standard_schemas(schemas, choose ? Depth::whole : Depth::names);
        vocabulary = HeaderVocabulary(all);
        if (choose) {
            match.choice = choose_schema(shape, match.columns, all, vocabulary, names_around(about));
            match.schema = match.choice->id.empty() ? nullptr : &schemas.schema(match.choice->id);
        }
    }
    match.items = items_in_first_column(match.columns, vocabulary);
    if (!match.items.empty() && !about.empty() && !shape.columns.front().from.empty()) {
        const std::vector<std::uint32_t>& rows = about.front().header_rows;
        match.first_head = {rows.empty() ? 0 : rows.back(), shape.columns.front().from.front().number, 0, 0, nullptr};
        const auto sheet = std::find(about.front().sheets.begin(), about.front().sheets.end(), about.front().sheet);
        if (sheet != about.front().sheets.end()) {
            match.first_head.sheet = static_cast<std::uint16_t>(sheet - about.front().sheets.begin());
        }
    }
    if (match.schema != nullptr && source != nullptr) {
        match.proposals = propose(match.columns, *match.schema, table, vocabulary);
    }
    if (match.schema != nullptr) {
        match.edition = edition_of(table, shape, *match.schema, schemas);
    }
    if (match.edition && match.proposals) {
        leave_to_edition(*match.edition, match.columns, *match.proposals);
    }
    return match;
}

std::string code_in(const std::vector<SampledColumn>& columns) {
    for (const SampledColumn& column : columns) {
        const auto value = std::find_if(column.values.begin(), column.values.end(),
                                        [](const std::string& one) { return !one.empty(); });
        if (column.profile().distinct == 1 && column.profile().share(ValueLook::lg_code) >= 1.0 &&
            value != column.values.end()) {
            const Normalised code = normalise_code(*value);
            return is_clean_code(code.value) ? code.value : std::string();
        }
    }
    return {};
}

void tell_other_municipality(const std::vector<SourceInfo>& about, const std::string& publisher,
                             const SchemaLibrary& schemas, Findings& findings) {
    const std::filesystem::path path = schemas.lg_codes();
    std::error_code ignored;
    if (publisher.empty() || !std::filesystem::is_regular_file(path, ignored)) {
        return;
    }
    const MunicipalityNames names(read_small_file(path, "schemas/reference/lg-codes.csv"));
    const std::string own = names.full_name(publisher);
    for (std::size_t at = 0; at < about.size(); ++at) {
        const auto source = static_cast<std::uint16_t>(at);
        const auto look_at = [&](const std::string& text, Place where) {
            if (const std::optional<std::string> other = names.other_named(text, publisher)) {
                findings.add(Code::names_other_municipality, where, *other, own);
            }
        };
        const SourceInfo& one = about[at];
        look_at(std::filesystem::path(one.file).stem().string(), {0, 0, 0, source, nullptr});
        for (std::size_t i = 0; i < one.sheets.size(); ++i) {
            const auto sheet = static_cast<std::uint16_t>(i);
            const bool read = one.sheets[i] == one.sheet ||
                              std::any_of(one.taken.begin(), one.taken.end(), [&](const TakenRows& rows) {
                                  return rows.sheet == sheet && rows.as == "data";
                              });
            if (read) {
                look_at(one.sheets[i], {0, 0, sheet, source, nullptr});
            }
        }
        for (const TakenRows& rows : one.taken) {
            if (rows.as == "title") {
                look_at(rows.text, {rows.first, rows.column, rows.sheet, source, nullptr});
            }
        }
    }
}

void tell_match(const TableMatch& match, Matching matching, Findings& findings) {
    if (match.choice && match.choice->id.empty()) {
        const std::string candidates = fmt::format("{}", fmt::join(match.choice->candidates, " "));
        findings.add(Code::schema_undecided, {}, candidates.empty() ? "なし" : candidates, {},
                     matching == Matching::ask ? Severity::error : Severity::warning);
    } else if (match.choice) {
        findings.add(Code::schema_chosen, {}, match.choice->id, match.choice->why.text());
    }
    if (!match.items.empty()) {
        constexpr std::size_t shown = 4;
        const std::vector<std::string> some(match.items.begin(),
                                            match.items.begin() +
                                                static_cast<std::ptrdiff_t>(std::min(shown, match.items.size())));
        findings.add(Code::table_looks_transposed, match.first_head, fmt::format("{}", fmt::join(some, "、")));
    }
    if (match.edition) {
        findings.add(Code::edition_other, {}, edition_text(match.edition->from()), edition_text(*match.schema));
    }
    if (!match.proposals) {
        return;
    }
    for (const Question& question : match.proposals->questions) {
        const bool known = question.column < match.heads.size();
        const Place where{0, 0, 0, 0, known ? &match.heads[question.column] : nullptr};
        findings.add(Code::column_unsure, where, question.header,
                     fmt::format("{} {:.2f}", question.field->name, question.confidence),
                     matching == Matching::ask ? Severity::error : Severity::warning);
    }
}

}  // namespace kokai
