// SPDX-License-Identifier: Apache-2.0
// What a column is in formats that have types. Only what the schema calls a number is one: codes, phones and dates are
// text.
#pragma once

#include "model/batch.hpp"
#include "model/schema.hpp"

#include <cstdint>

namespace kokai {

enum class WrittenType : std::uint8_t { text, integer, number };

inline WrittenType written_type(const ColumnInfo& column) {
    if (column.field == nullptr) {
        return WrittenType::text;
    }
    return column.field->type == "integer"  ? WrittenType::integer
           : column.field->type == "number" ? WrittenType::number
                                            : WrittenType::text;
}

}  // namespace kokai
