// SPDX-License-Identifier: Apache-2.0
// What people write before an address: 〒371-8601, 日本, 住所：, (前期).
#pragma once

#include <string_view>

namespace kokai {

/// The text without it, and without spaces on both ends. Linear.
std::string_view without_front(std::string_view body);

}  // namespace kokai
