// SPDX-License-Identifier: Apache-2.0
// A statistic as bars, drawn here as SVG: the page needs no script for it. One panel per series, all on the same scale.
#pragma once

#include "describe/catalog_entry.hpp"

#include <string>
#include <vector>

namespace kokai {

struct ChartPanel {
    std::string title;  // the series' name; empty when there is only one panel
    std::string svg;    // escaped, ready for the page
};

/// Nothing when the table has no chart, no number in it, or more than 60 bars a panel or 60 panels: a picture nobody
/// can read.
std::vector<ChartPanel> chart_panels(const CatalogTable& table);

}  // namespace kokai
