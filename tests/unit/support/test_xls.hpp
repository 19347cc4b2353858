// SPDX-License-Identifier: Apache-2.0
// Old workbooks (.xls) made in a test from their records, so that each case shows exactly what it is about.
#pragma once

#include "tests/unit/support/temporary_folder.hpp"

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace kokai::testing {

inline std::string le(std::uint64_t value, std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i) {
        text += static_cast<char>((value >> (8 * i)) & 0xFFU);
    }
    return text;
}

inline std::string le16(std::uint64_t value) {
    return le(value, 2);
}

inline std::string le32(std::uint64_t value) {
    return le(value, 4);
}

inline std::string le_double(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return le(bits, 8);
}

/// ASCII and the like as UTF-16 little-endian.
inline std::string utf16(const std::u16string& text) {
    std::string bytes;
    for (const char16_t unit : text) {
        bytes += le16(unit);
    }
    return bytes;
}

inline std::string record(unsigned type, const std::string& data) {
    return le16(type) + le16(data.size()) + data;
}

/// An OLE2 file of streams, each padded to whole sectors of the large kind.
inline std::string ole_file(const std::vector<std::pair<std::u16string, std::string>>& streams) {
    constexpr std::size_t sector = 512;
    std::vector<std::string> bodies;
    std::size_t sectors = 0;
    for (const auto& [name, bytes] : streams) {
        std::string body = bytes;
        body.resize(std::max<std::size_t>((body.size() + sector - 1) / sector * sector, 4096));
        sectors += body.size() / sector;
        bodies.push_back(std::move(body));
    }
    const std::size_t table_sectors = (sectors + 8) / 126 + 1;
    const std::size_t directory_sectors = streams.size() / 4 + 1;
    std::string table, directory, data;
    for (std::size_t i = 0; i < table_sectors; ++i) {
        table += le32(0xFFFFFFFD);
    }
    for (std::size_t i = 0; i < directory_sectors; ++i) {
        table += le32(i + 1 == directory_sectors ? 0xFFFFFFFE : table_sectors + i + 1);
    }
    const auto entry = [](const std::u16string& name, char kind, std::size_t start, std::size_t size) {
        std::string one = utf16(name);
        one.resize(64);
        one += le16(2 * name.size() + 2) + kind + '\1' + le32(0xFFFFFFFF) + le32(0xFFFFFFFF) + le32(0xFFFFFFFF);
        one.resize(116);
        return one + le32(start) + le(size, 8);
    };
    directory = entry(u"Root Entry", '\5', 0xFFFFFFFE, 0);
    std::size_t at = table_sectors + directory_sectors;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        const std::size_t count = bodies[i].size() / sector;
        directory += entry(streams[i].first, '\2', at, bodies[i].size());
        for (std::size_t k = 0; k < count; ++k) {
            table += le32(k + 1 == count ? 0xFFFFFFFE : at + k + 1);
        }
        at += count;
        data += bodies[i];
    }
    directory.resize(directory_sectors * sector);
    while (table.size() < table_sectors * sector) {
        table += le32(0xFFFFFFFF);
    }
    std::string head = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    head.resize(24);
    head += le16(0x3E) + le16(3) + le16(0xFFFE) + le16(9) + le16(6);
    head.resize(44);
    head += le32(table_sectors) + le32(table_sectors) + le32(0) + le32(4096) + le32(0xFFFFFFFE) + le32(0) +
            le32(0xFFFFFFFE) + le32(0);
    for (std::size_t i = 0; i < 109; ++i) {
        head += le32(i < table_sectors ? i : 0xFFFFFFFF);
    }
    return head + table + directory + data;
}

/// A workbook of one sheet. `globals` stand before the sheet's entry, `cells` on the sheet.
inline std::string xls_stream(bool biff8, const std::string& globals, const std::string& cells,
                              const std::string& sheet_name = "Sheet1", unsigned state = 0) {
    const std::string bof = le16(biff8 ? 0x0600 : 0x0500);
    const std::string begin = record(0x809, bof + le16(5) + le32(0));
    const std::string name = le(sheet_name.size(), 1) + (biff8 ? std::string(1, '\0') : "") + sheet_name;
    const std::size_t entry_bytes = 4 + 4 + 2 + name.size();
    const std::size_t sheet_at = begin.size() + globals.size() + entry_bytes + 4;
    return begin + globals + record(0x85, le32(sheet_at) + le16(state) + name) + record(0x0A, "") +
           record(0x809, bof + le16(0x10) + le32(0)) + cells + record(0x0A, "");
}

inline std::filesystem::path write_bytes(const TemporaryFolder& folder, const std::string& name,
                                         const std::string& bytes) {
    std::ofstream(folder.path() / name, std::ios::binary) << bytes;
    return folder.path() / name;
}

inline std::string number_cell(unsigned row, unsigned column, unsigned style, double value) {
    return record(0x203, le16(row) + le16(column) + le16(style) + le_double(value));
}

inline std::string shared_cell(unsigned row, unsigned column, unsigned index) {
    return record(0xFD, le16(row) + le16(column) + le16(0) + le32(index));
}

/// A text cell of BIFF5: bytes in the workbook's code page.
inline std::string label_cell(unsigned row, unsigned column, const std::string& bytes) {
    return record(0x204, le16(row) + le16(column) + le16(0) + le16(bytes.size()) + bytes);
}

}  // namespace kokai::testing
