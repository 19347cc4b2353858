// SPDX-License-Identifier: Apache-2.0
// JSON files that people write by hand (dataset.json, layouts): parsed with line and column in the message.
#pragma once

#include "model/error.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// Parses `text` (a BOM is allowed) into `document`, keys in the order written. False, with the mistake added, when it
/// is not JSON or nested past 64 levels. Keys that occur twice are mistakes too; the last one counts.
bool parse_json(std::string_view text, std::string_view file_name, nlohmann::ordered_json& document,
                std::vector<Mistake>& mistakes);
bool parse_json(std::string_view text, std::string_view file_name, nlohmann::json& document,
                std::vector<Mistake>& mistakes);

/// One more step of a JSON pointer: `/` and `~` are escaped.
std::string pointer_to(std::string_view parent, std::string_view key);
std::string pointer_to(std::string_view parent, std::size_t index);

}  // namespace kokai
