// SPDX-License-Identifier: Apache-2.0
#include "write/text/json_properties.hpp"

#include "support/json_text.hpp"
#include "write/text/row_cells.hpp"
#include "write/written_type.hpp"

#include <string>

namespace kokai {

JsonProperties::JsonProperties(const Shape& shape) {
    for (const ColumnInfo& column : shape.columns) {
        std::string key(1, properties_.empty() ? '{' : ',');
        append_json_string(key, column.name);
        key += ':';
        properties_.push_back({RowConstant(std::move(key)), written_type(column) != WrittenType::text});
    }
}

void JsonProperties::append(RowText& text, const Batch& batch, std::size_t row) const {
    if (properties_.empty()) {
        text.raw("{");
    }
    for (std::size_t i = 0; i < properties_.size(); ++i) {
        text.raw(properties_[i].key);
        const Cell cell = cell_of_row(batch, row, i);
        if (cell.empty()) {
            text.raw("null");
        } else if (properties_[i].number && is_json_number(cell)) {
            text.raw(cell);
        } else {
            text.json_string(cell);
        }
    }
    text.raw("}");
}

}  // namespace kokai
