// SPDX-License-Identifier: Apache-2.0
#include "write/annotate/sheet_survey.hpp"

#include "support/text.hpp"
#include "write/annotate/doubt.hpp"
#include "write/annotate/xml_edit.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace kokai {
namespace {

constexpr std::size_t most_merges = 200'000;
constexpr std::size_t most_columns = 16'384;

/// Children of <worksheet> that come behind <legacyDrawing> (ECMA-376, CT_Worksheet). <AlternateContent> holds
/// controls; it decides nothing.
constexpr std::array behind_legacy{"legacyDrawingHF", "drawingHF",  "picture", "oleObjects",      "controls",
                                   "webPublishItems", "tableParts", "extLst",  "AlternateContent"};

double decimal_of(std::string_view text, double otherwise) {
    double value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value > 0 && value < 1'000 ? value : otherwise;
}

void add_column(const XmlScanner& scanner, SheetSurvey& survey) {
    ColumnRange range;
    range.first = leading_number(scanner.attribute("min"));
    range.last = leading_number(scanner.attribute("max"));
    range.style = leading_number(scanner.attribute("style"));
    range.width = decimal_of(scanner.attribute("width"), 0);
    const std::string_view hidden = scanner.attribute("hidden");
    range.hidden = hidden == "1" || hidden == "true";
    if (survey.columns.size() == most_columns) {
        throw PatchDoubt("列の書式が多すぎるシートがあります", "a sheet has too many column formats");
    }
    survey.columns.push_back(range);
}

void add_merge(std::string_view area, const std::vector<CellPlace>& wanted, SheetSurvey& survey) {
    CellPlace first;
    CellPlace last;
    const std::size_t colon = area.find(':');
    if (colon == std::string_view::npos || !read_cell_name(area.substr(0, colon), first) ||
        !read_cell_name(area.substr(colon + 1), last)) {
        return;
    }
    auto at = std::lower_bound(wanted.begin(), wanted.end(), CellPlace{first.row, first.column});
    for (; at != wanted.end() && at->row <= last.row; ++at) {
        if (at->column >= first.column && at->column <= last.column && *at != first) {
            survey.moved.emplace(*at, first);
        }
    }
}

}  // namespace

SheetSurvey survey_sheet(ByteSource& source, const std::string& file, const std::string& part,
                         const std::vector<CellPlace>& wanted) {
    SheetSurvey survey;
    XmlScanner scanner(source, file, part);
    std::size_t children = 0;
    std::size_t merges = 0;
    bool in_columns = false;
    for (XmlScanner::Event event = scanner.next(); event != XmlScanner::Event::finished; event = scanner.next()) {
        if (event != XmlScanner::Event::start) {
            continue;
        }
        const std::string_view name = scanner.name();
        if (scanner.depth() == 1 && name != "worksheet") {
            throw PatchDoubt(part + " が表のシートではありません", part + " is no worksheet");
        }
        if (scanner.depth() == 2) {
            ++children;
            in_columns = name == "cols";
            if (std::find(behind_legacy.begin(), behind_legacy.end(), name) == behind_legacy.end()) {
                survey.legacy_behind = children;
            }
            if (name == "sheetFormatPr") {
                survey.usual_width = decimal_of(scanner.attribute("defaultColWidth"),
                                                decimal_of(scanner.attribute("baseColWidth"), survey.usual_width));
                survey.usual_height = decimal_of(scanner.attribute("defaultRowHeight"), survey.usual_height);
            } else if (name == "legacyDrawing") {
                survey.has_legacy_drawing = true;
                survey.legacy_drawing = decoded(scanner.attribute("id"));
            }
        } else if (scanner.depth() == 3 && in_columns && name == "col") {
            add_column(scanner, survey);
        } else if (scanner.depth() == 3 && name == "mergeCell") {
            if (++merges > most_merges) {
                throw PatchDoubt("結合したセルが多すぎるシートがあります", "a sheet has too many merged areas");
            }
            add_merge(scanner.attribute("ref"), wanted, survey);
        }
    }
    return survey;
}

}  // namespace kokai
