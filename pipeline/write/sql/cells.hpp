// SPDX-License-Identifier: Apache-2.0
// Rows for SQLite as bytes: workers pack typed cells, the sink's thread binds them where they lie. A cell is one byte
// that says what it is, then eight bytes of number, or four of length and the text.
#pragma once

#include "model/cell.hpp"
#include "support/sqlite.hpp"
#include "write/written_type.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kokai {

/// `TEXT`, `INTEGER` or `REAL`: how a column is declared.
const char* sql_type(WrittenType type);

enum class PackedKind : char { null, integer, number, text, blob };

void pack_null(std::string& out);
void pack_integer(std::string& out, std::int64_t value);
void pack_number(std::string& out, double value);
void pack_text(std::string& out, std::string_view text);
/// A blob of yet unknown length: what is appended between the two calls.
[[nodiscard]] std::size_t begin_blob(std::string& out);
void end_blob(std::string& out, std::size_t begin);

/// Packs a cell as a column's type; false, with nothing packed, when it is not a number that the type holds. `007` and
/// `+1` are none: they would come back as something else.
[[nodiscard]] bool pack_typed(std::string& out, Cell cell, WrittenType type);

/// The prepared INSERT of one table.
class RowInserter {
public:
    /// `target`: the table, quoted.
    RowInserter(SqliteDatabase& database, const std::string& target, std::size_t columns);
    /// All rows that `packed` holds.
    void insert(std::string_view packed, std::uint64_t rows);

private:
    static std::string sql(const std::string& target, std::size_t columns, std::size_t rows);
    const char* bind(SqliteStatement& statement, const char* at, std::size_t rows);

    std::size_t columns_;
    std::size_t group_;  // rows of one statement
    SqliteStatement many_, one_;
};

}  // namespace kokai
