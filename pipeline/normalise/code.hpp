// SPDX-License-Identifier: Apache-2.0
// 全国地方公共団体コード (six digits) and 法人番号 (thirteen), both with a check digit. Repaired only when exactly one
// reading is real.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// 92011 -> 092011, 13101 -> 131016, 1100 -> 011002. Flags: `empty`, `warn:leading-zero-restored`,
/// `warn:check-digit-added`, `warn:unknown-code` (the check digit fits, but no municipality of today has it),
/// `error:check-digit`, `error:ambiguous`, `error:length`, `error:not-a-code`.
Normalised normalise_code(std::string_view input);
/// Six digits of a municipality or prefecture of today.
bool is_clean_code(std::string_view text);

/// Flags: `empty`, `warn:check-digit-added` (twelve digits), `error:check-digit`, `error:length`, `error:not-a-code`.
Normalised normalise_corporate_number(std::string_view input);
bool is_clean_corporate_number(std::string_view text);

/// The check digit of five digits, '0' to '9'.
char lg_check_digit(std::string_view five_digits);
/// Whether five digits (JIS X 0402) are a prefecture, municipality or ward of today.
bool is_known_lg_code(std::string_view five_digits);

}  // namespace kokai
