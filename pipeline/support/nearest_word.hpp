// SPDX-License-Identifier: Apache-2.0
// The known word that a misspelt one was probably meant to be: for keys, ids and names that people type.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kokai {

/// The nearest of `known` by edit distance (characters, not bytes; case and - _ count half), or "" when none is near
/// enough to be worth a suggestion.
std::string nearest_word(std::string_view word, std::span<const std::string> known);

}  // namespace kokai
