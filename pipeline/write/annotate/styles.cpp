// SPDX-License-Identifier: Apache-2.0
#include "write/annotate/styles.hpp"

#include "write/annotate/doubt.hpp"
#include "write/annotate/xml_edit.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kokai {
namespace {

constexpr std::uint32_t most_formats = 64'000;  // Excel's own limit is 65,490
constexpr std::array severities{Severity::error, Severity::warning, Severity::note};
constexpr std::array section_order{"numFmts",    "fonts", "fills",       "borders", "cellStyleXfs", "cellXfs",
                                   "cellStyles", "dxfs",  "tableStyles", "colors",  "extLst"};

std::size_t order_of(std::string_view section) {
    return static_cast<std::size_t>(std::find(section_order.begin(), section_order.end(), section) -
                                    section_order.begin());
}

[[noreturn]] void refuse(const std::string& ja, const std::string& en) {
    throw PatchDoubt("書式（styles.xml）" + ja, "styles.xml " + en);
}

std::size_t position_of(Severity severity) {
    return static_cast<std::size_t>(std::find(severities.begin(), severities.end(), severity) - severities.begin());
}

}  // namespace

std::string_view fill_colour(Severity severity) {
    switch (severity) {
    case Severity::error:
        return "FFFFC7CE";
    case Severity::warning:
        return "FFFFEB9C";
    case Severity::note:
        break;
    }
    return "FFDDEBF7";
}

StyleBook::StyleBook(std::string xml) : xml_(std::move(xml)) {
    if (xml_.empty()) {
        xml_ = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
               "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"></styleSheet>";
    }
    check_patchable(xml_, "xl/styles.xml");
    add_missing_sections();
    survey();
    for (const Section* section : {&fonts_, &fills_, &borders_, &formats_}) {
        if (!section->found || section->count == 0) {
            refuse("に要るものが足りません", "lacks a list that it must have");
        }
    }
    if (formats_.count > most_formats) {
        refuse("の数が多すぎます", "has too many cell formats");
    }
    // The list's own styles are the first that are added, in the order of ListStyle.
    const std::string_view base = has_base_formats_ ? R"( xfId="0")" : "";
    const auto add = [&](std::uint32_t font_at, std::uint32_t fill_at, std::uint32_t border,
                         std::string_view alignment) {
        added_.push_back(fmt::format(
            R"(<{0}xf numFmtId="0" fontId="{1}" fillId="{2}" borderId="{3}"{5} applyFont="1" applyFill="1" )"
            R"(applyBorder="1" applyAlignment="1"><{0}alignment {4}/></{0}xf>)",
            prefix_, fonts_.count + font_at, fill_at, border, alignment, base));
    };
    constexpr std::string_view wrapped = R"(vertical="top" wrapText="1")";
    add(1, 0, 0, R"(vertical="center")");
    add(0, 0, borders_.count, wrapped);
    add(2, fills_.count + 3, borders_.count, R"(vertical="center" wrapText="1")");
    add(3, 0, borders_.count, wrapped);
    for (std::uint32_t i = 0; i < severities.size(); ++i) {
        add(2, fills_.count + i, borders_.count, wrapped);
    }
}

void StyleBook::survey() {
    fonts_ = fills_ = borders_ = formats_ = {};
    formats_at_.clear();
    Section* inside = nullptr;
    std::size_t child = 0;
    XmlTags tags(xml_);
    while (tags.next()) {
        const XmlTag& tag = tags.tag();
        if (tag.depth == 1 && tag.kind != TagKind::close) {
            if (tag.name != "styleSheet") {
                refuse("が書式の一覧ではありません", "is no list of styles");
            }
            prefix_ = tag.prefix;
        } else if (tag.depth == 2) {
            Section* section = tag.name == "fonts"     ? &fonts_
                               : tag.name == "fills"   ? &fills_
                               : tag.name == "borders" ? &borders_
                               : tag.name == "cellXfs" ? &formats_
                                                       : nullptr;
            if (section != nullptr && tag.kind == TagKind::open) {
                *section = {tag.begin, tag.end, 0, 0, true};
            } else if (section != nullptr && tag.kind == TagKind::close) {
                section->close = tag.begin;
            }
            inside = tag.kind == TagKind::open ? section : nullptr;
            has_base_formats_ = has_base_formats_ || (tag.name == "cellStyleXfs" && tag.kind == TagKind::open);
        } else if (tag.depth == 3 && inside != nullptr) {
            child = tag.kind == TagKind::close ? child : tag.begin;
            if (tag.kind == TagKind::open) {
                continue;
            }
            ++inside->count;
            if (inside == &formats_) {
                if (tag.name != "xf") {
                    refuse("に知らないものがあります", "holds something unknown among the cell formats");
                }
                formats_at_.emplace_back(child, tag.end);
            }
        }
    }
}

void StyleBook::add_missing_sections() {
    survey();
    const std::array<std::pair<const char*, std::string>, 4> wanted{{
        {"fonts", R"(<{0}font><{0}sz val="11"/><{0}name val="游ゴシック"/></{0}font>)"},
        {"fills", R"(<{0}fill><{0}patternFill patternType="none"/></{0}fill>)"
                  R"(<{0}fill><{0}patternFill patternType="gray125"/></{0}fill>)"},
        {"borders", "<{0}border><{0}left/><{0}right/><{0}top/><{0}bottom/><{0}diagonal/></{0}border>"},
        {"cellXfs", R"(<{0}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>)"},
    }};
    for (const auto& [name, content] : wanted) {
        XmlTags tags(xml_);
        std::size_t place = std::string::npos;
        bool there = false;
        Edits edits;
        const std::string section = fmt::format(fmt::runtime("<{0}{1}>" + content + "</{0}{1}>"), prefix_, name);
        while (tags.next()) {
            const XmlTag& tag = tags.tag();
            there = there || (tag.depth == 2 && tag.name == name && tag.kind == TagKind::open);
            if (tag.depth == 2 && tag.name == name && tag.kind == TagKind::empty) {
                edits.replace(tag.begin, tag.end, section);
                there = true;
                xml_ = edits.apply(xml_);
                break;
            }
            const bool later = tag.depth == 2 && tag.kind != TagKind::close && order_of(tag.name) > order_of(name);
            const bool end = tag.depth == 1 && tag.kind == TagKind::close;
            if (place == std::string::npos && (later || end)) {
                place = tag.begin;
            }
            if (tag.depth == 1 && tag.kind == TagKind::empty) {
                const std::string open(tag.text.substr(0, tag.text.size() - 2));
                edits.replace(tag.begin, tag.end, open + ">" + section + "</" + prefix_ + "styleSheet>");
                there = true;
                xml_ = edits.apply(xml_);
                break;
            }
        }
        if (!there && place != std::string::npos) {
            xml_.insert(place, section);
        }
    }
}

std::uint32_t StyleBook::marked(std::uint32_t style, Severity severity) {
    if (style >= formats_.count) {
        refuse("にない書式を使うセルがあります: " + std::to_string(style),
               "does not have the format " + std::to_string(style) + " that a cell names");
    }
    const auto [known, is_new] =
        marked_.try_emplace({style, severity}, formats_.count + static_cast<std::uint32_t>(added_.size()));
    if (is_new) {
        if (known->second >= most_formats + 1'000) {
            refuse("の数が多すぎます", "has too many cell formats");
        }
        const auto [begin, end] = formats_at_[style];
        const std::string_view whole = std::string_view(xml_).substr(begin, end - begin);
        const std::size_t tag_end = markup_end(whole, 0);
        const auto fill = fills_.count + static_cast<std::uint32_t>(position_of(severity));
        std::string tag = with_attribute(whole.substr(0, tag_end), "fillId", std::to_string(fill));
        tag = with_attribute(tag, "applyFill", "1");
        added_.push_back(tag + std::string(whole.substr(tag_end)));
    }
    return known->second;
}

std::uint32_t StyleBook::of_list(ListStyle style) const {
    return formats_.count + static_cast<std::uint32_t>(style);
}

std::string StyleBook::finish() const {
    Edits edits;
    const auto extend = [&](const Section& section, const std::string& children, std::size_t more) {
        const std::string_view tag =
            std::string_view(xml_).substr(section.open_begin, section.open_end - section.open_begin);
        edits.replace(section.open_begin, section.open_end,
                      with_attribute(tag, "count", std::to_string(section.count + more)));
        edits.insert(section.close, children);
    };
    const std::string& p = prefix_;
    const std::string face =
        fmt::format(R"(<{0}name val="游ゴシック"/><{0}family val="3"/><{0}charset val="128"/></{0}font>)", p);
    extend(fonts_,
           fmt::format(
               R"(<{0}font><{0}sz val="10"/>{1}<{0}font><{0}b/><{0}sz val="16"/>{1})"
               R"(<{0}font><{0}b/><{0}sz val="10"/>{1}<{0}font><{0}u/><{0}sz val="10"/><{0}color rgb="FF0563C1"/>{1})",
               p, face),
           4);
    std::string fills;
    for (const std::string_view colour : {fill_colour(Severity::error), fill_colour(Severity::warning),
                                          fill_colour(Severity::note), std::string_view("FFD9D9D9")}) {
        fills += fmt::format(R"(<{0}fill><{0}patternFill patternType="solid"><{0}fgColor rgb="{1}"/>)"
                             R"(<{0}bgColor indexed="64"/></{0}patternFill></{0}fill>)",
                             p, colour);
    }
    extend(fills_, fills, 4);
    std::string border = "<" + p + "border>";
    for (const std::string_view side : {"left", "right", "top", "bottom"}) {
        border += fmt::format(R"(<{0}{1} style="thin"><{0}color rgb="FFBFBFBF"/></{0}{1}>)", p, side);
    }
    extend(borders_, border + fmt::format("<{0}diagonal/></{0}border>", p), 1);
    std::string formats;
    for (const std::string& one : added_) {
        formats += one;
    }
    extend(formats_, formats, added_.size());
    return edits.apply(xml_);
}

}  // namespace kokai
