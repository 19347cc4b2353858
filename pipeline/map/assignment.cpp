// SPDX-License-Identifier: Apache-2.0
// The Hungarian method with potentials (Kuhn, Munkres; O(rows² · columns)), on costs = -worth. Rows that are better off
// alone get columns of their own that are worth nothing.
#include "map/assignment.hpp"

#include <algorithm>
#include <limits>

namespace kokai {

std::vector<std::size_t> best_assignment(const std::vector<std::vector<double>>& worth) {
    const std::size_t rows = worth.size();
    const std::size_t real = rows == 0 ? 0 : worth.front().size();
    const std::size_t columns = real + rows;  // one more a row: nothing
    const auto cost = [&](std::size_t row, std::size_t column) { return column < real ? -worth[row][column] : 0.0; };

    std::vector<double> of_row(rows + 1, 0.0);
    std::vector<double> of_column(columns + 1, 0.0);
    std::vector<std::size_t> taken_by(columns + 1, 0);  // 1-based row; 0 = free
    std::vector<std::size_t> way(columns + 1, 0);
    for (std::size_t row = 1; row <= rows; ++row) {
        taken_by[0] = row;
        std::size_t at = 0;
        std::vector<double> least(columns + 1, std::numeric_limits<double>::infinity());
        std::vector<bool> used(columns + 1, false);
        do {
            used[at] = true;
            const std::size_t current = taken_by[at];
            double step = std::numeric_limits<double>::infinity();
            std::size_t next = 0;
            for (std::size_t column = 1; column <= columns; ++column) {
                if (used[column]) {
                    continue;
                }
                const double reduced = cost(current - 1, column - 1) - of_row[current] - of_column[column];
                if (reduced < least[column]) {
                    least[column] = reduced;
                    way[column] = at;
                }
                if (least[column] < step) {
                    step = least[column];
                    next = column;
                }
            }
            for (std::size_t column = 0; column <= columns; ++column) {
                if (used[column]) {
                    of_row[taken_by[column]] += step;
                    of_column[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        } while (taken_by[at] != 0);
        do {
            const std::size_t before = way[at];
            taken_by[at] = taken_by[before];
            at = before;
        } while (at != 0);
    }
    std::vector<std::size_t> answer(rows, unassigned);
    for (std::size_t column = 1; column <= real; ++column) {
        if (taken_by[column] != 0 && worth[taken_by[column] - 1][column - 1] > 0) {
            answer[taken_by[column] - 1] = column - 1;
        }
    }
    return answer;
}

}  // namespace kokai
