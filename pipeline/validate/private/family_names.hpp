// SPDX-License-Identifier: Apache-2.0
// The usual Japanese family names, in kanji and in letters: about half of the population has one of them, which is
// enough to tell a column of persons, and a mail address that is a person's.
#pragma once

#include <string_view>

namespace kokai {

bool begins_with_family_name(std::u32string_view name);
/// yamada, sato, satou, satoh
bool is_family_name(std::u32string_view letters);

}  // namespace kokai
