// SPDX-License-Identifier: Apache-2.0
// Several values in one cell, which the standard divides by a half-width ;.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kokai {

/// Whether a comma, a line break, a blank or ・ stands anywhere in the text: of others nothing needs to be asked.
bool may_hold_several(std::string_view text);

/// 内科、小児科 as 内科;小児科: 、 , and line breaks divide, but not within brackets, and not 1,000. Nothing when the
/// text has none of them.
std::optional<std::string> divided(std::string_view text, std::string_view separator);

/// ・ and blanks may divide values or stand within one: 内科・小児科.
bool may_be_list(std::string_view text, std::string_view separator);

}  // namespace kokai
