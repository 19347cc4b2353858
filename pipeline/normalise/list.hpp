// SPDX-License-Identifier: Apache-2.0
// Several values in one cell, which the standard divides by a half-width ;.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kokai {

/// Whether a comma, a line break, a blank or ・ stands anywhere in the text: of others nothing needs to be asked.
bool may_hold_several(std::string_view text);

/// What a field holds several of.
enum class ListOf : std::uint8_t { words, keywords, industries };

/// 内科、小児科 as 内科;小児科: 、 , and line breaks divide where every piece is a value of its own: not within
/// brackets, not 1,000 or 1,2丁目, no sentence, and not 第一、第二自治会. Nothing otherwise.
std::optional<std::string> divided(std::string_view text, std::string_view separator, ListOf of = ListOf::words);

/// What divided() leaves, when it is no sentence, and ・ or blanks between pieces of one kind: 内科・小児科.
bool may_be_list(std::string_view text, ListOf of = ListOf::words);

}  // namespace kokai
