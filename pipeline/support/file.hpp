// SPDX-License-Identifier: Apache-2.0
// Files to read from: one descriptor, wrapped once. What a run writes goes through output_file.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace kokai {

/// What tells that a file is still the one that was opened.
struct FileStamp {
    std::uint64_t device = 0, inode = 0, bytes = 0;
    std::int64_t modified_seconds = 0, modified_nanoseconds = 0;
    bool operator==(const FileStamp&) const = default;
};

class InputFile {
public:
    /// Throws WorldError naming `shown` when the path is missing, a folder or unreadable.
    InputFile(const std::filesystem::path& path, std::string shown);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    InputFile(InputFile&&) = delete;
    InputFile& operator=(InputFile&&) = delete;

    /// Reads up to `size` bytes at `offset`; less only at the end of the file.
    std::size_t read_at(std::uint64_t offset, char* into, std::size_t size) const;
    [[nodiscard]] std::uint64_t bytes() const { return stamp_.bytes; }
    /// Whether the file at the path is no longer the one that was opened, or has been written to since.
    [[nodiscard]] bool changed() const;

private:
    std::filesystem::path path_;
    std::string shown_;
    int descriptor_ = -1;
    FileStamp stamp_;
};

/// The whole of a small file (dataset.json, a schema). Throws WorldError above `limit` bytes.
std::string read_small_file(const std::filesystem::path& path, const std::string& shown,
                            std::uint64_t limit = 64ULL << 20U);

}  // namespace kokai
