// SPDX-License-Identifier: Apache-2.0
// A row as a JSON object, the same in GeoJSON's `properties` and in the JSON table: every field, null for an empty
// cell, a number where the schema says so and JSON can hold it as it is written, else text.
#pragma once

#include "model/batch.hpp"
#include "write/text/row_text.hpp"

#include <cstddef>
#include <vector>

namespace kokai {

class JsonProperties {
public:
    JsonProperties() = default;
    explicit JsonProperties(const Shape& shape);

    /// Appends `{"名称":"市役所","定員":12}`.
    void append(RowText& text, const Batch& batch, std::size_t row) const;

private:
    struct Property {
        RowConstant key;  // `{"名称":` of the first, `,"名称":` of the others
        bool number = false;
    };

    std::vector<Property> properties_;
};

}  // namespace kokai
