// SPDX-License-Identifier: Apache-2.0
#include "read/visible_rows.hpp"

#include "read/sheet_book.hpp"

#include <algorithm>
#include <string>

namespace kokai {

VisibleRows::VisibleRows(std::unique_ptr<SheetRows> stored, SheetBook& book, std::size_t sheet,
                         std::vector<std::uint32_t> wanted)
    : stored_(std::move(stored)), book_(book), sheet_(sheet), wanted_(std::move(wanted)) {}

void VisibleRows::look_at_columns() {
    for (const CellRange& range : stored_->hidden_columns()) {
        hidden_column_.resize(std::max<std::size_t>(hidden_column_.size(), range.last_column));
        for (std::uint32_t column = range.first_column; column <= range.last_column; ++column) {
            hidden_column_[column - 1] = true;
        }
    }
    column_values_.assign(hidden_column_.size(), {});
}

bool VisibleRows::next(SheetRow& row) {
    while (stored_->next(row)) {
        if (!began_) {
            began_ = true;
            look_at_columns();
        }
        if (row.hidden || !hidden_column_.empty()) {
            if (leave_out_hidden(row)) {
                continue;
            }
        }
        if (book_.may_be_struck(row) && leave_out_struck(row)) {
            continue;
        }
        return true;
    }
    return false;
}

bool VisibleRows::leave_out_hidden(SheetRow& row) {
    if (row.hidden && std::find(wanted_.begin(), wanted_.end(), row.number) == wanted_.end()) {
        const auto values = static_cast<std::uint32_t>(std::count_if(
            row.cells.begin(), row.cells.end(), [&](const SheetCell& cell) { return book_.has_content(row, cell); }));
        if (values != 0) {
            hidden_rows_.emplace_back(row.number, values);
        }
        show(row);
        return true;
    }
    std::erase_if(row.cells, [&](const SheetCell& cell) {
        if (cell.column > hidden_column_.size() || !hidden_column_[cell.column - 1]) {
            return false;
        }
        auto& [first_row, values] = column_values_[cell.column - 1];
        if (book_.has_content(row, cell)) {
            first_row = values++ == 0 ? row.number : first_row;
        }
        book_.show_left_out(sheet_, row, cell);
        return true;
    });
    return false;
}

void VisibleRows::show(const SheetRow& row) {
    for (const SheetCell& cell : row.cells) {
        book_.show_left_out(sheet_, row, cell);
    }
}

/// Parts of a row that are struck out are for whoever takes its cells' texts; here it is about rows as a whole.
bool VisibleRows::leave_out_struck(const SheetRow& row) {
    std::uint32_t struck = 0;
    for (const SheetCell& cell : row.cells) {
        if (book_.struck_out(row, cell)) {
            ++struck;
        } else if (book_.has_content(row, cell)) {
            return false;
        }
    }
    if (struck != 0) {
        struck_rows_.emplace_back(row.number, struck);
        show(row);
    }
    return struck != 0;
}

void VisibleRows::report(Findings& findings, std::uint16_t sheet, std::uint16_t source) const {
    const auto tell_rows = [&](Code code, const Counts& rows) {
        for (const auto& [row, values] : rows) {
            findings.add(code, {row, 0, sheet, source, nullptr}, std::to_string(values));
        }
    };
    tell_rows(Code::hidden_row, hidden_rows_);
    tell_rows(Code::struck_row, struck_rows_);
    for (std::size_t column = 0; column < column_values_.size(); ++column) {
        const auto& [first_row, values] = column_values_[column];
        if (values != 0) {
            const auto number = static_cast<std::uint32_t>(column + 1);
            findings.add(Code::hidden_column, {first_row, number, sheet, source, nullptr}, std::to_string(values));
        }
    }
    if (const std::uint64_t comments = book_.comments(sheet_); comments != 0) {
        findings.add(Code::comments_left_out, {0, 0, sheet, source, nullptr}, std::to_string(comments));
    }
}

}  // namespace kokai
