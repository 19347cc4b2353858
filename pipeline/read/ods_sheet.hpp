// SPDX-License-Identifier: Apache-2.0
// One sheet of an .ods as a stream of rows. OpenDocument writes equal rows and cells once with a number of times; what
// such a number may ask for is bounded before anything is made.
#pragma once

#include "read/ods_styles.hpp"
#include "read/sheet.hpp"
#include "read/strikes.hpp"
#include "read/xlsx_package.hpp"
#include "read/xlsx_strings.hpp"
#include "read/xml_scanner.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

class OdsSheet : public SheetRows {
public:
    OdsSheet(const XlsxPackage& package, std::size_t index, const OdsStyles& styles, Readings readings);

    bool next(SheetRow& row) override;
    [[nodiscard]] const CellRange& dimension() const override { return dimension_; }
    [[nodiscard]] const std::vector<CellRange>& merges() const override { return merges_; }
    [[nodiscard]] const std::vector<CellRange>& hidden_columns() const override { return hidden_columns_; }
    [[nodiscard]] std::uint64_t bytes() const override { return part_.bytes(); }
    [[nodiscard]] std::uint64_t position() const override { return scanner_.position(); }

private:
    void go_to_table(std::size_t index);
    bool read_next_row();
    void read_column();
    void read_row();
    void read_cell(std::uint32_t& column);
    void read_value(SheetCell& cell, const std::string& value, bool error);
    void read_contents();
    void end_part(Strike strike);
    void read_paragraph(Strike strike);
    void read_ruby(Strike strike);
    std::uint32_t repeats(std::string_view attribute, std::uint32_t most) const;

    const OdsStyles& styles_;
    Readings readings_;
    bool strikes_known_;  // some style strikes out
    PartReader part_;
    XmlScanner scanner_;
    std::uint32_t columns_ = 0, rows_ = 0;  // described so far
    std::uint64_t cells_ = 0, bytes_made_ = 0;
    std::vector<std::uint32_t> column_styles_;
    std::uint32_t row_style_ = 0;
    SheetRow row_;
    std::uint32_t times_ = 0;  // row_ is due so many times more
    bool ended_ = false;
    CellRange dimension_;
    std::vector<CellRange> merges_, hidden_columns_;
    // Of the cell being read.
    std::string text_, reading_, link_;
    Strikes strikes_;
    std::size_t struck_to_ = 0;  // bytes of text_ that strikes_ knows
    bool has_text_ = false, has_ruby_ = false, space_due_ = false;
};

}  // namespace kokai
