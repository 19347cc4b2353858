// SPDX-License-Identifier: Apache-2.0
// Of report.html the quality score with its parts and what to mend first, and the list of 機械判読.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace kokai {

/// Values of the template's `quality`, or false when the report has none.
nlohmann::ordered_json quality_values(const nlohmann::ordered_json& report);

/// Values of `machine`: MIC's check items for sheets, of one table; false when the report has none.
nlohmann::ordered_json machine_values(const nlohmann::ordered_json& table);

}  // namespace kokai
