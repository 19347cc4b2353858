// SPDX-License-Identifier: Apache-2.0
// The form that is hashed is fixed for good: to change it renames every edition there is.
#include "describe/edition.hpp"

#include "support/hash.hpp"

#include <nlohmann/json.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace kokai {
namespace {

using Json = nlohmann::json;  // keys in their order, whoever puts them in

void put(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) {
        json[key] = text;
    }
}

void put(Json& json, const char* key, const std::vector<std::string>& texts) {
    if (!texts.empty()) {
        json[key] = texts;
    }
}

/// Not requirement_words(): those are the page's, and may be said better one day.
std::string_view requirement_word(Requirement requirement) {
    switch (requirement) {
    case Requirement::required:
        return "required";
    case Requirement::likely_required:
        return "likely_required";
    case Requirement::recommended:
        return "recommended";
    case Requirement::optional:
        return "optional";
    default:
        return {};
    }
}

/// What datapackage.json and the page say of a column.
Json words_of(const Field& field) {
    Json json = Json::object();
    put(json, "name", field.name);
    put(json, "type", field.type);
    put(json, "english", field.english);
    put(json, "description", field.description);
    put(json, "example", field.example);
    put(json, "unit", field.unit);
    put(json, "allowed", field.allowed);
    put(json, "separator", field.separator);
    put(json, "requirement", std::string(requirement_word(field.requirement)));
    if (field.unique) {
        json["unique"] = true;
    }
    if (field.minimum) {
        json["minimum"] = *field.minimum;
    }
    if (field.maximum) {
        json["maximum"] = *field.maximum;
    }
    return json;
}

Json words_of(const CatalogTable& table) {
    Json json = Json::object();
    put(json, "name", table.name);
    put(json, "title", table.title);
    put(json, "description", table.description);
    put(json, "schema", table.schema_id);
    put(json, "schema_title", table.schema_title);
    put(json, "primary_key", table.primary_key);
    for (const Field& field : table.fields) {
        json["fields"].push_back(words_of(field));
    }
    for (const CatalogFile& file : table.files) {
        json["files"].push_back(
            {{"format", file.format}, {"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    }
    for (const AcceptedFinding& accepted : table.accepted) {
        Json one{{"code", accepted.code}, {"reason", accepted.reason}};
        put(one, "columns", accepted.columns);
        json["accepted"].push_back(std::move(one));
    }
    if (table.chart) {
        json["chart"] = Json::array({table.chart->category, table.chart->value, table.chart->series});
    }
    return json;
}

}  // namespace

std::string edition_name(const CatalogEntry& entry) {
    Json json = Json::object();
    put(json, "id", entry.id);
    put(json, "title", entry.title);
    put(json, "title_en", entry.title_en);
    put(json, "description", entry.description);
    put(json, "publisher_code", entry.publisher.code);
    put(json, "publisher_name", entry.publisher.name);
    put(json, "publisher_url", entry.publisher.url);
    put(json, "license_id", entry.license.id);
    put(json, "license_title", entry.license.title);
    put(json, "license_url", entry.license.url);
    put(json, "credit", entry.credit);
    put(json, "update_frequency", entry.update_frequency);
    put(json, "contact", entry.contact);
    put(json, "modified", entry.modified);
    put(json, "theme", entry.theme);
    put(json, "keywords", entry.keywords);
    put(json, "spatial", entry.spatial);
    put(json, "temporal", entry.temporal);
    put(json, "source_url", entry.source_url);
    put(json, "note", entry.note);
    for (const CatalogTable& table : entry.tables) {
        json["tables"].push_back(words_of(table));
    }
    return sha256_hex(json.dump(-1, ' ', false, Json::error_handler_t::replace)).substr(0, 16);
}

CatalogEntry edition_summary(const CatalogEntry& entry) {
    CatalogEntry summary = entry;
    summary.kept.clear();
    for (CatalogTable& table : summary.tables) {
        table.fields.clear();
        table.primary_key.clear();
        table.first_rows.clear();
        table.findings = {};
        table.accepted.clear();
        table.quality.clear();
        table.chart.reset();
        table.chart_points.clear();
    }
    return summary;
}

std::string edition_folder(const std::string& edition) {
    return "editions/" + edition + "/";
}

const KeptEdition* previous_edition(const CatalogEntry& entry, const KeptEdition& of) {
    const KeptEdition* previous = nullptr;
    for (const KeptEdition& one : entry.kept) {
        if (one.sequence < of.sequence && !one.withdrawn &&
            (previous == nullptr || one.sequence > previous->sequence)) {
            previous = &one;
        }
    }
    return previous;
}

std::string_view edition_state(const CatalogEntry& entry, const KeptEdition& one) {
    if (one.entry.edition == entry.edition) {
        return "current";
    }
    return one.withdrawn ? "withdrawn" : "former";
}

}  // namespace kokai
