// SPDX-License-Identifier: Apache-2.0
// Counts the cells of each column that hold something, over every row that is data: what shares of the quality score
// are shares of. It looks at lengths only, never at bytes.
#pragma once

#include "engine/stage.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace kokai {

class CountFilled : public Transform {
public:
    /// The counts, by column of the shape it is bound to; they outlive the stage.
    class Counts {
    public:
        explicit Counts(std::size_t columns) : cells_(columns) {}
        void add(std::size_t column, std::uint64_t cells) {
            cells_[column].fetch_add(cells, std::memory_order_relaxed);
        }
        [[nodiscard]] std::vector<std::uint64_t> values() const { return {cells_.begin(), cells_.end()}; }

    private:
        std::vector<std::atomic<std::uint64_t>> cells_;
    };

    explicit CountFilled(Counts& counts) : counts_(&counts) {}

    Shape bind(const Shape& in) override { return in; }
    void run(Batch& batch, Findings& findings) const override;

private:
    Counts* counts_;
};

}  // namespace kokai
