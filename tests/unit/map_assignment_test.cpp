// SPDX-License-Identifier: Apache-2.0
#include "map/assignment.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using Places = std::vector<std::size_t>;

TEST_CASE("The sum of the worths decides, not who comes first", "[map][assignment]") {
    // The first row would take column 0; the second has nothing else.
    CHECK(best_assignment({{0.9, 0.8}, {0.85, 0.0}}) == Places{1, 0});
    CHECK(best_assignment({{0.9, 0.1}, {0.2, 0.1}}) == Places{0, 1});
}

TEST_CASE("More rows than columns, more columns than rows, and pairs worth nothing", "[map][assignment]") {
    CHECK(best_assignment({{0.5}, {0.7}, {0.6}}) == Places{unassigned, 0, unassigned});
    CHECK(best_assignment({{0.1, 0.5, 0.9}}) == Places{2});
    CHECK(best_assignment({{0.0, 0.0}, {0.0, 0.3}}) == Places{unassigned, 1});
    CHECK(best_assignment({}).empty());
    CHECK(best_assignment({{}, {}}) == Places{unassigned, unassigned});
}

TEST_CASE("The best of all is found", "[map][assignment]") {
    // Every permutation of a made-up table, by hand.
    const std::vector<std::vector<double>> worth{{7, 5, 11, 2}, {5, 4, 1, 8}, {9, 3, 2, 6}, {6, 6, 3, 1}};
    const Places answer = best_assignment(worth);
    double sum = 0;
    for (std::size_t row = 0; row < answer.size(); ++row) {
        sum += worth[row][answer[row]];
    }
    CHECK(sum == 34);
    CHECK(answer == Places{2, 3, 0, 1});
}
