// SPDX-License-Identifier: Apache-2.0
// One sheet of an .xlsx as a stream of rows.
#pragma once

#include "read/cell_link.hpp"
#include "read/sheet.hpp"
#include "read/xlsx_package.hpp"
#include "read/xlsx_strings.hpp"
#include "read/xml_scanner.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kokai {

/// `B3` or `B3:D9`; false when it is neither or leads beyond the last row or column of Excel.
bool read_range(std::string_view text, CellRange& range);

struct UsualCell;

struct SheetLimits {
    std::uint64_t cells = 40'000'000;  // every row of a sheet with 38 columns
    std::size_t merges = 250'000;      // a sheet with more is nobody's work
};

/// What the workbook knows beside the sheet.
struct SheetContext {
    const CellLinks* links = nullptr;  // those that the sheet lists
    bool external_books = false;       // formulas may refer to other workbooks
    bool struck_cells = false;         // some cell styles strike out
};

class SheetReader : public SheetRows {
public:
    SheetReader(const XlsxPackage& package, const std::string& part, Readings readings = Readings::leave,
                SheetLimits limits = {}, SheetContext context = {});

    bool next(SheetRow& row) override;
    [[nodiscard]] const CellRange& dimension() const override { return dimension_; }
    [[nodiscard]] const std::vector<CellRange>& merges() const override { return merges_; }
    [[nodiscard]] const std::vector<CellRange>& hidden_columns() const override { return hidden_columns_; }
    [[nodiscard]] std::uint64_t bytes() const override { return part_.bytes(); }
    [[nodiscard]] std::uint64_t position() const override { return scanner_.position(); }

private:
    void read_row(SheetRow& row);
    void read_cell(SheetRow& row, std::uint32_t column);
    void add_cell(SheetRow& row, std::uint32_t column, const UsualCell& usual) const;
    void count_cell(const SheetRow& row);
    void demand_room(const SheetRow& row) const;
    void read_value(std::string& into);
    void read_formula(SheetCell& cell, std::uint32_t row);
    void read_merges();
    void read_columns();
    [[nodiscard]] std::uint32_t row_number(std::string_view text) const;
    [[nodiscard]] std::uint32_t cell_column(std::string_view reference, std::uint32_t row,
                                            std::uint32_t expected) const;

    PartReader part_;
    XmlScanner scanner_;
    RichTextReader rich_text_;
    SheetLimits limits_;
    SheetContext context_;
    bool in_cells_ = false;
    std::uint32_t last_row_ = 0;
    std::uint64_t cells_seen_ = 0;
    CellRange dimension_;
    std::vector<CellRange> merges_, hidden_columns_;
    struct SharedFormula {
        std::uint32_t column = 0;
        std::string link;  // compiled
        bool external = false;
    };
    std::unordered_map<std::uint32_t, SharedFormula> shared_formulas_;
    std::string formula_, link_;  // of the cell being read
};

}  // namespace kokai
