// SPDX-License-Identifier: Apache-2.0
// The parts of a Shapefile on their way into an archive: one layer for each class of geometry that occurs.
#pragma once

#include "engine/stage.hpp"
#include "write/shp/layer.hpp"
#include "write/shp/notes.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kokai {

/// Reports columns-left-out-of-shapefile: one finding that names the columns for which a .dbf has no room.
void tell_columns_left_out(const Shape& shape, Findings& findings);

/// The text of a .dbf, and what its .cpg says of it.
enum class DbfText : std::uint8_t { utf8, cp932 };

/// To the coordinates that a .prj names.
class Projector {
public:
    Projector() = default;
    virtual ~Projector() = default;
    Projector(const Projector&) = delete;
    Projector& operator=(const Projector&) = delete;
    Projector(Projector&&) = delete;
    Projector& operator=(Projector&&) = delete;
    /// Longitude, latitude … to east, north …, in place. Any thread.
    virtual void project(std::span<double> xy) const = 0;
};

struct ShapefileForm {
    DbfText encoding = DbfText::utf8;
    std::string prj = std::string(shapefile_prj);
    std::string format = "Shapefile";  // as findings name it
    /// The names of the fields, in the encoding and as dbf_names() would give them; empty = dbf_names().
    std::function<std::vector<std::string>(std::span<const ColumnInfo>)> names;
    const Projector* projector = nullptr;  // null = longitude and latitude
};

class ShapefileLayers {
public:
    /// `folder`: where scratch files are made. `shown`: how messages name the archive.
    ShapefileLayers(std::filesystem::path folder, std::string shown, std::uint64_t part_limit, ShapefileForm form);

    void open(const Shape& shape);
    /// Rows with a shape only. Reports value-cut-in-shapefile and number-left-out.
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const;
    void append(Buffer&& buffer);
    /// <stem>.shp and the others, or <stem>_point.shp … where there are several classes; fills in what the notes say of
    /// them.
    void write(ZipWriter& zip, const std::string& stem, const std::string& modified, ShapefileNotes& notes);

    [[nodiscard]] std::uint64_t rows() const { return rows_; }
    [[nodiscard]] std::span<const DbfField> fields() const { return fields_; }

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

    std::filesystem::path folder_;
    std::string shown_;
    std::uint64_t part_limit_;
    ShapefileForm form_;
    const Shape* shape_ = nullptr;
    std::vector<DbfField> fields_;
    std::array<std::optional<ShapefileLayer>, shp_class_count> layers_;
    Losses losses_;
    std::uint64_t rows_ = 0;
};

}  // namespace kokai
