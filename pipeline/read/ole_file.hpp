// SPDX-License-Identifier: Apache-2.0
// The file system inside old Office files (OLE2 compound file): named streams cut into sectors. Chains that run in a
// circle or out of the file are refused; nothing is held but the table of sectors.
#pragma once

#include "support/file.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

class OleFile {
public:
    /// Throws WorldError when the file is no compound file or a broken one.
    OleFile(const std::filesystem::path& path, const std::string& shown);

    struct Stream {
        std::vector<std::uint32_t> sectors;
        std::uint64_t bytes = 0;
        bool mini = false;
    };

    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
    /// Names are compared without case. Throws WorldError when there is no such stream or its chain is broken.
    [[nodiscard]] Stream open(std::string_view name) const;
    /// Less than `size` only at the end of the stream.
    std::size_t read_at(const Stream& stream, std::uint64_t offset, char* into, std::size_t size) const;

    [[nodiscard]] const std::string& shown() const { return shown_; }
    [[noreturn]] void fail_broken(const char* what) const;

private:
    struct Entry {
        std::string name;  // ASCII letters small
        std::uint32_t first = 0;
        std::uint64_t bytes = 0;
    };

    [[nodiscard]] const Entry* find(std::string_view name) const;
    void read_header();
    void read_directory(std::uint32_t first);
    [[nodiscard]] std::string sector(std::uint32_t number) const;
    [[nodiscard]] std::vector<std::uint32_t> chain(std::uint32_t first, const std::vector<std::uint32_t>& table) const;

    std::string shown_;
    InputFile file_;
    std::uint32_t sector_bytes_ = 512;
    std::vector<std::uint32_t> table_, mini_table_;
    Stream mini_stream_;
    std::vector<Entry> entries_;
};

/// Little-endian numbers as all of these formats have them; 0 beyond the end.
std::uint16_t u16_at(std::string_view bytes, std::size_t at);
std::uint32_t u32_at(std::string_view bytes, std::size_t at);
std::uint64_t u64_at(std::string_view bytes, std::size_t at);
/// UTF-16 little-endian to UTF-8; halves of a pair alone are left out.
void append_utf16(std::string& into, std::string_view bytes);

}  // namespace kokai
