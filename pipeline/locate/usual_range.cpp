// SPDX-License-Identifier: Apache-2.0
// By quartiles, which a few rows that lie anywhere do not move.
#include "locate/usual_range.hpp"

#include "locate/pair.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace kokai {
namespace {

constexpr double beside = 5'000;     // metres around the quartiles, and twice their distance …
constexpr double far_away = 50'000;  // … and beyond that: farther than what a city has elsewhere, as a rule

std::pair<double, double> range_of(std::vector<double>& numbers) {
    std::sort(numbers.begin(), numbers.end());
    const double low = numbers[numbers.size() / 4];
    const double high = numbers[numbers.size() * 3 / 4];
    const double margin = beside + 2 * (high - low);
    return {low - margin, high + margin};
}

bool are_degrees(double one, double other) {
    return is_japanese_longitude(one) && is_japanese_latitude(other);
}

}  // namespace

UsualRange::UsualRange(std::vector<double> east, std::vector<double> north) {
    if (east.size() < fewest_rows) {
        return;
    }
    known_ = true;
    std::tie(west_, east_) = range_of(east);
    std::tie(south_, north_) = range_of(north);
}

double UsualRange::beyond(double east, double north) const {
    return std::hypot(std::max({west_ - east, east - east_, 0.0}), std::max({south_ - north, north - north_, 0.0}));
}

UsualRange::Reading UsualRange::reading_of(double east, double north) const {
    if (!known_ || (east >= west_ && east <= east_ && north >= south_ && north <= north_)) {
        return Reading::as_it_stands;
    }
    const double metres = beyond(east, north);
    if (metres >= beside) {
        const bool zero = east == 0 && north == 0;
        const bool kilometres = beyond(east * 1000, north * 1000) == 0;
        if (zero || kilometres || are_degrees(east, north) || are_degrees(north, east)) {
            return Reading::none;
        }
    }
    return metres >= far_away && beyond(north, east) == 0 ? Reading::exchanged : Reading::as_it_stands;
}

}  // namespace kokai
