// SPDX-License-Identifier: Apache-2.0
#include "write/csv.hpp"

#include <cstring>
#include <utility>

namespace kokai {
namespace {

/// Whether a cell must stand in quotes: it holds a comma, a quote or a line break.
bool wants_quotes(std::string_view text) {
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        constexpr std::uint64_t ones = 0x0101010101010101ULL;
        constexpr std::uint64_t highs = 0x8080808080808080ULL;
        const auto zero = [](std::uint64_t value) { return (value - ones) & ~value & highs; };
        if ((zero(word ^ (ones * ',')) | zero(word ^ (ones * '"')) | zero(word ^ (ones * '\n')) |
             zero(word ^ (ones * '\r'))) != 0) {
            return true;
        }
    }
    for (; i < text.size(); ++i) {
        if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r') {
            return true;
        }
    }
    return false;
}

}  // namespace

void append_csv_cell(std::string& out, std::string_view text) {
    if (!wants_quotes(text)) {
        out += text;
        return;
    }
    out += '"';
    for (const char letter : text) {
        if (letter == '"') {
            out += '"';
        }
        out += letter;
    }
    out += '"';
}

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
    std::string& out = buffer.bytes;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
            if (i > 0) {
                out += ',';
            }
            append_csv_cell(out, batch.columns[i].cells[row]);
        }
        out += "\r\n";
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
