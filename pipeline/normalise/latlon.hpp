// SPDX-License-Identifier: Apache-2.0
// One coordinate, latitude or longitude, as decimal degrees. Decimal digits stay as written; what is converted has
// seven, and more where the seconds have more than two decimals.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// 36°23′20.6″, 北緯36度23分20.6秒, 36-23-20.6, E139.3.38.4, 139/03/38.4, 36°23.343′, packed 1390338.4 (only inside
/// Japan; flag `format:dddmmss.s`, `format:dddmmss`, `format:ddmmss.s` or `format:ddmmss`). Other flags: `empty`,
/// `error:out-of-range`, `error:pair` (both coordinates in one cell), `error:not-a-coordinate`.
Normalised normalise_latlon(std::string_view input);
/// How many decimals of a degree the way a coordinate is written can tell: those of decimal degrees as they stand, of
/// 36°23′20.6″ seven, of 36°23′20.61234″ ten. 0 where it is no coordinate.
std::size_t latlon_decimals(std::string_view input);
/// Decimal degrees within ±180.
bool is_clean_latlon(std::string_view text);

}  // namespace kokai
