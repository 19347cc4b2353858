// SPDX-License-Identifier: Apache-2.0
// SHA-256 over OpenSSL, wrapped once. Outputs are hashed while they are written, sources while they are read.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace kokai {

class Sha256 {
public:
    Sha256();

    void update(std::span<const std::byte> data);
    void update(std::string_view data);

    /// The digest of all that was given, as 64 lower-case hex digits. The hash then begins anew.
    [[nodiscard]] std::string hex();

private:
    struct Deleter {
        void operator()(evp_md_ctx_st* context) const;
    };

    void start();

    std::unique_ptr<evp_md_ctx_st, Deleter> context_;
};

/// The digest of one text.
[[nodiscard]] std::string sha256_hex(std::string_view data);

}  // namespace kokai
