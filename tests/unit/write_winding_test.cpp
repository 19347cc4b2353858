// SPDX-License-Identifier: Apache-2.0
#include "write/winding.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace kokai;

TEST_CASE("A ring's direction is seen, closed or open, near or far from the origin", "[write][winding]") {
    const std::vector<double> east_north_west{0, 0, 1, 0, 1, 1, 0, 1, 0, 0};
    const std::vector<double> north_east_south{0, 0, 0, 1, 1, 1, 1, 0, 0, 0};
    CHECK_FALSE(ring_is_clockwise(east_north_west));
    CHECK(ring_is_clockwise(north_east_south));
    CHECK(ring_is_clockwise(std::vector<double>(north_east_south.begin(), north_east_south.end() - 2)));
    // A square of a centimetre in 前橋市.
    const double d = 1e-7;
    const double x = 139.0634567;
    const double y = 36.3894567;
    CHECK(ring_is_clockwise(std::vector<double>{x, y, x, y + d, x + d, y + d, x + d, y, x, y}));
    CHECK_FALSE(ring_is_clockwise(std::vector<double>{x, y, x + d, y, x + d, y + d, x, y + d, x, y}));
}

TEST_CASE("What has no area has no direction", "[write][winding]") {
    CHECK_FALSE(ring_is_clockwise(std::vector<double>{}));
    CHECK_FALSE(ring_is_clockwise(std::vector<double>{1, 1, 2, 2}));
    CHECK_FALSE(ring_is_clockwise(std::vector<double>{0, 0, 1, 1, 2, 2, 0, 0}));
}
