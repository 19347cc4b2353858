// SPDX-License-Identifier: Apache-2.0
// GeoJSON and Shapefile as a Source, through the GDAL module. Shapes come out as longitude and latitude in degrees
// (JGD2011 = WGS 84); attributes as text, as the file holds them. Nothing is ever written beside the file.
#pragma once

#include "engine/stage.hpp"
#include "read/gis_module.hpp"
#include "read/gis_shapefile.hpp"
#include "support/file.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

struct GisOptions {
    std::filesystem::path path;
    std::string shown;     // the name that findings print
    std::string name;      // the source's name in dataset.json
    std::string layer;     // empty = the only one
    std::string encoding;  // Shapefile only; empty = from the .cpg and the bytes
    std::string crs;       // EPSG:6677, instead of what the file says
    std::uint16_t source = 0;
};

class GisSource : public Source {
public:
    explicit GisSource(GisOptions options);
    /// Throws WorldError (exit 4): not a GeoJSON or Shapefile, no module, no coordinate system and no way to guess it.
    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override;
    [[nodiscard]] std::vector<SourceInfo> about() const override { return {about_}; }
    [[nodiscard]] std::uint64_t size() const override { return file_ ? file_->bytes() : 0; }
    [[nodiscard]] std::uint64_t position() const override;

private:
    /// Gives the folder that GDAL reads instead, where the index has to be rebuilt.
    std::unique_ptr<ShapefileLinks> open_shapefile(GisRequest& request, Findings& findings);
    void open_geojson();
    void read_chunk();
    void look_at_positions(Findings& findings);
    void take_values(Batch& batch, Findings& findings);
    void report_faults(const Batch& batch, Findings& findings);
    void report_unread_shapes(const Batch& batch, Findings& findings);
    static void report_shape(const Batch& batch, std::size_t row, Severity severity, std::string_view found,
                             Findings& findings);
    [[nodiscard]] Place table_place() const { return {0, 0, 0, options_.source, nullptr}; }

    GisOptions options_;
    std::optional<InputFile> file_;
    std::unique_ptr<GisReader> reader_;
    GisLayer layer_;
    GisChunk chunk_;  // read ahead by open(), which must look at the coordinates
    bool has_chunk_ = false;
    DbfEncoding encoding_ = DbfEncoding::utf8;
    Shape shape_;
    SourceInfo about_;
    std::uint64_t with_height_ = 0;
    std::optional<std::vector<bool>> declared_;  // GeoJSON features that say they have a shape; looked up when needed
};

}  // namespace kokai
