// SPDX-License-Identifier: Apache-2.0
// A zipped Shapefile: for each class of geometry that occurs .shp .shx .dbf .prj .cpg, and beside them fields.csv and
// README.txt. Written by hand and not through GDAL, which puts the clock's date into the .dbf and works on files by
// path; the format is a header of 100 bytes and plain records.
#pragma once

#include "engine/stage.hpp"
#include "support/output_file.hpp"
#include "write/shp/layers.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace kokai {

struct ShapefileOptions {
    std::filesystem::path folder;  // the staging folder
    std::string name;              // of the file in it: <stem>.shp.zip; the parts in it are <stem>.shp …
    std::string title;
    std::string license;
    std::string attribution;
    std::string modified;                       // ISO date of the data, for the .dbf; may be empty
    std::uint64_t part_limit = 2'147'483'647U;  // bytes of a .shp or .dbf that all readers take; lowered by tests
};

class ShapefileSink final : public Sink {
public:
    explicit ShapefileSink(ShapefileOptions options);
    void open(const Shape& shape) override;
    /// Reports value-cut-in-shapefile and number-left-out.
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    ShapefileOptions options_;
    const Shape* shape_ = nullptr;
    ShapefileLayers parts_;
    std::optional<FileWriter> file_;
};

}  // namespace kokai
