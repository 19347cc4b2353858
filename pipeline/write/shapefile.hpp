// SPDX-License-Identifier: Apache-2.0
// A zipped Shapefile: for each class of geometry that occurs .shp .shx .dbf .prj .cpg, and beside them fields.csv and
// README.txt. Written by hand and not through GDAL, which puts the clock's date into the .dbf and works on files by
// path; the format is a header of 100 bytes and plain records.
#pragma once

#include "engine/stage.hpp"
#include "support/output_file.hpp"
#include "write/shp/layer.hpp"
#include "write/shp/notes.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

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

/// Reports columns-left-out-of-shapefile: one finding that names the columns for which a .dbf has no room.
void tell_columns_left_out(const Shape& shape, Findings& findings);

class ShapefileSink final : public Sink {
public:
    explicit ShapefileSink(ShapefileOptions options);
    void open(const Shape& shape) override;
    /// Reports value-cut-in-shapefile and number-left-out.
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    /// Cells that do not go in as they are.
    struct Losses {
        std::uint64_t rows_without_shape = 0;
        std::uint64_t values_cut = 0;
        std::uint64_t numbers_left_out = 0;
    };
    /// What Buffer::extra says of a batch, before the widths of its fields.
    struct Summary {
        struct PerClass {
            std::uint64_t rows = 0;
            std::uint64_t shape_bytes = 0;
            std::uint64_t cell_bytes = 0;
            Bounds bounds;
        };
        std::array<PerClass, shp_class_count> classes;
        Losses losses;
    };

    void pack_row(const Batch& batch, std::size_t row, std::string& packed, std::vector<DbfWidth>& widths,
                  Losses& losses, Findings& findings) const;
    void require_room(const std::string& part, std::uint64_t bytes) const;

    ShapefileOptions options_;
    const Shape* shape_ = nullptr;
    std::vector<DbfField> fields_;
    std::optional<FileWriter> file_;
    std::array<std::optional<ShapefileLayer>, shp_class_count> layers_;
    Losses losses_;
    std::uint64_t rows_ = 0;
};

}  // namespace kokai
