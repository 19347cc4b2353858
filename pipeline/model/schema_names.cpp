// SPDX-License-Identifier: Apache-2.0
#include "model/schema_names.hpp"

#include <simdjson.h>

#include <string>
#include <utility>

namespace kokai {
namespace {

using simdjson::dom::element;

/// False where the key is there and holds no text.
bool take_text(const element& object, std::string_view key, std::string& text) {
    element found;
    if (object[key].get(found) != simdjson::SUCCESS) {
        return true;
    }
    std::string_view given;
    const bool is_text = found.get(given) == simdjson::SUCCESS;
    text = given;
    return is_text;
}

bool take_aliases(const element& field, std::vector<std::string>& aliases) {
    element found;
    if (field["kokai:aliases"].get(found) != simdjson::SUCCESS) {
        return true;
    }
    simdjson::dom::array list;
    if (found.get(list) != simdjson::SUCCESS) {
        return false;
    }
    for (const element one : list) {
        std::string_view alias;
        if (one.get(alias) != simdjson::SUCCESS) {
            return false;
        }
        aliases.emplace_back(alias);
    }
    return true;
}

}  // namespace

std::optional<Schema> read_schema_names(std::string_view json_text) {
    simdjson::dom::parser parser;
    element document;
    simdjson::dom::array fields;
    Schema named;
    if (parser.parse(json_text.data(), json_text.size()).get(document) != simdjson::SUCCESS ||
        !take_text(document, "kokai:id", named.id) || document["fields"].get(fields) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    for (const element field : fields) {
        Field& one = named.fields.emplace_back();
        if (!field.is_object() || !take_text(field, "name", one.name) || one.name.empty() ||
            !take_text(field, "kokai:english", one.english) || !take_aliases(field, one.aliases)) {
            return std::nullopt;
        }
    }
    return named;
}

}  // namespace kokai
