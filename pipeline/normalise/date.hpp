// SPDX-License-Identifier: Apache-2.0
// Dates in all writings of Japanese departments to ISO 8601. What was not written is not invented: 2024年7月 is
// 2024-07.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// `2024-07-01`, `2024-07`, `2024`; a range is `a/b`, open `../b` or `a/..`; a decade is the range of its years; a list
/// of whole dates in their order is `a;b`.
/// Flags: `empty`, `excel-serial`, `warn:era-range` (平成31年5月1日), `warn:weekday` (the day of the week does not
/// fit), `warn:time-dropped`, `error:invalid-date`, `error:ambiguous` (7/1/2024), `error:lunar-calendar` (明治 before
/// 1873).
Normalised normalise_date(std::string_view input);
/// An ISO date of any precision, a range, or a list of whole ones.
bool is_clean_date(std::string_view text);
/// YYYY-MM-DD that exists and nothing else: what a date column holds.
bool is_full_date(std::string_view text);

/// `a/b` only, as normalise_date gives it; 令和5年度 is 2023-04-01/2024-03-31, ISO durations (P3M) stay.
/// A single date is `error:invalid-period`: whether it begins or ends something is not known.
Normalised normalise_period(std::string_view input);
bool is_clean_period(std::string_view text);

}  // namespace kokai
