// SPDX-License-Identifier: Apache-2.0
// Readings (…_カナ): half-width kana become full-width with their dakuten joined. What else the department typed,
// digits and Latin letters with their widths, stays: the standard's rule for them is not known.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// ｸﾞﾝﾏ -> グンマ; hiragana stay.
Normalised normalise_kana_fullwidth(std::string_view input);
bool is_clean_kana_fullwidth(std::string_view text);

/// The same, and hiragana become katakana: まえばし -> マエバシ.
Normalised normalise_kana_katakana(std::string_view input);
bool is_clean_kana_katakana(std::string_view text);
/// Without slow work for rare letters: false for some texts that are clean.
bool is_surely_clean_kana_katakana(std::string_view text);

}  // namespace kokai
