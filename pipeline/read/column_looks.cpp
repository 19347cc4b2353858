// SPDX-License-Identifier: Apache-2.0
#include "read/column_looks.hpp"

#include <algorithm>

namespace kokai {

ColumnLooks::ColumnLooks(const Grid& grid, ColumnSpan span, std::size_t begin, std::size_t end, std::size_t most)
    : span_(span), columns_(span.width()) {
    for (std::size_t i = begin; i < std::min(end, begin + most); ++i) {
        for (const GridCell& cell : grid.rows()[i].cells) {
            if (!span_.holds(cell.column)) {
                continue;
            }
            Column& column = columns_[cell.column - span_.first];
            const Look look = look_of(cell);
            column.words += look == Look::word ? 1U : 0U;
            column.values += is_value(look) ? 1U : 0U;
            column.marks += look == Look::mark ? 1U : 0U;
        }
    }
}

bool ColumnLooks::valued(std::uint32_t column) const {
    const Column& one = of(column);
    return one.values > 0 && one.values * 10 >= (one.values + one.words) * 7;
}

ColumnLooks::Contrast ColumnLooks::contrast(const GridRow& row) const {
    Contrast contrast;
    for (const GridCell& cell : row.cells) {
        if (!span_.holds(cell.column) || !valued(cell.column)) {
            continue;
        }
        const Look look = look_of(cell);
        const bool value = is_value(look) && !looks_like_period(cell.text);
        contrast.values += value ? 1U : 0U;
        contrast.words += look == Look::word || (is_value(look) && !value) ? 1U : 0U;
    }
    return contrast;
}

}  // namespace kokai
