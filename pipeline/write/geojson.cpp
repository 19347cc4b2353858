// SPDX-License-Identifier: Apache-2.0
#include "write/geojson.hpp"

#include "support/json_text.hpp"

#include <utility>

namespace kokai {

GeoJsonSink::GeoJsonSink(GeoJsonOptions options) : options_(std::move(options)) {}

void GeoJsonSink::open(const Shape& shape) {
    feature_ = GeoJsonFeature(shape, options_.id_column, options_.latitude, options_.longitude);
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
    file_.open(options_.folder, options_.name, head);
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
    file_.append(buffer);
}

OutputFile GeoJsonSink::close() {
    return file_.close("geojson", "\n]}\n");
}

}  // namespace kokai
