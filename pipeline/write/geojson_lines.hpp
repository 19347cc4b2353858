// SPDX-License-Identifier: Apache-2.0
// Newline-delimited GeoJSON: the features of the GeoJSON file, one a line, for programs that read as they go. With
// record separators it is a GeoJSON text sequence by RFC 8142; there is no place for licence or title in either.
#pragma once

#include "engine/stage.hpp"
#include "write/text/geojson_feature.hpp"
#include "write/text/text_file.hpp"

#include <filesystem>
#include <string>

namespace kokai {

struct GeoJsonLinesOptions {
    std::filesystem::path folder;
    std::string name;                 // file name
    std::string id_column;            // its values become the features' ids; may be empty
    std::string latitude, longitude;  // the columns that points are made of; may be empty
    bool record_separator = false;    // U+001E before every feature
};

class GeoJsonLinesSink : public Sink {
public:
    explicit GeoJsonLinesSink(GeoJsonLinesOptions options);
    void open(const Shape& shape) override;
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    GeoJsonLinesOptions options_;
    GeoJsonFeature feature_;
    TextFile file_;
};

}  // namespace kokai
