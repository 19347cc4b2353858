// SPDX-License-Identifier: Apache-2.0
// Every cell is text but numbers of numeric columns: the partner's codes keep their zeros and letters.
#include "write/partner_sheet.hpp"

#include "write/excel/rows.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kokai {

namespace {

constexpr lxw_color_t pale_red = 0xFCE4D6;
constexpr lxw_color_t pale_blue = 0xDDEBF7;
constexpr lxw_color_t grey = 0x7F7F7F;
constexpr double widest = 40.0;
constexpr double padding = 3.0;

lxw_col_t column_number(std::size_t column) {
    return static_cast<lxw_col_t>(column);
}

std::string marks(const LayoutColumn& column) {
    std::string text;
    if (column.assumed) {
        text += "想定した列（手元の資料にない）";
    }
    if (column.number_unread) {
        text += "通し番号が読み取れない";
    }
    return text.empty() ? "手元の資料のとおり" : text;
}

}  // namespace

PartnerSheet::PartnerSheet(Workbook& book, const Layout& layout)
    : book_(book), layout_(layout), sheet_(book.add_sheet(layout.sheet)) {
    const auto format = [&book] {
        lxw_format* made = book.add_format();
        format_set_num_format_index(made, 49);  // text
        format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
        return made;
    };
    formats_.text = format();
    formats_.label = format();
    format_set_font_color(formats_.label, grey);
    formats_.example = format();
    format_set_font_color(formats_.example, grey);
    format_set_italic(formats_.example);
    formats_.name = format();
    format_set_bold(formats_.name);
    format_set_bg_color(formats_.name, pale_blue);
    format_set_border(formats_.name, LXW_BORDER_THIN);
    formats_.required = format();
    format_set_bg_color(formats_.required, pale_red);
    format_set_border(formats_.required, LXW_BORDER_THIN);
    formats_.group = format();
    format_set_border(formats_.group, LXW_BORDER_THIN);
    header();
}

void PartnerSheet::write(lxw_worksheet* sheet, std::size_t row, std::size_t column, const std::string& text,
                         lxw_format* format) {
    if (!text.empty()) {
        book_.expect(
            worksheet_write_string(sheet, static_cast<lxw_row_t>(row), column_number(column), text.c_str(), format));
    } else if (format != formats_.text) {
        book_.expect(worksheet_write_blank(sheet, static_cast<lxw_row_t>(row), column_number(column), format));
    }
}

std::string PartnerSheet::header_text(const LayoutColumn& column, LayoutHeaderRow::Shows shows) const {
    switch (shows) {
    case LayoutHeaderRow::Shows::example:
        return column.example;
    case LayoutHeaderRow::Shows::name:
        return column.name;
    case LayoutHeaderRow::Shows::group:
        return column.group == LayoutColumn::no_class ? std::string() : layout_.classes[column.group].label;
    case LayoutHeaderRow::Shows::number:
        return column.number_unread ? "（判読できず）" : column.number;
    }
    return {};
}

/// The first column holds the rows' labels, the data begin in the second.
void PartnerSheet::header() {
    std::size_t label_width = 0;
    for (const LayoutHeaderRow& row : layout_.header_rows) {
        label_width = std::max(label_width, display_width(row.label));
        write(sheet_, next_row_, 0, row.label, formats_.label);
        for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
            const LayoutColumn& column = layout_.columns[i];
            lxw_format* format = formats_.group;
            if (row.shows == LayoutHeaderRow::Shows::example) {
                format = formats_.example;
            } else if (row.shows == LayoutHeaderRow::Shows::name) {
                format = formats_.name;
            } else if (row.shows == LayoutHeaderRow::Shows::group && layout_.required(column)) {
                format = formats_.required;
            }
            write(sheet_, next_row_, i + 1, header_text(column, row.shows), format);
        }
        ++next_row_;
    }
    book_.expect(
        worksheet_set_column(sheet_, 0, 0, std::min(static_cast<double>(label_width) + padding, widest), nullptr));
    for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
        std::size_t width = 0;
        for (const LayoutHeaderRow& row : layout_.header_rows) {
            width = std::max(width, display_width(header_text(layout_.columns[i], row.shows)));
        }
        book_.expect(worksheet_set_column(sheet_, column_number(i + 1), column_number(i + 1),
                                          std::min(static_cast<double>(width) + padding, widest),
                                          layout_.columns[i].numeric ? nullptr : formats_.text));
    }
    worksheet_freeze_panes(sheet_, static_cast<lxw_row_t>(next_row_), 1);
}

void PartnerSheet::add_row(std::span<const std::string> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string& text = values[i];
        if (layout_.columns[i].numeric && is_plain_number(text)) {
            double number = 0;
            std::from_chars(text.data(), text.data() + text.size(), number);
            book_.expect(worksheet_write_number(sheet_, static_cast<lxw_row_t>(next_row_), column_number(i + 1), number,
                                                nullptr));
        } else {
            write(sheet_, next_row_, i + 1, text, formats_.text);
        }
    }
    ++next_row_;
}

void PartnerSheet::add_notes(const std::vector<std::string>& lines) {
    lxw_worksheet* sheet = book_.add_sheet(layout_.notes_sheet);
    std::size_t row = 0;
    const auto line = [&](const std::string& text) { write(sheet, row++, 0, text, formats_.text); };
    line(layout_.title);
    for (const std::string& text : layout_.notes) {
        line(text);
    }
    if (!layout_.source.empty()) {
        line("様式の出どころ: " + layout_.source);
    }
    for (const std::string& text : lines) {
        line(text);
    }

    ++row;
    constexpr std::size_t columns = 5;
    const auto table_row = [&](const std::vector<std::string>& texts, lxw_format* format) {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            write(sheet, row, i, texts[i], format);
        }
        ++row;
    };
    table_row({"区分", "意味", "必須"}, formats_.name);
    for (const LayoutClass& group : layout_.classes) {
        table_row({group.label, group.unread ? group.meaning + "（資料の説明は判読できず）" : group.meaning,
                   group.required ? "必須" : ""},
                  formats_.text);
    }
    ++row;
    table_row({"列", "区分", "必須", "確かさ", "備考"}, formats_.name);
    for (const LayoutColumn& column : layout_.columns) {
        table_row({column.name, header_text(column, LayoutHeaderRow::Shows::group),
                   layout_.required(column) ? "必須" : "", marks(column), column.note},
                  formats_.text);
    }
    constexpr double first = 22.0;
    constexpr double other = 30.0;
    book_.expect(worksheet_set_column(sheet, 0, 0, first, nullptr));
    book_.expect(worksheet_set_column(sheet, 1, columns - 1, other, nullptr));
}

}  // namespace kokai
