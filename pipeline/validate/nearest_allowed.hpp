// SPDX-License-Identifier: Apache-2.0
// The word of a closed list that a department's own word probably means. A proposal for the sentence of a finding: the
// cell stays as it is.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kokai {

/// 洋式トイレ -> 洋式, ＣＣ　ＢＹ 4.0 -> CC BY 4.0, 公立學校 -> 公立学校; "" when no word or more than one is near.
std::string nearest_allowed(std::string_view word, std::span<const std::string> allowed);

}  // namespace kokai
