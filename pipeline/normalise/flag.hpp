// SPDX-License-Identifier: Apache-2.0
// Yes and no in all their marks and words, as `1` and `0`. A third value (△, 一部) has no place here and is refused.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// Flags: `empty`, `error:not-a-flag`.
Normalised normalise_flag(std::string_view input);
/// "1" or "0".
bool is_clean_flag(std::string_view text);

}  // namespace kokai
