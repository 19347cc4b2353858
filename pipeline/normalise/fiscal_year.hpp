// SPDX-License-Identifier: Apache-2.0
// Fiscal years (April to March) as the western year in which they begin.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// R5年度, 令和5(2023)年度, 2023年度, 2023 -> `2023`; R5~R7年度 -> `2023/2025`. Flags: `empty`, `warn:era-range`
/// (平成32年度), `error:invalid-fiscal-year`.
Normalised normalise_fiscal_year(std::string_view input);
bool is_clean_fiscal_year(std::string_view text);

}  // namespace kokai
