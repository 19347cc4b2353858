// SPDX-License-Identifier: Apache-2.0
// Counts on a sheet what a person reads at a glance and a program does not: the facts that 機械判読 is judged by. Each
// cell is looked at once, while its text is at hand anyway; nothing is changed and no finding is made of it.
#pragma once

#include "model/batch.hpp"
#include "read/sheet.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

namespace sheet_fact {
constexpr std::string_view merged = "merged";                  // ranges
constexpr std::string_view formula = "formula";                // cells
constexpr std::string_view object = "object";                  // pictures, shapes, charts; absent: not looked at
constexpr std::string_view layout = "layout";                  // blanks and line breaks that only arrange a text
constexpr std::string_view ditto = "ditto";                    // 〃 and 同上
constexpr std::string_view several_values = "several-values";  // numbers or lines of numbers in one cell
constexpr std::string_view era_only = "era-only";              // 令和6年 without 2024
constexpr std::string_view rare_character = "rare-character";  // ① ㈱ 髙: not in every character set
constexpr std::string_view blank_row = "blank-row";            // between rows of data
constexpr std::string_view several_tables = "several-tables";  // besides the one that was read
constexpr std::string_view number_as_text = "number-as-text";  // per column; `of` = cells typed as numbers
}  // namespace sheet_fact

class SheetTally {
public:
    static constexpr std::size_t most_cells = 5;

    /// Cells that follow stand on this sheet.
    void begin_sheet(std::uint16_t sheet);
    /// A cell of a row that is data; `text` as read.
    void look_at(const SheetRow& row, const SheetCell& cell, std::string_view text) {
        if (cell.formula) {
            add(formula_, row.number, cell.column);
        }
        if (cell.type == CellType::shared || cell.type == CellType::text) {
            look_at_text(row.number, cell.column, text);
        } else if (cell.type == CellType::number && text.size() < 10) {  // a date is longer
            ++column(cell.column).of;
        }
    }
    /// A name of a column.
    void look_at_header(std::uint32_t row, std::uint32_t column, std::string_view text);
    void add_blank_row(std::uint32_t row) { add(blank_row_, row, 1); }
    void add_merges(const std::vector<CellRange>& merges);
    void add_objects(std::uint64_t count, const std::vector<std::string>& cells);
    void add_table(std::uint32_t row, std::uint32_t column) { add(several_tables_, row, column); }

    /// All of all sheets; every fact of a workbook is there, also those that count nothing.
    [[nodiscard]] std::vector<SheetFact> facts() const;

private:
    SheetFact& column(std::uint32_t number) {
        if (number >= columns_.size()) {
            columns_.resize(number + 1);
        }
        return columns_[number];
    }
    static void add(SheetFact& fact, std::uint32_t row, std::uint32_t column);
    void look_at_text(std::uint32_t row, std::uint32_t column, std::string_view text);
    void end_sheet();

    std::uint16_t sheet_ = 0;
    bool any_sheet_ = false, objects_known_ = false;
    SheetFact merged_, formula_, object_, layout_, ditto_, several_values_, era_only_, rare_character_, blank_row_,
        several_tables_;
    std::vector<SheetFact> columns_;  // by number
    std::vector<SheetFact> done_;
};

}  // namespace kokai
