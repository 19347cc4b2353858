// SPDX-License-Identifier: Apache-2.0
// Reading report.json for the page: what is missing or of another form is nothing to say, never a failure.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>

namespace kokai {

/// Whatever stands at the key as one text: a list is joined, a missing key is nothing.
inline std::string text_at(const nlohmann::ordered_json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null()) {
        return {};
    }
    if (found->is_string()) {
        return found->get<std::string>();
    }
    if (found->is_array()) {
        std::string all;
        for (const nlohmann::ordered_json& one : *found) {
            all += (all.empty() ? "" : "、") + (one.is_string() ? one.get<std::string>() : one.dump());
        }
        return all;
    }
    return found->is_object() ? std::string() : found->dump();
}

inline std::uint64_t count_at(const nlohmann::ordered_json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? found->get<std::uint64_t>() : 0;
}

inline bool truth_at(const nlohmann::ordered_json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

/// The list at the key, an empty one where there is none. A report of a large table is too big to copy.
inline const nlohmann::ordered_json& list_at(const nlohmann::ordered_json& json, const char* key) {
    static const nlohmann::ordered_json none = nlohmann::ordered_json::array();
    const auto found = json.find(key);
    return found != json.end() && found->is_array() ? *found : none;
}

inline const nlohmann::ordered_json& object_at(const nlohmann::ordered_json& json, const char* key) {
    static const nlohmann::ordered_json none = nlohmann::ordered_json::object();
    const auto found = json.find(key);
    return found != json.end() && found->is_object() ? *found : none;
}

}  // namespace kokai
