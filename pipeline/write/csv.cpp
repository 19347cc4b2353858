// SPDX-License-Identifier: Apache-2.0
#include "write/csv.hpp"

#include "write/text/csv_cell.hpp"
#include "write/text/row_text.hpp"

#include <utility>

namespace kokai {

CsvSink::CsvSink(std::filesystem::path folder, std::string name, std::string format, ByteOrderMark mark)
    : folder_(std::move(folder)), name_(std::move(name)), format_(std::move(format)), mark_(mark) {}

void CsvSink::open(const Shape& shape) {
    std::string header = mark_ == ByteOrderMark::with ? "\xEF\xBB\xBF" : "";
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        if (i > 0) {
            header += ',';
        }
        append_csv_cell(header, shape.columns[i].name);
    }
    header += "\r\n";
    file_.open(folder_, name_, header);
}

void CsvSink::encode(const Batch& batch, Buffer& buffer, Findings& /*findings*/) const {
    RowText text;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        text.clear();
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
            if (i > 0) {
                text.raw(",");
            }
            text.csv_cell(batch.columns[i].cells[row]);
        }
        text.raw("\r\n");
        buffer.bytes += text.view();
        ++buffer.rows;
    }
}

void CsvSink::append(Buffer&& buffer) {
    file_.append(buffer);
}

OutputFile CsvSink::close() {
    return file_.close(format_, {});
}

}  // namespace kokai
