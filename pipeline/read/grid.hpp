// SPDX-License-Identifier: Apache-2.0
// A sheet, or the head of one, held as cells for looking at: what the table finder works on. It knows nothing of files.
#pragma once

#include "model/cell.hpp"
#include "read/sheet.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kokai {

enum class CellKind : std::uint8_t {
    text,
    number,
    date,  // a date or a time by its number format
    boolean,
    error,  // an error value, or a formula whose result was never saved
};

/// A cell that holds something; `text` is trimmed.
struct GridCell {
    std::uint32_t column = 0;  // from 1
    CellKind kind = CellKind::text;
    Cell text;
};

struct GridRow {
    std::uint32_t number = 0;     // as Excel shows it, or the CSV record
    std::vector<GridCell> cells;  // those that hold something, by column

    [[nodiscard]] const GridCell* find(std::uint32_t column) const;
    [[nodiscard]] Cell text(std::uint32_t column) const {
        const GridCell* cell = find(column);
        return cell == nullptr || cell->kind == CellKind::error ? Cell{} : cell->text;
    }
};

/// Columns from..to of a sheet, both counted from 1.
struct ColumnSpan {
    std::uint32_t first = 1, last = 0;
    [[nodiscard]] bool holds(std::uint32_t column) const { return column >= first && column <= last; }
    [[nodiscard]] std::uint32_t width() const { return last < first ? 0 : last - first + 1; }
    bool operator==(const ColumnSpan&) const = default;
};

class Grid {
public:
    /// Adds the next row; rows that hold nothing are not kept. The text is copied.
    void begin_row(std::uint32_t number);
    void add(std::uint32_t column, std::string_view text, CellKind kind);

    /// After the last row.
    void end();

    std::vector<CellRange> merges;
    std::vector<CellRange> hidden_columns;  // their cells are not here, and they are no gaps between tables
    bool whole = true;                      // every row of the sheet is here

    [[nodiscard]] const std::vector<GridRow>& rows() const { return rows_; }
    [[nodiscard]] std::size_t cells() const { return cells_; }
    [[nodiscard]] std::uint32_t last_column() const { return last_column_; }
    /// Index of the row with this number, or of the first one below it.
    [[nodiscard]] std::size_t at_or_below(std::uint32_t number) const;
    [[nodiscard]] const GridRow* row(std::uint32_t number) const;
    /// The merged range that a cell belongs to, or nullptr. Looked up in an index that the first call builds.
    [[nodiscard]] const CellRange* merge_at(std::uint32_t row, std::uint32_t column) const;
    /// A cell's text, of a merged cell its anchor's.
    [[nodiscard]] Cell shown(std::uint32_t row, std::uint32_t column) const;

private:
    void index_merges() const;

    std::vector<GridRow> rows_;
    Arena texts_;
    std::size_t cells_ = 0;
    std::uint32_t last_column_ = 0;
    mutable std::unordered_map<std::uint64_t, std::uint32_t> merge_of_cell_;  // row << 32 | column: into merges
    mutable bool merges_indexed_ = false;
};

}  // namespace kokai
