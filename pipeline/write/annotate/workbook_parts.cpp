// SPDX-License-Identifier: Apache-2.0
#include "write/annotate/workbook_parts.hpp"

#include "support/text.hpp"
#include "write/annotate/doubt.hpp"
#include "write/annotate/xml_edit.hpp"
#include "write/excel/parts.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <set>

namespace kokai {
namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view package_relations = "http://schemas.openxmlformats.org/package/2006/relationships";

std::optional<std::uint32_t> number_of(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// A position among the sheets, one further.
std::string moved_on(const XmlTag& tag, std::string_view attribute) {
    const auto value = number_of(tag_attribute(tag.text, attribute));
    if (!value || *value > 65'535) {
        throw PatchDoubt("xl/workbook.xml の " + std::string(attribute) + " が数ではありません",
                         "xl/workbook.xml: " + std::string(attribute) + " is no number");
    }
    return with_attribute(tag.text, attribute, std::to_string(*value + 1));
}

std::uint32_t free_sheet_id(const std::set<std::uint32_t>& used) {
    constexpr std::uint32_t largest = 65'534;
    if (used.empty() || *used.rbegin() < largest) {
        return used.empty() ? 1 : *used.rbegin() + 1;
    }
    std::uint32_t id = 1;
    while (used.contains(id)) {
        ++id;
    }
    return id;
}

/// The insertion of children into the root of a part, whose tag may be empty.
std::string with_children(std::string_view xml, const std::string& children) {
    XmlTags tags(xml);
    Edits edits;
    while (tags.next()) {
        const XmlTag& tag = tags.tag();
        if (tag.depth == 1 && tag.kind == TagKind::close) {
            edits.insert(tag.begin, children);
        } else if (tag.depth == 1 && tag.kind == TagKind::empty) {
            std::string open(tag.text.substr(0, tag.text.size() - 2));
            edits.replace(tag.begin, tag.end,
                          open + ">" + children + "</" + std::string(tag.prefix) + std::string(tag.name) + ">");
        }
    }
    return edits.apply(xml);
}

std::string root_prefix(std::string_view xml) {
    XmlTags tags(xml);
    return tags.next() ? std::string(tags.tag().prefix) : std::string();
}

}  // namespace

bool has_sheet(std::string_view workbook, std::string_view name) {
    XmlTags tags(workbook);
    while (tags.next()) {
        if (tags.tag().name == "sheet" && tags.tag().depth == 3 &&
            lowered(decoded(tag_attribute(tags.tag().text, "name"))) == lowered(name)) {
            return true;
        }
    }
    return false;
}

std::string with_first_sheet(std::string_view workbook, std::string_view name, std::string_view relation_id) {
    XmlTags tags(workbook);
    Edits edits;
    std::string prefix;
    std::string relations;
    std::set<std::uint32_t> ids;
    std::optional<XmlTag> sheets;
    bool has_view = false;
    while (tags.next()) {
        const XmlTag tag = tags.tag();
        if (tag.kind == TagKind::close) {
            continue;
        }
        if (tag.depth == 1) {
            prefix = tag.prefix;
            relations = prefix_of_namespace(tag.text, office_relations, "");
        } else if (tag.name == "workbookView" && tag.depth == 3) {
            has_view = true;
            std::string moved = has_attribute(tag.text, "activeTab") ? moved_on(tag, "activeTab")
                                                                     : with_attribute(tag.text, "activeTab", "1");
            // A row of tabs that begins with the first sheet goes on to do so: the new sheet shall be seen.
            const std::string_view first = tag_attribute(tag.text, "firstSheet");
            if (!first.empty() && first != "0") {
                XmlTag changed = tag;
                changed.text = moved;
                moved = moved_on(changed, "firstSheet");
            }
            edits.replace(tag.begin, tag.end, std::move(moved));
        } else if (tag.name == "sheets" && tag.depth == 2 && tag.kind == TagKind::open) {
            sheets = tag;
        } else if (tag.name == "sheet" && tag.depth == 3) {
            if (const auto id = number_of(tag_attribute(tag.text, "sheetId"))) {
                ids.insert(*id);
            }
        } else if (tag.name == "definedName" && tag.depth == 3 && has_attribute(tag.text, "localSheetId")) {
            edits.replace(tag.begin, tag.end, moved_on(tag, "localSheetId"));
        }
    }
    if (!sheets) {
        throw PatchDoubt("xl/workbook.xml にシートの一覧がありません", "xl/workbook.xml has no list of sheets");
    }
    if (!has_view) {  // without one the new sheet would be the active one, beside the one that says it is selected
        edits.insert(sheets->begin, "<" + prefix + "bookViews><" + prefix + "workbookView activeTab=\"1\"/></" +
                                        prefix + "bookViews>");
    }
    const std::string declared =
        relations.empty() ? " xmlns:r=\"" + std::string(office_relations) + "\"" : std::string();
    edits.insert(sheets->end, "<" + prefix + "sheet" + declared + " name=\"" + xml_escaped(name) + "\" sheetId=\"" +
                                  std::to_string(free_sheet_id(ids)) + "\" " + (relations.empty() ? "r:" : relations) +
                                  "id=\"" + std::string(relation_id) + "\"/>");
    return edits.apply(workbook);
}

std::string with_relations(std::string_view rels, std::span<const NewRelation> relations) {
    const std::string empty =
        std::string(declaration) + "<Relationships xmlns=\"" + std::string(package_relations) + "\"></Relationships>";
    const std::string_view base = rels.empty() ? std::string_view(empty) : rels;
    const std::string prefix = root_prefix(base);
    std::string children;
    for (const NewRelation& one : relations) {
        children += "<" + prefix + "Relationship Id=\"" + xml_escaped(one.id) + "\" Type=\"" +
                    std::string(office_relations) + "/" + one.type + "\" Target=\"" + xml_escaped(one.target) + "\"/>";
    }
    return with_children(base, children);
}

std::string free_relation_id(std::string_view rels, std::span<const NewRelation> besides) {
    std::set<std::string> used;
    for (const NewRelation& one : besides) {
        used.insert(one.id);
    }
    XmlTags tags(rels);
    while (tags.next()) {
        used.insert(decoded(tag_attribute(tags.tag().text, "Id")));
    }
    std::size_t number = used.size() + 1;
    while (used.contains("rId" + std::to_string(number))) {
        ++number;
    }
    return "rId" + std::to_string(number);
}

std::string with_content_types(std::string_view types, std::span<const NewPart> parts, VmlDefault vml) {
    const std::string prefix = root_prefix(types);
    std::string children;
    bool has_vml = false;
    XmlTags tags(types);
    while (tags.next()) {
        has_vml =
            has_vml || (tags.tag().name == "Default" && lowered(tag_attribute(tags.tag().text, "Extension")) == "vml");
    }
    if (vml == VmlDefault::add && !has_vml) {
        children += "<" + prefix + "Default Extension=\"vml\" " +
                    "ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>";
    }
    for (const NewPart& part : parts) {
        children += "<" + prefix + "Override PartName=\"/" + xml_escaped(part.name) + "\" ContentType=\"" +
                    xml_escaped(part.content_type) + "\"/>";
    }
    return with_children(types, children);
}

std::string content_type_of(std::string_view types, std::string_view part) {
    const std::string wanted = "/" + lowered(part);
    const std::string extension = lowered(part.substr(part.rfind('.') + 1));
    std::string by_extension;
    XmlTags tags(types);
    while (tags.next()) {
        const XmlTag& tag = tags.tag();
        if (tag.name == "Override" && lowered(decoded(tag_attribute(tag.text, "PartName"))) == wanted) {
            return decoded(tag_attribute(tag.text, "ContentType"));
        }
        if (tag.name == "Default" && lowered(tag_attribute(tag.text, "Extension")) == extension) {
            by_extension = decoded(tag_attribute(tag.text, "ContentType"));
        }
    }
    return by_extension;
}

}  // namespace kokai
