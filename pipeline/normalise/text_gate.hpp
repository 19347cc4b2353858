// SPDX-License-Identifier: Apache-2.0
// The byte gate before all Unicode work: most cells are ASCII or ordinary kana and kanji, and those cannot change.
#pragma once

#include <string_view>

namespace kokai {

/// False only when normalise_text() would certainly answer the same bytes. Never looks at what the bytes mean, so it is
/// not a check of the encoding. True for a space or line break at either end, control characters other than line feed,
/// every lead byte but those of ordinary kana and kanji (E3-E9), the ideographic space, combining (han)dakuten, and ー
/// behind a digit.
bool text_may_change(std::string_view text);

/// The same without vector instructions; the tests hold the two side by side.
bool text_may_change_portable(std::string_view text);

/// False only when normalise_verbatim() would certainly answer the same bytes: true for control characters other than
/// line feed and every lead byte but E3 to E9, and EF where the block of full-width forms begins.
bool verbatim_may_change(std::string_view text);
bool verbatim_may_change_portable(std::string_view text);

}  // namespace kokai
