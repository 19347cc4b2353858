// SPDX-License-Identifier: Apache-2.0
// A file that an output is written into, in a staging folder: large writes, hashed on the way, whole or absent. Where
// the finished file goes (renames, swaps) is not its business.
#pragma once

#include "support/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace kokai {

struct WrittenFile {
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// Throws the WorldError for a system call on a file that failed; `number` is its errno.
[[noreturn]] void throw_file_error(const std::string& file, int number);

class FileWriter {
public:
    /// Creates the file, or empties it. `shown` is how messages name it (the path itself when empty).
    explicit FileWriter(std::filesystem::path path, std::string shown = {});
    /// Closes and removes a file that was not finished.
    ~FileWriter();
    FileWriter(const FileWriter&) = delete;
    FileWriter& operator=(const FileWriter&) = delete;
    FileWriter(FileWriter&&) = delete;
    FileWriter& operator=(FileWriter&&) = delete;

    void append(std::string_view data);
    void append(std::span<const std::byte> data);

    /// Bytes appended so far.
    [[nodiscard]] std::uint64_t size() const { return written_ + used_; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    /// Flushes, waits until the disk has it, closes. Nothing may be appended afterwards.
    WrittenFile finish();

private:
    void flush();
    void write_out(const char* data, std::size_t size);
    void abandon() noexcept;

    std::filesystem::path path_;
    std::string shown_;
    int descriptor_ = -1;
    std::unique_ptr<char[]> buffer_;
    std::size_t used_ = 0;
    std::uint64_t written_ = 0;
    std::uint64_t sent_to_disk_ = 0;
    Sha256 hash_;
};

/// Hashes and fsyncs a file that a library has written into the staging folder.
WrittenFile adopt_file(const std::filesystem::path& path, const std::string& shown = {});

}  // namespace kokai
