// SPDX-License-Identifier: Apache-2.0
// One sheet as a stream of rows, whatever kind of workbook it stands in: each cell with its address and its value as
// stored. What the value means (shared strings, number formats) is for SheetBook.
#pragma once

#include "model/finding.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

constexpr std::uint32_t most_sheet_rows = 1'048'576;
constexpr std::uint32_t most_sheet_columns = 16'384;

enum class CellType : std::uint8_t { number, shared, text, boolean, error, date };

/// What few cells have beside their value; all in SheetRow::bytes.
struct CellExtra {
    std::uint32_t link_begin = 0, link_size = 0;  // the target of its hyperlink, or what computes it (cell_link.hpp)
    std::uint32_t strikes_begin = 0, strikes_size = 0;  // which parts of a text are struck out (strikes.hpp)
};

struct SheetCell {
    std::uint32_t column = 0;  // from 1
    std::uint32_t style = 0;
    CellType type = CellType::number;
    bool formula = false;
    bool unsaved = false;                               // a formula whose result was never computed
    std::uint32_t value_begin = 0, value_size = 0;      // in SheetRow::bytes
    std::uint32_t reading_begin = 0, reading_size = 0;  // furigana of an inline string
    std::uint32_t extra = 0;                            // in SheetRow::extras, from 1; 0 = none
    bool external = false;                              // a formula that refers to another workbook
};

struct SheetRow {
    std::uint32_t number = 0;      // as Excel shows it
    bool hidden = false;           // by hand or by a filter
    std::vector<SheetCell> cells;  // those that the file has, in its order
    std::vector<CellExtra> extras;
    std::string bytes;

    [[nodiscard]] std::string_view value(const SheetCell& cell) const {
        return std::string_view(bytes).substr(cell.value_begin, cell.value_size);
    }
    [[nodiscard]] std::string_view reading(const SheetCell& cell) const {
        return std::string_view(bytes).substr(cell.reading_begin, cell.reading_size);
    }
    [[nodiscard]] std::string_view link(const SheetCell& cell) const {
        return cell.extra == 0 ? std::string_view()
                               : std::string_view(bytes).substr(extras[cell.extra - 1].link_begin,
                                                                extras[cell.extra - 1].link_size);
    }
    [[nodiscard]] std::string_view strikes(const SheetCell& cell) const {
        return cell.extra == 0 ? std::string_view()
                               : std::string_view(bytes).substr(extras[cell.extra - 1].strikes_begin,
                                                                extras[cell.extra - 1].strikes_size);
    }
    /// Both are copied; nothing is kept of two that are empty.
    void add_extra(SheetCell& cell, std::string_view link, std::string_view strikes) {
        if (link.empty() && strikes.empty()) {
            return;
        }
        CellExtra extra;
        extra.link_begin = static_cast<std::uint32_t>(bytes.size());
        bytes += link;
        extra.link_size = static_cast<std::uint32_t>(link.size());
        extra.strikes_begin = static_cast<std::uint32_t>(bytes.size());
        bytes += strikes;
        extra.strikes_size = static_cast<std::uint32_t>(strikes.size());
        extras.push_back(extra);
        cell.extra = static_cast<std::uint32_t>(extras.size());
    }
    void clear() {
        cells.clear();
        extras.clear();
        bytes.clear();
    }
};

struct CellRange {
    std::uint32_t first_row = 0, first_column = 0, last_row = 0, last_column = 0;  // from 1; zeros = none
    bool operator==(const CellRange&) const = default;
};

class SheetRows {
public:
    SheetRows() = default;
    virtual ~SheetRows() = default;
    SheetRows(const SheetRows&) = delete;
    SheetRows& operator=(const SheetRows&) = delete;
    SheetRows(SheetRows&&) = delete;
    SheetRows& operator=(SheetRows&&) = delete;

    /// The next row that the file has, empty ones included, numbers rising; false at the end. Throws WorldError.
    virtual bool next(SheetRow& row) = 0;
    /// What the sheet says of its extent; known after the first next(). Not to be trusted: some writers lie.
    [[nodiscard]] virtual const CellRange& dimension() const = 0;
    /// Complete when next() has returned false: in some formats they stand behind the cells.
    [[nodiscard]] virtual const std::vector<CellRange>& merges() const = 0;
    /// Columns that nobody sees, as ranges; complete after the first next().
    [[nodiscard]] virtual const std::vector<CellRange>& hidden_columns() const = 0;
    /// Size of the sheet and how much of it has been read: for the progress bar, and for what a look ahead costs.
    [[nodiscard]] virtual std::uint64_t bytes() const = 0;
    [[nodiscard]] virtual std::uint64_t position() const = 0;
    /// What was not handed out although the sheet has it (hidden rows and the like); after the last next().
    virtual void report(Findings& /*findings*/, std::uint16_t /*sheet*/, std::uint16_t /*source*/) const {}
};

}  // namespace kokai
