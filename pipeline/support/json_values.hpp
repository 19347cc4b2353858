// SPDX-License-Identifier: Apache-2.0
// Values of a JSON object asked for by name and type; what does not fit is as if it were not there, because
// check_json() has named it. (JsonKeys does both at once, for forms without a JSON Schema.)
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kokai::json_values {

using Json = nlohmann::ordered_json;

/// Null when `object` is none, or has no such key.
const Json* member(const Json& object, const char* key);
std::string text(const Json& object, const char* key);
std::optional<std::string> optional_text(const Json& object, const char* key);
/// A list of texts; one text alone is a list of one.
std::vector<std::string> texts(const Json& object, const char* key);
/// An object of texts, in the order written.
std::vector<std::pair<std::string, std::string>> pairs(const Json& object, const char* key);
/// Row numbers from 1; one number alone is a list of one.
std::vector<std::uint32_t> row_numbers(const Json& object, const char* key);
bool is_true(const Json& object, const char* key);

}  // namespace kokai::json_values
