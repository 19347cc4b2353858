// SPDX-License-Identifier: Apache-2.0
// Many texts, numbered from 0, written once and then looked up. Up to a limit they stay in memory; above it all of them
// move to a temporary file that is already deleted, behind a bounded cache.
#pragma once

#include "model/cell.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace kokai {

class TextStore {
public:
    static constexpr std::size_t usual_limit = 32U << 20U;

    explicit TextStore(std::size_t limit = usual_limit);
    ~TextStore();
    TextStore(const TextStore&) = delete;
    TextStore& operator=(const TextStore&) = delete;
    TextStore(TextStore&&) = delete;
    TextStore& operator=(TextStore&&) = delete;

    /// Throws WorldError when the temporary file cannot be made or the disk is full.
    void append(std::string_view text);
    [[nodiscard]] std::uint64_t size() const { return count_; }
    /// Copies text `index` (below size()) into the arena. Not for several threads: the cache is shared.
    Cell read(std::uint64_t index, Arena& into);
    [[nodiscard]] bool in_file() const { return spill_ != nullptr; }

private:
    struct Spill;
    void move_to_file();

    std::size_t limit_;
    std::uint64_t count_ = 0;
    std::vector<char> text_;
    std::vector<std::uint32_t> ends_;
    std::unique_ptr<Spill> spill_;
};

}  // namespace kokai
