// SPDX-License-Identifier: Apache-2.0
// The counters and measures that may stand behind a number.
#pragma once

#include <string_view>

namespace kokai {

/// A unit that we know, in plain form.
bool is_unit(std::string_view text);

/// Whether two units are writings of one: ㎡ m2 平方メートル, 人 名, か所 箇所.
bool same_unit(std::string_view one, std::string_view other);

}  // namespace kokai
