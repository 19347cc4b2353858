// SPDX-License-Identifier: Apache-2.0
// Three steps: tidy (spaces, breaks, invisible characters, full-width ASCII), ICU's NFKC with exceptions, dashes
// between digits.
#include "normalise/text.hpp"

#include "normalise/nfkc.hpp"
#include "normalise/utf8.hpp"

#include <unicode/uchar.h>

namespace kokai {

namespace {

bool is_ascii_digit(char32_t c) {
    return c >= '0' && c <= '9';
}
bool is_ascii_letter(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr char32_t fullwidth_hyphen = 0xFF0D;

/// Full-width marks that are ordinary typography in Japanese text: brackets, ！ ？ ～ and signs nobody means as ASCII.
bool is_kept_fullwidth(char32_t c) {
    switch (c) {
    case 0xFF01:  // ！
    case 0xFF02:  // ＂
    case 0xFF07:  // ＇
    case 0xFF08:  // （
    case 0xFF09:  // ）
    case 0xFF1C:  // ＜
    case 0xFF1E:  // ＞
    case 0xFF1F:  // ？
    case 0xFF3B:  // ［
    case 0xFF3C:  // ＼
    case 0xFF3D:  // ］
    case 0xFF3E:  // ＾
    case 0xFF40:  // ｀
    case 0xFF5B:  // ｛
    case 0xFF5C:  // ｜
    case 0xFF5D:  // ｝
    case 0xFF5E:  // ～
        return true;
    default:
        return false;
    }
}

/// ＝ ＋ － ＠ at the start of a cell stay: as ASCII a spreadsheet would take the text for a formula (A32).
bool starts_formula(char32_t c) {
    return c == 0xFF1D || c == 0xFF0B || c == fullwidth_hyphen || c == 0xFF20;
}

/// Characters that the gate stops at and that nevertheless stay; dashes and － only where no digit stands before them.
/// Private-use characters stay too, but are looked at again: not here.
bool is_quiet(char32_t c, char32_t before) {
    if (is_dash(c)) {
        return !is_ascii_digit(before) && !(c == fullwidth_hyphen && is_ascii_letter(before)) && c != 0x2011 &&
               c != 0xFF70;
    }
    return (c >= 0x20 && c < 0x7F) || c == '\n' || (c >= 0x3001 && c <= 0x3029) || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x309B && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           is_kept_fullwidth(c) || (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x2016 && c <= 0x2027) ||
           (c >= 0x2030 && c <= 0x203B) || (c >= 0x2100 && c <= 0x22FF) || (c >= 0x2460 && c <= 0x24FF) ||
           (c >= 0x2500 && c <= 0x27BF) || (c >= 0x3200 && c <= 0x33FF) || c == 0xB0 || c == 0xB1 || c == 0xB2 ||
           c == 0xB3 || c == 0xB7 || c == 0xD7;
}

bool is_quiet_text(std::string_view text) {
    char32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        if (lead >= 0x20U && lead < 0x7FU) {
            before = lead;
            ++at;
            continue;
        }
        if (lead >= 0xE4U && lead <= 0xE9U) {  // kanji, whichever
            before = U'一';
            at += 3;
            continue;
        }
        const char32_t c = utf8::next(text, at);
        if (!is_quiet(c, before)) {
            return false;
        }
        before = c;
    }
    return trimmed(text).size() == text.size();
}

/// Dashes of every kind between digits become '-', － also between letters; elsewhere they are punctuation or a long
/// vowel.
std::string unify_dashes(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    char32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t run = utf8::inert_run(text, at); run > 0) {
            result.append(text, at, run);
            before = utf8::last_of_inert(text.substr(at, run));
            at += run;
            continue;
        }
        const char32_t c = utf8::next(text, at);
        if (is_dash(c)) {
            const char32_t after = utf8::peek(text, at);
            const bool between_digits = is_ascii_digit(before) && is_ascii_digit(after);
            const bool between_letters = c == fullwidth_hyphen && (is_ascii_digit(before) || is_ascii_letter(before)) &&
                                         (is_ascii_digit(after) || is_ascii_letter(after));
            if (between_digits || between_letters) {
                result.push_back('-');
                before = '-';
                continue;
            }
        }
        utf8::append(result, c);
        before = c;
    }
    return result;
}

}  // namespace

bool is_dash(char32_t c) {
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2043 || c == 0x2212 || c == 0x2500 || c == 0x2501 || c == 0x2796 ||
           c == 0x30FC || c == 0xFE58 || c == 0xFE63 || c == fullwidth_hyphen || c == 0xFF70;
}

bool is_invisible(char32_t c) {
    return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x061C || c == 0x180E ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) || c == 0xFFFE || c == 0xFFFF;
}

bool is_space(char32_t c) {
    return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

Tidied tidy(std::string_view input, Widths widths) {
    Tidied tidied;
    std::string& out = tidied.text;
    out.reserve(input.size());
    char32_t before = 0;
    for (std::size_t at = 0; at < input.size();) {
        if (const std::size_t run = utf8::inert_run(input, at); run > 0) {
            out.append(input, at, run);
            before = utf8::last_of_inert(input.substr(at, run));
            at += run;
            continue;
        }
        char32_t c = utf8::next(input, at);
        if (c == utf8::broken) {
            tidied.broken = true;
            return tidied;
        }
        if (c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029) {
            if (c == '\r' && utf8::peek(input, at) == '\n') {
                continue;
            }
            c = '\n';
        } else if (c == '\t') {
            c = ' ';
        }
        if (is_space(c)) {
            c = ' ';
        }
        if ((c == ' ' || c == '\n') && out.empty()) {
            continue;
        }
        if (is_invisible(c)) {
            // A zero-width joiner holds an emoji together; anywhere else it is invisible.
            const bool joins_emoji =
                c == 0x200D &&
                (before == 0xFE0F || u_hasBinaryProperty(static_cast<UChar32>(before), UCHAR_EXTENDED_PICTOGRAPHIC) ||
                 u_hasBinaryProperty(static_cast<UChar32>(before), UCHAR_EMOJI_MODIFIER));
            if (!joins_emoji) {
                tidied.removed = true;
                continue;
            }
        }
        if (widths == Widths::fold_ascii && c >= 0xFF01 && c <= 0xFF5E && !is_kept_fullwidth(c) &&
            c != fullwidth_hyphen && !(out.empty() && starts_formula(c))) {
            c -= 0xFEE0;
        }
        utf8::append(out, c);
        before = c;
    }
    return tidied;
}

Normalised normalise_text(std::string_view input) {
    Normalised result;
    const Tidied tidied = tidy(input, Widths::fold_ascii);
    if (tidied.broken) {
        result.flags.emplace_back("error:encoding");
        return result;
    }
    if (tidied.removed) {
        result.flags.emplace_back("control-character");
    }
    result.value = trimmed(unify_dashes(nfkc(tidied.text, Fold::text)));
    return result;
}

bool is_surely_clean_text(std::string_view text) {
    return !text_may_change(text) || is_quiet_text(text);
}

bool is_clean_text(std::string_view text) {
    if (is_surely_clean_text(text)) {
        return true;
    }
    const Normalised once = normalise_text(text);
    return once.flags.empty() && once.value == text;
}

Normalised normalise_verbatim(std::string_view input) {
    Normalised result;
    result.value.reserve(input.size());
    for (std::size_t at = 0; at < input.size();) {
        const char32_t c = utf8::next(input, at);
        if (c == utf8::broken) {
            return {"", {"error:encoding"}};
        }
        if (is_invisible(c) && c != '\t' && c != '\r' && c != 0x200D) {
            if (result.flags.empty()) {
                result.flags.emplace_back("control-character");
            }
            continue;
        }
        utf8::append(result.value, c);
    }
    return result;
}

bool is_surely_clean_verbatim(std::string_view text) {
    return !verbatim_may_change(text);
}

bool is_clean_verbatim(std::string_view text) {
    if (is_surely_clean_verbatim(text)) {
        return true;
    }
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t run = utf8::inert_run(text, at); run > 0) {
            at += run;
            continue;
        }
        const char32_t c = utf8::next(text, at);
        if (c == utf8::broken || (is_invisible(c) && c != '\t' && c != '\r' && c != 0x200D)) {
            return false;
        }
    }
    return true;
}

namespace {

/// Letters that NFKC leaves as they are and that join with no letter before them: kana, kanji.
bool is_plain_in_keys(char32_t c) {
    return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FB) || c == U'々' || (c >= 0x4E00 && c <= 0x9FFF);
}

/// fold_key() of a text of ASCII of either width, kana and kanji, as nearly all headers and values are; false for any
/// other, which needs ICU.
bool fold_plain(std::string_view text, std::string& key) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        char32_t c = utf8::next(text, at);
        if (c >= 0xFF01 && c <= 0xFF5E) {
            c -= 0xFEE0;
        }
        if (c >= 'A' && c <= 'Z') {
            key.push_back(static_cast<char>(c - 'A' + 'a'));
        } else if (c > ' ' && c < 0x7F) {
            key.push_back(static_cast<char>(c));
        } else if (is_plain_in_keys(c)) {
            key.append(text, from, at - from);
        } else if (c == U'ー') {
            key.push_back('-');
        } else if (c != ' ' && c != 0x3000 && c != '\n') {
            return false;
        }
    }
    return true;
}

}  // namespace

std::string fold_key(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    if (fold_plain(text, plain)) {
        return plain;
    }
    const std::string folded = nfkc(tidy(text, Widths::fold_ascii).text, Fold::keys);
    std::string key;
    key.reserve(folded.size());
    for (std::size_t at = 0; at < folded.size();) {
        const char32_t c = utf8::next(folded, at);
        if (c == ' ' || c == '\n') {
            continue;
        }
        if (is_dash(c)) {
            key.push_back('-');
        } else if (c == 0x301C || c == 0x223C) {  // 〜 ∼ beside ～, which NFKC has made '~'
            key.push_back('~');
        } else if (c >= 'A' && c <= 'Z') {
            key.push_back(static_cast<char>(c - 'A' + 'a'));
        } else {
            utf8::append(key, c);
        }
    }
    return key;
}

}  // namespace kokai
