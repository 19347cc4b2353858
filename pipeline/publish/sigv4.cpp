// SPDX-License-Identifier: Apache-2.0
#include "publish/sigv4.hpp"

#include "support/hash.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

namespace kokai {
namespace {

std::string hmac(std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), bytes.data(), &size);
    return {reinterpret_cast<const char*>(bytes.data()), size};
}

std::string hex(std::string_view bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        text += digits[static_cast<unsigned char>(c) >> 4U];
        text += digits[static_cast<unsigned char>(c) & 0xFU];
    }
    return text;
}

std::string small(std::string name) {
    for (char& c : name) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return name;
}

}  // namespace

std::string s3_path(std::string_view path) {
    std::string encoded;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t slash = std::min(path.find('/', at), path.size());
        encoded += percent_encoded(path.substr(at, slash - at));
        if (slash < path.size()) {
            encoded += '/';
        }
        at = slash + 1;
    }
    return encoded;
}

std::string s3_authorization(const S3Key& key, std::string_view method, std::string_view encoded_path,
                             std::string_view query, std::vector<HttpHeader> headers, std::string_view body_sha256,
                             std::string_view time) {
    for (HttpHeader& header : headers) {
        header.name = small(std::move(header.name));
    }
    std::sort(headers.begin(), headers.end(),
              [](const HttpHeader& left, const HttpHeader& right) { return left.name < right.name; });
    std::string canonical = std::string(method) + "\n" + std::string(encoded_path) + "\n" + std::string(query) + "\n";
    std::string names;
    for (const HttpHeader& header : headers) {
        canonical += header.name + ":" + header.value + "\n";
        names += (names.empty() ? "" : ";") + header.name;
    }
    canonical += "\n" + names + "\n" + std::string(body_sha256);
    const std::string day(time.substr(0, 8));
    const std::string scope = day + "/" + key.region + "/" + key.service + "/aws4_request";
    const std::string to_sign = "AWS4-HMAC-SHA256\n" + std::string(time) + "\n" + scope + "\n" + sha256_hex(canonical);
    const std::string signing =
        hmac(hmac(hmac(hmac("AWS4" + key.secret, day), key.region), key.service), "aws4_request");
    return "AWS4-HMAC-SHA256 Credential=" + key.access + "/" + scope + ",SignedHeaders=" + names +
           ",Signature=" + hex(hmac(signing, to_sign));
}

}  // namespace kokai
