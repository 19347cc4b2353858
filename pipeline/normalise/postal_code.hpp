// SPDX-License-Identifier: Apache-2.0
// Postal codes as `371-8601`. A schema may print the seven digits alone.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// Flags: `empty`, `warn:leading-zero-restored` (600001), `error:length`, `error:not-a-postal-code`.
Normalised normalise_postal_code(std::string_view input);
bool is_clean_postal_code(std::string_view text);
/// The seven digits alone: what the standards' columns hold.
bool is_seven_digits(std::string_view text);

}  // namespace kokai
