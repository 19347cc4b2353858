// SPDX-License-Identifier: Apache-2.0
#include "normalise/list.hpp"

#include "normalise/reading.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>

namespace kokai {

namespace {

/// What stands at a place of the text, and how many bytes it is.
struct Mark {
    enum class Kind : std::uint8_t { other, open, close, joint, blank, middle_dot } kind = Kind::other;
    std::size_t size = 1;
};

Mark mark_at(std::string_view text, std::size_t at) {
    using enum Mark::Kind;
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
    case ',': {
        const bool in_number = at > 0 && is_digit(text[at - 1]) && at + 1 < text.size() && is_digit(text[at + 1]);
        return {in_number ? other : joint, 1};
    }
    case '\n':
    case '\r':
        return {joint, 1};
    case ' ':
        return {blank, 1};
    case '\xE3':  // 、 the wide blank, 「 」 and ・
        return first_of({wide("\x80\x81", joint), wide("\x80\x80", blank), wide("\x80\x8C", open),
                         wide("\x80\x8D", close), wide("\x83\xBB", middle_dot)});
    case '\xEF':  // ， （ and ）
        return first_of({wide("\xBC\x8C", joint), wide("\xBC\x88", open), wide("\xBC\x89", close)});
    default:
        return {};
    }
}

void count(Mark mark, int& depth) {
    depth += mark.kind == Mark::Kind::open ? 1 : 0;
    depth -= mark.kind == Mark::Kind::close && depth > 0 ? 1 : 0;
}

}  // namespace

bool may_hold_several(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const Mark::Kind kind = mark_at(text, at).kind;
        if (kind == Mark::Kind::joint || kind == Mark::Kind::blank || kind == Mark::Kind::middle_dot) {
            return true;
        }
    }
    return false;
}

std::optional<std::string> divided(std::string_view text, std::string_view separator) {
    std::string all;
    std::string_view joint;
    std::size_t start = 0;
    int depth = 0;
    bool found = false;
    const auto take = [&](std::size_t end) {
        const std::string_view one = trimmed(text.substr(start, end - start));
        if (!one.empty()) {
            all += joint;
            all += one;
            joint = separator;
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        const Mark mark = mark_at(text, at);
        count(mark, depth);
        if (depth == 0 && mark.kind == Mark::Kind::joint) {
            take(at);
            found = true;
            start = at + mark.size;
        }
        at += mark.size;
    }
    take(text.size());
    return found && !all.empty() ? std::optional(std::move(all)) : std::nullopt;
}

bool may_be_list(std::string_view text, std::string_view separator) {
    text = trimmed(text);
    if (text.find(separator) != std::string_view::npos || text.find("；") != std::string_view::npos) {
        return false;
    }
    int depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Mark mark = mark_at(text, at);
        count(mark, depth);
        // A blank between words of Latin letters is theirs.
        const bool beside_latin = at > 0 && static_cast<unsigned char>(text[at - 1]) < 0x80;
        if (depth == 0 && (mark.kind == Mark::Kind::middle_dot || (mark.kind == Mark::Kind::blank && !beside_latin))) {
            return true;
        }
        at += mark.size;
    }
    return false;
}

}  // namespace kokai
