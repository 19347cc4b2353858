// SPDX-License-Identifier: Apache-2.0
// What the rows below a header are: data, or totals, repeated heads, section labels, footnotes. On a held sheet with
// all rows in view; on a stream one row at a time, in constant memory, by what is certain without the others.
#pragma once

#include "read/table_layout.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace kokai {

enum class Totals : std::uint8_t { leave_out, keep };  // keep: the dataset file says itself which rows are totals

/// Sets the roles, sections and totals of the table's rows: those of the grid's list from `begin` to `end`.
void judge_rows(const Grid& grid, TableLayout& layout, std::size_t begin, std::size_t end, Totals totals);

/// Looks at one row after another of a sheet that is not held.
class RowJudge {
public:
    RowJudge() = default;
    /// `heads`: the texts of the last header row, in the order of the cells that judge() gets.
    RowJudge(std::vector<std::string> heads, Totals totals) : heads_(std::move(heads)), totals_(totals) {}

    /// data, total, repeated_header or footnote. `row(i)` is the cell of the i-th of `width` columns.
    template <typename Row>
    [[nodiscard]] RowRole judge(const Row& row, std::size_t width) const {
        for (std::size_t i = 0; i < width; ++i) {
            const Cell cell = row(i);
            if (cell.empty()) {
                continue;
            }
            // Digits begin most rows, and none that this is about.
            if (cell.front() >= '0' && cell.front() <= '9') {
                return RowRole::data;
            }
            const bool as_head = i < heads_.size() && cell == heads_[i];
            if (!as_head && !ends_like_total(cell)) {
                for (std::size_t other = i + 1; other < width; ++other) {
                    if (!row(other).empty()) {
                        return RowRole::data;  // a footnote stands alone
                    }
                }
            }
            return look_closely(i, cell, width, [&](std::size_t at) { return row(at); });
        }
        return RowRole::data;
    }

private:
    [[nodiscard]] static bool ends_like_total(Cell cell);
    template <typename Row>
    [[nodiscard]] RowRole look_closely(std::size_t first, Cell label, std::size_t width, const Row& row) const {
        std::vector<Cell> cells(width);
        for (std::size_t i = 0; i < width; ++i) {
            cells[i] = row(i);
        }
        return judge_cells(first, label, cells);
    }
    [[nodiscard]] static bool only_counts(const std::vector<Cell>& cells);
    [[nodiscard]] RowRole judge_cells(std::size_t first, Cell label, const std::vector<Cell>& cells) const;

    std::vector<std::string> heads_;
    Totals totals_ = Totals::leave_out;
};

}  // namespace kokai
