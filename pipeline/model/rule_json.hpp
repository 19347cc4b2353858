// SPDX-License-Identifier: Apache-2.0
// Conditions and rules out of JSON, for dataset.json and for schemas. What does not fit is left out; a form, or the
// caller, has named it.
#pragma once

#include "model/rule.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kokai {

/// Takes a mistake: JSON pointer, Japanese, English.
using SayMistake = std::function<void(const std::string& pointer, std::string ja, std::string en)>;

/// Only `must` of a rule can ask for unique values: it takes more than one row to tell.
enum class ConditionsOf : std::uint8_t { filter, must };

/// The list `key` of an object at `at`. Says where a test is missing or doubled, or names no column.
std::vector<Condition> read_conditions(const nlohmann::ordered_json& object, const char* key, const std::string& at,
                                       ConditionsOf of, const SayMistake& say);

/// One rule: when, must, message, message_en, level, and `code` where a schema says it.
Rule read_rule(const nlohmann::ordered_json& object, const std::string& at, const SayMistake& say);

}  // namespace kokai
