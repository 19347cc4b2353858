// SPDX-License-Identifier: Apache-2.0
// Times of day as HH:MM (HH:MM:SS when there are seconds), ranges as a/b.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// 9:00, 午前9時, 8時半, 0900, 正午, Excel's 0.375, 9時～17時 (`09:00/17:00`, open end `..`). Flags: `empty`,
/// `excel-serial`, `warn:end-of-day` (24:00), `error:invalid-time`, `error:ambiguous` (午後12時: noon or midnight).
Normalised normalise_time(std::string_view input);
/// HH:MM or HH:MM:SS up to 23:59, or a range of them.
bool is_clean_time(std::string_view text);
/// One time, not a range: what a time column holds.
bool is_clock_time(std::string_view text);

}  // namespace kokai
