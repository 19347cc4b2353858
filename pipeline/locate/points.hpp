// SPDX-License-Identifier: Apache-2.0
// Points from the latitude and longitude columns, after these have been normalised to decimal degrees; of a GIS source
// the other way round too: the columns from its points.
#pragma once

#include "engine/stage.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

/// What the sources bring. A point among lines or areas would be of another kind than the table.
enum class SourceShapes : std::uint8_t { none, points, lines_or_areas };
/// By the first rows of the sources; a table that mixes kinds is told of that elsewhere.
SourceShapes shapes_of(const std::vector<const Batch*>& first_rows);

class LocatePoints : public Transform {
public:
    LocatePoints(std::string latitude, std::string longitude, SourceShapes shapes = SourceShapes::points);
    /// Rows whose source brings shapes keep them. Of a point, empty columns are filled in; columns that say another
    /// place are told (position-elsewhere). A row without shape is placed by its columns.
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    struct Said;
    Said read_cells(Batch& batch, std::size_t row, Findings& findings) const;
    /// Whether it is a place in Japan; told where it is none.
    bool is_in_japan(const Batch& batch, std::size_t row, const Said& said, Findings& findings) const;
    void tell_half(const Batch& batch, std::size_t row, Findings& findings) const;
    void locate(Batch& batch, std::size_t row, Findings& findings) const;
    void hold_beside_shapes(Batch& batch, Findings& findings) const;
    void hold_beside_shape(Batch& batch, std::size_t row, Findings& findings) const;
    void fill_in(Batch& batch, std::size_t row, Findings& findings) const;
    void compare(const Batch& batch, std::size_t row, const Said& said, Findings& findings) const;

    std::string latitude_name_, longitude_name_;
    SourceShapes shapes_;
    Shape shape_;
    bool brings_shapes_ = false;
    std::size_t latitude_ = Shape::npos;
    std::size_t longitude_ = Shape::npos;
};

/// The latitude and longitude columns of a table without schema, by their headers; empty when there are none.
struct PositionColumns {
    std::string latitude, longitude;
};
PositionColumns find_position_columns(const Shape& shape);

}  // namespace kokai
