// SPDX-License-Identifier: Apache-2.0
// A comparison for a person at a terminal: the figures, and the first rows of each kind.
#pragma once

#include "model/finding.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace kokai {

/// `document` is the one of publish/diff_json.
std::string diff_text(const nlohmann::ordered_json& document, Language language);

}  // namespace kokai
