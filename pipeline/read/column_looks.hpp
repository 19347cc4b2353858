// SPDX-License-Identifier: Apache-2.0
// What the columns below a row look like, and how a row stands out from them: words over numbers are a header.
#pragma once

#include "read/cell_look.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kokai {

/// What the columns of some rows look like.
class ColumnLooks {
public:
    /// Of at most `most` rows from the index on.
    ColumnLooks(const Grid& grid, ColumnSpan span, std::size_t begin, std::size_t end, std::size_t most = 40);

    struct Column {
        std::uint32_t words = 0, values = 0, marks = 0;
    };
    [[nodiscard]] const Column& of(std::uint32_t column) const { return columns_[column - span_.first]; }
    /// Numbers, dates or codes in most cells.
    [[nodiscard]] bool valued(std::uint32_t column) const;

    /// How a row compares: words where the others have values, and values where they have values.
    struct Contrast {
        std::uint32_t words = 0, values = 0;
    };
    [[nodiscard]] Contrast contrast(const GridRow& row) const;

private:
    ColumnSpan span_;
    std::vector<Column> columns_;
};

}  // namespace kokai
