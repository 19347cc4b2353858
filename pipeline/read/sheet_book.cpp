// SPDX-License-Identifier: Apache-2.0
#include "read/sheet_book.hpp"

#include "model/error.hpp"
#include "model/finding.hpp"
#include "read/cell_link.hpp"
#include "read/ods_book.hpp"
#include "read/visible_rows.hpp"
#include "read/xls_book.hpp"
#include "read/xlsx_book.hpp"
#include "read/xlsx_kind.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <charconv>

namespace kokai {
namespace {

/// `t="d"` holds 2024-04-01T00:00:00Z: the same forms as a formatted serial gives.
Cell iso_text(std::string_view stored, Arena& into) {
    if (stored.ends_with('Z')) {
        stored.remove_suffix(1);
    }
    const std::size_t letter = stored.find('T');
    if (letter != 10) {
        return into.keep(stored);
    }
    std::string_view time = stored.substr(11);
    time = time.substr(0, time.find('.'));
    if (time == "00:00:00" || time == "00:00") {
        return into.keep(stored.substr(0, 10));
    }
    std::string text(stored.substr(0, 10));
    text += ' ';
    text += time.ends_with(":00") && time.size() == 8 ? time.substr(0, 5) : time;
    return into.keep(text);
}

}  // namespace

std::uint64_t SheetBook::string_index(const SheetRow& row, const SheetCell& cell) const {
    const std::string_view stored = row.value(cell);
    std::uint64_t index = 0;
    const auto [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), index);
    if (error != std::errc{} || end != stored.data() + stored.size() || index >= strings_.size()) {
        const std::string place = column_letters(cell.column) + std::to_string(row.number);
        const std::string number(stored.substr(0, 40));
        const std::string part = workbook_.strings_part.empty() ? "xl/sharedStrings.xml" : workbook_.strings_part;
        throw WorldError(shown_, "セル " + place + " が指す文字列 " + number + " が " + part + " にありません",
                         "cell " + place + " names string " + number + ", which " + part + " does not have", part);
    }
    return index;
}

SheetBook::CellText SheetBook::text(const SheetRow& row, const SheetCell& cell, Arena& into) {
    CellText shown = stored_text(row, cell, into);
    if (may_be_struck(cell) && !shown.text.empty()) {
        take_off_struck(row, cell, shown, into);
    }
    return shown;
}

void SheetBook::take_off_struck(const SheetRow& row, const SheetCell& cell, CellText& shown, Arena& into) {
    const Cell strikes = cell.type != CellType::shared ? row.strikes(cell)
                         : strings_.any_strikes()      ? strings_.strikes(string_index(row, cell), into)
                                                       : Cell{};
    const bool struck = styles_.struck(cell.style);
    if (strikes.empty()) {
        if (struck) {
            shown.struck = std::exchange(shown.text, {});
        }
        return;
    }
    const StruckText split = split_struck(shown.text, strikes, struck);
    if (!trimmed(split.struck).empty()) {
        shown.text = into.keep(trimmed(split.visible));
        shown.struck = into.keep(split.struck);
    }
}

bool SheetBook::struck_out(const SheetRow& row, const SheetCell& cell) {
    if (!may_be_struck(cell)) {
        return false;
    }
    if (cell.type == CellType::error || cell.unsaved) {
        return styles_.struck(cell.style);
    }
    if (cell.value_size == 0) {
        return false;
    }
    scratch_.clear();
    const CellText shown = text(row, cell, scratch_);
    return !trimmed(shown.struck).empty() && trimmed(shown.text).empty();
}

Cell SheetBook::link(const SheetRow& row, const SheetCell& cell, Arena& into) {
    const std::string_view link = row.link(cell);
    if (!is_compiled_link(link)) {
        return into.keep(link);
    }
    return into.keep(computed_link(link, [&](std::uint32_t column) {
        for (const SheetCell& other : row.cells) {
            if (other.column == column && other.type != CellType::error) {
                return std::string(other.type == CellType::number ? row.value(other) : text(row, other, into).text);
            }
        }
        return std::string();
    }));
}

SheetBook::CellText SheetBook::stored_text(const SheetRow& row, const SheetCell& cell, Arena& into) {
    const std::string_view stored = row.value(cell);
    switch (cell.type) {
    case CellType::shared:
        return {stored.empty() ? Cell{} : strings_.value(string_index(row, cell), into)};
    case CellType::number: {
        if (stored.empty()) {
            return {};
        }
        const DateSystem dates = workbook_.dates_from_1904 ? DateSystem::from_1904 : DateSystem::from_1900;
        const NumberFormat::Shown shown = styles_.format(cell.style).show(stored, dates, into);
        return {shown.text.data() == stored.data() ? into.keep(stored) : shown.text, shown.rounded};
    }
    case CellType::boolean:
        return {stored == "1" || stored == "true" ? Cell("TRUE") : stored.empty() ? Cell{} : Cell("FALSE")};
    case CellType::date:
        return {iso_text(stored, into)};
    case CellType::text:
    case CellType::error:
        break;
    }
    return {into.keep(stored)};
}

Cell SheetBook::reading(const SheetRow& row, const SheetCell& cell, Arena& into) {
    if (readings_ == Readings::leave) {
        return {};
    }
    if (cell.type != CellType::shared || cell.value_size == 0) {
        return into.keep(row.reading(cell));
    }
    return strings_.any_readings() ? strings_.reading(string_index(row, cell), into) : Cell{};
}

bool SheetBook::has_content(const SheetRow& row, const SheetCell& cell) {
    if (cell.unsaved || cell.type == CellType::error) {
        return true;
    }
    if (cell.value_size == 0) {
        return false;
    }
    if (cell.type == CellType::number || cell.type == CellType::boolean || cell.type == CellType::date) {
        return true;
    }
    if (cell.type == CellType::text) {
        return !trimmed(row.value(cell)).empty();
    }
    scratch_.clear();
    return !trimmed(text(row, cell, scratch_).text).empty();
}

bool SheetBook::has_content(const SheetRow& row) {
    for (const SheetCell& cell : row.cells) {
        if (has_content(row, cell)) {
            return true;
        }
    }
    return false;
}

void SheetBook::show_left_out(std::size_t sheet, const SheetRow& row, const SheetCell& cell) {
    if (watch_ == nullptr || cell.value_size == 0 || cell.type == CellType::error) {
        return;
    }
    scratch_.clear();
    watch_->see({source_, static_cast<std::uint16_t>(sheet), row.number, cell.column},
                stored_text(row, cell, scratch_).text);
}

void SheetBook::show_sheet(std::size_t sheet) {
    try {
        const std::unique_ptr<SheetRows> rows = open_stored(sheet);
        SheetRow row;
        while (rows->next(row)) {
            for (const SheetCell& cell : row.cells) {
                show_left_out(sheet, row, cell);
            }
        }
    } catch (const WorldError&) {
        return;  // nobody else can read it either, and it is no part of the table
    }
}

void SheetBook::show_comments(std::size_t sheet) const {
    if (watch_ == nullptr) {
        return;
    }
    try {
        each_comment(sheet, [&](std::uint32_t row, std::uint32_t column, std::string_view text) {
            watch_->see({source_, static_cast<std::uint16_t>(sheet), row, column, true}, text);
        });
    } catch (const WorldError&) {
        return;
    }
}

std::unique_ptr<SheetRows> SheetBook::open_sheet(std::size_t index) {
    std::unique_ptr<SheetRows> stored = open_stored(index);
    return publish_hidden_ ? std::move(stored)
                           : std::make_unique<VisibleRows>(std::move(stored), *this, index, wanted_rows_);
}

void SheetBook::report_hidden_sheets(Findings& findings, std::uint16_t source,
                                     const std::vector<std::size_t>& read) const {
    if (publish_hidden_) {
        return;
    }
    for (std::size_t i = 0; i < workbook_.sheets.size(); ++i) {
        if (workbook_.sheets[i].hidden && std::find(read.begin(), read.end(), i) == read.end()) {
            findings.add(Code::hidden_sheet, {0, 0, static_cast<std::uint16_t>(i), source, nullptr},
                         workbook_.sheets[i].name);
        }
    }
}

std::unique_ptr<SheetBook> open_book(const std::filesystem::path& path, const std::string& shown, Readings readings) {
    std::string start(8, '\0');
    start.resize(InputFile(path, shown).read_at(0, start.data(), start.size()));
    if (start.starts_with("\xD0\xCF\x11\xE0")) {
        try {
            return std::make_unique<XlsBook>(path, shown, readings);
        } catch (const WorldError&) {
            if (!names_encrypted_package(path, shown)) {
                throw;
            }
            throw WorldError(shown, "パスワードで保護された Excel のファイルです。保護を外して保存し直してください",
                             "is an Excel file protected by a password: save it without one");
        }
    }
    XlsxPackage package(path, shown);
    if (package.has("content.xml")) {
        return std::make_unique<OdsBook>(std::move(package), readings);
    }
    return std::make_unique<XlsxBook>(std::move(package), readings);
}

}  // namespace kokai
