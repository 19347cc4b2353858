// SPDX-License-Identifier: Apache-2.0
#include "write/pmtiles.hpp"

#include "support/json_text.hpp"
#include "write/tiles/gzip.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>
#include <system_error>
#include <utility>

namespace kokai {
namespace {

/// Numbers where the field says so and JavaScript keeps every digit, as in the GeoJSON; all else is text.
void append_cell(std::string& tags, std::size_t column, Cell cell, WrittenType type) {
    if (cell.empty()) {
        return;
    }
    if (type == WrittenType::text || !is_json_number(cell)) {
        append_text_tag(tags, column, cell);
        return;
    }
    constexpr std::int64_t exact = std::int64_t{1} << 53U;
    const char* const end = cell.data() + cell.size();
    std::int64_t whole = 0;
    const auto [after, error] = std::from_chars(cell.data(), end, whole);
    if (error == std::errc{} && after == end) {
        if (whole >= -exact && whole <= exact) {
            append_integer_tag(tags, column, whole);
        } else {
            append_text_tag(tags, column, cell);
        }
        return;
    }
    double number = 0;
    std::from_chars(cell.data(), end, number);
    append_number_tag(tags, column, number);
}

/// Readers may show the credit as HTML.
std::string html_text(const std::string& text) {
    std::string out;
    for (const char letter : text) {
        switch (letter) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        default:
            out += letter;
        }
    }
    return out;
}

}  // namespace

PmtilesSink::PmtilesSink(PmtilesOptions options)
    : options_(std::move(options)), layer_(options_.name.substr(0, options_.name.find('.'))) {}

void PmtilesSink::open(const Shape& shape) {
    file_.emplace(options_.folder / options_.name, options_.name);
    features_ = std::make_unique<ScratchFile>(options_.folder);
    for (const ColumnInfo& column : shape.columns) {
        columns_.push_back(column.name);
        types_.push_back(written_type(column));
    }
}

void PmtilesSink::encode(const Batch& batch, Buffer& buffer, Findings& /*findings*/) const {
    TileSummary summary;
    std::string tags;
    std::uint64_t id = batch.first_written_row;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        ++id;
        if (bounds_of(batch.shapes, row).empty()) {
            continue;
        }
        tags.clear();
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            append_cell(tags, i, batch.columns[i].cells[row], types_[i]);
        }
        append_tile_feature(buffer.bytes, summary, id, batch.shapes, row, tags);
        ++buffer.rows;
    }
    const auto bytes = std::as_bytes(std::span(&summary, 1));
    buffer.extra.assign(bytes.begin(), bytes.end());
}

void PmtilesSink::append(Buffer&& buffer) {
    TileSummary summary;
    std::memcpy(&summary, buffer.extra.data(), sizeof summary);
    summary_.add(summary);
    density_.add(buffer.bytes);
    features_->append(buffer.bytes);
    rows_ += buffer.rows;
}

std::string PmtilesSink::metadata(ZoomRange range, unsigned complete_from) const {
    using Json = nlohmann::ordered_json;
    Json about = Json::object();
    const auto member = [&](const char* key, const std::string& value) {
        if (!value.empty()) {
            about[key] = value;
        }
    };
    member("name", options_.title);
    member("description", options_.description);
    member("attribution", html_text(options_.attribution));
    member("license", options_.license);
    about["type"] = "overlay";
    Json fields = Json::object();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        fields[columns_[i]] = types_[i] == WrittenType::text ? "String" : "Number";
    }
    Json layer = Json::object();
    layer["id"] = layer_;
    layer["description"] = options_.title;
    layer["minzoom"] = range.least;
    layer["maxzoom"] = range.most;
    layer["fields"] = std::move(fields);
    about["vector_layers"] = Json::array({std::move(layer)});
    about["complete_from_zoom"] = complete_from;  // ours: below it the catalog's page says that rows are missing
    return about.dump();
}

OutputFile PmtilesSink::close() {
    const ZoomRange range = zoom_range(summary_, density_, options_.min_zoom, options_.max_zoom);
    TileArchive archive(options_.folder, options_.archive);
    unsigned complete_from = range.least;
    if (rows_ == 0) {
        archive.add(tile_id(range.least, 0, 0), gzipped({}));  // a directory has one entry at least
    } else {
        complete_from = make_tiles(*features_, range, {layer_, columns_, options_.folder, options_.tiles}, archive);
    }
    TileArchiveAbout about{range.least, range.most, std::min(range.least + 1, range.most), summary_.bounds,
                           metadata(range, complete_from)};
    archive.write(*file_, about);
    features_.reset();
    const WrittenFile written = file_->finish();
    return {"pmtiles", options_.name, rows_, written.bytes, written.sha256};
}

}  // namespace kokai
