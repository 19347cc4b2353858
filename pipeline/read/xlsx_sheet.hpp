// SPDX-License-Identifier: Apache-2.0
// One sheet as a stream of rows, each cell with its address and its value as stored. What the value means (shared
// strings, number formats) is for the caller.
#pragma once

#include "read/xlsx_package.hpp"
#include "read/xlsx_strings.hpp"
#include "read/xml_scanner.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

constexpr std::uint32_t most_sheet_rows = 1'048'576;
constexpr std::uint32_t most_sheet_columns = 16'384;

enum class CellType : std::uint8_t { number, shared, text, boolean, error, date };

struct SheetCell {
    std::uint32_t column = 0;  // from 1
    std::uint32_t style = 0;
    CellType type = CellType::number;
    bool formula = false;
    bool unsaved = false;                               // a formula whose result was never computed
    std::uint32_t value_begin = 0, value_size = 0;      // in SheetRow::bytes
    std::uint32_t reading_begin = 0, reading_size = 0;  // furigana of an inline string
};

struct SheetRow {
    std::uint32_t number = 0;      // as Excel shows it
    std::vector<SheetCell> cells;  // those that the file has, in its order
    std::string bytes;

    [[nodiscard]] std::string_view value(const SheetCell& cell) const {
        return std::string_view(bytes).substr(cell.value_begin, cell.value_size);
    }
    [[nodiscard]] std::string_view reading(const SheetCell& cell) const {
        return std::string_view(bytes).substr(cell.reading_begin, cell.reading_size);
    }
};

struct CellRange {
    std::uint32_t first_row = 0, first_column = 0, last_row = 0, last_column = 0;  // from 1; zeros = none
    bool operator==(const CellRange&) const = default;
};

/// `B3` or `B3:D9`; false when it is neither or leads beyond the last row or column of Excel.
bool read_range(std::string_view text, CellRange& range);

struct SheetLimits {
    std::uint64_t cells = 40'000'000;  // every row of a sheet with 38 columns
    std::size_t merges = 1'000'000;
};

class SheetReader {
public:
    SheetReader(const XlsxPackage& package, const std::string& part, Readings readings = Readings::leave,
                SheetLimits limits = {});
    ~SheetReader() = default;
    SheetReader(const SheetReader&) = delete;  // the scanner knows where the part is
    SheetReader& operator=(const SheetReader&) = delete;
    SheetReader(SheetReader&&) = delete;
    SheetReader& operator=(SheetReader&&) = delete;

    /// The next row that the file has, empty ones included; false at the end of the part. Throws WorldError.
    bool next(SheetRow& row);
    /// What the sheet says of its extent; known after the first next(). Not to be trusted: some writers lie.
    [[nodiscard]] const CellRange& dimension() const { return dimension_; }
    /// Complete when next() has returned false: they stand behind the cells.
    [[nodiscard]] const std::vector<CellRange>& merges() const { return merges_; }
    [[nodiscard]] std::uint64_t bytes() const { return part_.bytes(); }
    [[nodiscard]] std::uint64_t position() const { return scanner_.position(); }

private:
    void read_row(SheetRow& row);
    void read_cell(SheetRow& row, std::uint32_t column);
    void read_value(std::string& into);
    void read_merges();
    [[nodiscard]] std::uint32_t row_number(std::string_view text) const;
    [[nodiscard]] std::uint32_t cell_column(std::string_view reference, std::uint32_t row,
                                            std::uint32_t expected) const;

    PartReader part_;
    XmlScanner scanner_;
    RichTextReader rich_text_;
    SheetLimits limits_;
    bool in_cells_ = false;
    std::uint32_t last_row_ = 0;
    std::uint64_t cells_seen_ = 0;
    CellRange dimension_;
    std::vector<CellRange> merges_;
};

}  // namespace kokai
