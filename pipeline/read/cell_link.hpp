// SPDX-License-Identifier: Apache-2.0
// Hyperlinks of cells: those that stand in a list beside the sheet, and those that a HYPERLINK() formula computes. A
// formula is only read as far as departments write it: texts and cells of the same row, joined with &.
#pragma once

#include "read/sheet.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {

/// The links that a sheet lists, by cell.
class CellLinks {
public:
    /// A range as large as a sheet is kept in part only.
    void add(const CellRange& range, std::string target);
    /// After the last add().
    void finish();
    [[nodiscard]] bool empty() const { return cells_.empty(); }
    /// Empty when the cell has none.
    [[nodiscard]] std::string_view at(std::uint32_t row, std::uint32_t column) const;

private:
    std::vector<std::pair<std::uint64_t, std::uint32_t>> cells_;  // row and column, index into targets_; in order
    std::vector<std::string> targets_;
};

/// What computes the target of a HYPERLINK() formula that stands in `row`, in a form of our own for computed_link();
/// empty when the formula is another one or goes beyond what we read. The formula is that of Excel or of OpenDocument.
std::string compile_link(std::string_view formula, std::uint32_t row);

/// Whether a link was compiled, and is no target yet.
inline bool is_compiled_link(std::string_view link) {
    return link.starts_with('\x01');
}

/// The target, with what stands in other columns of the row.
std::string computed_link(std::string_view compiled, const std::function<std::string(std::uint32_t)>& text_of_column);

/// Whether a formula takes values from another workbook: [1]Sheet1!A1 in Excel, ['file:///…'#$Sheet1.A1] in
/// OpenDocument.
bool refers_to_other_workbook(std::string_view formula);

}  // namespace kokai
