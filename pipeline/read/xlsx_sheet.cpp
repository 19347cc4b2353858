// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_sheet.hpp"

#include "read/xlsx_usual.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <charconv>

namespace kokai {
namespace {

constexpr std::size_t largest_row = 64U << 20U;
constexpr std::size_t most_shared_formulas = 100'000;

/// Reads the letters of a cell reference off its front; 0 when there are none or too many.
std::uint32_t take_column(std::string_view& text) {
    std::uint32_t column = 0;
    std::size_t at = 0;
    for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; ++at) {
        if (at == 3) {
            return 0;
        }
        column = column * 26 + static_cast<std::uint32_t>(text[at] - 'A' + 1);
    }
    text.remove_prefix(at);
    return column <= most_sheet_columns ? column : 0;
}

/// Reads the digits of a row number off the front; 0 when there are none or it is beyond Excel's last row.
std::uint32_t take_row(std::string_view& text) {
    std::uint32_t row = 0;
    std::size_t at = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        row = row * 10 + static_cast<std::uint32_t>(text[at] - '0');
        if (row > most_sheet_rows) {
            return 0;
        }
    }
    text.remove_prefix(at);
    return row;
}

/// The dollar of an absolute reference.
void skip_dollar(std::string_view& text) {
    if (text.starts_with('$')) {
        text.remove_prefix(1);
    }
}

bool take_cell(std::string_view& text, std::uint32_t& row, std::uint32_t& column) {
    skip_dollar(text);
    column = take_column(text);
    skip_dollar(text);
    row = take_row(text);
    return row != 0 && column != 0;
}

bool is_true(std::string_view value) {
    return value == "1" || value == "true";
}

}  // namespace

bool read_range(std::string_view text, CellRange& range) {
    CellRange found;
    if (!take_cell(text, found.first_row, found.first_column)) {
        return false;
    }
    found.last_row = found.first_row;
    found.last_column = found.first_column;
    if (text.starts_with(':')) {
        text.remove_prefix(1);
        if (!take_cell(text, found.last_row, found.last_column)) {
            return false;
        }
    }
    if (!text.empty() || found.last_row < found.first_row || found.last_column < found.first_column) {
        return false;
    }
    range = found;
    return true;
}

SheetReader::SheetReader(const XlsxPackage& package, const std::string& part, Readings readings, SheetLimits limits,
                         SheetContext context)
    : part_(package.open(part)), scanner_(part_, package.shown(), part_.part()), rich_text_(readings), limits_(limits),
      context_(context) {
    if (context_.struck_cells) {
        rich_text_.tell_plain_parts();
    }
}

bool SheetReader::next(SheetRow& row) {
    while (true) {
        const XmlScanner::Event event = scanner_.next();
        if (event == XmlScanner::Event::finished) {
            return false;
        }
        if (event == XmlScanner::Event::end) {
            in_cells_ = false;  // of sheetData: rows and everything else are read whole
            continue;
        }
        if (event != XmlScanner::Event::start) {
            continue;
        }
        const std::string_view name = scanner_.name();
        if (scanner_.depth() == 1) {
            if (name != "worksheet") {
                scanner_.fail("シートではありません", "is not a worksheet");
            }
        } else if (in_cells_) {
            if (name == "row") {
                read_row(row);
                return true;
            }
            scanner_.skip_element();
        } else if (name == "sheetData") {
            in_cells_ = true;
        } else if (name == "mergeCells") {
            read_merges();
        } else if (name == "cols") {
            read_columns();
        } else {
            if (name == "dimension") {
                read_range(scanner_.attribute("ref"), dimension_);
            }
            scanner_.skip_element();
        }
    }
}

std::uint32_t SheetReader::row_number(std::string_view text) const {
    const std::string written(text.substr(0, 40));
    const std::uint32_t number = take_row(text);
    if (number == 0 || !text.empty()) {
        scanner_.fail("行番号が正しくありません: " + written, "a wrong row number: " + written);
    }
    return number;
}

std::uint32_t SheetReader::cell_column(std::string_view reference, std::uint32_t row, std::uint32_t expected) const {
    if (reference.empty()) {
        if (expected > most_sheet_columns) {
            scanner_.fail("列が 16,384 を超えています", "more than 16,384 columns");
        }
        return expected;
    }
    std::string_view rest = reference;
    const std::uint32_t column = take_column(rest);
    const std::uint32_t named_row = take_row(rest);
    if (column == 0 || named_row != row || !rest.empty()) {
        const std::string written(reference.substr(0, 40));
        scanner_.fail(std::to_string(row) + " 行目のセル番地が正しくありません: " + written,
                      "a wrong cell reference in row " + std::to_string(row) + ": " + written);
    }
    return column;
}

void SheetReader::read_row(SheetRow& row) {
    row.clear();
    row.hidden = is_true(scanner_.attribute("hidden"));
    const std::string_view written = scanner_.attribute("r");
    row.number = written.empty() ? last_row_ + 1 : row_number(written);
    if (row.number <= last_row_ || row.number > most_sheet_rows) {
        scanner_.fail("行の順番が正しくありません: " + std::to_string(row.number),
                      "rows are out of order: " + std::to_string(row.number));
    }
    last_row_ = row.number;
    std::uint32_t column = 0;
    UsualCell usual;
    while (true) {
        if (const std::size_t bytes = take_usual_cell(scanner_.ahead(), usual); bytes != 0) {
            count_cell(row);
            column = cell_column(usual.reference, row.number, column + 1);
            add_cell(row, column, usual);
            scanner_.take(bytes);
            continue;
        }
        if (!scanner_.next_child()) {
            return;
        }
        if (scanner_.name() != "c") {
            scanner_.skip_element();
            continue;
        }
        count_cell(row);
        column = cell_column(scanner_.attribute("r"), row.number, column + 1);
        read_cell(row, column);
    }
}

void SheetReader::count_cell(const SheetRow& row) {
    if (++cells_seen_ > limits_.cells || row.cells.size() == most_sheet_columns) {
        scanner_.fail("セルが多すぎます（" + std::to_string(row.number) + " 行目まで）",
                      "too many cells (up to row " + std::to_string(row.number) + ")");
    }
}

void SheetReader::demand_room(const SheetRow& row) const {
    if (row.bytes.size() > largest_row) {
        scanner_.fail(std::to_string(row.number) + " 行目が大きすぎます",
                      "row " + std::to_string(row.number) + " is too large");
    }
}

void SheetReader::add_cell(SheetRow& row, std::uint32_t column, const UsualCell& usual) const {
    SheetCell cell;
    cell.column = column;
    cell.style = usual.style;
    cell.type = usual.type;
    cell.value_begin = static_cast<std::uint32_t>(row.bytes.size());
    cell.value_size = static_cast<std::uint32_t>(usual.value.size());
    row.bytes += usual.value;
    cell.reading_begin = static_cast<std::uint32_t>(row.bytes.size());
    if (context_.links != nullptr) {
        row.add_extra(cell, context_.links->at(row.number, column), {});
    }
    demand_room(row);
    row.cells.push_back(cell);
}

void SheetReader::read_cell(SheetRow& row, std::uint32_t column) {
    SheetCell cell;
    cell.column = column;
    cell.value_begin = cell.reading_begin = static_cast<std::uint32_t>(row.bytes.size());
    bool text_result = false;
    for (const XmlScanner::Attribute& attribute : scanner_.attributes()) {
        if (attribute.name == "t") {
            const std::string_view type = attribute.value;
            text_result = type == "str";
            cell.type = cell_type_named(type);
        } else if (attribute.name == "s") {
            std::from_chars(attribute.value.data(), attribute.value.data() + attribute.value.size(), cell.style);
        }
    }
    bool has_value = false;
    bool rich = false;
    link_.clear();
    while (scanner_.next_child()) {
        const std::string_view name = scanner_.name();
        if (name == "v" && !has_value) {
            has_value = true;
            read_value(row.bytes);
        } else if (name == "is" && !has_value) {
            has_value = true;
            rich_text_.read(scanner_);
            row.bytes += rich_text_.value();
            cell.value_size = static_cast<std::uint32_t>(row.bytes.size()) - cell.value_begin;
            cell.reading_begin = static_cast<std::uint32_t>(row.bytes.size());
            row.bytes += rich_text_.reading();
            cell.reading_size = static_cast<std::uint32_t>(row.bytes.size()) - cell.reading_begin;
            cell.type = CellType::text;
            rich = true;
        } else if (name == "f") {
            cell.formula = true;
            if (text_result || context_.external_books) {
                read_formula(cell, row.number);
            } else {
                scanner_.skip_element();
            }
        } else {
            scanner_.skip_element();
        }
    }
    if (cell.reading_begin == cell.value_begin) {
        cell.value_size = static_cast<std::uint32_t>(row.bytes.size()) - cell.value_begin;
    }
    if (link_.empty() && context_.links != nullptr) {
        link_ = context_.links->at(row.number, column);
    }
    if (!link_.empty() || rich) {
        row.add_extra(cell, link_, rich ? std::string_view(rich_text_.strikes()) : std::string_view());
    }
    // A text result may well be empty; a number cannot be, so nothing was ever computed (openpyxl writes <f>…</f><v/>).
    cell.unsaved = cell.formula && cell.value_size == 0 && !(text_result && has_value);
    demand_room(row);
    row.cells.push_back(cell);
}

/// Whether a formula is a link, or takes values from another workbook. One that is filled down is written once.
void SheetReader::read_formula(SheetCell& cell, std::uint32_t row) {
    const bool is_shared = scanner_.attribute("t") == "shared" && !scanner_.attribute("si").empty();
    const std::uint32_t number = leading_number(scanner_.attribute("si"));
    formula_.clear();
    scanner_.append_own_text(formula_);
    if (formula_.empty()) {
        if (const auto found = is_shared ? shared_formulas_.find(number) : shared_formulas_.end();
            found != shared_formulas_.end()) {
            cell.external = found->second.external;
            link_ = found->second.column == cell.column ? found->second.link : std::string();
        }
        return;
    }
    cell.external = context_.external_books && refers_to_other_workbook(formula_);
    link_ = compile_link(formula_, row);
    if (is_shared && (cell.external || !link_.empty()) && shared_formulas_.size() < most_shared_formulas) {
        shared_formulas_[number] = {cell.column, link_, cell.external};
    }
}

void SheetReader::read_value(std::string& into) {
    // Cells of one row share a buffer; the 16 MiB are for one cell.
    thread_local std::string value;
    value.clear();
    scanner_.append_own_text(value);
    into += value;
}

void SheetReader::read_columns() {
    while (scanner_.next_child()) {
        if (scanner_.name() == "col" && is_true(scanner_.attribute("hidden"))) {
            CellRange range;
            range.first_column = leading_number(scanner_.attribute("min"));
            range.last_column = std::min(leading_number(scanner_.attribute("max")), most_sheet_columns);
            if (range.first_column != 0 && range.first_column <= range.last_column &&
                hidden_columns_.size() < most_sheet_columns) {
                hidden_columns_.push_back(range);
            }
        }
        scanner_.skip_element();
    }
}

void SheetReader::read_merges() {
    while (scanner_.next_child()) {
        CellRange range;
        if (scanner_.name() == "mergeCell" && !read_range(scanner_.attribute("ref"), range)) {
            const std::string written(scanner_.attribute("ref").substr(0, 40));
            scanner_.fail("結合セルの範囲が正しくありません: " + written, "a wrong merged range: " + written);
        }
        if (merges_.size() == limits_.merges) {
            scanner_.fail("結合セルが多すぎます", "too many merged ranges");
        }
        if (range.first_row != 0) {
            merges_.push_back(range);
        }
        scanner_.skip_element();
    }
}

}  // namespace kokai
