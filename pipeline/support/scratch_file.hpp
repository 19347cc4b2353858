// SPDX-License-Identifier: Apache-2.0
// A temporary file without a name (O_TMPFILE): it is gone with the process, however that ends. For what a writer must
// put aside until the end is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace kokai {

class ScratchFile {
public:
    /// `folder` exists; it is on the disk that the output goes to.
    explicit ScratchFile(const std::filesystem::path& folder);
    ~ScratchFile();
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    ScratchFile(ScratchFile&&) = delete;
    ScratchFile& operator=(ScratchFile&&) = delete;

    /// Appends are gathered; read() sees all of them.
    void append(std::span<const std::byte> data);
    void append(std::string_view data);
    [[nodiscard]] std::uint64_t size() const { return written_ + pending_.size(); }

    /// Fills `into` from `offset`; throws when the file ends before.
    void read(std::uint64_t offset, std::span<std::byte> into);

private:
    void flush();

    std::string shown_;
    int descriptor_ = -1;
    std::string pending_;
    std::uint64_t written_ = 0;
};

}  // namespace kokai
