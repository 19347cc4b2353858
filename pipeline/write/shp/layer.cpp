// SPDX-License-Identifier: Apache-2.0
#include "write/shp/layer.hpp"

#include "write/shp/byte_order.hpp"

#include <algorithm>

namespace kokai {
namespace {

constexpr std::size_t chunk_size = std::size_t{1} << 20U;

/// Reads a scratch file from its beginning, a chunk at a time.
class ScratchReader {
public:
    explicit ScratchReader(ScratchFile& file) : file_(file), size_(file.size()) {}

    /// The bytes that come next: at least `wanted` of them, or all that are left.
    std::string_view peek(std::size_t wanted) {
        if (buffer_.size() - at_ < wanted && read_ < size_) {
            buffer_.erase(0, at_);
            at_ = 0;
            const std::size_t before = buffer_.size();
            const auto more =
                static_cast<std::size_t>(std::min<std::uint64_t>(std::max(chunk_size, wanted), size_ - read_));
            buffer_.resize(before + more);
            file_.read(read_, std::as_writable_bytes(std::span(buffer_).subspan(before)));
            read_ += more;
        }
        return std::string_view(buffer_).substr(at_);
    }
    void skip(std::size_t bytes) { at_ += bytes; }

private:
    ScratchFile& file_;
    std::uint64_t size_;
    std::uint64_t read_ = 0;
    std::string buffer_;
    std::size_t at_ = 0;
};

void write_part(ZipWriter& zip, const std::string& name, const std::string& header, ScratchFile& body) {
    zip.begin(name);
    zip.block(header);
    ScratchReader reader(body);
    while (true) {
        const std::string_view chunk = reader.peek(1);
        if (chunk.empty()) {
            break;
        }
        zip.block(chunk);
        reader.skip(chunk.size());
    }
    zip.end();
}

}  // namespace

ShapefileLayer::ShapefileLayer(ShpClass shapes, const std::filesystem::path& folder)
    : class_(shapes), shapes_(folder), offsets_(folder), cells_(folder) {}

void ShapefileLayer::add(std::span<char> shapes, std::string_view cells, std::uint64_t rows, const Bounds& bounds) {
    std::string offsets;
    offsets.reserve(rows * shx_record_size);
    for (std::size_t at = 0; at < shapes.size();) {
        ++rows_;
        store_big_endian(shapes.data() + at, static_cast<std::uint32_t>(rows_));
        const std::uint32_t words = load_big_endian(shapes.data() + at + 4);
        append_big_endian(offsets, static_cast<std::uint32_t>((shp_size() + at) / 2));
        append_big_endian(offsets, words);
        at += shp_record_header_size + 2 * std::size_t{words};
    }
    shapes_.append(std::string_view(shapes.data(), shapes.size()));
    offsets_.append(std::string_view(offsets));
    cells_.append(cells);
    bounds_.add(bounds);
}

void ShapefileLayer::write(ZipWriter& zip, const std::string& stem, std::span<const DbfField> fields,
                           std::string_view modified) {
    write_part(zip, stem + ".shp", shp_header(class_, shp_size(), bounds_), shapes_);
    write_part(zip, stem + ".shx", shp_header(class_, shp_header_size + offsets_.size(), bounds_), offsets_);
    zip.begin(stem + ".dbf");
    write_dbf(zip, fields, modified);
    zip.end();
}

void ShapefileLayer::write_dbf(ZipWriter& zip, std::span<const DbfField> fields, std::string_view modified) {
    std::string text = dbf_header(fields, rows_, modified);
    const std::size_t longest_row = fields.size() * (1 + dbf_text_limit);
    ScratchReader reader(cells_);
    for (std::uint64_t row = 0; row < rows_; ++row) {
        reader.skip(append_dbf_record(text, fields, reader.peek(longest_row)));
        if (text.size() >= chunk_size) {
            zip.block(text);
            text.clear();
        }
    }
    text += dbf_end;
    zip.block(text);
}

}  // namespace kokai
