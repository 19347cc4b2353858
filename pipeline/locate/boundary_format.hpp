// SPDX-License-Identifier: Apache-2.0
// The file of municipalities' boundaries as the build makes it (make_boundaries.cpp) and the program maps it: plain
// arrays one after another, in the machine's own byte order. Coordinates are ten-millionths of a degree.
#pragma once

#include <array>
#include <cstdint>

namespace kokai {

constexpr std::array<char, 8> boundary_magic{'k', 'o', 'k', 'a', 'i', 'B', '0', '1'};
constexpr double boundary_units = 1e7;  // a degree

/// The map in cells, each with the areas that reach into it.
struct BoundaryGrid {
    static constexpr std::int32_t west = 1'220'000'000, south = 200'000'000;  // of Japan with its remotest islands
    static constexpr std::int32_t cell = 1'000'000;                           // 0.1 degrees
    static constexpr std::uint32_t columns = 320, rows = 260;
    static constexpr std::uint32_t whole = 0x80000000U;  // mark of an entry: the area covers all of the cell
};

struct BoundaryVertex {
    std::int32_t x, y;
};

/// One municipality, or one ward of a designated city: all its rings, holes too, as closed lines.
struct BoundaryArea {
    std::uint32_t code;   // of today, six digits: of a former ward the new one, or its city where they do not agree
    std::uint32_t exact;  // 1: in full detail, 0: simplified
    std::int32_t west, south, east, north;
    std::uint32_t band_shift;  // its bands are 2^shift units high, from the south
    std::uint32_t first_band;  // index into the band starts; there is one more of them than bands
    std::uint32_t bands;
};

/// What a code stands for: areas first … first + count of the members.
struct BoundaryCode {
    std::uint32_t code;  // its first five digits
    std::uint32_t first, count;
};

/// Behind it: areas, codes, members, grid starts (one more than cells), grid entries, band starts, edges, vertices. An
/// edge is the number of its first vertex; its second is the next one.
struct BoundaryHeader {
    std::array<char, 8> magic;
    std::uint32_t areas, codes, members, grid_entries, band_starts, edges, vertices;
    std::uint32_t reserved;
};

}  // namespace kokai
