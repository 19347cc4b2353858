// SPDX-License-Identifier: Apache-2.0
// The container of PMTiles version 3: tiles in the order of their ids, the directories that say where each lies, header
// and metadata. The specification is short and no C++ library writes it, so this does. Tiles and directory entries wait
// in temporary files: the directories stand before the tiles.
#pragma once

#include "support/output_file.hpp"
#include "support/scratch_file.hpp"
#include "write/bounds.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// A tile's number: zoom levels one after another, each along a Hilbert curve.
std::uint64_t tile_id(unsigned zoom, std::uint32_t x, std::uint32_t y);

/// A line of a directory: `run` tiles with the same content, from `tile` on; `run` 0 is a leaf directory.
struct TileEntry {
    std::uint64_t tile = 0;
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    std::uint32_t run = 0;
};

struct TileArchiveLimits {
    // The first 16 KiB of the file must hold header and root directory.
    std::size_t root_bytes = 16384 - 127;
    std::size_t root_entries = 16384;  // beyond, do not try without leaves
    std::size_t leaf_entries = 4096;   // more, when the root would not fit
};

struct TileArchiveAbout {
    unsigned min_zoom = 0, max_zoom = 0, center_zoom = 0;
    Bounds bounds;         // the whole map when empty
    std::string metadata;  // JSON
};

class TileArchive {
public:
    /// `folder`: where the temporary files lie.
    TileArchive(const std::filesystem::path& folder, TileArchiveLimits limits);

    /// In ascending order of ids. `packed` is the tile as gzip. The same content is stored once when it comes again
    /// soon: squares in the middle of a large polygon.
    void add(std::uint64_t tile, const std::string& packed);
    /// Writes everything; at least one tile was added.
    void write(FileWriter& file, const TileArchiveAbout& about);

private:
    struct Directories {
        std::string root;
        std::unique_ptr<ScratchFile> leaves;  // may be empty
    };
    struct Seen {
        std::uint64_t check = 0;
        std::uint64_t offset = 0;
        std::uint32_t length = 0;
    };

    std::uint64_t place(const std::string& packed);
    void keep_last();
    std::vector<TileEntry> entries(std::uint64_t first, std::size_t count);
    Directories directories();

    std::filesystem::path folder_;
    TileArchiveLimits limits_;
    ScratchFile tiles_;
    ScratchFile entries_;
    std::uint64_t entry_count_ = 0;
    std::uint64_t tile_count_ = 0;
    std::uint64_t content_count_ = 0;
    TileEntry last_;  // may still grow; run 0 = none yet
    std::array<Seen, 1024> seen_{};
};

}  // namespace kokai
