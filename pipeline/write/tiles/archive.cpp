// SPDX-License-Identifier: Apache-2.0
#include "write/tiles/archive.hpp"

#include "write/hilbert.hpp"
#include "write/shp/byte_order.hpp"
#include "write/tiles/gzip.hpp"

#include <protozero/buffer_string.hpp>
#include <protozero/varint.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace kokai {
namespace {

constexpr std::uint64_t header_bytes = 127;
constexpr std::uint8_t compression_gzip = 2;
constexpr std::uint8_t type_mvt = 1;

std::string packed_directory(std::span<const TileEntry> entries) {
    std::string plain;
    protozero::add_varint_to_buffer(&plain, entries.size());
    std::uint64_t last = 0;
    for (const TileEntry& entry : entries) {
        protozero::add_varint_to_buffer(&plain, entry.tile - last);
        last = entry.tile;
    }
    for (const TileEntry& entry : entries) {
        protozero::add_varint_to_buffer(&plain, entry.run);
    }
    for (const TileEntry& entry : entries) {
        protozero::add_varint_to_buffer(&plain, entry.length);
    }
    std::uint64_t next = 0;
    bool first = true;
    for (const TileEntry& entry : entries) {
        protozero::add_varint_to_buffer(&plain, !first && entry.offset == next ? 0 : entry.offset + 1);
        next = entry.offset + entry.length;
        first = false;
    }
    return gzipped(plain);
}

void append_position(std::string& out, double longitude, double latitude) {
    constexpr double steps = 1e7;
    for (const double degrees : {std::clamp(longitude, -180.0, 180.0), std::clamp(latitude, -90.0, 90.0)}) {
        append_little_endian(out, static_cast<std::uint64_t>(std::llround(degrees * steps)), 4);
    }
}

void copy(ScratchFile& from, FileWriter& to) {
    constexpr std::uint64_t piece = std::uint64_t{1} << 20U;
    std::vector<std::byte> bytes;
    for (std::uint64_t at = 0; at < from.size(); at += bytes.size()) {
        bytes.resize(static_cast<std::size_t>(std::min(piece, from.size() - at)));
        from.read(at, bytes);
        to.append(std::span<const std::byte>(bytes));
    }
}

}  // namespace

std::uint64_t tile_id(unsigned zoom, std::uint32_t x, std::uint32_t y) {
    const std::uint64_t before = ((std::uint64_t{1} << (2 * zoom)) - 1) / 3;  // tiles of all lower zoom levels
    // hilbert() walks 32 levels; above the tile's own they only exchange the axes, once each.
    return before + (zoom % 2 == 0 ? hilbert(x, y) : hilbert(y, x));
}

TileArchive::TileArchive(const std::filesystem::path& folder, TileArchiveLimits limits)
    : folder_(folder), limits_(limits), tiles_(folder), entries_(folder) {}

std::uint64_t TileArchive::place(const std::string& packed) {
    // gzip ends with the content's checksum and size.
    std::uint64_t check = 0;
    std::memcpy(&check, packed.data() + packed.size() - sizeof check, sizeof check);
    Seen& seen = seen_[check % seen_.size()];
    if (seen.length == packed.size() && seen.check == check) {
        std::string before(packed.size(), '\0');
        tiles_.read(seen.offset, std::as_writable_bytes(std::span(before)));
        if (before == packed) {
            return seen.offset;
        }
    }
    seen = {check, tiles_.size(), static_cast<std::uint32_t>(packed.size())};
    tiles_.append(packed);
    ++content_count_;
    return seen.offset;
}

void TileArchive::add(std::uint64_t tile, const std::string& packed) {
    const TileEntry entry{tile, place(packed), static_cast<std::uint32_t>(packed.size()), 1};
    ++tile_count_;
    if (last_.run > 0 && entry.offset == last_.offset && tile == last_.tile + last_.run) {
        ++last_.run;
        return;
    }
    keep_last();
    last_ = entry;
}

void TileArchive::keep_last() {
    if (last_.run > 0) {
        entries_.append(std::as_bytes(std::span(&last_, 1)));
        ++entry_count_;
        last_ = {};
    }
}

std::vector<TileEntry> TileArchive::entries(std::uint64_t first, std::size_t count) {
    std::vector<TileEntry> some(static_cast<std::size_t>(std::min<std::uint64_t>(count, entry_count_ - first)));
    entries_.read(first * sizeof(TileEntry), std::as_writable_bytes(std::span(some)));
    return some;
}

TileArchive::Directories TileArchive::directories() {
    if (entry_count_ <= limits_.root_entries) {
        Directories only{packed_directory(entries(0, limits_.root_entries)), std::make_unique<ScratchFile>(folder_)};
        if (only.root.size() <= limits_.root_bytes) {
            return only;
        }
    }
    for (std::size_t size = limits_.leaf_entries;; size *= 2) {
        auto leaves = std::make_unique<ScratchFile>(folder_);
        std::vector<TileEntry> root;
        for (std::uint64_t first = 0; first < entry_count_; first += size) {
            const std::vector<TileEntry> some = entries(first, size);
            const std::string leaf = packed_directory(some);
            root.push_back({some.front().tile, leaves->size(), static_cast<std::uint32_t>(leaf.size()), 0});
            leaves->append(leaf);
        }
        std::string packed = packed_directory(root);
        if (packed.size() <= limits_.root_bytes || root.size() == 1) {
            return {std::move(packed), std::move(leaves)};
        }
    }
}

void TileArchive::write(FileWriter& file, const TileArchiveAbout& about) {
    keep_last();
    const Directories directory = directories();
    const std::string metadata = gzipped(about.metadata);
    Bounds bounds = about.bounds;
    if (bounds.empty()) {
        bounds.add(-180, -85.0511287);
        bounds.add(180, 85.0511287);
    }
    std::string header("PMTiles\x03");
    std::uint64_t at = header_bytes;
    for (const std::uint64_t length : {std::uint64_t{directory.root.size()}, std::uint64_t{metadata.size()},
                                       directory.leaves->size(), tiles_.size()}) {
        append_little_endian(header, at, 8);
        append_little_endian(header, length, 8);
        at += length;
    }
    append_little_endian(header, tile_count_, 8);
    append_little_endian(header, entry_count_, 8);
    append_little_endian(header, content_count_, 8);
    constexpr unsigned clustered = 1;
    for (const unsigned byte : {clustered, unsigned{compression_gzip}, unsigned{compression_gzip}, unsigned{type_mvt},
                                about.min_zoom, about.max_zoom}) {
        append_little_endian(header, byte, 1);
    }
    append_position(header, bounds.west, bounds.south);
    append_position(header, bounds.east, bounds.north);
    append_little_endian(header, about.center_zoom, 1);
    append_position(header, (bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2);
    file.append(header);
    file.append(directory.root);
    file.append(metadata);
    copy(*directory.leaves, file);
    copy(tiles_, file);
}

}  // namespace kokai
