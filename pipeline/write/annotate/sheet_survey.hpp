// SPDX-License-Identifier: Apache-2.0
// What has to be known of a sheet before its first cell is changed: merged areas, widths of its columns, and what
// stands behind the cells. One pass, nothing kept of the cells.
#pragma once

#include "read/xml_scanner.hpp"
#include "write/annotate/remarks.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace kokai {

struct ColumnRange {
    std::uint32_t first = 0, last = 0, style = 0;
    double width = 0;  // characters; 0 = not said
    bool hidden = false;
};

struct SheetSurvey {
    std::vector<ColumnRange> columns;
    double usual_width = 8.43, usual_height = 15;
    std::map<CellPlace, CellPlace> moved;  // a marked cell inside a merged area: its first cell
    std::string legacy_drawing;            // r:id, decoded
    bool has_legacy_drawing = false;
    std::size_t legacy_behind = 0;  // the number (from 1) of the child of <worksheet> behind which one would stand
};

/// `wanted`, sorted, are the cells to be marked. Throws what the scanner throws, and PatchDoubt.
SheetSurvey survey_sheet(ByteSource& source, const std::string& file, const std::string& part,
                         const std::vector<CellPlace>& wanted);

}  // namespace kokai
