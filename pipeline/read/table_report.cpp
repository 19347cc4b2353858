// SPDX-License-Identifier: Apache-2.0
#include "read/table_report.hpp"

#include "read/table_head.hpp"

#include <algorithm>

namespace kokai {
namespace {

constexpr std::size_t shown_bytes = 120;
constexpr std::size_t most_entries = 2'000;

/// Cut at a character, with … where something is missing.
std::string shortened(std::string_view text) {
    if (text.size() <= shown_bytes) {
        return std::string(text);
    }
    std::size_t end = shown_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return std::string(text.substr(0, end)) + "…";
}

std::string text_of(const GridRow& row, ColumnSpan span) {
    std::string text;
    for (const GridCell& cell : row.cells) {
        if (span.holds(cell.column) && text.size() <= shown_bytes) {
            text += (text.empty() ? "" : " ") + std::string(cell.text);
        }
    }
    return shortened(text);
}

std::string range_of(const OtherTable& table) {
    return column_letters(table.columns.first) + std::to_string(table.first_row) + ":" +
           column_letters(table.columns.last) + (table.last_row == 0 ? "" : std::to_string(table.last_row)) + "「" +
           shortened(table.first_head) + "」";
}

void tell_totals(const TableLayout& layout, std::uint16_t sheet, std::uint16_t source, Findings& findings) {
    for (const TableTotal& total : layout.totals) {
        if (total.agreeing > 0 && total.differing == 0) {
            findings.add(Code::total_row_left_out, {total.row, total.label_column, sheet, source, nullptr},
                         total.label);
        } else if (total.agreeing > 0) {
            findings.add(Code::total_row_differs, {total.row, total.column, sheet, source, nullptr}, total.found,
                         total.expected);
        } else {
            findings.add(Code::total_row_unchecked, {total.row, total.label_column, sheet, source, nullptr},
                         total.label);
        }
    }
}

/// All of them at once: 7～11、15.
void tell_blank_forms(const TableLayout& layout, std::uint16_t sheet, std::uint16_t source, Findings& findings) {
    std::string rows;
    std::uint32_t first = 0;
    std::size_t count = 0;
    for (std::uint32_t row = 1; row <= layout.roles.size() && rows.size() < shown_bytes; ++row) {
        if (layout.roles[row - 1] != RowRole::blank_form) {
            continue;
        }
        const std::uint32_t begin = row;
        while (row < layout.roles.size() && layout.roles[row] == RowRole::blank_form) {
            ++row;
        }
        rows += (rows.empty() ? "" : "、") + std::to_string(begin) + (row > begin ? "～" + std::to_string(row) : "");
        first = first == 0 ? begin : first;
    }
    count = static_cast<std::size_t>(std::count(layout.roles.begin(), layout.roles.end(), RowRole::blank_form));
    if (count > 0) {
        findings.add(Code::number_rows_left_out, {first, 0, sheet, source, nullptr}, std::to_string(count), rows);
    }
}

}  // namespace

std::string_view name_of(RowRole role) {
    switch (role) {
    case RowRole::data:
        return "data";
    case RowRole::title:
        return "title";
    case RowRole::header:
        return "header";
    case RowRole::header_note:
        return "header-note";
    case RowRole::repeated_header:
        return "repeated-header";
    case RowRole::section:
        return "section";
    case RowRole::total:
        return "total";
    case RowRole::continuation:
        return "continuation";
    case RowRole::footnote:
        return "footnote";
    case RowRole::second_line:
        return "second-line";
    case RowRole::example:
        return "example";
    case RowRole::blank_form:
        return "blank-form";
    case RowRole::pinned_out:
        return "skipped";
    case RowRole::outside:
        break;
    }
    return "outside";
}

void tell_layout(const Grid& grid, const TableLayout& layout, std::uint16_t sheet, std::uint16_t source,
                 std::string_view section_name, Findings& findings) {
    if (layout.vertical) {
        findings.add(Code::vertical_table, {layout.first_row, 0, sheet, source, nullptr}, {});
        return;
    }
    if (!layout.titles.empty()) {
        std::string text;
        for (const std::string& title : layout.titles) {
            text += (text.empty() ? "" : " / ") + title;
        }
        const auto first = std::find(layout.roles.begin(), layout.roles.end(), RowRole::title);
        const auto row = static_cast<std::uint32_t>(first == layout.roles.end() ? 0 : first - layout.roles.begin() + 1);
        findings.add(Code::rows_above_header, {row, 0, sheet, source, nullptr}, shortened(text));
    }
    if (layout.header_rows.size() > 1) {
        std::string rows;
        for (const std::uint32_t row : layout.header_rows) {
            rows += (rows.empty() ? "" : " ") + std::to_string(row);
        }
        findings.add(Code::header_rows_joined, {layout.header_rows.front(), 0, sheet, source, nullptr},
                     std::to_string(layout.header_rows.size()), rows);
    }
    if (layout.header_doubtful) {
        findings.add(Code::header_doubtful, {layout.header_rows.front(), 0, sheet, source, nullptr}, {});
    }
    for (std::uint32_t row = layout.first_row; row <= layout.roles.size(); ++row) {
        const Place where{row, 0, sheet, source, nullptr};
        const RowRole role = layout.roles[row - 1];
        if (role == RowRole::repeated_header) {
            findings.add(Code::header_repeated, where, {});
        } else if (role == RowRole::footnote || role == RowRole::continuation) {
            const GridRow* line = grid.row(row);
            const std::string text = line == nullptr ? std::string() : text_of(*line, layout.columns);
            if (role == RowRole::footnote && line != nullptr && fill_of(*line, layout.columns) > 1) {
                // More than a line of text: somebody should look at it.
                findings.add(Code::footnote_left_out, where, text, {}, Severity::warning);
            } else {
                findings.add(role == RowRole::footnote ? Code::footnote_left_out : Code::row_continued, where, text);
            }
        } else if (role == RowRole::example) {
            const GridRow* line = grid.row(row);
            findings.add(Code::example_row_left_out, where,
                         line == nullptr ? std::string() : text_of(*line, layout.columns));
        }
    }
    if (!layout.second_lines.empty()) {
        const auto pairs = std::count(layout.roles.begin(), layout.roles.end(), RowRole::second_line);
        findings.add(Code::rows_paired, {layout.first_row, 0, sheet, source, nullptr}, std::to_string(pairs));
    }
    tell_blank_forms(layout, sheet, source, findings);
    for (const TableSection& section : layout.sections) {
        if (section.row >= layout.first_row) {
            findings.add(Code::section_row, {section.row, section.column, sheet, source, nullptr},
                         shortened(section.text), section_name);
        }
    }
    for (const TableFill& fill : layout.fills) {
        if (fill.ditto) {
            continue;  // told with the row
        }
        findings.add(fill.merged ? Code::merged_cell_filled : Code::group_cell_filled,
                     {fill.from_row, fill.column, sheet, source, nullptr}, shortened(fill.text),
                     std::to_string(fill.last_row));
    }
    tell_totals(layout, sheet, source, findings);
    for (const OtherTable& other : layout.others) {
        findings.add(Code::table_left_out, {other.first_row, other.columns.first, sheet, source, nullptr},
                     range_of(other), std::to_string(other.rows));
    }
}

std::vector<TakenRows> taken_rows(const Grid& grid, const TableLayout& layout, std::uint16_t sheet) {
    std::vector<TakenRows> all;
    const bool filled =
        std::any_of(layout.fills.begin(), layout.fills.end(), [](const TableFill& fill) { return !fill.ditto; });
    bool plain = layout.others.empty() && !filled && !layout.vertical;
    for (const GridRow& row : grid.rows()) {
        if (all.size() >= most_entries) {
            break;
        }
        const RowRole role = layout.role(row.number);
        const std::string_view as = name_of(role);
        plain = plain && (role == RowRole::data || (role == RowRole::header && layout.header_rows.size() == 1) ||
                          role == RowRole::pinned_out);
        const bool table_row = role == RowRole::data || role == RowRole::second_line || role == RowRole::outside ||
                               role == RowRole::pinned_out || role == RowRole::blank_form;
        if (table_row && !all.empty() && all.back().as == as) {
            all.back().last = row.number;
        } else {
            all.push_back({sheet, row.number, row.number, table_row || row.cells.empty() ? 0 : row.cells.front().column,
                           std::string(as), table_row ? std::string() : text_of(row, {1, grid.last_column()})});
        }
    }
    if (!layout.whole && !all.empty() && all.back().as == "data") {
        all.back().last = 0;
    }
    for (const OtherTable& other : layout.others) {
        all.push_back({sheet, other.first_row, other.last_row, other.columns.first, "other-table", range_of(other)});
    }
    return plain ? std::vector<TakenRows>{} : all;
}

}  // namespace kokai
