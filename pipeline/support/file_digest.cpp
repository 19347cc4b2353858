// SPDX-License-Identifier: Apache-2.0
#include "support/file_digest.hpp"

#include "support/file.hpp"
#include "support/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace kokai {

std::string digest_of_file(const std::filesystem::path& path, std::uint64_t most) {
    const InputFile file(path, path.string());
    Sha256 digest;
    std::string bytes(1U << 18U, '\0');
    std::uint64_t at = 0;
    while (at < most) {
        const std::size_t got =
            file.read_at(at, bytes.data(), static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), most - at)));
        if (got == 0) {
            break;
        }
        digest.update(std::string_view(bytes.data(), got));
        at += got;
    }
    return digest.hex();
}

}  // namespace kokai
