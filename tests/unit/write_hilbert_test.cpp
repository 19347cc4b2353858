// SPDX-License-Identifier: Apache-2.0
#include "write/hilbert.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <vector>

using namespace kokai;

namespace {

constexpr std::uint32_t last = UINT32_MAX;

std::uint64_t key_of(double longitude, double latitude) {
    Bounds bounds;
    bounds.add(longitude, latitude);
    return hilbert(bounds);
}

}  // namespace

TEST_CASE("The curve begins and ends in the lower corners", "[write][hilbert]") {
    CHECK(hilbert(0U, 0U) == 0);
    CHECK(hilbert(last, 0U) == UINT64_MAX);
    CHECK(key_of(-180, -90) == 0);
    CHECK(key_of(180, -90) == UINT64_MAX);
}

TEST_CASE("The curve goes through the four quadrants one after another", "[write][hilbert]") {
    const auto quadrant = [](std::uint64_t key) { return key >> 62U; };
    for (const std::uint32_t x : {0U, 12'345'678U, 0x7FFFFFFFU}) {
        for (const std::uint32_t y : {0U, 987'654'321U, 0x7FFFFFFFU}) {
            CHECK(quadrant(hilbert(x, y)) == 0);
            CHECK(quadrant(hilbert(x, last - y)) == 1);
            CHECK(quadrant(hilbert(last - x, last - y)) == 2);
            CHECK(quadrant(hilbert(last - x, y)) == 3);
        }
    }
    CHECK(quadrant(key_of(-70, -30)) == 0);
    CHECK(quadrant(key_of(-70, 40)) == 1);
    CHECK(quadrant(key_of(139, 36)) == 2);
    CHECK(quadrant(key_of(139, -36)) == 3);
}

TEST_CASE("Successive places of the curve are neighbours, and each is visited once", "[write][hilbert]") {
    // The places of a corner of 64 by 64 steps fill one stretch of the curve.
    for (const std::uint32_t x0 : {0U, 1U << 31U, 0xFFFFFFC0U, 0x12345640U}) {
        for (const std::uint32_t y0 : {0U, 1U << 30U, 0xFFFFFFC0U}) {
            std::vector<std::pair<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>>> places;
            for (std::uint32_t x = 0; x < 64; ++x) {
                for (std::uint32_t y = 0; y < 64; ++y) {
                    places.push_back({hilbert(x0 + x, y0 + y), {x, y}});
                }
            }
            std::sort(places.begin(), places.end());
            bool neighbours = true;
            for (std::size_t i = 1; i < places.size(); ++i) {
                const auto [x1, y1] = places[i - 1].second;
                const auto [x2, y2] = places[i].second;
                const auto apart = std::abs(int(x1) - int(x2)) + std::abs(int(y1) - int(y2));
                neighbours = neighbours && apart == 1 && places[i].first == places[i - 1].first + 1;
            }
            CHECK(neighbours);
        }
    }
}

TEST_CASE("A box's key is that of its middle, places beyond the world that of its edge", "[write][hilbert]") {
    Bounds box;
    box.add(139, 35);
    box.add(141, 37);
    CHECK(hilbert(box) == key_of(140, 36));
    CHECK(key_of(1000, -90) == key_of(180, -90));
    CHECK(key_of(-1000, -91) == key_of(-180, -90));
    // A centimetre apart is told apart.
    CHECK(key_of(139.0000001, 36) != key_of(139, 36));
    CHECK(key_of(139, 36.0000001) != key_of(139, 36));
}
