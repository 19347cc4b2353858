// SPDX-License-Identifier: Apache-2.0
// The SHA-256 of a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace kokai {

/// Of the whole file, or of its first `most` bytes.
std::string digest_of_file(const std::filesystem::path& path, std::uint64_t most = ~std::uint64_t{0});

}  // namespace kokai
