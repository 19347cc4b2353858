// SPDX-License-Identifier: Apache-2.0
// valijson behind one function; check_json() is what to call.
#pragma once

#include "model/error.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string_view>
#include <vector>

namespace kokai {

/// valijson's own objections; empty = the document is right. A schema that is itself wrong is thrown as WorldError.
std::vector<Mistake> judge_json(const nlohmann::json& document, const nlohmann::json& schema,
                                std::string_view file_name);

}  // namespace kokai
