// SPDX-License-Identifier: Apache-2.0
// The parts of a workbook around its rows. A consumer that follows OPC finds them in any order, so those that must know
// the number of sheets come last.
#pragma once

#include "write/excel/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kokai {

/// How a column looks: its header, its type and its width in half-width characters.
struct XlsxColumn {
    std::string header;
    WrittenType type = WrittenType::text;
    std::size_t width = 0;
};

struct XlsxSheet {
    std::string name;
    std::uint64_t rows = 0;  // below the header
};

/// What the file's properties say.
struct XlsxAbout {
    std::string title;
    std::string credit;
    std::string license;
    std::string modified;  // ISO date, may be empty
};

constexpr std::size_t excel_column_limit = 16384;
constexpr std::uint64_t excel_row_limit = 1048576;  // with the header

/// Text as it stands in an attribute or between tags.
std::string xml_escaped(std::string_view text);
/// `'一覧 (2)'` as formulas and links name a sheet.
std::string quoted_sheet_name(std::string_view name);

std::string xlsx_sheet_path(std::size_t number);

/// A name that Excel takes: at most 31 UTF-16 units with the ` (2)` of further sheets, none of : \ / ? * [ ].
std::string xlsx_sheet_name(std::string_view title, std::size_t number);

std::string xlsx_relations();
std::string xlsx_core_properties(const XlsxAbout& about);
std::string xlsx_app_properties();
std::string xlsx_styles();
std::string xlsx_workbook(std::span<const XlsxSheet> sheets, std::size_t columns);
std::string xlsx_workbook_relations(std::size_t sheets);
std::string xlsx_content_types(std::size_t sheets);

/// A sheet up to and with its header row, and what follows its rows.
std::string xlsx_sheet_head(std::span<const XlsxColumn> columns, std::size_t number);
std::string xlsx_sheet_tail(std::size_t columns, std::uint64_t rows);

}  // namespace kokai
