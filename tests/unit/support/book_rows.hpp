// SPDX-License-Identifier: Apache-2.0
// What a workbook of any kind hands out of a sheet: every cell's text at its column, rows by their number.
#pragma once

#include "model/error.hpp"
#include "read/sheet_book.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kokai::testing {

struct BookRows {
    std::map<std::uint32_t, std::vector<std::string>> rows;  // by number; an error cell is `!` and its name
    std::vector<std::string> readings;                       // those that are not empty
    std::vector<std::string> findings;                       // code@row
};

inline std::unique_ptr<SheetBook> book_at(const std::filesystem::path& path) {
    return open_book(path, "表", Readings::keep);
}

inline BookRows rows_of(SheetBook& book, std::size_t sheet = 0) {
    BookRows out;
    const std::unique_ptr<SheetRows> rows = book.open_sheet(sheet);
    SheetRow row;
    Arena arena;
    while (rows->next(row)) {
        std::vector<std::string>& texts = out.rows[row.number];
        for (const SheetCell& cell : row.cells) {
            if (!book.has_content(row, cell)) {
                continue;
            }
            texts.resize(std::max<std::size_t>(texts.size(), cell.column));
            texts[cell.column - 1] =
                (cell.type == CellType::error ? "!" : "") + std::string(book.text(row, cell, arena).text);
            if (const Cell reading = book.reading(row, cell, arena); !reading.empty()) {
                out.readings.emplace_back(reading);
            }
        }
    }
    Findings findings;
    rows->report(findings, 0, 0);
    for (const Finding& finding : findings.list()) {
        out.findings.push_back(std::string(info(finding.code).id) + "@" + std::to_string(finding.where.row));
    }
    return out;
}

/// The English sentence with which a file is refused.
inline std::string refusal_of(const std::filesystem::path& path) {
    try {
        const std::unique_ptr<SheetBook> book = book_at(path);
        for (std::size_t i = 0; i < book->workbook().sheets.size(); ++i) {
            rows_of(*book, i);
        }
    } catch (const WorldError& error) {
        return error.en();
    }
    return "read";
}

}  // namespace kokai::testing
