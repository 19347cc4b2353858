// SPDX-License-Identifier: Apache-2.0
// Text for programs that read Shift_JIS only, in the form that Windows gives it (CP932, with the characters of NEC and
// IBM).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kokai {

/// Appends UTF-8 text as CP932. What CP932 does not have becomes 〓, and the answer is false; selectors of a
/// character's variant are left out, which counts as well. Signs that other mappings write for the same one (〜 − —)
/// become Windows' own.
bool append_cp932(std::string& out, std::string_view text);

/// The longest beginning of at most `bytes` bytes that cuts no character.
std::string_view cp932_prefix(std::string_view text, std::size_t bytes);

}  // namespace kokai
