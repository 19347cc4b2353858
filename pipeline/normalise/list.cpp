// SPDX-License-Identifier: Apache-2.0
#include "normalise/list.hpp"

#include "normalise/list_words.hpp"
#include "normalise/reading.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <utility>

namespace kokai {

namespace {

/// What stands at a place of the text, and how many bytes it is.
struct Mark {
    enum class Kind : std::uint8_t {
        other,
        open,
        close,
        joint,
        line_break,
        semicolon,
        blank,
        middle_dot
    } kind = Kind::other;
    std::size_t size = 1;
};

using enum Mark::Kind;

bool digits_at(std::string_view text, std::size_t at, std::size_t count) {
    return at + count <= text.size() && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                                                    text.begin() + static_cast<std::ptrdiff_t>(at + count), is_digit);
}

/// 1,000: the comma of a number.
bool is_of_thousands(std::string_view text, std::size_t comma) {
    return comma > 0 && is_digit(text[comma - 1]) && digits_at(text, comma + 1, 3) && !digits_at(text, comma + 4, 1);
}

Mark mark_at(std::string_view text, std::size_t at) {
    const auto wide = [&](std::string_view rest, Mark::Kind kind) {
        return text.substr(at + 1).starts_with(rest) ? Mark{kind, 3} : Mark{};
    };
    const auto first_of = [](std::initializer_list<Mark> marks) {
        const auto* const known = std::find_if(marks.begin(), marks.end(), [](Mark one) { return one.kind != other; });
        return known == marks.end() ? Mark{} : *known;
    };
    switch (text[at]) {
    case '(':
    case '[':
        return {open, 1};
    case ')':
    case ']':
        return {close, 1};
    case ',':
        return {is_of_thousands(text, at) ? other : joint, 1};
    case ';':
        return {semicolon, 1};
    case '\n':
    case '\r':
        return {line_break, 1};
    case ' ':
        return {blank, 1};
    case '\xE3':  // 、 the wide blank, 「 」 and ・
        return first_of({wide("\x80\x81", joint), wide("\x80\x80", blank), wide("\x80\x8C", open),
                         wide("\x80\x8D", close), wide("\x83\xBB", middle_dot)});
    case '\xEF':  // ， ； （ ） and the half-width 、 ･ ｢ ｣
        return first_of({wide("\xBC\x8C", joint), wide("\xBC\x9B", semicolon), wide("\xBC\x88", open),
                         wide("\xBC\x89", close), wide("\xBD\xA4", joint), wide("\xBD\xA5", middle_dot),
                         wide("\xBD\xA2", open), wide("\xBD\xA3", close)});
    default:
        return {};
    }
}

void count(Mark mark, int& depth) {
    depth += mark.kind == open ? 1 : 0;
    depth -= mark.kind == close && depth > 0 ? 1 : 0;
}

bool divides(Mark::Kind kind) {
    return kind == joint || kind == line_break || kind == semicolon;
}

bool may_divide(Mark::Kind kind) {
    return kind == middle_dot || kind == blank;
}

/// Calls take(piece, the mark behind it) for what stands between marks that are `ends`, outside of brackets and not
/// empty. Of the last piece the mark is `other`.
template <typename Ends, typename Take>
void each_piece(std::string_view text, Ends ends, Take take) {
    std::size_t start = 0;
    int depth = 0;
    const auto piece = [&](std::size_t end, Mark::Kind behind) {
        if (const std::string_view one = trimmed(text.substr(start, end - start)); !one.empty()) {
            take(one, behind);
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        const Mark mark = mark_at(text, at);
        count(mark, depth);
        // A blank between words of Latin letters is theirs.
        const bool of_latin = mark.kind == blank && at > 0 && static_cast<unsigned char>(text[at - 1]) < 0x80;
        if (depth == 0 && ends(mark.kind) && !of_latin) {
            piece(at, mark.kind);
            start = at + mark.size;
        }
        at += mark.size;
    }
    piece(text.size(), other);
}

/// What the pieces between commas and line breaks are, and how many of them.
struct Pieces {
    std::size_t many = 0;
    bool joints = false;  // any that is not a line break or a semicolon
    bool breaks = false;
    bool words = true;
    bool sentence = false;
    bool alike = true;
    bool kinds_left = true;  // of all but the last
    std::string_view first, last;
};

Pieces look_at_pieces(std::string_view text, ListOf of) {
    Pieces all;
    each_piece(text, divides, [&](std::string_view piece, Mark::Kind behind) {
        all.joints = all.joints || behind == joint;
        all.breaks = all.breaks || behind == line_break;
        all.kinds_left = all.kinds_left && (all.many == 0 || leaves_its_kind_to_others(all.last));
        all.first = all.many == 0 ? piece : all.first;
        all.alike = all.alike && are_alike(all.first, piece);
        all.sentence = all.sentence || is_part_of_sentence(piece);
        all.words = all.words && is_word_of_its_own(piece) && !may_be_list(piece, of);
        all.last = piece;
        ++all.many;
    });
    return all;
}

/// Whether the pieces are values, every one of them. A line break alone may be that of a long name.
bool are_values(const Pieces& all, ListOf of) {
    const bool last_names_all = of != ListOf::keywords && all.many > 1 && all.kinds_left && names_its_kind(all.last);
    return all.many > 0 && all.words && !last_names_all && (all.joints || all.alike);
}

/// Divisions hold commas of their own; what is none of them is left alone.
std::optional<std::string> divided_industries(std::string_view text, std::string_view separator) {
    std::string all;
    std::string_view value;  // one division, from its first piece to its last
    std::string_view before;
    bool known = true;
    bool several = false;
    const auto close = [&] {
        known = known && is_industry(value);
        all += value;
    };
    each_piece(text, divides, [&](std::string_view piece, Mark::Kind) {
        if (!before.empty() && is_one_industry(before, piece)) {
            value = {value.data(), static_cast<std::size_t>(piece.data() + piece.size() - value.data())};
        } else {
            if (!before.empty()) {
                several = true;
                close();
                all += separator;
            }
            value = piece;
        }
        before = piece;
    });
    close();
    return known && several ? std::optional(std::move(all)) : std::nullopt;
}

bool has_divider(std::string_view text) {
    int depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Mark mark = mark_at(text, at);
        count(mark, depth);
        if (depth == 0 && (mark.kind == joint || mark.kind == line_break)) {
            return true;
        }
        at += mark.size;
    }
    return false;
}

}  // namespace

bool may_hold_several(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const Mark::Kind kind = mark_at(text, at).kind;
        if (kind == joint || kind == line_break || may_divide(kind)) {
            return true;
        }
    }
    return false;
}

std::optional<std::string> divided(std::string_view text, std::string_view separator, ListOf of) {
    if (!has_divider(text)) {
        return std::nullopt;
    }
    if (of == ListOf::industries) {
        return divided_industries(text, separator);
    }
    if (!are_values(look_at_pieces(text, of), of)) {
        return std::nullopt;
    }
    std::string all;
    each_piece(text, divides, [&](std::string_view piece, Mark::Kind) {
        all += all.empty() ? std::string_view() : separator;
        all += piece;
    });
    return all;
}

bool may_be_list(std::string_view text, ListOf of) {
    text = trimmed(text);
    if (has_divider(text)) {
        return of != ListOf::industries && !look_at_pieces(text, of).sentence;
    }
    if (text.find(';') != std::string_view::npos || text.find("；") != std::string_view::npos || is_known_whole(text)) {
        return false;
    }
    std::string_view first;
    bool alike = true;
    bool blanks = false;
    std::size_t many = 0;
    each_piece(text, may_divide, [&](std::string_view piece, Mark::Kind behind) {
        first = many++ == 0 ? piece : first;
        alike = alike && are_alike(first, piece);
        blanks = blanks || behind == blank;
    });
    return many > 1 && (alike || (blanks && of == ListOf::keywords));
}

}  // namespace kokai
