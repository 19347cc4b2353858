// SPDX-License-Identifier: Apache-2.0
// The head of report.html: the quality score with its parts, and what to mend first.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace kokai {

/// Values of the template's `quality`, or false when the report has none.
nlohmann::ordered_json quality_values(const nlohmann::ordered_json& report);

}  // namespace kokai
