// SPDX-License-Identifier: Apache-2.0
// Text as people read it: one width for letters, digits and kana, no stray spaces, nothing invisible. Names stay names:
// see nfkc.cpp for what never changes. Full-width brackets stay in text (published names use them) and fold in keys.
#pragma once

#include "normalise/normalised.hpp"
#include "normalise/text_gate.hpp"
#include "support/text.hpp"

#include <string>
#include <string_view>

namespace kokai {

/// Flags: `control-character` (something invisible was taken out), `error:encoding` (not UTF-8: no value).
Normalised normalise_text(std::string_view input);

/// Exactly when normalise_text() answers the same bytes.
bool is_clean_text(std::string_view text);

/// Cheaper: never true for a text that would change, sometimes false for one that would not.
bool is_surely_clean_text(std::string_view text);

/// Only control characters, zero-width and bidi marks go (flag `control-character`); layout, widths and spaces stay.
Normalised normalise_verbatim(std::string_view input);
bool is_clean_verbatim(std::string_view text);
/// By a look at its bytes: false for some texts that are clean.
bool is_surely_clean_verbatim(std::string_view text);

/// For comparing headers, sheet names and words of a list: widths, spaces, every kind of dash (ー ― － ‐ alike) and
/// bracket, and the case of ASCII letters make no difference. Not for display.
std::string fold_key(std::string_view text);

/// Characters that stand for a dash between digits: ‐ ‑ ‒ – — ― − － ─ ﹣ ー and the like, not the ASCII one.
bool is_dash(char32_t c);

/// Invisible and without meaning in a table: controls (not line feed), zero-width and bidi marks, soft hyphen, BOM.
bool is_invisible(char32_t c);

/// Spaces of any width, not the line break.
bool is_space(char32_t c);

/// The step before NFKC that all kinds share: line breaks become LF, spaces become U+0020, what is invisible goes.
struct Tidied {
    std::string text;
    bool removed = false;  // something invisible was taken out
    bool broken = false;   // not UTF-8; the text stops there
};
enum class Widths { keep, fold_ascii };
Tidied tidy(std::string_view input, Widths widths);

}  // namespace kokai
