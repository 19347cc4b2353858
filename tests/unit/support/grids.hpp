// SPDX-License-Identifier: Apache-2.0
// Small sheets for the tests of the table finder: rows of texts from row 1 on, "" for a blank cell, an empty row for a
// blank one.
#pragma once

#include "read/grid.hpp"
#include "read/table_finder.hpp"

#include <string>
#include <vector>

namespace kokai::testing {

using GridTexts = std::vector<std::vector<std::string>>;

inline Grid grid_of(const GridTexts& rows, std::vector<CellRange> merges = {}) {
    Grid grid;
    std::uint32_t number = 0;
    for (const std::vector<std::string>& row : rows) {
        grid.begin_row(++number);
        for (std::size_t i = 0; i < row.size(); ++i) {
            grid.add(static_cast<std::uint32_t>(i + 1), row[i], CellKind::text);
        }
    }
    grid.end();
    grid.merges = std::move(merges);
    return grid;
}

/// The rows of a role.
inline std::vector<std::uint32_t> rows_of(const Grid& grid, const TableLayout& layout, RowRole role) {
    std::vector<std::uint32_t> rows;
    for (const GridRow& row : grid.rows()) {
        if (layout.role(row.number) == role) {
            rows.push_back(row.number);
        }
    }
    return rows;
}

}  // namespace kokai::testing
