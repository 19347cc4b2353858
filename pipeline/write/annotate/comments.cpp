// SPDX-License-Identifier: Apache-2.0
#include "write/annotate/comments.hpp"

#include "write/annotate/doubt.hpp"
#include "write/annotate/xml_edit.hpp"
#include "write/excel/parts.hpp"
#include "write/excel/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace kokai {
namespace {

constexpr std::string_view author = "kokai（確認）";
constexpr std::string_view main_namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::uint32_t last_column = 16'384;

std::string run_of(const std::string& prefix, const std::string& text) {
    return fmt::format(
        R"(<{0}r><{0}rPr><{0}sz val="9"/><{0}color indexed="81"/><{0}rFont val="MS P ゴシック"/>)"
        R"(<{0}family val="3"/><{0}charset val="128"/></{0}rPr><{0}t xml:space="preserve">{1}</{0}t></{0}r>)",
        prefix, xml_escaped(text));
}

/// Where an existing comment's <text> may be added to.
struct OldComment {
    CellPlace place;
    std::size_t begin = 0;                                   // behind <text>
    std::optional<std::size_t> end;                          // before </text>
    std::vector<std::pair<std::size_t, std::size_t>> plain;  // of a <t> that stands in <text> itself
    bool strange = false;
};

struct CommentsPart {
    std::string prefix;
    std::vector<std::string> authors;
    std::optional<XmlTag> authors_open, list_open;
    std::size_t authors_end = 0, list_end = 0;
    std::map<CellPlace, OldComment> comments;
    std::map<CellPlace, std::size_t> author_of;
};

CommentsPart survey_comments(std::string_view xml) {
    CommentsPart part;
    XmlTags tags(xml);
    OldComment* comment = nullptr;
    bool in_author = false;
    std::size_t plain_begin = 0;
    while (tags.next()) {
        const XmlTag tag = tags.tag();
        const bool closes = tag.kind == TagKind::close;
        if (tag.depth == 1 && !closes) {
            if (tag.name != "comments") {
                throw PatchDoubt("コメントの部品が読めません", "a part of comments is none");
            }
            part.prefix = tag.prefix;
        } else if (tag.depth == 2 && tag.name == "authors") {
            part.authors_end = tag.begin;
            part.authors_open = closes ? part.authors_open : tag;
        } else if (tag.depth == 2 && tag.name == "commentList") {
            part.list_end = tag.begin;
            part.list_open = closes ? part.list_open : tag;
        } else if (tag.depth == 3 && tag.name == "author") {
            in_author = tag.kind == TagKind::open;
            if (!closes) {
                const std::size_t end = in_author ? std::min(xml.find('<', tag.end), xml.size()) : tag.end;
                part.authors.push_back(decoded(xml.substr(tag.end, end - tag.end)));
            }
        } else if (tag.depth == 3 && tag.name == "comment") {
            comment = nullptr;
            CellPlace place;
            if (!closes && read_cell_name(decoded(tag_attribute(tag.text, "ref")), place)) {
                comment = &part.comments[place];
                comment->place = place;
                std::size_t number = 0;
                const std::string_view id = tag_attribute(tag.text, "authorId");
                std::from_chars(id.data(), id.data() + id.size(), number);
                part.author_of[place] = number;
            }
        } else if (comment != nullptr && tag.depth == 4 && tag.name == "text" && tag.kind != TagKind::empty) {
            (closes ? comment->end.emplace() : comment->begin) = closes ? tag.begin : tag.end;
        } else if (comment != nullptr && tag.depth == 5) {
            if (tag.name == "t" && tag.kind == TagKind::open) {
                plain_begin = tag.begin;
            } else if (tag.name == "t" && closes) {
                comment->plain.emplace_back(plain_begin, tag.end);
            } else if (tag.name != "r") {
                comment->strange = true;  // furigana in a comment: ours cannot stand behind it
            }
        }
    }
    if (!part.authors_open || !part.list_open) {
        throw PatchDoubt("コメントの部品が読めません", "a part of comments lacks its lists");
    }
    return part;
}

/// Points of a width: what Excel draws a character of the usual font with.
double points_of(double characters) {
    return (std::floor(characters * 7) + 5) * 0.75;
}

double width_of(std::uint32_t column, const SheetSurvey& survey) {
    for (const ColumnRange& range : survey.columns) {
        if (range.first <= column && column <= range.last) {
            return range.hidden ? 0 : points_of(range.width > 0 ? range.width : survey.usual_width);
        }
    }
    return points_of(survey.usual_width);
}

/// `left column, offset, top row, offset, right column, offset, bottom row, offset`, counted from 0.
std::string anchor_of(const CellPlace& cell, const std::string& text, const SheetSurvey& survey) {
    constexpr double wanted_width = 260;  // points: about 24 kanji
    constexpr std::size_t letters_a_line = 46;
    constexpr double line_height = 13;
    std::size_t lines = 1;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines += display_width(std::string_view(text).substr(at, end - at)) / letters_a_line + 1;
        at = end + 1;
    }
    const std::uint32_t left = std::min(cell.column, last_column - 2);  // the column right of the cell, from 0
    std::uint32_t right = left;
    for (double width = 0; width < wanted_width && right < last_column - 1 && right < left + 200; ++right) {
        width += width_of(right + 1, survey);
    }
    const auto rows = static_cast<std::uint32_t>(
        std::ceil(line_height * static_cast<double>(std::min<std::size_t>(lines, 30)) / survey.usual_height));
    const std::uint32_t top = cell.row > 1 ? cell.row - 2 : 0;
    return fmt::format("{}, 8, {}, 4, {}, 0, {}, 4", left, top, right, top + std::max(rows, 2U));
}

constexpr std::string_view vml_head =
    R"(<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" )"
    R"(xmlns:x="urn:schemas-microsoft-com:office:excel">)"
    "\n";
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> vml_namespaces{
    {{"v", "urn:schemas-microsoft-com:vml"},
     {"o", "urn:schemas-microsoft-com:office:office"},
     {"x", "urn:schemas-microsoft-com:office:excel"}}};
constexpr std::string_view shape_type =
    R"(<v:shapetype{} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">)"
    R"(<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>)"
    "\n";

/// The highest N of the ids `_x0000_sN`.
std::uint64_t highest_shape(std::string_view vml) {
    constexpr std::string_view mark = "_x0000_s";
    constexpr std::uint64_t first = 1024;
    std::uint64_t highest = first;
    for (std::size_t at = vml.find(mark); at != std::string_view::npos; at = vml.find(mark, at + 1)) {
        std::uint64_t number = 0;
        const std::string_view rest = vml.substr(at + mark.size(), 10);
        std::from_chars(rest.data(), rest.data() + rest.size(), number);
        highest = std::max(highest, number);
    }
    return highest;
}

}  // namespace

std::map<CellPlace, bool> commented_cells(std::string_view xml) {
    const CommentsPart part = survey_comments(xml);
    std::map<CellPlace, bool> cells;
    for (const auto& [place, comment] : part.comments) {
        const std::size_t by = part.author_of.at(place);
        const bool thread = by < part.authors.size() && part.authors[by].starts_with("tc=");
        cells[place] = thread || comment.strange || !comment.end || comment.plain.size() > 1;
    }
    return cells;
}

std::string with_comments(std::string_view xml, const CellTexts& texts, std::vector<CellPlace>& boxes) {
    std::string fresh;
    if (xml.empty()) {
        fresh = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{}\">"
                            "<authors></authors><commentList></commentList></comments>",
                            main_namespace);
        xml = fresh;
    }
    const CommentsPart part = survey_comments(xml);
    const std::string& p = part.prefix;
    Edits edits;
    std::string added;
    for (const auto& [place, text] : texts) {
        const auto old = part.comments.find(place);
        if (old == part.comments.end()) {
            boxes.push_back(place);
            added += fmt::format(R"(<{0}comment ref="{1}" authorId="{2}"><{0}text>{3}</{0}text></{0}comment>)", p,
                                 cell_name(place), part.authors.size(), run_of(p, text));
            continue;
        }
        if (!old->second.end) {
            throw PatchDoubt("コメントの部品が読めません", "a comment has no text");
        }
        if (const std::size_t by = part.author_of.at(place); by < part.authors.size() && part.authors[by] == author) {
            edits.replace(old->second.begin, *old->second.end, run_of(p, text));  // of an earlier check
            continue;
        }
        for (const auto& [begin, end] : old->second.plain) {  // beside runs, plain text must be one, too
            edits.insert(begin, "<" + p + "r>");
            edits.insert(end, "</" + p + "r>");
        }
        edits.insert(*old->second.end, run_of(p, "\n\n" + text));
    }
    const auto extend = [&](const XmlTag& open, std::size_t end, const std::string& children) {
        if (open.kind == TagKind::empty) {
            edits.replace(open.begin, open.end,
                          std::string(open.text.substr(0, open.text.size() - 2)) + ">" + children + "</" + p +
                              std::string(open.name) + ">");
        } else {
            edits.insert(end, children);
        }
    };
    if (!added.empty()) {
        extend(*part.authors_open, part.authors_end, "<" + p + "author>" + std::string(author) + "</" + p + "author>");
        extend(*part.list_open, part.list_end, added);
    }
    return edits.apply(xml);
}

std::string with_boxes(std::string_view vml, const std::vector<CellPlace>& boxes, const CellTexts& texts,
                       const SheetSurvey& survey) {
    std::string fresh;
    if (vml.empty()) {
        std::string blocks = "1";  // of 1,024 numbers each
        for (std::size_t block = 1; block * 1024 <= boxes.size() + 1; ++block) {
            blocks += "," + std::to_string(block + 1);
        }
        fresh = std::string(vml_head) + R"(<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=")" + blocks +
                "\"/></o:shapelayout>\n</xml>";
        vml = fresh;
    }
    XmlTags tags(vml);
    std::size_t end = std::string::npos;
    bool has_type = false;
    std::string declared;
    while (tags.next()) {
        const XmlTag& tag = tags.tag();
        if (tag.depth == 1 && tag.kind == TagKind::close) {
            end = tag.begin;
        } else if (tag.depth == 1) {
            if (tag.name != "xml" || tag.kind != TagKind::open) {
                break;
            }
            for (const auto& [prefix, address] : vml_namespaces) {
                const std::string name = "xmlns:" + std::string(prefix);
                const std::string_view bound = tag_attribute(tag.text, name);
                if (bound.empty()) {  // declared further inside, as openpyxl does
                    declared += " " + name + "=\"" + std::string(address) + "\"";
                } else if (bound != address) {
                    throw PatchDoubt("コメントの図（VML）が読めません",
                                     "a drawing of comments (VML) is not as Excel writes it");
                }
            }
        }
        has_type = has_type || (tag.name == "shapetype" && tag_attribute(tag.text, "id") == "_x0000_t202");
    }
    if (end == std::string::npos) {
        throw PatchDoubt("コメントの図（VML）が読めません", "a drawing of comments (VML) is not as Excel writes it");
    }
    std::string shapes = has_type ? std::string() : fmt::format(shape_type, declared);
    std::uint64_t number = highest_shape(vml);
    for (const CellPlace& cell : boxes) {
        shapes += fmt::format(
            R"(<v:shape{} id="_x0000_s{}" type="#_x0000_t202" style="position:absolute;visibility:hidden" )"
            R"(fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>)"
            R"(<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>)"
            R"(<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor>)"
            R"(<x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>)"
            "\n",
            declared, ++number, anchor_of(cell, texts.at(cell), survey), cell.row - 1, cell.column - 1);
    }
    Edits edits;
    edits.insert(end, std::move(shapes));
    return edits.apply(vml);
}

}  // namespace kokai
