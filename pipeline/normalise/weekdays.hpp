// SPDX-License-Identifier: Apache-2.0
// Days of the week as the standards want them: kanji without separators, Monday first (月火水木金).
#pragma once

#include "normalise/normalised.hpp"

#include <string_view>

namespace kokai {

/// 月～金, 月・水・金, 毎日, 平日, 火曜日から日曜日, 月曜日以外, 火曜定休. Flags: `empty`, `note:…` (what a set of days
/// cannot say and 特記事項 can: 「祝日を除く」), `warn:varies` (no set at all: 「第2・4土曜」 is the note),
/// `error:not-weekdays`.
Normalised normalise_weekdays(std::string_view input);
bool is_clean_weekdays(std::string_view text);

}  // namespace kokai
