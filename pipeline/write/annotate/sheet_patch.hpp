// SPDX-License-Identifier: Apache-2.0
// The XML of a sheet copied through with other styles on some cells. Streamed: at any time one tag and a buffer are
// held, however many rows there are. All bytes but the changed tags are the sheet's own.
#pragma once

#include "model/finding.hpp"
#include "read/xml_scanner.hpp"
#include "write/annotate/remarks.hpp"
#include "write/annotate/sheet_survey.hpp"
#include "write/annotate/styles.hpp"

#include <functional>
#include <map>
#include <string>

namespace kokai {

using CellMarks = std::map<CellPlace, Severity>;

/// Throws PatchDoubt where the sheet is not in order. `legacy_id`: the relation that <legacyDrawing> shall name; empty
/// = none is added.
void patch_sheet(ByteSource& source, const CellMarks& marks, const SheetSurvey& survey, const std::string& legacy_id,
                 StyleBook& styles, const std::function<void(std::string_view)>& write);

}  // namespace kokai
