// SPDX-License-Identifier: Apache-2.0
// The XLSX sink. Buffer.bytes holds deflated blocks, Buffer.extra what is known of each, and the widths of the first
// rows.
#include "write/xlsx.hpp"

#include "model/error.hpp"
#include "support/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

namespace kokai {

namespace {

/// Rows that stand together on one sheet, deflated.
struct Block {
    std::uint64_t packed = 0;
    PlainBytes plain;
    std::uint64_t rows = 0;
};

/// Enough rows to see how wide a column is; more would make the first batch slow.
constexpr std::size_t measured_rows = 1000;

/// XML is deflated piece by piece while it is still in the processor's cache.
constexpr std::size_t piece_size = std::size_t{512} << 10U;

template <typename Value>
void put(std::vector<std::byte>& bytes, std::span<const Value> values) {
    const std::uint64_t count = values.size();
    const auto head = std::as_bytes(std::span(&count, 1));
    bytes.insert(bytes.end(), head.begin(), head.end());
    const auto body = std::as_bytes(values);
    bytes.insert(bytes.end(), body.begin(), body.end());
}

template <typename Value>
std::vector<Value> take(std::span<const std::byte>& bytes) {
    std::uint64_t count = 0;
    std::memcpy(&count, bytes.data(), sizeof count);
    bytes = bytes.subspan(sizeof count);
    std::vector<Value> values(count);
    if (count > 0) {
        std::memcpy(values.data(), bytes.data(), count * sizeof(Value));
        bytes = bytes.subspan(count * sizeof(Value));
    }
    return values;
}

/// A worker's tools, kept between batches: the buffers would otherwise be mapped and zeroed anew for each.
struct Workbench {
    XmlText xml;
    BlockDeflater deflater;
};

}  // namespace

XlsxSink::XlsxSink(XlsxSinkOptions options) : options_(std::move(options)) {}

void XlsxSink::open(const Shape& shape) {
    shape_ = &shape;
    if (shape.columns.size() > excel_column_limit) {
        throw WorldError(
            options_.path,
            fmt::format("XLSX に入る列は {} 列までです（この表は {} 列）", excel_column_limit, shape.columns.size()),
            fmt::format("XLSX holds at most {} columns (this table has {})", excel_column_limit, shape.columns.size()));
    }
    for (const ColumnInfo& column : shape.columns) {
        columns_.push_back({column.name, written_type(column), 0});
    }
    file_.emplace(options_.folder / options_.path, options_.path);
    zip_.emplace(*file_, options_.path);
    // `file` and mail gateways tell a workbook by the names of its first three entries.
    zip_->add("_rels/.rels", xlsx_relations());
    zip_->add("docProps/core.xml", xlsx_core_properties(options_.about));
    zip_->add("xl/styles.xml", xlsx_styles());
    zip_->add("docProps/app.xml", xlsx_app_properties());
}

void XlsxSink::encode(const Batch& batch, Buffer& buffer, Findings& findings) const {
    thread_local Workbench bench;
    std::vector<Block> blocks;
    std::uint64_t rows_in_piece = 0;
    bench.xml.clear();

    const auto finish_piece = [&] {
        if (rows_in_piece > 0) {
            const std::size_t before = buffer.bytes.size();
            const PlainBytes plain = bench.deflater.deflate(bench.xml.view(), buffer.bytes);
            blocks.push_back({buffer.bytes.size() - before, plain, std::exchange(rows_in_piece, 0)});
            bench.xml.clear();
        }
    };
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        const std::uint64_t on_sheet = (batch.first_written_row + buffer.rows) % options_.rows_per_sheet;
        if (on_sheet == 0 || bench.xml.size() >= piece_size) {
            finish_piece();
        }
        write_row(batch, row, on_sheet + 2, bench.xml, findings);
        ++rows_in_piece;
        ++buffer.rows;
    }
    finish_piece();

    put(buffer.extra, std::span<const Block>(blocks));
    const bool first = batch.first_written_row == 0 && buffer.rows > 0;
    put(buffer.extra, std::span<const std::uint32_t>(first ? measure(batch) : std::vector<std::uint32_t>()));
}

void XlsxSink::write_row(const Batch& batch, std::size_t row, std::uint64_t number, XmlText& xml,
                         Findings& findings) const {
    // Excel and LibreOffice count for themselves; GDAL, and so QGIS, refuses a row without its number.
    const fmt::format_int digits(number);
    xml.raw(R"(<row r=")");
    xml.raw({digits.data(), digits.size()});
    xml.raw(R"(">)");
    std::size_t empty = 0;  // only written when a value follows
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        if (batch.columns[column].cells[row].empty()) {
            ++empty;
            continue;
        }
        for (; empty > 0; --empty) {
            xml.empty_cell();
        }
        write_cell(batch, row, column, xml, findings);
    }
    xml.raw("</row>");
}

void XlsxSink::write_cell(const Batch& batch, std::size_t row, std::size_t column, XmlText& xml,
                          Findings& findings) const {
    const WrittenType type = columns_[column].type;
    Cell text = batch.columns[column].cells[row];
    if (type != WrittenType::text && (is_plain_number(text) || (type == WrittenType::number && is_json_number(text)))) {
        xml.number_cell(text, type);
        return;
    }
    if (text.size() > excel_cell_limit) {
        const std::size_t units = utf16_length(text);
        if (units > excel_cell_limit) {
            findings.add(Code::cell_too_long, batch, row, column, shape_->columns[column],
                         findings.keep(fmt::to_string(units)));
            text = utf16_prefix(text, excel_cell_limit);
        }
    }
    xml.text_cell(text, CellStyle::text);
}

std::vector<std::uint32_t> XlsxSink::measure(const Batch& batch) const {
    std::vector<std::uint32_t> widths(columns_.size(), 0);
    std::size_t seen = 0;
    for (std::size_t row = 0; row < batch.size() && seen < measured_rows; ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        ++seen;
        for (std::size_t column = 0; column < widths.size(); ++column) {
            constexpr std::size_t looked_at = 400;  // beyond the widest column in any script
            const Cell text = batch.columns[column].cells[row].substr(0, looked_at);
            widths[column] = std::max(widths[column], static_cast<std::uint32_t>(display_width(text)));
        }
    }
    return widths;
}

void XlsxSink::append(Buffer&& buffer) {
    std::span<const std::byte> extra(buffer.extra);
    const std::vector<Block> blocks = take<Block>(extra);
    const std::vector<std::uint32_t> widths = take<std::uint32_t>(extra);
    if (sheets_.empty()) {
        for (std::size_t column = 0; column < widths.size(); ++column) {
            columns_[column].width = widths[column];
        }
    }
    std::string_view packed(buffer.bytes);
    for (const Block& block : blocks) {
        if (rows_ % options_.rows_per_sheet == 0) {
            if (rows_ > 0) {
                end_sheet();
            }
            begin_sheet();
        }
        zip_->block(packed.substr(0, block.packed), block.plain);
        packed.remove_prefix(block.packed);
        sheets_.back().rows += block.rows;
        rows_ += block.rows;
    }
    buffer.clear();
}

void XlsxSink::begin_sheet() {
    const std::size_t number = sheets_.size() + 1;
    sheets_.push_back({xlsx_sheet_name(options_.sheet_title, number), 0});
    zip_->begin(xlsx_sheet_path(number));
    zip_->block(xlsx_sheet_head(columns_, number));
}

void XlsxSink::end_sheet() {
    zip_->block(xlsx_sheet_tail(columns_.size(), sheets_.back().rows));
    zip_->end();
}

OutputFile XlsxSink::close() {
    if (sheets_.empty()) {
        begin_sheet();
    }
    end_sheet();
    zip_->add("xl/workbook.xml", xlsx_workbook(sheets_, columns_.size()));
    zip_->add("xl/_rels/workbook.xml.rels", xlsx_workbook_relations(sheets_.size()));
    zip_->add("[Content_Types].xml", xlsx_content_types(sheets_.size()));
    zip_->finish();
    const WrittenFile written = file_->finish();
    return {options_.format, options_.path, rows_, written.bytes, written.sha256};
}

}  // namespace kokai
