// SPDX-License-Identifier: Apache-2.0
// English keys as programs write them (totalMensRestroom, telephone_number), word by word in the standards' Japanese:
// a header of any such words finds its field without being listed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// How well the words are the name of the field (a loose_key()): 1 = all of it and nothing else; 0 = something else.
double said_in_english(std::span<const std::string> said, std::string_view field_key);

}  // namespace kokai
