// SPDX-License-Identifier: Apache-2.0
// Which two columns are a schema's latitude and longitude, chosen together.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace kokai {

/// A column that may be the field, by itself.
struct PositionChoice {
    std::size_t column = 0;
    std::string_view header;
    double confidence = 0.0;
};

struct PositionColumnsChoice {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    bool decided = false;  // else each field finds its column by itself
    std::size_t latitude = none, longitude = none;
    double confidence = 0.0;  // that the two are at least
};

/// Where no two columns agree, neither field gets one.
PositionColumnsChoice choose_position_columns(const std::vector<PositionChoice>& latitudes,
                                              const std::vector<PositionChoice>& longitudes);

}  // namespace kokai
