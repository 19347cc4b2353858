// SPDX-License-Identifier: Apache-2.0
// What changed between two editions of a table: rows by their ID, fields by their name. The order of rows and columns
// says nothing. Two passes over the files and a sort of 32 bytes a row; nothing else grows with the rows.
#pragma once

#include "publish/csv_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

/// How rows of two editions are told to be the same.
enum class RowKey : std::uint8_t {
    declared,  // by the primary key
    found,     // by a column that names every row once in both editions
    whole      // by all cells: a changed row is one removed and one added
};

struct DiffOptions {
    std::vector<std::string> key;                     // the primary key; empty = look for one
    double moved_metres = 100;                        // from here on a position has moved
    std::filesystem::path scratch;                    // an existing folder for what does not fit into memory
    std::size_t sort_bytes = std::size_t{48} << 20U;  // of each table, before that
};

enum class RowEvent : std::uint8_t { removed, added, changed };

struct CellChange {
    std::string column, before, now;
};

struct DiffPoint {
    double longitude = 0, latitude = 0;
};

struct RowChange {
    RowEvent event = RowEvent::changed;
    std::vector<std::string> id;           // cells of the key; of the whole row its first cells
    std::string name;                      // what it is called, if a column says so
    std::vector<CellChange> cells;         // of a changed row those that differ, else all that hold something
    std::optional<DiffPoint> before, now;  // where it stood, where it stands
    double metres = 0;                     // between the two
};

/// A thing that now has another ID.
struct Renumbered {
    std::string before, now, name;
};

struct ColumnDiff {
    std::string name;
    bool in_before = true, in_now = true;
    std::uint64_t filled_before = 0, filled_now = 0;
    std::uint64_t changed = 0;  // rows in both editions whose cell differs
    bool telling = false;       // the changed cells' former values tell rows apart: not one word over and over
    bool plain = false;         // they are numbers or dates
    bool swapped = false;       // the same values as before, in other rows
};

struct TableDiff {
    RowKey by = RowKey::whole;
    std::vector<std::string> key;  // the columns
    std::uint64_t rows_before = 0, rows_now = 0;
    std::uint64_t same = 0, removed = 0, added = 0, changed = 0;
    std::uint64_t doubled_before = 0, doubled_now = 0;  // rows whose ID another row had before
    std::uint64_t renumbered = 0;
    std::vector<Renumbered> renumbered_examples;
    std::uint64_t positions = 0;  // rows in both editions with a position in both
    std::uint64_t moved = 0;      // of them
    double moved_most = 0;        // metres
    std::vector<std::string> columns_added, columns_removed;
    std::vector<std::pair<std::string, std::string>> columns_renamed;  // their values say so
    bool columns_reordered = false;
    // In the order of the new edition, then those that it no longer has.
    std::vector<ColumnDiff> columns;

    [[nodiscard]] std::uint64_t in_both() const { return same + changed; }
    [[nodiscard]] bool is_same() const {
        return removed + added + changed == 0 && columns_added.empty() && columns_removed.empty() &&
               columns_renamed.empty() && !columns_reordered;
    }
};

/// Compares; `tell`, where given, hears of each row that changed: the removed ones in their order, then the added and
/// changed ones in the order of the new edition.
TableDiff compare_tables(const CsvRows& before, const CsvRows& now, const DiffOptions& options,
                         const std::function<void(const RowChange&)>& tell = {});

/// Columns of a header that say what a row is called, where it is (text) and its position; npos where there is none.
struct TellingColumns {
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
    std::size_t name = npos, address = npos, latitude = npos, longitude = npos;
};
TellingColumns telling_columns(const std::vector<std::string>& columns);

double metres_between(const DiffPoint& one, const DiffPoint& other);

}  // namespace kokai
