// SPDX-License-Identifier: Apache-2.0
// report.html: what a department reads after a run, on screen or on paper. First whether the data can be published,
// then what to mend and how, then what became of each column. One file: no script, nothing from elsewhere.
#pragma once

#include "model/finding.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>

namespace kokai {

/// How many findings of a group (code, severity, column) the page shows; all of them are in findings.jsonl.
std::size_t examples_on_page(Severity severity);

/// `report` is the document of report.json (design.md section 6), with or without `tables`. Keys that are missing are
/// taken as nothing to say. The same report gives the same bytes.
std::string report_html(const nlohmann::ordered_json& report);

}  // namespace kokai
