// SPDX-License-Identifier: Apache-2.0
// Cells as values that can be compared: how much, which day, what time. What cannot be read is nothing, never a guess.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kokai {

/// The number in a cell as people write it: 1,234 and 47.85 % too. Nothing for an empty cell and marks for nothing.
std::optional<double> amount_in(std::string_view cell);

/// A day (its number in the calendar) or a time of day (its minutes); one is never compared with the other.
struct Moment {
    enum class Of : std::uint8_t { calendar, clock };
    Of of = Of::calendar;
    std::int32_t value = 0;
};
/// One whole day (2024-07-01, 令和6年7月1日) or one time (9:00, 24:00). No month, no range.
std::optional<Moment> moment_in(std::string_view cell);

}  // namespace kokai
