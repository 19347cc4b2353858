// SPDX-License-Identifier: Apache-2.0
// What a workbook says of itself: its sheets in order, where its strings and styles are, its date system, when it was
// saved.
#pragma once

#include "read/xlsx_package.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kokai {

struct WorkbookSheet {
    std::string name;
    std::string part;     // empty: the workbook names a sheet that its relationships do not know
    bool hidden = false;  // hidden or very hidden: never chosen unasked
};

struct WorkbookIndex {
    std::string part;
    std::vector<WorkbookSheet> sheets;      // those with cells: chart and dialog sheets are left out
    std::string strings_part, styles_part;  // empty when there are none
    bool dates_from_1904 = false;
    std::vector<std::string> external_books;  // names of the workbooks that formulas refer to, in their order
    std::string modified;                     // dcterms:modified of docProps/core.xml: the ISO date, or empty
};

/// Throws WorldError when there is no workbook in the package, or one that cannot be.
WorkbookIndex read_workbook(const XlsxPackage& package);

/// 2024-04-01 of 2024-04-01T09:00:00Z; empty when it is no date.
std::string iso_date_of(std::string_view stamp);

}  // namespace kokai
