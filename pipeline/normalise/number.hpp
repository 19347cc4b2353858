// SPDX-License-Identifier: Apache-2.0
// Numbers as decimal digits. The digits that were written stay (1.50 is not 1.5), nothing is computed in floating
// point.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// 1,234,567 · ▲1,200 · 1万2千 · 三十 · 16人. Flags: `empty`, `suppressed` (x: hidden on purpose, comes with `empty`),
/// `unit:人`, `warn:approximate` (約, 程度), `not-a-number` (1/2: the value stays, no number),
/// `error:thousands-separator` (1,23,456), `error:not-a-number`.
Normalised normalise_number(std::string_view input);
/// -?digits(.digits)? without needless zeros in front.
bool is_clean_number(std::string_view text);
/// The same without a fraction.
bool is_clean_integer(std::string_view text);

}  // namespace kokai
