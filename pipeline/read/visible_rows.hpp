// SPDX-License-Identifier: Apache-2.0
// A sheet as a person sees it: hidden rows and columns and rows that are struck out are not handed on, so that nothing
// behind this can publish them by mistake. What was left out is reported.
#pragma once

#include "read/sheet.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace kokai {

class SheetBook;

class VisibleRows : public SheetRows {
public:
    /// `wanted`: rows that are handed on even when hidden (a pinned header). The book must outlive this.
    VisibleRows(std::unique_ptr<SheetRows> stored, SheetBook& book, std::size_t sheet,
                std::vector<std::uint32_t> wanted);

    bool next(SheetRow& row) override;
    [[nodiscard]] const CellRange& dimension() const override { return stored_->dimension(); }
    [[nodiscard]] const std::vector<CellRange>& merges() const override { return stored_->merges(); }
    [[nodiscard]] const std::vector<CellRange>& hidden_columns() const override { return stored_->hidden_columns(); }
    [[nodiscard]] std::uint64_t bytes() const override { return stored_->bytes(); }
    [[nodiscard]] std::uint64_t position() const override { return stored_->position(); }
    /// hidden-row and struck-row per row, hidden-column per column, each with the number of cells that hold a value;
    /// comments-left-out per sheet.
    void report(Findings& findings, std::uint16_t sheet, std::uint16_t source) const override;

private:
    using Counts = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // row, number of cells with a value

    void look_at_columns();
    bool leave_out_hidden(SheetRow& row);
    bool leave_out_struck(const SheetRow& row);
    void show(const SheetRow& row);

    std::unique_ptr<SheetRows> stored_;
    SheetBook& book_;
    std::size_t sheet_;
    std::vector<std::uint32_t> wanted_;
    bool began_ = false;
    std::vector<bool> hidden_column_;  // from 0; empty when none is hidden
    Counts column_values_;             // of hidden columns: the first row with a value, how many there are
    Counts hidden_rows_, struck_rows_;
};

}  // namespace kokai
