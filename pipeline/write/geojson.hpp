// SPDX-License-Identifier: Apache-2.0
// GeoJSON by RFC 7946: WGS 84, longitude first, seven decimals at most (a point: those of its source) and no padding,
// outer rings counter-clockwise, no `crs`. A row without a position is a feature with null geometry.
#pragma once

#include "engine/stage.hpp"
#include "write/text/geojson_feature.hpp"
#include "write/text/text_file.hpp"

#include <filesystem>
#include <string>

namespace kokai {

struct GeoJsonOptions {
    std::filesystem::path folder;
    std::string name;   // file name
    std::string title;  // foreign members that RFC 7946 allows: name, license, attribution
    std::string license;
    std::string attribution;
    std::string id_column;            // its values become the features' ids; may be empty
    std::string latitude, longitude;  // the columns that points are made of; may be empty
};

class GeoJsonSink : public Sink {
public:
    explicit GeoJsonSink(GeoJsonOptions options);
    void open(const Shape& shape) override;
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    GeoJsonOptions options_;
    GeoJsonFeature feature_;
    TextFile file_;
};

}  // namespace kokai
