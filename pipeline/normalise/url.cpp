// SPDX-License-Identifier: Apache-2.0
// Scheme and host are ASCII and fold; a path may hold Japanese letters and stays as it is, unless all was typed
// full-width.
#include "normalise/url.hpp"

#include "normalise/reading.hpp"
#include "normalise/text.hpp"
#include "normalise/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kokai {

namespace {

/// ＡＢＣ：／ -> ABC:/ and nothing else.
std::string fold_ascii(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        utf8::append(out, c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c);
    }
    return out;
}

enum : std::uint8_t {
    never_in_host = 1,
    never_in_path = 2,
    ends_host = 4,
    is_colon = 8,
    beyond_ascii = 16,
    is_dot = 32
};

/// What each byte is and where it may not stand; letters beyond ASCII may in both.
constexpr std::array<std::uint8_t, 256> make_byte_table() {
    std::array<std::uint8_t, 256> table{};
    constexpr std::string_view never = "\"<>\\^`{|}";
    for (std::size_t i = 0; i < table.size(); ++i) {
        const bool letter_or_digit =
            (i >= '0' && i <= '9') || (i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') || i == '-' || i == '.';
        const bool path =
            i > 0x20 && i != 0x7F && (i >= 0x80 || never.find(static_cast<char>(i)) == std::string_view::npos);
        table.at(i) =
            static_cast<std::uint8_t>((letter_or_digit || i >= 0x80 ? 0 : never_in_host) | (path ? 0 : never_in_path) |
                                      (i == '/' || i == '?' || i == '#' ? ends_host : 0) | (i == ':' ? is_colon : 0) |
                                      (i >= 0x80 ? beyond_ascii : 0) | (i == '.' ? is_dot : 0));
    }
    return table;
}
constexpr auto byte_table = make_byte_table();

std::uint8_t class_of(char c) {
    return byte_table[static_cast<unsigned char>(c)];
}

/// What all bytes of a text are together.
std::uint8_t classes_of(std::string_view text) {
    std::uint8_t any = 0;
    for (const char c : text) {
        any = static_cast<std::uint8_t>(any | class_of(c));
    }
    return any;
}

/// host, host:8080: at least one dot, no empty label.
bool is_host(std::string_view host) {
    const std::size_t colon = host.find(':');
    if (colon != std::string_view::npos) {
        if (!all_digits(host.substr(colon + 1)) || host.size() - colon > 6) {
            return false;
        }
        host = host.substr(0, colon);
    }
    return host.find('.') != std::string_view::npos && host.front() != '.' && host.back() != '.' &&
           host.find("..") == std::string_view::npos && (classes_of(host) & never_in_host) == 0;
}

/// Where the scheme ends, 0 when it is neither http:// nor https://.
std::size_t scheme_end(std::string_view text) {
    std::string lower(text.substr(0, 8));
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (lower == "https://") {
        return 8;
    }
    return lower.substr(0, 7) == "http://" ? 7 : 0;
}

/// Behind a comma or semicolon a second address begins; an archive's https://…/web/2020/https://… is one.
bool holds_another(std::string_view path) {
    for (std::size_t at = path.find("http"); at != std::string_view::npos; at = path.find("http", at + 4)) {
        std::string_view before = path.substr(0, at);
        const bool separated = drop_suffix(before, ",") || drop_suffix(before, ";") || drop_suffix(before, "、");
        if (separated && scheme_end(path.substr(at)) != 0) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool is_clean_url(std::string_view text) {
    const std::size_t scheme = text.substr(0, 8) == "https://" ? 8 : text.substr(0, 7) == "http://" ? 7 : 0;
    if (scheme == 0) {
        return false;
    }
    const std::string_view rest = text.substr(scheme);
    std::size_t host_end = 0;
    std::uint8_t in_host = 0;
    std::uint8_t before = is_dot;
    bool dots_together = false;  // or one in front
    for (; host_end < rest.size(); ++host_end) {
        const std::uint8_t now = class_of(rest[host_end]);
        if ((now & ends_host) != 0) {
            break;
        }
        dots_together = dots_together || (before & now & is_dot) != 0;
        in_host = static_cast<std::uint8_t>(in_host | now);
        before = now;
    }
    const std::string_view host = rest.substr(0, host_end);
    const std::string_view path = rest.substr(host_end);
    const std::uint8_t in_path = classes_of(path);
    const bool plain_host = in_host == is_dot && !dots_together && (before & is_dot) == 0;
    if (host.empty() || (in_path & never_in_path) != 0 || (!plain_host && !is_host(host)) ||
        ((in_path & is_colon) != 0 && holds_another(path))) {
        return false;
    }
    // Only then the letters beyond ASCII are worth a look.
    if (((in_host | in_path) & beyond_ascii) == 0) {
        return true;
    }
    const bool goes_on_in_words = text.ends_with("。") || text.ends_with("、") || text.ends_with("）");
    if (goes_on_in_words) {
        return false;  // https://…/（市のページ）
    }
    const Tidied tidied = tidy(text, Widths::keep);
    return !tidied.broken && !tidied.removed && tidied.text == text && fold_ascii(host) == host &&
           tidied.text.find(' ') == std::string::npos;
}

Normalised normalise_url(std::string_view input) {
    if (is_clean_url(input)) {
        return value_only(std::string(input));
    }
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    const std::string tidied(trimmed(tidy(input, Widths::keep).text));
    if (tidied.find_first_of(" \n") != std::string::npos) {
        return flag_only("error:space");
    }
    std::string text = tidied;
    if (scheme_end(text) == 0) {  // typed full-width throughout
        text = fold_ascii(text);
    }
    const std::size_t scheme = scheme_end(text);
    if (scheme == 0) {
        return flag_only("error:scheme");
    }
    const std::size_t host_end = std::min(text.find_first_of("/?#", scheme), text.size());
    const std::string result = (scheme == 8 ? "https://" : "http://") +
                               fold_ascii(std::string_view(text).substr(scheme, host_end - scheme)) +
                               text.substr(host_end);
    if (holds_another(std::string_view(text).substr(host_end))) {
        return flag_only("error:several");
    }
    return is_clean_url(result) ? value_only(result) : flag_only("error:invalid-url");
}

}  // namespace kokai
