// SPDX-License-Identifier: Apache-2.0
// A JSON document against a JSON Schema, with sentences that a clerk understands. valijson judges whether a document is
// right (json_judge.cpp); the sentences are our own, because its are for programmers.
#pragma once

#include "model/error.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string_view>
#include <vector>

namespace kokai {

/// Every mistake of `document` at once, each with its JSON pointer. Knows the draft-07 words that forms need; the
/// schema's `examples` are shown where a pattern is missed. A schema that is itself wrong is thrown as WorldError.
std::vector<Mistake> check_json(const nlohmann::json& document, const nlohmann::json& schema,
                                std::string_view file_name);

}  // namespace kokai
