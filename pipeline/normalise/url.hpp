// SPDX-License-Identifier: Apache-2.0
// Web addresses. Widths and stray spaces around are mended; a scheme is never invented.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// Flags: `empty`, `error:scheme` (no http:// or https://), `error:space` (a blank or line break inside),
/// `error:invalid-url`.
Normalised normalise_url(std::string_view input);
bool is_clean_url(std::string_view text);

}  // namespace kokai
