// SPDX-License-Identifier: Apache-2.0
// A row's cells one after another, for encoders that write row by row what lies in memory column by column.
#pragma once

#include "model/batch.hpp"

#include <algorithm>
#include <cstddef>

namespace kokai {

/// The cell, and a hint to fetch one some columns further on: columns begin at the same place of their memory pages, so
/// more than eight of them push each other out of the processor's nearest cache from row to row.
inline Cell cell_of_row(const Batch& batch, std::size_t row, std::size_t column) {
    constexpr std::size_t ahead = 6;
    __builtin_prefetch(&batch.columns[std::min(column + ahead, batch.columns.size() - 1)].cells[row]);
    return batch.columns[column].cells[row];
}

}  // namespace kokai
