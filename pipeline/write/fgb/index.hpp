// SPDX-License-Identifier: Apache-2.0
// FlatGeobuf's packed R-tree. The file holds it from the root down while it grows from the leaves up, so every level
// waits in a temporary file of its own; memory holds one open node a level.
#pragma once

#include "support/output_file.hpp"
#include "support/scratch_file.hpp"
#include "write/bounds.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace kokai {

constexpr std::uint16_t fgb_node_size = 16;  // children of a node

class FgbIndex {
public:
    /// For exactly `count` features, at least one.
    FgbIndex(const std::filesystem::path& folder, std::uint64_t count);

    /// The features in their order in the file; `offset` from the first one's begin.
    void add(const Bounds& bounds, std::uint64_t offset);
    /// After the last add().
    void write(FileWriter& file);

private:
    struct Level {
        std::unique_ptr<ScratchFile> nodes;
        std::uint64_t first = 0;  // number of its first node, counted from the root
        std::uint64_t size = 0;
        std::uint64_t added = 0;
        Bounds open;  // around the children that have no parent yet
    };

    void add(std::size_t level, const Bounds& bounds, std::uint64_t offset);

    std::vector<Level> levels_;  // leaves first
};

}  // namespace kokai
