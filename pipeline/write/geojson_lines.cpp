// SPDX-License-Identifier: Apache-2.0
#include "write/geojson_lines.hpp"

#include <utility>

namespace kokai {

GeoJsonLinesSink::GeoJsonLinesSink(GeoJsonLinesOptions options) : options_(std::move(options)) {}

void GeoJsonLinesSink::open(const Shape& shape) {
    file_.open(options_.folder, options_.name, {});
    feature_ = GeoJsonFeature(shape, options_.id_column, options_.latitude, options_.longitude);
}

void GeoJsonLinesSink::encode(const Batch& batch, Buffer& buffer, Findings& /*findings*/) const {
    RowText text;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        text.clear();
        if (options_.record_separator) {
            text.raw("\x1E");
        }
        feature_.append(text, batch, row);
        text.raw("\n");
        buffer.bytes += text.view();
        ++buffer.rows;
    }
}

void GeoJsonLinesSink::append(Buffer&& buffer) {
    file_.append(buffer);
}

OutputFile GeoJsonLinesSink::close() {
    return file_.close("geojsonseq", {});
}

}  // namespace kokai
