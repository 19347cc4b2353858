// SPDX-License-Identifier: Apache-2.0
// SpreadsheetML (ECMA-376) with the little that a table people filter and print needs.
#include "write/excel/parts.hpp"

#include "model/finding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kokai {

namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view relation_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view package_relations = "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr std::string_view spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Header cells need room for the filter's button, and no column is wider than a screen can show beside others.
double column_width(const XlsxColumn& column) {
    constexpr std::size_t narrowest = 6;
    constexpr std::size_t widest = 50;
    constexpr std::size_t filter_button = 3;
    constexpr double padding = 1.75;
    const std::size_t header = display_width(column.header) + filter_button;
    return static_cast<double>(std::clamp(std::max(header, column.width), narrowest, widest)) + padding;
}

}  // namespace

std::string xml_escaped(std::string_view text) {
    XmlText xml;
    xml.attribute(text);
    return std::string(xml.view());
}

std::string quoted_sheet_name(std::string_view name) {
    std::string quoted = "'";
    for (const char c : name) {
        quoted += c;
        if (c == '\'') {
            quoted += c;
        }
    }
    return quoted + "'";
}

std::string xlsx_sheet_path(std::size_t number) {
    return fmt::format("xl/worksheets/sheet{}.xml", number);
}

std::string xlsx_sheet_name(std::string_view title, std::size_t number) {
    constexpr std::size_t longest = 31;
    const std::string suffix = number > 1 ? fmt::format(" ({})", number) : std::string();
    std::string name;
    for (const char c : title) {
        const bool refused =
            std::string_view(":\\/?*[]").find(c) != std::string_view::npos || static_cast<unsigned char>(c) < 0x20;
        name += refused ? '_' : c;
    }
    name = utf16_prefix(name, longest - suffix.size());
    // Excel refuses an apostrophe at either end.
    if (!name.empty() && name.front() == '\'') {
        name.front() = '_';
    }
    if (!name.empty() && name.back() == '\'') {
        name.back() = '_';
    }
    return (name.empty() ? "Sheet" : name) + suffix;
}

std::string xlsx_relations() {
    return fmt::format(
        R"({0}<Relationships xmlns="{1}"><Relationship Id="rId1" Type="{2}/officeDocument" Target="xl/workbook.xml"/>)"
        R"(<Relationship Id="rId2" Type="{1}/metadata/core-properties" Target="docProps/core.xml"/>)"
        R"(<Relationship Id="rId3" Type="{2}/extended-properties" Target="docProps/app.xml"/></Relationships>)",
        declaration, package_relations, relation_type);
}

std::string xlsx_core_properties(const XlsxAbout& about) {
    std::string text(declaration);
    text += R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" )"
            R"(xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" )"
            R"(xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)";
    const auto element = [&text](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            text += fmt::format("<{0}>{1}</{0}>", name, xml_escaped(value));
        }
    };
    element("dc:title", about.title);
    element("dc:creator", about.credit);
    element("dc:description", about.license);
    if (!about.modified.empty()) {
        for (const std::string_view name : {"dcterms:created", "dcterms:modified"}) {
            text +=
                fmt::format(R"(<{0} xsi:type="dcterms:W3CDTF">{1}T00:00:00Z</{0}>)", name, xml_escaped(about.modified));
        }
    }
    return text + "</cp:coreProperties>";
}

std::string xlsx_app_properties() {
    return fmt::format(
        R"({}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">)"
        R"(<Application>kokai</Application></Properties>)",
        declaration);
}

std::string xlsx_styles() {
    // The order of cellXfs is that of CellStyle. Format 49 is "text", 1 is "0".
    return fmt::format(
        R"({}<styleSheet xmlns="{}">)"
        R"(<fonts count="2"><font><sz val="11"/><name val="游ゴシック"/><family val="3"/><charset val="128"/></font>)"
        R"(<font><b/><sz val="11"/><name val="游ゴシック"/><family val="3"/><charset val="128"/></font></fonts>)"
        R"(<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>)"
        R"(<fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/><bgColor indexed="64"/></patternFill></fill></fills>)"
        R"(<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>)"
        R"(<border><left/><right/><top/><bottom style="thin"><color rgb="FF7F7F7F"/></bottom><diagonal/></border></borders>)"
        R"(<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>)"
        R"(<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>)"
        R"(<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>)"
        R"(<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>)"
        R"(<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" )"
        R"(applyBorder="1" applyAlignment="1"><alignment vertical="center"/></xf></cellXfs>)"
        R"(<cellStyles count="1"><cellStyle name="標準" xfId="0" builtinId="0"/></cellStyles></styleSheet>)",
        declaration, spreadsheet);
}

std::string xlsx_workbook(std::span<const XlsxSheet> sheets, std::size_t columns) {
    std::string list;
    std::string names;
    const std::string last = column_letters(static_cast<std::uint32_t>(columns));
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const XlsxSheet& sheet = sheets[i];
        list += fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="rId{}"/>)", xml_escaped(sheet.name), i + 1, i + 1);
        const std::string name = xml_escaped(quoted_sheet_name(sheet.name));
        if (columns > 0) {
            names += fmt::format(
                R"(<definedName name="_xlnm._FilterDatabase" localSheetId="{}" hidden="1">{}!$A$1:${}${}</definedName>)",
                i, name, last, sheet.rows + 1);
        }
        names +=
            fmt::format(R"(<definedName name="_xlnm.Print_Titles" localSheetId="{}">{}!$1:$1</definedName>)", i, name);
    }
    return fmt::format(R"({}<workbook xmlns="{}" xmlns:r="{}"><bookViews><workbookView/></bookViews>)"
                       R"(<sheets>{}</sheets><definedNames>{}</definedNames></workbook>)",
                       declaration, spreadsheet, relation_type, list, names);
}

std::string xlsx_workbook_relations(std::size_t sheets) {
    std::string list;
    for (std::size_t number = 1; number <= sheets; ++number) {
        list += fmt::format(R"(<Relationship Id="rId{0}" Type="{1}/worksheet" Target="worksheets/sheet{0}.xml"/>)",
                            number, relation_type);
    }
    return fmt::format(
        R"({}<Relationships xmlns="{}">{}<Relationship Id="rId{}" Type="{}/styles" Target="styles.xml"/></Relationships>)",
        declaration, package_relations, list, sheets + 1, relation_type);
}

std::string xlsx_content_types(std::size_t sheets) {
    constexpr std::string_view office = "application/vnd.openxmlformats-officedocument";
    std::string list;
    for (std::size_t number = 1; number <= sheets; ++number) {
        list += fmt::format(R"(<Override PartName="/{}" ContentType="{}.spreadsheetml.worksheet+xml"/>)",
                            xlsx_sheet_path(number), office);
    }
    return fmt::format(
        R"({0}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
        R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
        R"(<Default Extension="xml" ContentType="application/xml"/>)"
        R"(<Override PartName="/xl/workbook.xml" ContentType="{1}.spreadsheetml.sheet.main+xml"/>)"
        R"(<Override PartName="/xl/styles.xml" ContentType="{1}.spreadsheetml.styles+xml"/>)"
        R"(<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>)"
        R"(<Override PartName="/docProps/app.xml" ContentType="{1}.extended-properties+xml"/>{2}</Types>)",
        declaration, office, list);
}

std::string xlsx_sheet_head(std::span<const XlsxColumn> columns, std::size_t number) {
    XmlText xml;
    xml.raw(fmt::format(R"({}<worksheet xmlns="{}"><sheetViews><sheetView {}workbookViewId="0">)"
                        R"(<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>)"
                        R"(<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>)"
                        R"(<sheetFormatPr defaultRowHeight="18.75"/>)",
                        declaration, spreadsheet, number == 1 ? R"(tabSelected="1" )" : ""));
    if (!columns.empty()) {
        xml.raw("<cols>");
        for (std::size_t i = 0; i < columns.size(); ++i) {
            xml.raw(fmt::format(R"(<col min="{0}" max="{0}" width="{1:.2f}" {2}customWidth="1"/>)", i + 1,
                                column_width(columns[i]), columns[i].type == WrittenType::text ? R"(style="1" )" : ""));
        }
        xml.raw("</cols>");
    }
    xml.raw("<sheetData><row r=\"1\">");
    for (const XlsxColumn& column : columns) {
        xml.text_cell(column.header, CellStyle::header);
    }
    xml.raw("</row>");
    return std::string(xml.view());
}

std::string xlsx_sheet_tail(std::size_t columns, std::uint64_t rows) {
    std::string text = "</sheetData>";
    const std::string area = fmt::format("A1:{}{}", column_letters(static_cast<std::uint32_t>(columns)), rows + 1);
    if (columns > 0) {
        text += fmt::format(R"(<autoFilter ref="{}"/>)", area);
    }
    text += R"(<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>)"
            R"(<pageSetup paperSize="9" orientation="landscape"/>)";
    if (columns > 0) {  // no green corners for codes kept as text
        text +=
            fmt::format(R"(<ignoredErrors><ignoredError sqref="{}" numberStoredAsText="1"/></ignoredErrors>)", area);
    }
    return text + "</worksheet>";
}

}  // namespace kokai
