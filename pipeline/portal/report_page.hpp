// SPDX-License-Identifier: Apache-2.0
// report.html: what a department reads after a run, on screen or on paper. First whether the data can be published,
// then what to mend and how, then what became of each column. One file: no script, nothing from elsewhere.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace kokai {

/// `report` is the document of report.json (design.md section 6), with or without `tables`. Keys that are missing are
/// taken as nothing to say. The same report gives the same bytes.
std::string report_html(const nlohmann::ordered_json& report);

}  // namespace kokai
