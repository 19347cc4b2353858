// SPDX-License-Identifier: Apache-2.0
#include "write/annotate/list_sheet.hpp"

#include "support/workbook.hpp"
#include "write/annotate/xml_edit.hpp"
#include "write/excel/parts.hpp"
#include "write/excel/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace kokai {
namespace {

struct ListColumn {
    std::string_view header;
    double width;
};
constexpr std::array columns{ListColumn{"区分", 16},           ListColumn{"シート", 18},
                             ListColumn{"セル", 12},           ListColumn{"列の見出し", 22},
                             ListColumn{"見つかったこと", 46}, ListColumn{"正しい形", 40},
                             ListColumn{"直し方", 48},         ListColumn{"記号", 24}};
constexpr std::size_t cell_column = 2;
constexpr unsigned header_row = 5;  // from 1; three lines and a blank one above it

std::string cells_of(const Remark& remark) {
    std::string text;
    for (const CellPlace& cell : remark.cells) {
        text += (text.empty() ? "" : ", ") + cell_name(cell);
    }
    return !text.empty() ? text : remark.row > 0 ? std::to_string(remark.row) + " 行目" : std::string();
}

std::array<std::string, columns.size()> texts_of(const Remark& remark) {
    return {std::string(severity_words(remark.severity)),
            printable(remark.sheet),
            cells_of(remark),
            remark.column,
            remark.found,
            remark.expected,
            remark.mend,
            remark.code};
}

/// Points: LibreOffice does not make rows as high as their wrapped text by itself.
double height_of(const std::array<std::string, columns.size()>& texts) {
    constexpr double line_height = 15;
    constexpr std::size_t most_lines = 27;  // a row has at most 409 points
    std::size_t lines = 1;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto room = static_cast<std::size_t>(columns[i].width);
        lines = std::max(lines, (display_width(texts[i]) + room - 1) / room);
    }
    return line_height * static_cast<double>(std::min(lines, most_lines)) + 3;
}

std::string text_cell(std::size_t column, unsigned row, const std::string& text, std::uint32_t style) {
    return fmt::format(R"(<c r="{}{}" s="{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>)",
                       column_letters(static_cast<std::uint32_t>(column) + 1), row, style, xml_escaped(text));
}

}  // namespace

std::string list_sheet_xml(const RemarkList& list, const StyleBook& styles,
                           const std::function<std::string(const Remark&)>& link_of) {
    const ListHead head = head_of(list);
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                      "<sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr "
                      "fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\">";
    xml += fmt::format(R"(<pane ySplit="{0}" topLeftCell="A{1}" activePane="bottomLeft" state="frozen"/>)"
                       R"(<selection pane="bottomLeft" activeCell="A{1}" sqref="A{1}"/></sheetView></sheetViews>)"
                       R"(<sheetFormatPr defaultRowHeight="18"/><cols>)",
                       header_row, header_row + 1);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        xml += fmt::format(R"(<col min="{0}" max="{0}" width="{1}" customWidth="1"/>)", i + 1, columns[i].width);
    }
    xml += "</cols><sheetData>";
    const std::string last = column_letters(columns.size());
    const auto lines_of = [](const std::string& text) { return 1 + std::count(text.begin(), text.end(), '\n'); };
    xml += R"(<row r="1" ht="27" customHeight="1">)" + text_cell(0, 1, head.title, styles.of_list(ListStyle::title)) +
           "</row><row r=\"2\">" + text_cell(0, 2, head.counts, styles.of_list(ListStyle::wrapped)) + "</row>" +
           fmt::format(R"(<row r="3" ht="{}" customHeight="1">)", 18 * lines_of(head.advice)) +
           text_cell(0, 3, head.advice, styles.of_list(ListStyle::wrapped)) + "</row>" +
           fmt::format(R"(<row r="{}" ht="21" customHeight="1">)", header_row);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        xml += text_cell(i, header_row, std::string(columns[i].header), styles.of_list(ListStyle::header));
    }
    xml += "</row>";
    std::string links;
    unsigned row = header_row;
    for (const Remark& remark : list.remarks) {
        ++row;
        const auto texts = texts_of(remark);
        const std::string link = link_of(remark);
        xml += fmt::format(R"(<row r="{}" ht="{}" customHeight="1">)", row, height_of(texts));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const ListStyle style = i == 0 ? (remark.severity == Severity::error     ? ListStyle::error
                                              : remark.severity == Severity::warning ? ListStyle::warning
                                                                                     : ListStyle::note)
                                    : i == cell_column && !link.empty() ? ListStyle::link
                                                                        : ListStyle::wrapped;
            xml += text_cell(i, row, texts[i], styles.of_list(style));
        }
        xml += "</row>";
        if (!link.empty()) {
            links +=
                fmt::format(R"(<hyperlink ref="{}{}" location="{}" display="{}"/>)", column_letters(cell_column + 1),
                            row, xml_escaped(link), xml_escaped(texts[cell_column]));
        }
    }
    xml += "</sheetData>";
    xml += fmt::format(
        R"(<mergeCells count="3"><mergeCell ref="A1:{0}1"/><mergeCell ref="A2:{0}2"/><mergeCell ref="A3:{0}3"/></mergeCells>)",
        last);
    if (!links.empty()) {
        xml += "<hyperlinks>" + links + "</hyperlinks>";
    }
    return xml + R"(<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>)"
                 R"(<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>)";
}

void write_findings_book(const std::filesystem::path& path, const std::string& shown, const RemarkList& list) {
    Workbook book(path, shown, {std::string(list_sheet_name), "kokai", "", ""});
    lxw_worksheet* sheet = book.add_sheet(std::string(list_sheet_name));
    constexpr const char* face = "游ゴシック";
    const auto format = [&](double size) {
        lxw_format* made = book.add_format();
        format_set_font_name(made, face);
        format_set_font_size(made, size);
        format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
        return made;
    };
    lxw_format* title = format(16);
    format_set_bold(title);
    lxw_format* plain = format(10);
    format_set_text_wrap(plain);
    lxw_format* header = format(10);
    format_set_bold(header);
    format_set_bg_color(header, 0xD9D9D9);
    std::array<lxw_format*, 3> levels{};
    constexpr std::array<lxw_color_t, 3> colours{0xDDEBF7, 0xFFEB9C, 0xFFC7CE};  // of note, warning, error
    for (lxw_format* one : {plain, header}) {
        format_set_border(one, LXW_BORDER_THIN);
        format_set_border_color(one, 0xBFBFBF);
    }
    for (std::size_t i = 0; i < levels.size(); ++i) {
        levels[i] = format(10);
        format_set_bold(levels[i]);
        format_set_bg_color(levels[i], colours[i]);
        format_set_border(levels[i], LXW_BORDER_THIN);
        format_set_border_color(levels[i], 0xBFBFBF);
    }
    lxw_format* text = format(10);
    const auto put = [&](unsigned row, std::size_t column, const std::string& what, lxw_format* how) {
        book.expect(worksheet_write_string(sheet, row, static_cast<lxw_col_t>(column), what.c_str(), how));
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto at = static_cast<lxw_col_t>(i);
        book.expect(worksheet_set_column(sheet, at, at, columns[i].width, nullptr));
    }
    const ListHead head = head_of(list);
    book.expect(worksheet_set_row(sheet, 0, 27, nullptr));
    put(0, 0, head.title, title);
    put(1, 0, head.counts, text);
    const std::size_t line_end = std::min(head.advice.find('\n'), head.advice.size());
    put(2, 0, head.advice.substr(0, line_end), text);
    if (line_end < head.advice.size()) {
        put(3, 0, head.advice.substr(line_end + 1), text);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        put(header_row - 1, i, std::string(columns[i].header), header);
    }
    unsigned row = header_row;
    for (const Remark& remark : list.remarks) {
        const auto texts = texts_of(remark);
        book.expect(worksheet_set_row(sheet, row, height_of(texts), nullptr));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            put(row, i, texts[i], i == 0 ? levels[static_cast<std::size_t>(remark.severity)] : plain);
        }
        ++row;
    }
    worksheet_freeze_panes(sheet, header_row, 0);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);
    worksheet_fit_to_pages(sheet, 1, 0);
    book.finish();
}

}  // namespace kokai
