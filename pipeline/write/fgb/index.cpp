// SPDX-License-Identifier: Apache-2.0
#include "write/fgb/index.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

namespace kokai {
namespace {

struct IndexNode {
    Bounds bounds;
    std::uint64_t offset = 0;  // of a leaf: of its feature, in bytes; else the number of its first child
};
static_assert(sizeof(IndexNode) == 40);

}  // namespace

FgbIndex::FgbIndex(const std::filesystem::path& folder, std::uint64_t count) {
    std::uint64_t nodes = 0;
    do {  // one feature has a root above it, too
        Level level;
        level.size = levels_.empty() ? count : (levels_.back().size + fgb_node_size - 1) / fgb_node_size;
        level.nodes = std::make_unique<ScratchFile>(folder);
        nodes += level.size;
        levels_.push_back(std::move(level));
    } while (levels_.size() == 1 || levels_.back().size != 1);
    for (Level& level : levels_) {
        nodes -= level.size;
        level.first = nodes;
    }
}

void FgbIndex::add(const Bounds& bounds, std::uint64_t offset) {
    add(0, bounds, offset);
}

void FgbIndex::add(std::size_t level, const Bounds& bounds, std::uint64_t offset) {
    Level& own = levels_[level];
    const IndexNode node{bounds, offset};
    own.nodes->append(std::as_bytes(std::span(&node, 1)));
    ++own.added;
    own.open.add(bounds);
    const bool full = own.added % fgb_node_size == 0 || own.added == own.size;
    if (full && level + 1 < levels_.size()) {
        const std::uint64_t first_child = (own.added - 1) / fgb_node_size * fgb_node_size;
        const Bounds box = std::exchange(own.open, Bounds{});
        add(level + 1, box, own.first + first_child);
    }
}

void FgbIndex::write(FileWriter& file) {
    std::vector<std::byte> piece(std::size_t{256} << 10U);
    for (std::size_t i = levels_.size(); i-- > 0;) {
        ScratchFile& nodes = *levels_[i].nodes;
        for (std::uint64_t at = 0; at < nodes.size();) {
            const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), nodes.size() - at));
            const std::span<std::byte> part = std::span(piece).first(size);
            nodes.read(at, part);
            file.append(std::span<const std::byte>(part));
            at += size;
        }
    }
}

}  // namespace kokai
