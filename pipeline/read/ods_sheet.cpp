// SPDX-License-Identifier: Apache-2.0
#include "read/ods_sheet.hpp"

#include "read/cell_link.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace kokai {
namespace {

constexpr std::uint64_t most_cells = 40'000'000;  // as of an .xlsx
constexpr std::uint64_t most_bytes = 1536ULL << 20U;
constexpr std::size_t most_merges = 250'000;
constexpr std::size_t largest_row = 64U << 20U;

std::uint32_t number_in(std::string_view text, std::uint32_t otherwise) {
    std::uint32_t value = otherwise;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

bool is_hidden(std::string_view visibility) {
    return visibility == "collapse" || visibility == "filter";
}

bool is_error(std::string_view text) {
    constexpr std::array<std::string_view, 7> names{"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"};
    return std::find(names.begin(), names.end(), text) != names.end() || text.starts_with("Err:");
}

void append_double(std::string& into, double value) {
    std::array<char, 40> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    into.append(digits.data(), end);
}

/// PT25H30M00S as a part of a day.
std::optional<double> duration_of(std::string_view text) {
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    if (!text.starts_with('P')) {
        return {};
    }
    text.remove_prefix(1);
    double days = 0;
    bool time = false;
    while (!text.empty()) {
        if (text.front() == 'T') {
            time = true;
            text.remove_prefix(1);
            continue;
        }
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || end == text.data() + text.size()) {
            return {};
        }
        const char unit = *end;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
        const double seconds = unit == 'D' && !time  ? 86400
                               : unit == 'H' && time ? 3600
                               : unit == 'M' && time ? 60
                               : unit == 'S' && time ? 1
                                                     : -1;
        if (seconds < 0) {
            return {};
        }
        days += number * seconds / 86400;
    }
    return negative ? -days : days;
}

/// The serial that Excel would have for 2024-04-01 or 2024-04-01T09:30:00; nothing before 1900-03-01, where the
/// calendars of the programs differ.
std::optional<double> serial_of(std::string_view text) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') {
        return {};
    }
    const std::uint32_t year = number_in(text.substr(0, 4), 0);
    const std::uint32_t month = number_in(text.substr(5, 2), 0);
    const std::uint32_t day = number_in(text.substr(8, 2), 0);
    if (year < 1901 || month == 0 || month > 12 || day == 0 || day > 31) {
        return {};
    }
    // Days since 1970 by the civil calendar; 25569 is the serial of 1970-01-01.
    const std::int64_t y = static_cast<std::int64_t>(year) - (month <= 2 ? 1 : 0);
    const std::int64_t era = y / 400;
    const std::int64_t year_of_era = y - era * 400;
    const std::int64_t day_of_year =
        (153 * (static_cast<std::int64_t>(month) + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    double serial = static_cast<double>(era * 146097 + day_of_era - 719468 + 25569);
    if (text.size() > 10 && text[10] == 'T') {
        const std::uint32_t hour = number_in(text.substr(11, 2), 0);
        const std::uint32_t minute = text.size() >= 16 ? number_in(text.substr(14, 2), 0) : 0;
        const std::uint32_t second = text.size() >= 19 ? number_in(text.substr(17, 2), 0) : 0;
        serial += (hour * 3600.0 + minute * 60.0 + second) / 86400.0;
    }
    return serial;
}

}  // namespace

OdsSheet::OdsSheet(const XlsxPackage& package, std::size_t index, const OdsStyles& styles, Readings readings)
    : styles_(styles), readings_(readings), strikes_known_(styles.any_struck()), part_(package.open("content.xml")),
      scanner_(part_, package.shown(), part_.part()) {
    go_to_table(index);
}

void OdsSheet::go_to_table(std::size_t index) {
    std::size_t seen = 0;
    for (XmlScanner::Event event = scanner_.next(); event != XmlScanner::Event::finished; event = scanner_.next()) {
        if (event != XmlScanner::Event::start || scanner_.depth() == 1) {
            continue;
        }
        const std::string_view name = scanner_.name();
        if (scanner_.depth() == 4 && name == "table" && seen++ == index) {
            return;
        }
        if (scanner_.depth() == 4 || (name != "body" && name != "spreadsheet")) {
            scanner_.skip_element();
        }
    }
    ended_ = true;
}

std::uint32_t OdsSheet::repeats(std::string_view attribute, std::uint32_t most) const {
    const std::string_view text = scanner_.attribute(attribute);
    const std::uint32_t times = text.empty() ? 1 : number_in(text, 0);
    if (times == 0 || times > most) {
        const std::string written(text.substr(0, 40));
        scanner_.fail("繰り返しの数が正しくありません: " + written, "a wrong number of repetitions: " + written);
    }
    return times;
}

bool OdsSheet::next(SheetRow& row) {
    while (times_ == 0) {
        if (ended_ || !read_next_row()) {
            return false;
        }
    }
    --times_;
    row.number = row_.number++;
    row.hidden = row_.hidden;
    if (times_ == 0) {
        row.cells.swap(row_.cells);
        row.extras.swap(row_.extras);
        row.bytes.swap(row_.bytes);
    } else {
        row.cells = row_.cells;
        row.extras = row_.extras;
        row.bytes = row_.bytes;
    }
    return true;
}

/// Reads one row element; those without a value only count. False at the end of the table.
bool OdsSheet::read_next_row() {
    while (true) {
        const XmlScanner::Event event = scanner_.next();
        if (event == XmlScanner::Event::finished || (event == XmlScanner::Event::end && scanner_.depth() == 3)) {
            ended_ = true;
            return false;
        }
        if (event != XmlScanner::Event::start) {
            continue;
        }
        const std::string_view name = scanner_.name();
        if (name == "table-row") {
            read_row();
            return true;
        }
        if (name == "table-column") {
            read_column();
        } else if (name != "table-row-group" && name != "table-rows" && name != "table-header-rows" &&
                   name != "table-column-group" && name != "table-columns" && name != "table-header-columns") {
            scanner_.skip_element();
        }
    }
}

void OdsSheet::read_column() {
    const std::uint32_t times = repeats("number-columns-repeated", most_sheet_columns);
    if (columns_ + times > most_sheet_columns) {
        scanner_.fail("列が 16,384 を超えています", "more than 16,384 columns");
    }
    if (is_hidden(scanner_.attribute("visibility"))) {
        hidden_columns_.push_back({0, columns_ + 1, 0, columns_ + times});
    }
    column_styles_.resize(columns_ + times, styles_.number(scanner_.attribute_text("default-cell-style-name")));
    columns_ += times;
    scanner_.skip_element();
}

void OdsSheet::read_row() {
    const std::uint32_t times = repeats("number-rows-repeated", most_sheet_rows);
    if (rows_ + times > most_sheet_rows) {
        scanner_.fail("行が 1,048,576 を超えています", "more than 1,048,576 rows");
    }
    row_.number = rows_ + 1;
    row_.hidden = is_hidden(scanner_.attribute("visibility"));
    row_.clear();
    const std::string style = scanner_.attribute_text("default-cell-style-name");
    row_style_ = style.empty() ? 0 : styles_.number(style);
    std::uint32_t column = 0;
    while (scanner_.next_child()) {
        if (scanner_.name() == "table-cell") {
            read_cell(column);
        } else if (scanner_.name() == "covered-table-cell") {
            column += repeats("number-columns-repeated", most_sheet_columns);  // below a merged cell: not to be seen
            scanner_.skip_element();
        } else {
            scanner_.skip_element();
        }
    }
    rows_ += times;
    if (row_.cells.empty()) {
        return;
    }
    cells_ += std::uint64_t{row_.cells.size()} * times;
    bytes_made_ += std::uint64_t{row_.bytes.size()} * times;
    if (cells_ > most_cells || bytes_made_ > most_bytes) {
        const std::string number = std::to_string(row_.number);
        scanner_.fail("セルが多すぎます（" + number + " 行目から " + std::to_string(times) + " 回の繰り返し）",
                      "too many cells (row " + number + ", repeated " + std::to_string(times) + " times)");
    }
    times_ = times;
}

void OdsSheet::read_cell(std::uint32_t& column) {
    const std::uint32_t times = repeats("number-columns-repeated", most_sheet_columns);
    if (column + times > most_sheet_columns) {
        scanner_.fail("列が 16,384 を超えています", "more than 16,384 columns");
    }
    SheetCell cell;
    cell.column = column + 1;
    column += times;
    std::string value, shown_text;
    std::string_view type;
    bool error = false;
    for (const XmlScanner::Attribute& attribute : scanner_.attributes()) {
        if (attribute.name == "value-type") {
            error = error || attribute.value == "error";  // calcext says so beside office
            type = type.empty() ? attribute.value : type;
        } else if (attribute.name == "value" || attribute.name == "date-value" || attribute.name == "time-value" ||
                   attribute.name == "boolean-value") {
            value = attribute.value;
        }
    }
    cell.type = type == "boolean"                                               ? CellType::boolean
                : type == "date" || type == "time"                              ? CellType::date
                : type == "float" || type == "currency" || type == "percentage" ? CellType::number
                                                                                : CellType::text;
    const bool typed = !type.empty();
    const std::string formula = scanner_.attribute_text("formula");
    cell.formula = !formula.empty();
    cell.external = cell.formula && refers_to_other_workbook(formula);
    const std::string style = scanner_.attribute_text("style-name");
    cell.style = !style.empty()                         ? styles_.number(style)
                 : row_style_ != 0                      ? row_style_
                 : cell.column <= column_styles_.size() ? column_styles_[cell.column - 1]
                                                        : 0;
    const std::uint32_t down = number_in(scanner_.attribute("number-rows-spanned"), 1);
    const std::uint32_t right = number_in(scanner_.attribute("number-columns-spanned"), 1);
    if ((down > 1 || right > 1) && down <= most_sheet_rows && right <= most_sheet_columns) {
        if (merges_.size() == most_merges) {
            scanner_.fail("結合セルが多すぎます", "too many merged ranges");
        }
        merges_.push_back({row_.number, cell.column, row_.number + down - 1, cell.column + right - 1});
    }
    const std::string stored_text = cell.type == CellType::text ? scanner_.attribute_text("string-value") : "";
    read_contents();
    if (!has_text_ && cell.type == CellType::text) {
        text_ = stored_text;
    }
    error = error || (cell.formula && is_error(text_));
    cell.unsaved = cell.formula && !typed && text_.empty();
    read_value(cell, value, error);
    if (cell.value_size == 0 && !cell.unsaved) {
        return;
    }
    if (std::string computed = cell.formula ? compile_link(formula, row_.number) : std::string(); !computed.empty()) {
        link_ = std::move(computed);
    }
    const bool is_text = cell.type == CellType::text && has_text_ && strikes_known_;
    row_.add_extra(cell, link_, is_text ? std::string_view(strikes_.kept()) : std::string_view());
    if (row_.bytes.size() > largest_row || row_.cells.size() + times > most_sheet_columns) {
        scanner_.fail(std::to_string(row_.number) + " 行目が大きすぎます",
                      "row " + std::to_string(row_.number) + " is too large");
    }
    for (std::uint32_t i = 0; i < times; ++i) {
        row_.cells.push_back(cell);
        ++cell.column;
    }
}

void OdsSheet::read_value(SheetCell& cell, const std::string& value, bool error) {
    std::string& bytes = row_.bytes;
    cell.value_begin = static_cast<std::uint32_t>(bytes.size());
    if (error) {
        cell.type = CellType::error;
        bytes += text_.empty() ? "#N/A" : text_;
    } else if (cell.type == CellType::date) {
        const std::optional<double> serial =
            value.starts_with('P') || value.starts_with("-P") ? duration_of(value) : serial_of(value);
        cell.type = serial ? CellType::number : CellType::date;
        if (serial) {
            append_double(bytes, *serial);
        } else {
            bytes += value;
        }
    } else if (cell.type == CellType::text || value.empty()) {
        cell.type = CellType::text;
        bytes += text_;
    } else {
        bytes += value;
    }
    cell.value_size = static_cast<std::uint32_t>(bytes.size()) - cell.value_begin;
    cell.reading_begin = static_cast<std::uint32_t>(bytes.size());
    if (has_ruby_ && readings_ == Readings::keep && cell.type == CellType::text) {
        bytes += reading_;
        cell.reading_size = static_cast<std::uint32_t>(reading_.size());
    }
}

}  // namespace kokai
