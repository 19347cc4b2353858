// SPDX-License-Identifier: Apache-2.0
// What a public map of a city takes in, in one zip: a Shapefile in Shift_JIS (CP932) with the dictionary of its field
// names, the table as CSV with latitude and longitude in CP932, and a KML with styles. The layout is data
// (schemas/partner/webgis.json).
#pragma once

#include "engine/stage.hpp"
#include "model/webgis_layout.hpp"
#include "support/output_file.hpp"
#include "support/scratch_file.hpp"
#include "write/kml.hpp"
#include "write/shp/layers.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kokai {

struct WebgisOptions {
    std::filesystem::path folder;
    std::string name;  // <stem>.webgis.zip
    std::string title, license, attribution, modified;
    std::string id_column, name_column;  // may be empty
    std::string latitude, longitude;     // the table's own columns; empty when it has none
    WebgisLayout layout;
    std::unique_ptr<Projector> projector;  // to the layout's system; null for degrees
    std::uint64_t part_limit = 2'147'483'647U;
};

/// The names of the Shapefile's fields, in UTF-8: at most ten bytes each once they are CP932.
std::vector<std::string> webgis_field_names(std::span<const ColumnInfo> columns, const WebgisLayout& layout);

/// The .prj of EPSG:6668 or of a plane system EPSG:6669 to 6687, as ESRI writes them.
std::string webgis_prj(std::string_view crs);

class WebgisSink final : public Sink {
public:
    explicit WebgisSink(WebgisOptions options);
    void open(const Shape& shape) override;
    /// Reports value-not-in-cp932, value-cut-in-shapefile and number-left-out.
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    void encode_csv(const Batch& batch, Buffer& buffer, Findings& findings) const;
    [[nodiscard]] std::string styles() const;
    [[nodiscard]] std::string readme(const ShapefileNotes& notes, const std::string& stem) const;

    WebgisOptions options_;
    const Shape* shape_ = nullptr;
    bool adds_position_ = false;  // the CSV gets columns of latitude and longitude
    std::optional<FileWriter> file_;
    std::unique_ptr<ScratchFile> csv_, kml_;
    std::optional<KmlText> kml_text_;
    std::optional<ShapefileLayers> shapes_;
    std::uint64_t rows_ = 0;
    std::uint64_t placed_ = 0;
};

}  // namespace kokai
