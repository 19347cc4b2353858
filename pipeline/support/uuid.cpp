// SPDX-License-Identifier: Apache-2.0
#include "support/uuid.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace kokai {

std::string uuid5(std::string_view url) {
    constexpr std::array<unsigned char, 16> urls{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                                 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
    std::string named(urls.begin(), urls.end());
    named += url;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    if (EVP_Digest(named.data(), named.size(), digest.data(), nullptr, EVP_sha1(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL: no SHA-1");
    }
    digest[6] = static_cast<unsigned char>((digest[6] & 0x0FU) | 0x50U);
    digest[8] = static_cast<unsigned char>((digest[8] & 0x3FU) | 0x80U);
    constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < 16; ++i) {
        text += i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "";
        text += {hex[digest.at(i) >> 4U], hex[digest.at(i) & 15U]};
    }
    return text;
}

}  // namespace kokai
