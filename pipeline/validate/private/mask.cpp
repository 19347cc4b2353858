// SPDX-License-Identifier: Apache-2.0
#include "validate/private/mask.hpp"

#include "normalise/utf8.hpp"

#include <algorithm>

namespace kokai {
namespace {

bool is_digit(char32_t c) {
    constexpr std::u32string_view in_kanji = U"〇一二三四五六七八九十元";
    return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９') || in_kanji.find(c) != std::u32string_view::npos;
}

/// Every digit but the last few becomes *.
std::string mask_digits(std::string_view text, std::size_t shown) {
    std::size_t digits = 0;
    for (std::size_t at = 0; at < text.size();) {
        digits += is_digit(utf8::next(text, at)) ? 1U : 0U;
    }
    std::string masked;
    std::size_t seen = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        if (is_digit(utf8::next(text, at)) && ++seen + shown <= digits) {
            masked += '*';
        } else {
            masked += text.substr(begin, at - begin);
        }
    }
    return masked;
}

std::string mask_mail(std::string_view value) {
    std::size_t first = 0;
    utf8::next(value, first);
    constexpr std::string_view wide = "\xEF\xBC\xA0";
    const std::size_t at = std::min(value.find('@'), value.find(wide));
    return std::string(value.substr(0, first)) + "***" + std::string(value.substr(std::min(at, value.size())));
}

}  // namespace

std::string mask_private(PrivateKind kind, std::string_view value) {
    switch (kind) {
    case PrivateKind::mail:
        return mask_mail(value);
    case PrivateKind::birth_date:
        return mask_digits(value, 0);
    case PrivateKind::bank_account:
        return mask_digits(value, 2);
    case PrivateKind::my_number:
    case PrivateKind::mobile:
        break;
    }
    return mask_digits(value, 3);
}

std::string mask_text(std::string_view text, const ColumnSense& sense) {
    if (sense.birth) {
        return mask_private(PrivateKind::birth_date, text);
    }
    if (sense.account) {
        return mask_private(PrivateKind::bank_account, text);
    }
    if (sense.my_number) {
        return mask_private(PrivateKind::my_number, text);
    }
    if (!may_be_private(text)) {
        return std::string(text);
    }
    PlainText plain;
    PrivateFound found;
    find_private(text, sense, plain, found);
    std::sort(found.spans.begin(), found.spans.end(),
              [](const PrivateSpan& a, const PrivateSpan& b) { return a.begin < b.begin; });
    std::string masked;
    std::size_t at = 0;
    for (const PrivateSpan& span : found.spans) {
        if (span.begin < at) {
            continue;
        }
        masked += text.substr(at, span.begin - at);
        masked += mask_private(span.kind, text.substr(span.begin, span.end - span.begin));
        at = span.end;
    }
    masked += text.substr(at);
    return masked;
}

}  // namespace kokai
