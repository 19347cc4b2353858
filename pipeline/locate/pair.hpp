// SPDX-License-Identifier: Apache-2.0
// One position written in one line, as a person pastes it: `36.389,139.06`, `43435.474, -69071.214`.
#pragma once

#include "locate/converter.hpp"

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

struct PairAnswer {
    bool found = false;
    double latitude = 0, longitude = 0;                        // JGD2011
    double height = std::numeric_limits<double>::quiet_NaN();  // above the ellipsoid, where one was asked for
    std::vector<std::string> flags;
};

/// The two numbers stand as the system has them (CoordinateSystem::north_first); a third is a height above sea level,
/// if the system has heights. Degrees may be written in any form that normalise_latlon reads. Flags: `empty`,
/// `warn:swapped` (longitude first: there is one way only to read that in Japan), `warn:without-parameter` (outside the
/// official grid), `warn:outside-japan`, `error:not-a-coordinate`, `error:out-of-range`.
PairAnswer read_pair(std::string_view input, const CoordinateSystem& system, PositionConverter& converter);

inline bool is_japanese_latitude(double degrees) {
    return degrees >= 20 && degrees <= 46;
}
inline bool is_japanese_longitude(double degrees) {
    return degrees >= 122 && degrees <= 154;
}

}  // namespace kokai
