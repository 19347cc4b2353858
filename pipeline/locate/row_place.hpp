// SPDX-License-Identifier: Apache-2.0
// Which columns of a table say where a row is: known by their English names (kokai:english), which are the same in
// every edition and table; in a table without schema by the usual headers.
#pragma once

#include "model/batch.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace kokai {

struct RowPlaceColumns {
    std::size_t address = Shape::npos, more_address = Shape::npos;  // 住所1 and 住所2
    std::size_t prefecture = Shape::npos, city = Shape::npos;       // where an address is written in parts …
    std::size_t town = Shape::npos, number = Shape::npos;           // … looked for without schema only
    std::size_t place_code = Shape::npos;                           // the municipality in which it stands
    std::size_t own_code = Shape::npos;                             // the one that publishes
    std::size_t name = Shape::npos;
};

RowPlaceColumns row_place_columns(const Shape& shape);

/// A row's address: one cell, or what is put together in `room`.
std::string_view address_of_row(const RowPlaceColumns& columns, const Batch& batch, std::size_t row, std::string& room);

}  // namespace kokai
