// SPDX-License-Identifier: Apache-2.0
// ICU joins the dakuten; the spacing marks ゛ ゜ behind a kana that can carry them are taken for what was meant.
#include "normalise/kana.hpp"

#include "normalise/nfkc.hpp"
#include "normalise/reading.hpp"
#include "normalise/text.hpp"
#include "normalise/utf8.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace kokai {

namespace {

bool is_hiragana(char32_t c) {
    return (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E;
}

bool is_kana_letter(char32_t c) {
    return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA) || (c >= 0xFF66 && c <= 0xFF9D);
}

/// ゛ and ゜ become combining marks where they join with the kana before them, and stay where nothing would come of it.
std::string with_joining_marks(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    std::size_t last_start = 0;
    char32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        if ((c == 0x309B || c == 0x309C) && is_kana_letter(before)) {
            std::string joined = out.substr(last_start);
            utf8::append(joined, c == 0x309B ? 0x3099 : 0x309A);
            joined = nfkc(joined, Fold::kana);
            std::size_t behind = 0;
            utf8::next(joined, behind);
            if (behind == joined.size()) {
                out.resize(last_start);
                out += joined;
                before = 0;
                continue;
            }
        }
        last_start = out.size();
        utf8::append(out, c);
        before = c;
    }
    return out;
}

Normalised normalise(std::string_view input, bool to_katakana) {
    Normalised result;
    const Tidied tidied = tidy(input, Widths::keep);
    if (tidied.broken) {
        return flag_only("error:encoding");
    }
    if (tidied.removed) {
        result.flags.emplace_back("control-character");
    }
    const std::string joined = nfkc(with_joining_marks(tidied.text), Fold::kana);
    if (!to_katakana) {
        result.value = trimmed(joined);
        return result;
    }
    std::string katakana;
    katakana.reserve(joined.size());
    bool any_hiragana = false;
    for (std::size_t at = 0; at < joined.size();) {
        const char32_t c = utf8::next(joined, at);
        any_hiragana = any_hiragana || is_hiragana(c);
        utf8::append(katakana, is_hiragana(c) ? c + 0x60 : c);
    }
    if (!any_hiragana) {
        result.value = trimmed(joined);
        return result;
    }
    // わ゙ has no letter of its own, ヷ has one (ヷ).
    result.value = trimmed(nfkc(with_joining_marks(katakana), Fold::kana));
    return result;
}

/// Letters that neither form touches: ASCII, katakana, kanji, and the punctuation of readings.
bool is_quiet(char32_t c, bool to_katakana) {
    return (c >= 0x20 && c < 0x7F) || (c >= 0x30A0 && c <= 0x30FF) || (c >= 0x3001 && c <= 0x3029) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xFF01 && c <= 0xFF5E) || (!to_katakana && is_hiragana(c));
}

/// Two letters of three bytes from ァ to ヿ at once, where a word is read little end first.
bool is_katakana_pair(const char* at) {
    constexpr std::uint64_t fixed = 0x000000FEFF00FEFFULL;    // all of the first byte, all but one bit of the second
    constexpr std::uint64_t letters = 0x00000082E30082E3ULL;  // E3 82 or E3 83 …
    constexpr std::uint64_t each = 0x0000000001000001ULL;     // … and after 82 a third byte from A0 on
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return (word & fixed) == letters && (((word >> 8U) | (word >> 21U)) & each) == each;
}

bool is_quiet(std::string_view text, bool to_katakana) {
    if (trimmed(text).size() != text.size()) {
        return false;
    }
    for (std::size_t at = 0; at < text.size();) {
        if constexpr (std::endian::native == std::endian::little) {
            while (at + 8 <= text.size() && is_katakana_pair(text.data() + at)) {
                at += 6;
            }
        }
        if (at + 2 < text.size() && text[at] == '\xE3' &&
            (text[at + 1] == '\x83' || (text[at + 1] == '\x82' && static_cast<unsigned char>(text[at + 2]) >= 0xA0U))) {
            at += 3;  // ordinary katakana
        } else if (at < text.size() && !is_quiet(utf8::next(text, at), to_katakana)) {
            return false;
        }
    }
    return true;
}

bool is_clean(std::string_view text, bool to_katakana) {
    if (is_quiet(text, to_katakana)) {
        return true;
    }
    const Normalised once = normalise(text, to_katakana);
    return once.flags.empty() && once.value == text;
}

}  // namespace

Normalised normalise_kana_fullwidth(std::string_view input) {
    return normalise(input, false);
}
bool is_clean_kana_fullwidth(std::string_view text) {
    return is_clean(text, false);
}
Normalised normalise_kana_katakana(std::string_view input) {
    return normalise(input, true);
}
bool is_clean_kana_katakana(std::string_view text) {
    return is_clean(text, true);
}
bool is_surely_clean_kana_katakana(std::string_view text) {
    return is_quiet(text, true);
}

}  // namespace kokai
