// SPDX-License-Identifier: Apache-2.0
// The 47 prefectures: what a local government code or a name that begins with one says of them.
#pragma once

#include <string>
#include <string_view>

namespace kokai {

/// 102016 -> 100005: the prefecture's own six-digit code. Empty when `lg_code` is no five or six digits of one of
/// the 47.
[[nodiscard]] std::string prefecture_code(std::string_view lg_code);

/// 102016, 群馬県 or 群馬県前橋市 -> 群馬県; empty when it is neither such a code nor begins with a prefecture.
[[nodiscard]] std::string_view prefecture_name(std::string_view code_or_name);

/// 群馬県前橋市 -> 前橋市; a name that begins with no prefecture is answered with nothing.
[[nodiscard]] std::string_view municipality_name(std::string_view full_name);

}  // namespace kokai
