// SPDX-License-Identifier: Apache-2.0
// SHA-256 through OpenSSL's EVP, which picks the processor's own instructions.
#include "support/hash.hpp"

#include "model/error.hpp"

#include <openssl/evp.h>

#include <array>

namespace kokai {

namespace {

void demand(bool worked) {
    if (!worked) {
        throw WorldError({}, "SHA-256 を計算できません（OpenSSL）", "OpenSSL cannot compute SHA-256");
    }
}

}  // namespace

void Sha256::Deleter::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    demand(context_ != nullptr);
    start();
}

void Sha256::start() {
    demand(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void Sha256::update(std::span<const std::byte> data) {
    demand(EVP_DigestUpdate(context_.get(), data.data(), data.size()) == 1);
}

void Sha256::update(std::string_view data) {
    update(std::as_bytes(std::span(data)));
}

std::string Sha256::hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    demand(EVP_DigestFinal_ex(context_.get(), digest.data(), &size) == 1);
    start();

    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(std::size_t{size} * 2);
    for (std::size_t i = 0; i < size; ++i) {
        text += digits[digest[i] >> 4U];
        text += digits[digest[i] & 0x0FU];
    }
    return text;
}

std::string sha256_hex(std::string_view data) {
    Sha256 hash;
    hash.update(data);
    return hash.hex();
}

}  // namespace kokai
