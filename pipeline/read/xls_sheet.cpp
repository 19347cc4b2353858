// SPDX-License-Identifier: Apache-2.0
#include "read/xls_sheet.hpp"

#include "model/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace kokai {
namespace {

enum Record : std::uint16_t {
    formula = 0x06,
    end_of_part = 0x0A,
    note = 0x1C,
    object = 0x5D,
    column_info = 0x7D,
    many_short_numbers = 0xBD,
    rich_text = 0xD6,
    merged = 0xE5,
    shared_text = 0xFD,
    hyperlink = 0x1B8,
    extent = 0x200,
    number = 0x203,
    plain_text = 0x204,
    truth_or_error = 0x205,
    formula_text = 0x207,
    row_info = 0x208,
    short_number = 0x27E,
    begin_of_part = 0x809
};

constexpr std::size_t most_cells = std::size_t{65'536} * 256;  // every cell of a sheet
constexpr std::size_t most_merges = 250'000;
constexpr std::size_t most_links = 65'530;  // as Excel

std::string_view error_name(std::uint8_t code) {
    switch (code) {
    case 0x00:
        return "#NULL!";
    case 0x07:
        return "#DIV/0!";
    case 0x0F:
        return "#VALUE!";
    case 0x17:
        return "#REF!";
    case 0x1D:
        return "#NAME?";
    case 0x24:
        return "#NUM!";
    default:
        return "#N/A";
    }
}

double as_double(std::uint64_t bits) {
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

/// RK: 30 bits of a whole number or of a double, perhaps hundredths.
double short_number_value(std::uint32_t bits) {
    const double value = (bits & 2U) != 0 ? static_cast<double>(static_cast<std::int32_t>(bits) >> 2)
                                          : as_double(static_cast<std::uint64_t>(bits & 0xFFFFFFFCU) << 32U);
    return (bits & 1U) != 0 ? value / 100 : value;
}

void append_number(std::string& into, double value) {
    std::array<char, 40> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    into.append(text.data(), end);
}

}  // namespace

XlsSheet::XlsSheet(const OleFile& file, const OleFile::Stream& stream, std::uint64_t offset, const XlsText& form)
    : file_(file), records_(file, stream), form_(form) {
    survey(offset);
    links_.finish();
    const auto key = [](const CellPlace& place) { return (std::uint32_t{place.row} << 16U) | place.column; };
    const auto before = [&](const CellPlace& a, const CellPlace& b) { return key(a) < key(b); };
    if (!std::is_sorted(places_.begin(), places_.end(), before)) {
        std::stable_sort(places_.begin(), places_.end(), before);
    }
}

void XlsSheet::survey(std::uint64_t offset) {
    records_.seek(offset);
    if (!records_.next() || records_.type() != begin_of_part) {
        file_.fail_broken("sheet");
    }
    std::size_t inner = 0;  // a chart on the sheet is a part inside the part
    while (records_.next()) {
        if (records_.type() == begin_of_part) {
            ++inner;
        } else if (records_.type() == end_of_part) {
            if (inner-- == 0) {
                return;
            }
        } else if (inner == 0) {
            survey_cells();
        }
    }
}

void XlsSheet::survey_cells() {
    const std::string_view data = records_.data();
    switch (records_.type()) {
    case formula:
    case number:
    case plain_text:
    case rich_text:
    case shared_text:
    case short_number:
    case truth_or_error:
        add_place(u16_at(data, 0), u16_at(data, 2));
        break;
    case many_short_numbers:
        for (std::size_t i = 0; 4 + 6 * (i + 1) + 2 <= data.size(); ++i) {
            add_place(u16_at(data, 0), static_cast<std::uint16_t>(u16_at(data, 2) + i));
        }
        break;
    case row_info:
        if ((u16_at(data, 12) & 0x20U) != 0) {
            hidden_rows_.resize(65'536);
            hidden_rows_[u16_at(data, 0)] = true;
        }
        break;
    case column_info:
        if ((u16_at(data, 8) & 1U) != 0 && hidden_columns_.size() < 65'536) {
            const std::uint32_t last = std::min<std::uint32_t>(u16_at(data, 2), 255);
            if (u16_at(data, 0) <= last) {
                hidden_columns_.push_back({0, u16_at(data, 0) + 1U, 0, last + 1U});
            }
        }
        break;
    case extent:
        read_extent();
        break;
    case merged:
        read_merges();
        break;
    case hyperlink:
        read_link();
        break;
    case note:
        ++comments_;
        break;
    case object:
        read_object();
        break;
    default:
        break;
    }
}

void XlsSheet::add_place(std::uint16_t row, std::uint16_t column) {
    if (places_.size() == most_cells || records_.offset() > UINT32_MAX) {
        throw WorldError(file_.shown(), "セルが多すぎます", "too many cells");
    }
    places_.push_back({row, column, static_cast<std::uint32_t>(records_.offset())});
}

void XlsSheet::read_extent() {
    const std::string_view data = records_.data();
    const std::size_t width = form_.wide ? 4 : 2;
    const auto row_at = [&](std::size_t at) { return form_.wide ? u32_at(data, at) : u16_at(data, at); };
    dimension_ = {row_at(0) + 1, u16_at(data, 2 * width) + 1U, row_at(width), u16_at(data, 2 * width + 2)};
    if (dimension_.last_row < dimension_.first_row || dimension_.last_column < dimension_.first_column) {
        dimension_ = {};
    }
}

void XlsSheet::read_merges() {
    const std::string_view data = records_.data();
    const std::size_t count = u16_at(data, 0);
    for (std::size_t i = 0; i < count && 2 + 8 * (i + 1) <= data.size(); ++i) {
        if (merges_.size() == most_merges) {
            throw WorldError(file_.shown(), "結合セルが多すぎます", "too many merged ranges");
        }
        const auto at = [&](std::size_t field) { return u16_at(data, 2 + 8 * i + 2 * field) + 1U; };
        merges_.push_back({at(0), at(2), at(1), at(3)});
    }
}

/// The boxes of comments and the arrows of filters lie over the cells, too, and are no objects to a person.
void XlsSheet::read_object() {
    enum Kind : std::uint16_t { drop_down = 0x14, comment = 0x19 };
    const std::uint16_t kind = u16_at(records_.data(), 4);
    objects_ += kind == drop_down || kind == comment ? 0U : 1U;
}

/// HLINK: the cells, then what OLE makes of a link. Names and frames are passed over; only addresses of the web are
/// taken, files and places within the workbook are none.
void XlsSheet::read_link() {
    const std::string_view data = records_.data();
    constexpr std::string_view web_address("\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B", 16);
    constexpr std::size_t longest = 8'192;
    enum Holds : std::uint32_t { address = 1, place = 8, name = 0x10, frame = 0x80, address_as_text = 0x100 };
    const std::uint32_t holds = u32_at(data, 28);
    std::size_t at = 32;
    const auto letters = [&](std::size_t units) {
        std::string text;
        if (units <= longest && at + 2 * units <= data.size()) {
            append_utf16(text, data.substr(at, 2 * units));
        }
        at += 2 * std::min<std::size_t>(units, data.size());
        return text.substr(0, text.find('\0'));
    };
    const auto counted = [&] {
        at += 4;
        return letters(u32_at(data, at - 4));
    };
    for (const std::uint32_t part : {name, frame}) {
        if ((holds & part) != 0) {
            counted();
        }
    }
    std::string target;
    if ((holds & address_as_text) != 0) {
        target = counted();
    } else if ((holds & address) != 0 && at + 20 <= data.size()) {
        const bool web = data.substr(at, 16) == web_address;
        at += 20;
        const std::size_t bytes = u32_at(data, at - 4);
        const std::size_t next = at + bytes;
        target = web ? letters(bytes / 2) : "file:";
        at = next;
        if (!web) {
            at = data.size();  // a file's address is longer; what follows it does not matter
        }
    }
    if ((holds & place) != 0 && !target.empty() && at + 4 <= data.size()) {
        const std::string mark = counted();
        target += mark.empty() || target.find('#') != std::string::npos ? "" : "#" + mark;
    }
    const CellRange range{u16_at(data, 0) + 1U, u16_at(data, 4) + 1U, u16_at(data, 2) + 1U, u16_at(data, 6) + 1U};
    if (!target.empty() && link_count_++ < most_links) {
        links_.add(range, std::move(target));
    }
}

bool XlsSheet::next(SheetRow& row) {
    if (at_ == places_.size()) {
        return false;
    }
    const std::uint16_t number_of_row = places_[at_].row;
    row.number = number_of_row + 1U;
    row.hidden = !hidden_rows_.empty() && hidden_rows_[number_of_row];
    row.clear();
    for (; at_ < places_.size() && places_[at_].row == number_of_row; ++at_) {
        read_cell(places_[at_], row);
    }
    return true;
}

void XlsSheet::read_cell(const CellPlace& place, SheetRow& row) {
    records_.seek(place.offset);
    if (!records_.next()) {
        file_.fail_broken("cell");
    }
    const std::string_view data = records_.data();
    SheetCell cell;
    cell.column = place.column + 1U;
    cell.style = u16_at(data, 4);
    cell.value_begin = cell.reading_begin = static_cast<std::uint32_t>(row.bytes.size());
    switch (records_.type()) {
    case formula:
        read_formula(cell, row);
        break;
    case number:
        append_number(row.bytes, as_double(u64_at(data, 6)));
        break;
    case short_number:
        append_number(row.bytes, short_number_value(u32_at(data, 6)));
        break;
    case many_short_numbers: {
        const std::size_t at = 4 + std::size_t{6} * (place.column - u16_at(data, 2));
        cell.style = u16_at(data, at);
        append_number(row.bytes, short_number_value(u32_at(data, at + 2)));
        break;
    }
    case shared_text:
        cell.type = CellType::shared;
        row.bytes += std::to_string(u32_at(data, 6));
        break;
    case plain_text:
    case rich_text:
        cell.type = CellType::text;
        records_.go_to(6);
        row.bytes += take_text(records_, form_, false);
        break;
    default:
        cell.type = data.size() > 7 && data[7] != 0 ? CellType::error : CellType::boolean;
        row.bytes += cell.type == CellType::error      ? error_name(static_cast<std::uint8_t>(data[6]))
                     : data.size() > 6 && data[6] != 0 ? std::string_view("1")
                                                       : std::string_view("0");
    }
    cell.value_size = static_cast<std::uint32_t>(row.bytes.size()) - cell.value_begin;
    if (!links_.empty()) {
        row.add_extra(cell, links_.at(row.number, cell.column), {});
    }
    row.cells.push_back(cell);
}

void XlsSheet::read_formula(SheetCell& cell, SheetRow& row) {
    const std::string_view data = records_.data();
    cell.formula = true;
    if (u16_at(data, 12) != 0xFFFF) {
        append_number(row.bytes, as_double(u64_at(data, 6)));
        return;
    }
    const std::uint8_t kind = data.size() > 8 ? static_cast<std::uint8_t>(data[6]) : 3;
    const std::uint8_t value = data.size() > 8 ? static_cast<std::uint8_t>(data[8]) : 0;
    if (kind == 1) {
        cell.type = CellType::boolean;
        row.bytes += value != 0 ? "1" : "0";
    } else if (kind == 2) {
        cell.type = CellType::error;
        row.bytes += error_name(value);
    } else {
        cell.type = CellType::text;
        // The text follows, behind the records of a shared or array formula.
        constexpr int most_between = 4;
        for (int i = 0; kind == 0 && i < most_between && records_.next(); ++i) {
            if (records_.type() == formula_text) {
                row.bytes += take_text(records_, form_, false);
                break;
            }
        }
    }
}

}  // namespace kokai
