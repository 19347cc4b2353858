// SPDX-License-Identifier: Apache-2.0
// What people write before an address: 〒371-8601, 日本, 住所：, (前期), ※.
#pragma once

#include <string_view>

namespace kokai {

/// The text without it, and without spaces on both ends. Linear.
std::string_view without_front(std::string_view body);

/// The note that stands between a municipality (or a 町) and what goes on behind it, with its brackets:
/// 前橋市（旧富士見村）原之郷. Empty when there is none, and for a note that names a place of today.
std::string_view note_before_town(std::string_view body);

}  // namespace kokai
