// SPDX-License-Identifier: Apache-2.0
// A row as a GeoJSON feature by RFC 7946, the same in a collection and in a file of one feature a line. Coordinates
// have seven decimals (1 cm) at most; a point has those of its source, so that CSV and GeoJSON say the same.
#pragma once

#include "model/batch.hpp"
#include "write/text/json_properties.hpp"
#include "write/text/row_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace kokai {

class GeoJsonFeature {
public:
    GeoJsonFeature() = default;
    /// The values of `id_column` become the features' ids; it may be empty. `latitude` and `longitude`: the
    /// columns that points are made of, if any.
    GeoJsonFeature(const Shape& shape, std::string_view id_column, std::string_view latitude = {},
                   std::string_view longitude = {});

    /// Appends `{"type":"Feature",…}`.
    void append(RowText& text, const Batch& batch, std::size_t row) const;

private:
    bool append_point_of_cells(RowText& text, const Batch& batch, std::size_t row) const;

    JsonProperties properties_;
    std::size_t id_ = Shape::npos;
    std::size_t latitude_ = Shape::npos, longitude_ = Shape::npos;
};

/// Appends a row's geometry object, or null.
void append_geojson_geometry(RowText& text, const Geometries& shapes, std::size_t row);
void append_geojson_geometry(std::string& out, const Geometries& shapes, std::size_t row);

}  // namespace kokai
