// SPDX-License-Identifier: Apache-2.0
#include "write/json_table.hpp"

#include <utility>

namespace kokai {

JsonTableSink::JsonTableSink(JsonTableOptions options) : options_(std::move(options)) {}

void JsonTableSink::open(const Shape& shape) {
    properties_ = JsonProperties(shape);
    file_.open(options_.folder, options_.name, "[");
}

void JsonTableSink::encode(const Batch& batch, Buffer& buffer, Findings& /*findings*/) const {
    RowText text;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        text.clear();
        if (batch.first_written_row + buffer.rows > 0) {
            text.raw(",");
        }
        text.raw("\n");
        properties_.append(text, batch, row);
        buffer.bytes += text.view();
        ++buffer.rows;
    }
}

void JsonTableSink::append(Buffer&& buffer) {
    file_.append(buffer);
}

OutputFile JsonTableSink::close() {
    return file_.close("json", "\n]\n");
}

}  // namespace kokai
