// SPDX-License-Identifier: Apache-2.0
// One coordinate, latitude or longitude, as decimal degrees. Decimal digits stay as written; what is converted has
// seven at most.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// 36°23′20.6″, 北緯36度23分20.6秒, 36-23-20.6, E139.3.38.4, 139/03/38.4, 36°23.343′, packed 1390338.4 (only inside
/// Japan; flag `format:dddmmss.s`, `format:dddmmss`, `format:ddmmss.s` or `format:ddmmss`). Other flags: `empty`,
/// `error:out-of-range`, `error:pair` (both coordinates in one cell), `error:not-a-coordinate`.
Normalised normalise_latlon(std::string_view input);
/// Decimal degrees within ±180.
bool is_clean_latlon(std::string_view text);

}  // namespace kokai
