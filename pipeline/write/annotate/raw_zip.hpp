// SPDX-License-Identifier: Apache-2.0
// The entries of an archive as they are stored, for copying them without unpacking. Sizes and names were judged by
// XlsxPackage before.
#pragma once

#include "write/excel/zip.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

struct zip;

namespace kokai {

class RawZip {
public:
    explicit RawZip(const std::filesystem::path& path);

    [[nodiscard]] std::uint64_t entries() const;
    [[nodiscard]] std::string name(std::uint64_t entry) const;
    /// The entry's bytes, still compressed, into the writer's archive.
    void copy(std::uint64_t entry, ZipWriter& to) const;

private:
    struct Closer {
        void operator()(zip* archive) const;
    };
    std::unique_ptr<zip, Closer> archive_;
};

}  // namespace kokai
