// SPDX-License-Identifier: Apache-2.0
// What a column is in formats that have types. Only what the schema, or without one a GIS file, calls a number is one:
// codes, phones and dates are text.
#pragma once

#include "model/batch.hpp"
#include "model/schema.hpp"
#include "support/decimal.hpp"
#include "support/json_text.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

namespace kokai {

using WrittenType = ValueType;

inline WrittenType written_type(const ColumnInfo& column) {
    if (column.field == nullptr) {
        return column.type;
    }
    return column.field->type == "integer"  ? WrittenType::integer
           : column.field->type == "number" ? WrittenType::number
                                            : WrittenType::text;
}

/// The number that a cell of a binary format's column holds. `007` and `+1` are none: they would come back as something
/// else.
inline std::optional<std::int64_t> written_integer(Cell cell) {
    const std::size_t digits = cell.starts_with('-') ? 1 : 0;
    if (cell.size() > digits + 1 && cell[digits] == '0') {
        return std::nullopt;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return error == std::errc{} && end == cell.data() + cell.size() ? std::optional(value) : std::nullopt;
}
inline std::optional<double> written_number(Cell cell) {
    if (!is_json_number(cell)) {
        return std::nullopt;
    }
    if (const std::optional<double> plain = parse_decimal(cell)) {
        return plain;
    }
    double value = 0;  // with an exponent
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return value;
}

}  // namespace kokai
