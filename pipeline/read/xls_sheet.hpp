// SPDX-License-Identifier: Apache-2.0
// One sheet of an .xls. Excel writes cells row by row, other programs as they please: so the places of all cells are
// looked up first (8 bytes each), put in order where they are not, and the cells read from there.
#pragma once

#include "read/cell_link.hpp"
#include "read/sheet.hpp"
#include "read/xls_records.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

class XlsSheet : public SheetRows {
public:
    XlsSheet(const OleFile& file, const OleFile::Stream& stream, std::uint64_t offset, const XlsText& form);

    bool next(SheetRow& row) override;
    [[nodiscard]] const CellRange& dimension() const override { return dimension_; }
    [[nodiscard]] const std::vector<CellRange>& merges() const override { return merges_; }
    [[nodiscard]] const std::vector<CellRange>& hidden_columns() const override { return hidden_columns_; }
    [[nodiscard]] std::uint64_t bytes() const override { return places_.size() * 16; }
    [[nodiscard]] std::uint64_t position() const override { return at_ * 16; }
    [[nodiscard]] std::uint64_t comments() const { return comments_; }
    [[nodiscard]] std::uint64_t objects() const { return objects_; }

private:
    struct CellPlace {
        std::uint16_t row = 0, column = 0;
        std::uint32_t offset = 0;  // of the record
    };

    void survey(std::uint64_t offset);
    void survey_cells();
    void add_place(std::uint16_t row, std::uint16_t column);
    void read_extent();
    void read_merges();
    void read_link();
    void read_object();
    void read_cell(const CellPlace& place, SheetRow& row);
    void read_formula(SheetCell& cell, SheetRow& row);

    const OleFile& file_;
    XlsRecords records_;
    XlsText form_;
    std::vector<CellPlace> places_;
    std::size_t at_ = 0;
    std::vector<bool> hidden_rows_;
    CellRange dimension_;
    std::vector<CellRange> merges_, hidden_columns_;
    std::uint64_t comments_ = 0, objects_ = 0;
    CellLinks links_;
    std::size_t link_count_ = 0;
};

}  // namespace kokai
