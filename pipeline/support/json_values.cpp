// SPDX-License-Identifier: Apache-2.0
// Tolerant by design: indexes and defaults stay those of the file, whatever stands in it.
#include "support/json_values.hpp"

#include <nlohmann/json.hpp>

#include <limits>

namespace kokai::json_values {
namespace {

std::uint32_t row_number(const Json& value) {
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        if (number > 0 && number <= std::numeric_limits<std::uint32_t>::max()) {
            return static_cast<std::uint32_t>(number);
        }
    }
    return 0;
}

}  // namespace

const Json* member(const Json& object, const char* key) {
    if (!object.is_object()) {
        return nullptr;
    }
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

std::string text(const Json& object, const char* key) {
    const Json* value = member(object, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string{};
}

std::optional<std::string> optional_text(const Json& object, const char* key) {
    const Json* value = member(object, key);
    return value != nullptr && value->is_string() ? std::optional(value->get<std::string>()) : std::nullopt;
}

std::vector<std::string> texts(const Json& object, const char* key) {
    std::vector<std::string> all;
    const Json* value = member(object, key);
    if (value == nullptr) {
        return all;
    }
    if (value->is_string()) {
        all.push_back(value->get<std::string>());
    } else if (value->is_array()) {
        for (const Json& one : *value) {
            if (one.is_string()) {
                all.push_back(one.get<std::string>());
            }
        }
    }
    return all;
}

std::vector<std::pair<std::string, std::string>> pairs(const Json& object, const char* key) {
    std::vector<std::pair<std::string, std::string>> all;
    const Json* value = member(object, key);
    if (value != nullptr && value->is_object()) {
        for (const auto& [name, one] : value->items()) {
            if (one.is_string()) {
                all.emplace_back(name, one.get<std::string>());
            }
        }
    }
    return all;
}

std::vector<std::uint32_t> row_numbers(const Json& object, const char* key) {
    std::vector<std::uint32_t> all;
    const Json* value = member(object, key);
    if (value == nullptr) {
        return all;
    }
    if (value->is_array()) {
        for (const Json& one : *value) {
            if (const std::uint32_t number = row_number(one); number != 0) {
                all.push_back(number);
            }
        }
    } else if (const std::uint32_t number = row_number(*value); number != 0) {
        all.push_back(number);
    }
    return all;
}

bool is_true(const Json& object, const char* key) {
    const Json* value = member(object, key);
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

}  // namespace kokai::json_values
