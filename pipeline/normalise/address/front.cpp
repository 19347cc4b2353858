// SPDX-License-Identifier: Apache-2.0
#include "normalise/address/front.hpp"

#include "model/prefecture.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace kokai {
namespace {

bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}

/// 371-0816 or 3710816, with what separates it from the address. 0 when there is none.
std::size_t postal_code_length(std::string_view text, bool marked) {
    constexpr std::size_t first_digits = 3;
    constexpr std::size_t last_digits = 4;
    std::size_t at = 0;
    const auto digits = [&](std::size_t count) {
        const std::size_t end = at + count;
        while (at < end && at < text.size() && is_ascii_digit(text[at])) {
            ++at;
        }
        return at == end;
    };
    if (!digits(first_digits)) {
        return 0;
    }
    if (at < text.size() && text[at] == '-') {
        ++at;
    } else if (!marked && at < text.size() && !is_ascii_digit(text[at])) {
        return 0;
    }
    if (!digits(last_digits) || (at < text.size() && (is_ascii_digit(text[at]) || text[at] == '-'))) {
        return 0;
    }
    // Without 〒 a letter of a name must follow.
    const std::string_view rest = trimmed(text.substr(at));
    return marked || (!rest.empty() && static_cast<unsigned char>(rest.front()) >= 0x80) ? at : 0;
}

}  // namespace

/// 〒371-8601, 日本, 住所：, (前期), ※: before the address, and no part of it.
std::string_view without_front(std::string_view body) {
    constexpr std::string_view mark = "〒";
    constexpr std::array<std::string_view, 4> labels{"住所", "所在地", "所在", "住　所"};
    constexpr std::array<std::string_view, 6> ends{":", "：", " ", "　", "】", "\n"};
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> brackets{
        {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}, {"［", "］"}}};
    constexpr std::array<std::string_view, 5> points{"※", "＊", "*", "■", "◆"};
    constexpr std::size_t longest_note = 120;
    for (bool changed = true; changed;) {
        changed = false;
        body = trimmed(body);
        const bool marked = body.starts_with(mark);
        const std::string_view digits = marked ? trimmed(body.substr(mark.size())) : body;
        if (const std::size_t length = postal_code_length(digits, marked); length > 0) {
            body = digits.substr(length);
            changed = true;
        } else if (marked) {
            body = digits;
            changed = true;
        }
        constexpr std::string_view japan = "日本国";
        constexpr std::string_view short_japan = "日本";
        if (body.starts_with(japan)) {
            body.remove_prefix(japan.size());
            changed = true;
        } else if (body.starts_with(short_japan)) {
            const std::string_view rest = body.substr(short_japan.size());
            const bool apart = rest.starts_with(" ") || rest.starts_with("、") || rest.starts_with(",") ||
                               rest.starts_with(mark) || rest.starts_with("　");
            if (apart || !prefecture_name(rest).empty()) {
                body = rest;
                while (body.starts_with("、") || body.starts_with(",")) {
                    body.remove_prefix(body.front() == ',' ? 1 : std::string_view("、").size());
                }
                changed = true;
            }
        }
        for (const std::string_view point : points) {
            // ＊＊市 hides a name.
            const std::string_view rest = body.starts_with(point) ? trimmed(body.substr(point.size())) : "";
            if (!rest.empty() && !rest.starts_with(point)) {
                body = rest;
                changed = true;
            }
        }
        for (const std::string_view label : labels) {
            if (!body.starts_with(label)) {
                continue;
            }
            for (const std::string_view end : ends) {
                if (body.substr(label.size()).starts_with(end)) {
                    body.remove_prefix(label.size() + end.size());
                    changed = true;
                    break;
                }
            }
        }
        for (const auto& [open, close] : brackets) {
            if (body.starts_with(open)) {
                const std::size_t end = body.substr(0, longest_note).find(close);
                if (end != std::string_view::npos && !trimmed(body.substr(end + close.size())).empty()) {
                    body.remove_prefix(end + close.size());
                    changed = true;
                }
            }
        }
    }
    return body;
}

std::string_view note_before_town(std::string_view body) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> brackets{{{"(", ")"}, {"（", "）"}}};
    constexpr std::array<std::string_view, 5> places{"市", "区", "町", "村", "郡"};
    constexpr std::array<std::string_view, 4> joints{"、", "，", ",", "・"};
    constexpr std::array<std::string_view, 3> former{"旧", "元", "もと"};
    constexpr std::size_t longest_note = 90;
    const auto ends_as_place = [&](std::string_view text) {
        return std::any_of(places.begin(), places.end(), [&](std::string_view one) { return text.ends_with(one); });
    };
    for (const auto& [open, close] : brackets) {
        const std::size_t begin = body.find(open);
        if (begin == std::string_view::npos || !ends_as_place(trimmed(body.substr(0, begin)))) {
            continue;
        }
        const std::size_t end = body.substr(begin, longest_note).find(close);
        if (end == std::string_view::npos) {
            continue;
        }
        const std::string_view note = body.substr(begin, end + close.size());
        const std::string_view within = trimmed(note.substr(open.size(), end - open.size()));
        const std::string_view behind = trimmed(body.substr(begin + note.size()));
        const bool is_former =
            std::any_of(former.begin(), former.end(), [&](std::string_view one) { return within.starts_with(one); });
        const bool is_place = ends_as_place(within) && !is_former;
        // 安新町、安間町（一部）、材木町: a list of towns.
        const bool is_list = holds_any(body.substr(0, begin), joints) || holds_any(behind.substr(0, 3), joints);
        // Before a number it is read_lot_number()'s.
        if (!is_place && !is_list && !behind.empty() && !is_ascii_digit(behind.front()) &&
            static_cast<unsigned char>(behind.front()) >= 0x80) {
            return note;
        }
    }
    return {};
}

}  // namespace kokai
