// SPDX-License-Identifier: Apache-2.0
// Mustache, wrapped once: a template and JSON values become a page. {{x}} is escaped for HTML; {{{x}}} is for what we
// made ourselves.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace kokai {

/// Empty texts, null and false are all "not there" to a section. Other templates stand among the values under names
/// that begin with `part_`. Throws std::runtime_error naming `name` when the template is no valid mustache.
std::string render(const std::string& name, const std::string& text, const nlohmann::ordered_json& values);

}  // namespace kokai
