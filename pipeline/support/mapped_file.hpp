// SPDX-License-Identifier: Apache-2.0
// A file's bytes as memory, read by the system page by page when they are looked at: for tables that the build made.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace kokai {

class MappedFile {
public:
    /// Throws WorldError when the file is missing or cannot be mapped.
    explicit MappedFile(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    MappedFile(MappedFile&&) = delete;
    MappedFile& operator=(MappedFile&&) = delete;

    [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }
    /// Tells the system that these bytes are not looked at again soon: they no longer count as the program's memory.
    void let_go(std::size_t begin, std::size_t end) const;

private:
    std::span<const std::byte> bytes_;
};

}  // namespace kokai
