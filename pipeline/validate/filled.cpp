// SPDX-License-Identifier: Apache-2.0
#include "validate/filled.hpp"

#include <algorithm>

namespace kokai {

void CountFilled::run(Batch& batch, Findings& /*findings*/) const {
    const bool all_data =
        std::all_of(batch.states.begin(), batch.states.end(), [](RowState state) { return state == RowState::kept; });
    for (std::size_t column = 0; column < batch.columns.size(); ++column) {
        const std::vector<Cell>& cells = batch.columns[column].cells;
        std::uint64_t filled = 0;
        if (all_data) {
            for (const Cell cell : cells) {
                filled += cell.empty() ? 0U : 1U;
            }
        } else {
            for (std::size_t row = 0; row < cells.size(); ++row) {
                filled += batch.states[row] == RowState::kept && !cells[row].empty() ? 1U : 0U;
            }
        }
        counts_->add(column, filled);
    }
}

}  // namespace kokai
