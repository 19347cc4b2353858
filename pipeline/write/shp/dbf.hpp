// SPDX-License-Identifier: Apache-2.0
// The dBASE III table of a Shapefile: names of ten bytes, text of 254, numbers as decimal digits. Widths are those that
// the data needs, so the cells of a row are packed first and laid out when all rows have been seen.
#pragma once

#include "model/batch.hpp"
#include "write/written_type.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

constexpr std::size_t dbf_field_limit = 255;
constexpr std::size_t dbf_name_limit = 10;   // bytes
constexpr std::size_t dbf_text_limit = 254;  // bytes

/// The room that a field's cells need. One byte each: no cell is longer than 254.
struct DbfWidth {
    std::uint8_t whole = 0;  // bytes of a text; of a number its sign and the digits before the point
    std::uint8_t decimals = 0;

    void widen(const DbfWidth& other);
    /// Bytes in the record, at least 1.
    [[nodiscard]] std::size_t bytes() const;
};

struct DbfField {
    std::string name;
    WrittenType type = WrittenType::text;
    DbfWidth width;
};

/// Names of at most ten bytes, different from each other even to readers that take a for A: the field's English name
/// (localGovernmentCode → locGovCode), else the beginning of the column's own name.
std::vector<std::string> dbf_names(std::span<const ColumnInfo> columns);

/// The longest beginning of at most `bytes` bytes that cuts no character.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes);

/// The text as a field of this type holds it: as it is, or, of a number that is too long or has an exponent, rounded to
/// 18 bytes in `room`. Nothing when it is no such number.
std::optional<std::string_view> dbf_number(std::string_view text, WrittenType type, std::string& room);

/// Appends a cell in packed form (a byte that says how long it is, and its bytes) and widens `width` for it. `text` is
/// not longer than dbf_text_limit and fits the type; empty is null.
void pack_dbf_cell(std::string& packed, std::string_view text, WrittenType type, DbfWidth& width);

/// Bytes of a record, with its deletion mark.
std::size_t dbf_record_size(std::span<const DbfField> fields);

/// Bytes of the whole file.
std::uint64_t dbf_file_size(std::span<const DbfField> fields, std::uint64_t rows);

/// `modified` is an ISO date, or empty: the format wants a date and gets 1900-01-01, its first, never today's.
std::string dbf_header(std::span<const DbfField> fields, std::uint64_t rows, std::string_view modified);

/// Appends the record of one row of packed cells and returns the bytes that these took.
std::size_t append_dbf_record(std::string& out, std::span<const DbfField> fields, std::string_view packed);

/// What follows the last record.
constexpr std::string_view dbf_end = "\x1A";

}  // namespace kokai
