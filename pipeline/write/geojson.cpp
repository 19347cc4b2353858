// SPDX-License-Identifier: Apache-2.0
#include "write/geojson.hpp"

#include "support/json_text.hpp"

#include <utility>

namespace kokai {

GeoJsonSink::GeoJsonSink(GeoJsonOptions options) : options_(std::move(options)) {}

void GeoJsonSink::open(const Shape& shape) {
    file_.emplace(options_.folder / options_.name, options_.name);
    feature_ = GeoJsonFeature(shape, options_.id_column);
    std::string head = R"({"type":"FeatureCollection")";
    const auto member = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) {
            head += ",\"";
            head += key;
            head += "\":";
            append_json_string(head, value);
        }
    };
    member("name", options_.title);
    member("license", options_.license);
    member("attribution", options_.attribution);
    head += ",\"features\":[\n";
    file_->append(std::string_view(head));
}

void GeoJsonSink::encode(const Batch& batch, Buffer& buffer, Findings& /*findings*/) const {
    RowText text;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        text.clear();
        if (batch.first_written_row + buffer.rows > 0) {
            text.raw(",\n");
        }
        feature_.append(text, batch, row);
        buffer.bytes += text.view();
        ++buffer.rows;
    }
}

void GeoJsonSink::append(Buffer&& buffer) {
    file_->append(std::string_view(buffer.bytes));
    rows_ += buffer.rows;
}

OutputFile GeoJsonSink::close() {
    file_->append(std::string_view("\n]}\n"));
    const WrittenFile written = file_->finish();
    return {"geojson", options_.name, rows_, written.bytes, written.sha256};
}

}  // namespace kokai
