// SPDX-License-Identifier: Apache-2.0
// The fields of a schema as `kokai schemas --json` prints them: the first three keys are the contract, the others
// follow.
#include "model/schema_json.hpp"

#include "model/schema_words.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

void put(Json& object, const char* key, const std::string& value) {
    if (!value.empty()) {
        object[key] = value;
    }
}

}  // namespace

std::string schema_fields_json(const Schema& schema) {
    Json list = Json::array();
    for (const Field& field : schema.fields) {
        Json one;
        one["name"] = field.name;
        one["requirement"] = field.requirement_word;
        one["type"] = field.type;
        one["kind"] = word_of(field.kind);
        one["level"] = word_of(field.requirement);
        one["confidence"] = word_of(field.confidence);
        put(one, "english", field.english);
        put(one, "format", field.format);
        put(one, "description", field.description);
        put(one, "example", field.example);
        put(one, "unit", field.unit);
        one["aliases"] = field.aliases;
        one["allowed"] = field.allowed;
        if (!field.vocabulary.empty()) {
            one["vocabulary"] = field.vocabulary;
        }
        put(one, "separator", field.separator);
        put(one, "pattern", field.pattern);
        if (field.minimum) {
            one["minimum"] = *field.minimum;
        }
        if (field.maximum) {
            one["maximum"] = *field.maximum;
        }
        if (field.unique) {
            one["unique"] = true;
        }
        list.push_back(std::move(one));
    }
    return list.dump();
}

}  // namespace kokai
