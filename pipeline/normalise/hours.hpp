// SPDX-License-Identifier: Apache-2.0
// Opening hours as departments write them, to spans of time and what spans cannot say. Where two spans stand for two
// cases (平日 and 土日, 夏季 and 冬季) none of them is taken: the text is for 特記事項.
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// `09:00/17:00`; several spans of one day `09:00/12:00;13:00/17:00`; open `09:00/..`; always `00:00/24:00`.
/// Flags: `note:…` (what belongs into 特記事項: 「土日は16時まで」), `warn:varies` (no single hours: the whole text is
/// the note), `warn:end-of-day` (24:00), `empty`, `error:not-hours`, `error:ambiguous` (午前9時～5時).
Normalised normalise_hours(std::string_view input);
bool is_clean_hours(std::string_view text);

}  // namespace kokai
