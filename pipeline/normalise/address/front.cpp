// SPDX-License-Identifier: Apache-2.0
#include "normalise/address/front.hpp"

#include "model/prefecture.hpp"
#include "support/text.hpp"

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

/// 〒371-8601, 日本, 住所：, (前期): before the address, and no part of it.
std::string_view without_front(std::string_view body) {
    constexpr std::string_view mark = "〒";
    constexpr std::array<std::string_view, 4> labels{"住所", "所在地", "所在", "住　所"};
    constexpr std::array<std::string_view, 6> ends{":", "：", " ", "　", "】", "\n"};
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> brackets{
        {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}, {"［", "］"}}};
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

}  // namespace kokai
