// SPDX-License-Identifier: Apache-2.0
// A CSV in memory as kokai publishes it: UTF-8 with or without BOM, commas, a header, nothing to guess. A row is known
// by the byte where it begins, so that it can be looked at again without anything being kept.
#pragma once

#include "read/csv_scan.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

class MappedFile;

class CsvRows {
public:
    /// `text` outlives this; it is not changed and may be a mapped file.
    explicit CsvRows(std::string_view text);
    /// The same of a file, of which little stays in memory.
    explicit CsvRows(const MappedFile& file);

    [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }

    /// Calls `each(place, cells)` for every row in order. The cells are valid during the call; a short row is filled
    /// up.
    template <typename Each>
    void walk(Each each) const {
        Window window;
        std::vector<std::string_view> cells;
        for (std::size_t at = first_row_; fill(window, at); at += window.used) {
            let_go(at);
            for (std::size_t i = 0; i < window.marks.size(); i += 2 + window.marks[i]) {
                if (is_row(window, i)) {
                    take(window, i, cells);
                    each(at + window.marks[i + 1], cells);
                }
            }
        }
    }

    /// The cells of the row that begins at `place`.
    [[nodiscard]] std::vector<std::string> row(std::size_t place) const;

    /// After many of them: what was read of the file leaves the memory.
    void forget() const { let_go(text_.size()); }

    /// Whether it is UTF-8, every record has as many fields as the header, and the header no empty or doubled name:
    /// what a program wrote, and nothing that a person laid out.
    [[nodiscard]] bool is_regular() const;

private:
    struct Window {
        std::string_view text;
        std::vector<std::uint32_t> marks;
        std::size_t used = 0;
        std::string bytes;  // cells that had doubled quotes
    };

    /// What lies before is not looked at again soon.
    void let_go(std::size_t before) const;
    /// Whole records from `at` on; false at the end.
    bool fill(Window& window, std::size_t at, std::size_t most = static_cast<std::size_t>(-1)) const;
    /// An empty line is a row of a table with one column and nothing otherwise.
    [[nodiscard]] bool is_row(const Window& window, std::size_t mark) const {
        return columns_.size() == 1 || window.marks[mark] > 1 ||
               (window.marks[mark + 2] & ~RecordMarks::quoted) != window.marks[mark + 1];
    }
    void take(Window& window, std::size_t mark, std::vector<std::string_view>& cells) const;

    std::string_view text_;
    const MappedFile* file_ = nullptr;
    std::vector<std::string> columns_;
    std::size_t first_row_ = 0;
};

}  // namespace kokai
