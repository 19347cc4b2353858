// SPDX-License-Identifier: Apache-2.0
// Which columns of a table say where a row is: known by their English names (kokai:english), which are the same in
// every edition and table; in a table without schema by the usual headers.
#pragma once

#include "model/batch.hpp"

#include <cstddef>

namespace kokai {

struct RowPlaceColumns {
    std::size_t address = Shape::npos;
    std::size_t prefecture = Shape::npos, city = Shape::npos;  // where an address is written in parts
    std::size_t place_code = Shape::npos;                      // the municipality in which it stands
    std::size_t own_code = Shape::npos;                        // the one that publishes
    std::size_t name = Shape::npos;
};

RowPlaceColumns row_place_columns(const Shape& shape);

}  // namespace kokai
