// SPDX-License-Identifier: Apache-2.0
// What of HTTP needs no library: URLs and addresses.
#include "publish/http.hpp"

#include "support/text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <charconv>

namespace kokai {
namespace {

struct Net {
    std::uint32_t address;
    unsigned bits;
};

// IANA's special-purpose registry, and multicast.
constexpr std::array<Net, 15> special_nets{{{0x00000000, 8},
                                            {0x0A000000, 8},
                                            {0x64400000, 10},
                                            {0x7F000000, 8},
                                            {0xA9FE0000, 16},
                                            {0xAC100000, 12},
                                            {0xC0000000, 24},
                                            {0xC0000200, 24},
                                            {0xC0586300, 24},
                                            {0xC0A80000, 16},
                                            {0xC6120000, 15},
                                            {0xC6336400, 24},
                                            {0xCB007100, 24},
                                            {0xE0000000, 4},
                                            {0xF0000000, 4}}};

bool is_special(std::uint32_t address) {
    for (const Net& net : special_nets) {
        if ((address ^ net.address) >> (32U - net.bits) == 0) {
            return true;
        }
    }
    return false;
}

bool is_special(const in6_addr& address) {
    const auto* bytes = address.s6_addr;
    const auto word = [&](std::size_t at) {
        return static_cast<std::uint32_t>(bytes[at]) << 24U | static_cast<std::uint32_t>(bytes[at + 1]) << 16U |
               static_cast<std::uint32_t>(bytes[at + 2]) << 8U | bytes[at + 3];
    };
    if (word(0) == 0 && word(4) == 0 && (word(8) == 0 || word(8) == 0xFFFF)) {
        return word(8) == 0 || is_special(word(12));  // ::, ::1, IPv4-compatible; mapped IPv4
    }
    if (word(0) == 0x0064FF9B) {
        return is_special(word(12));  // NAT64
    }
    if (bytes[0] == 0x20 && bytes[1] == 0x02) {
        return is_special(static_cast<std::uint32_t>(word(2)));  // 6to4
    }
    return (bytes[0] & 0xE0U) != 0x20                                             // all but 2000::/3
           || (word(0) == 0x20010DB8)                                             // documentation
           || (bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] & 0xFEU) == 0);  // 2001::/23, Teredo among them
}

}  // namespace

std::string HttpAnswer::header(std::string_view name) const {
    for (const HttpHeader& one : headers) {
        if (one.name == name) {
            return one.value;
        }
    }
    return {};
}

std::string UrlParts::origin() const {
    const bool six = host.find(':') != std::string::npos;
    return scheme + "://" + (six ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

UrlParts url_parts(std::string_view url) {
    UrlParts parts;
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos) {
        return {};
    }
    parts.scheme = lowered(url.substr(0, colon));
    if (parts.scheme != "http" && parts.scheme != "https") {
        return {};
    }
    for (const char c : url) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '\x7F' || c == '\\') {
            return {};
        }
    }
    std::string_view rest = url.substr(colon + 3);
    const std::size_t slash = rest.find_first_of("/?#");
    std::string_view host = rest.substr(0, slash);
    std::string_view path = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
    path = path.substr(0, path.find('#'));
    parts.path = (path.starts_with('/') ? "" : "/") + std::string(path);
    if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) {
        parts.user = host.substr(0, at);
        host = host.substr(at + 1);
    }
    std::string_view port;
    if (host.starts_with('[')) {
        const std::size_t close = host.find(']');
        if (close == std::string_view::npos) {
            return {};
        }
        port = host.substr(close + 1);
        host = host.substr(1, close - 1);
    } else if (const std::size_t at = host.find(':'); at != std::string_view::npos) {
        port = host.substr(at);
        host = host.substr(0, at);
    }
    parts.port = parts.scheme == "https" ? 443 : 80;
    if (!port.empty() && port != ":") {
        const auto end = port.data() + port.size();
        if (const auto [stop, error] = std::from_chars(port.data() + 1, end, parts.port);
            port[0] != ':' || error != std::errc() || stop != end || parts.port == 0 || parts.port > 65535) {
            return {};
        }
    }
    parts.host = lowered(host);
    return parts;
}

bool is_loopback_host(std::string_view host) {
    if (host == "localhost") {
        return true;
    }
    const std::string text(host);
    in_addr four{};
    if (::inet_pton(AF_INET, text.c_str(), &four) == 1) {
        return ntohl(four.s_addr) >> 24U == 127;
    }
    in6_addr six{};
    return ::inet_pton(AF_INET6, text.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six) != 0;
}

bool is_private_address(const void* socket_address) {
    const auto* any = static_cast<const sockaddr*>(socket_address);
    if (any->sa_family == AF_INET) {
        return is_special(ntohl(static_cast<const sockaddr_in*>(socket_address)->sin_addr.s_addr));
    }
    if (any->sa_family == AF_INET6) {
        return is_special(static_cast<const sockaddr_in6*>(socket_address)->sin6_addr);
    }
    return true;  // a socket of a kind that no web server has
}

std::string base64(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            bits = bits << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            result += i + k <= text.size() ? letters[bits >> (18U - 6U * k) & 63U] : '=';
        }
    }
    return result;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
            c == '_' || c == '~') {
            result += c;
        } else {
            result += {'%', hex[byte >> 4U], hex[byte & 15U]};
        }
    }
    return result;
}

}  // namespace kokai
