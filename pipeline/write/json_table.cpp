// SPDX-License-Identifier: Apache-2.0
#include "write/json_table.hpp"

#include <utility>

namespace kokai {

JsonTableSink::JsonTableSink(JsonTableOptions options) : options_(std::move(options)) {}

void JsonTableSink::open(const Shape& shape) {
    file_.emplace(options_.folder / options_.name, options_.name);
    properties_ = JsonProperties(shape);
    file_->append(std::string_view("["));
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
    file_->append(std::string_view(buffer.bytes));
    rows_ += buffer.rows;
}

OutputFile JsonTableSink::close() {
    file_->append(std::string_view("\n]\n"));
    const WrittenFile written = file_->finish();
    return {"json", options_.name, rows_, written.bytes, written.sha256};
}

}  // namespace kokai
