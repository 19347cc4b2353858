// SPDX-License-Identifier: Apache-2.0
// What a package needs beside a new sheet: entries in workbook.xml, in _rels and in [Content_Types].xml. Plain
// functions from text to text; nothing but the new entries (and the positions that a new first sheet shifts) changes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

constexpr std::string_view office_relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// workbook.xml with a sheet before all others. Positions of sheets (active and first tab, names of one sheet) move
/// along, so that they still mean the sheets that they meant.
std::string with_first_sheet(std::string_view workbook, std::string_view name, std::string_view relation_id);

/// Is a sheet of this name there? Excel compares without case.
bool has_sheet(std::string_view workbook, std::string_view name);

struct NewRelation {
    std::string id;
    std::string type;  // the last word of its address: worksheet, comments, vmlDrawing …
    std::string target;
};
/// `rels` may be empty: then a new part is made.
std::string with_relations(std::string_view rels, std::span<const NewRelation> relations);
/// rIdN that `rels` does not use.
std::string free_relation_id(std::string_view rels, std::span<const NewRelation> besides = {});

struct NewPart {
    std::string name;  // xl/worksheets/sheet4.xml
    std::string content_type;
};
/// Overrides for the parts, and a default for .vml when asked for.
enum class VmlDefault : bool { leave, add };
std::string with_content_types(std::string_view types, std::span<const NewPart> parts, VmlDefault vml);
/// The content type of a part: its override, else the default of its extension.
std::string content_type_of(std::string_view types, std::string_view part);

}  // namespace kokai
