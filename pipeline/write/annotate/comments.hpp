// SPDX-License-Identifier: Apache-2.0
// Comments of a sheet: the part with their text, and the drawing (VML, of 1998, and still what Excel wants) with their
// boxes. What the department wrote itself stays; ours come behind it.
#pragma once

#include "write/annotate/remarks.hpp"
#include "write/annotate/sheet_survey.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

using CellTexts = std::map<CellPlace, std::string>;

/// comments.xml with our texts; `xml` empty = a new part. A cell that has a comment already gets ours at its end.
/// `boxes` receives the cells whose comment is new. Throws PatchDoubt for a part that is not understood. Cells in
/// `untouchable` (threads) were left out by the caller.
std::string with_comments(std::string_view xml, const CellTexts& texts, std::vector<CellPlace>& boxes);

/// The cells that have a comment, and whether it stands for a thread (which only Excel may change).
std::map<CellPlace, bool> commented_cells(std::string_view xml);

/// The drawing with a hidden box for each of the cells; `vml` empty = a new part. Throws PatchDoubt for a drawing that
/// is no XML or does not name its namespaces as Excel does.
std::string with_boxes(std::string_view vml, const std::vector<CellPlace>& boxes, const CellTexts& texts,
                       const SheetSurvey& survey);

}  // namespace kokai
