// SPDX-License-Identifier: Apache-2.0
#include "read/ole_file.hpp"

#include "model/error.hpp"
#include "support/text.hpp"
#include "support/utf8.hpp"

#include <algorithm>

namespace kokai {
namespace {

constexpr std::uint32_t end_of_chain = 0xFFFFFFFE;
constexpr std::uint32_t last_sector = 0xFFFFFFFA;
constexpr std::uint32_t mini_sector_bytes = 64;
constexpr std::uint64_t mini_cutoff = 4096;
constexpr std::size_t most_entries = 65'536;
constexpr std::uint64_t largest_file = 1ULL << 30U;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i) {
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    }
    return value;
}

}  // namespace

std::uint16_t u16_at(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint16_t>(number_at(bytes, at, 2));
}

std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(number_at(bytes, at, 4));
}

std::uint64_t u64_at(std::string_view bytes, std::size_t at) {
    return number_at(bytes, at, 8);
}

void append_utf16(std::string& into, std::string_view bytes) {
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const std::uint32_t unit = u16_at(bytes, at);
        if (unit < 0xD800 || unit > 0xDFFF) {
            append_utf8(into, unit);
            continue;
        }
        const std::uint32_t low = at + 3 < bytes.size() ? u16_at(bytes, at + 2) : 0;
        if (unit < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF) {
            append_utf8(into, 0x10000U + ((unit - 0xD800U) << 10U) + (low - 0xDC00U));
            at += 2;
        }
    }
}

OleFile::OleFile(const std::filesystem::path& path, const std::string& shown) : shown_(shown), file_(path, shown) {
    read_header();
}

void OleFile::fail_broken(const char* what) const {
    throw WorldError(shown_, std::string("古い Excel（.xls）のファイルとして壊れています（") + what + "）",
                     std::string("is a broken old Excel file (") + what + ")");
}

std::string OleFile::sector(std::uint32_t number) const {
    std::string bytes(sector_bytes_, '\0');
    // The last sector may be cut: some writers do not fill it.
    const std::uint64_t at = (static_cast<std::uint64_t>(number) + 1) * sector_bytes_;
    if (at >= file_.bytes()) {
        fail_broken("sector");
    }
    file_.read_at(at, bytes.data(), bytes.size());
    return bytes;
}

void OleFile::read_header() {
    std::string head(512, '\0');
    head.resize(file_.read_at(0, head.data(), head.size()));
    const std::uint16_t shift = u16_at(head, 30);
    if (head.size() < 512 || !head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") || (shift != 9 && shift != 12) ||
        file_.bytes() > largest_file) {
        fail_broken("header");
    }
    sector_bytes_ = 1U << shift;
    const std::uint64_t most_sectors = file_.bytes() / sector_bytes_ + 1;

    // Where the table's own sectors are: 109 in the header, the rest in a chain.
    std::vector<std::uint32_t> places;
    for (std::size_t i = 0; i < 109; ++i) {
        places.push_back(u32_at(head, 76 + 4 * i));
    }
    std::uint32_t more = u32_at(head, 68);
    for (std::uint64_t steps = 0; more < last_sector; ++steps) {
        if (steps > most_sectors) {
            fail_broken("DIFAT");
        }
        const std::string bytes = sector(more);
        for (std::size_t at = 0; at + 4 < bytes.size(); at += 4) {
            places.push_back(u32_at(bytes, at));
        }
        more = u32_at(bytes, bytes.size() - 4);
    }
    for (const std::uint32_t place : places) {
        if (place >= last_sector) {
            continue;
        }
        if (table_.size() > most_sectors + sector_bytes_ / 4) {
            fail_broken("FAT");
        }
        const std::string bytes = sector(place);
        for (std::size_t at = 0; at < bytes.size(); at += 4) {
            table_.push_back(u32_at(bytes, at));
        }
    }
    read_directory(u32_at(head, 48));
    for (const std::uint32_t number : chain(u32_at(head, 60), table_)) {
        const std::string bytes = sector(number);
        for (std::size_t at = 0; at < bytes.size(); at += 4) {
            mini_table_.push_back(u32_at(bytes, at));
        }
    }
}

std::vector<std::uint32_t> OleFile::chain(std::uint32_t first, const std::vector<std::uint32_t>& table) const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t at = first; at < last_sector; at = table[at]) {
        if (at >= table.size() || all.size() > table.size()) {
            fail_broken("chain");
        }
        all.push_back(at);
    }
    return all;
}

void OleFile::read_directory(std::uint32_t first) {
    bool root = true;
    for (const std::uint32_t number : chain(first, table_)) {
        const std::string bytes = sector(number);
        for (std::size_t at = 0; at + 128 <= bytes.size(); at += 128) {
            const std::string_view entry = std::string_view(bytes).substr(at, 128);
            const std::size_t name_bytes = std::min<std::size_t>(u16_at(entry, 64), 64);
            const char kind = entry[66];
            const std::uint32_t start = u32_at(entry, 116);
            const std::uint64_t size = sector_bytes_ == 512 ? u32_at(entry, 120) : u64_at(entry, 120);
            if (root) {
                root = false;
                mini_stream_ = {chain(start, table_), size, false};
            } else if (kind == 2 && name_bytes > 2 && entries_.size() < most_entries) {
                std::string name;
                append_utf16(name, entry.substr(0, name_bytes - 2));
                entries_.push_back({lowered(name), start, size});
            }
        }
    }
}

const OleFile::Entry* OleFile::find(std::string_view name) const {
    const std::string wanted = lowered(name);
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == wanted; });
    return found != entries_.end() ? &*found : nullptr;
}

OleFile::Stream OleFile::open(std::string_view name) const {
    const Entry* const entry = find(name);
    if (entry == nullptr) {
        fail_broken("stream");
    }
    Stream stream;
    stream.bytes = entry->bytes;
    stream.mini = entry->bytes < mini_cutoff;
    stream.sectors = chain(entry->first, stream.mini ? mini_table_ : table_);
    const std::uint64_t room = stream.sectors.size() * std::uint64_t{stream.mini ? mini_sector_bytes : sector_bytes_};
    if (room < stream.bytes) {
        fail_broken("length");
    }
    return stream;
}

std::size_t OleFile::read_at(const Stream& stream, std::uint64_t offset, char* into, std::size_t size) const {
    const std::uint32_t unit = stream.mini ? mini_sector_bytes : sector_bytes_;
    std::size_t done = 0;
    while (done < size && offset < stream.bytes) {
        const std::uint64_t index = offset / unit;
        const std::uint64_t inside = offset % unit;
        const auto wanted = static_cast<std::size_t>(
            std::min({std::uint64_t{unit - inside}, std::uint64_t{size - done}, stream.bytes - offset}));
        const std::uint64_t place = stream.sectors[static_cast<std::size_t>(index)];
        const std::size_t got = stream.mini ? read_at(mini_stream_, place * unit + inside, into + done, wanted)
                                            : file_.read_at((place + 1) * unit + inside, into + done, wanted);
        if (got < wanted) {
            fail_broken("cut off");
        }
        done += got;
        offset += got;
    }
    return done;
}

}  // namespace kokai
