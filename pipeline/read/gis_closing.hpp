// SPDX-License-Identifier: Apache-2.0
// A polygon's ring that the file leaves open is closed, and told: between its ends may lie the part that is lost.
#pragma once

#include "read/gis_module.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <string>
#include <vector>

namespace kokai {

/// The last point and the first, in degrees. Of a row's rings the one with the widest gap is told.
inline void note_closed(std::vector<GisFault>& faults, std::size_t row, std::array<double, 2> last,
                        std::array<double, 2> first) {
    constexpr double metres_a_degree = 111'320;
    const double east = (first[0] - last[0]) * std::cos(first[1] * std::numbers::pi / 180);
    const double gap = metres_a_degree * std::hypot(east, first[1] - last[1]);
    const bool again = !faults.empty() && faults.back().row == row && faults.back().kind == GisFault::Kind::closed;
    if (again && faults.back().gap >= gap) {
        return;
    }
    if (again) {
        faults.pop_back();
    }
    std::array<char, 160> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.10g, %.10g → %.10g, %.10g (%.2f m)", last[0], last[1],
                                     first[0], first[1], gap);
    GisFault& fault = faults.emplace_back();
    fault.row = row;
    fault.kind = GisFault::Kind::closed;
    fault.found.assign(text.data(), static_cast<std::size_t>(length));
    fault.gap = gap;
}

}  // namespace kokai
