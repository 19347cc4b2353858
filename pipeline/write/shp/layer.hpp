// SPDX-License-Identifier: Apache-2.0
// One geometry class of a Shapefile on its way: records are put aside, because the headers hold lengths, boxes and
// field widths that only the last row settles.
#pragma once

#include "support/scratch_file.hpp"
#include "write/excel/zip.hpp"
#include "write/shp/dbf.hpp"
#include "write/shp/geometry.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace kokai {

class ShapefileLayer {
public:
    /// The scratch files are made in `folder`.
    ShapefileLayer(ShpClass shapes, const std::filesystem::path& folder);

    /// Takes some rows in order: their .shp records, which get their numbers here, and their packed .dbf cells.
    void add(std::span<char> shapes, std::string_view cells, std::uint64_t rows, const Bounds& bounds);

    /// Writes <stem>.shp, .shx and .dbf into the archive.
    void write(ZipWriter& zip, const std::string& stem, std::span<const DbfField> fields, std::string_view modified);

    [[nodiscard]] std::uint64_t rows() const { return rows_; }
    [[nodiscard]] std::uint64_t shp_size() const { return shp_header_size + shapes_.size(); }

private:
    void write_dbf(ZipWriter& zip, std::span<const DbfField> fields, std::string_view modified);

    ShpClass class_;
    ScratchFile shapes_;   // the .shp behind its header
    ScratchFile offsets_;  // the .shx behind its header
    ScratchFile cells_;
    Bounds bounds_;
    std::uint64_t rows_ = 0;
};

}  // namespace kokai
