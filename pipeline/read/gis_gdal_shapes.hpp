// SPDX-License-Identifier: Apache-2.0
// Inside kokai_gdal.so: OGR geometries laid flat, transformed together, handed over as Geometries.
#pragma once

#include "read/gis_gdal_crs.hpp"
#include "read/gis_module.hpp"

#include <ogr_geometry.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace kokai {

class GisShapes {
public:
    /// One row; null or empty = no shape. `trouble`: what GDAL said while reading it.
    void add(const OGRGeometry* geometry, const std::string& trouble);
    /// Whether a point of two NaN is one without a place, as in WKB, or has lost it.
    void take_nan_for_empty(bool empty) { nan_is_empty_ = empty; }
    /// Everything that was added, in degrees (`raw`: as it is), into the chunk with its faults.
    void hand_over(GisToLonLat& to_lon_lat, bool raw, GisChunk& chunk);
    /// Memory held, about.
    [[nodiscard]] std::size_t bytes() const { return x_.size() * 2 * sizeof(double); }

private:
    struct Row {
        GeometryKind kind = GeometryKind::none;
        std::size_t points_end = 0, rings_end = 0, parts_end = 0;
    };

    /// False when it is of no kind that we have, or has a fault.
    bool take(const OGRGeometry& geometry, Row& row);
    bool lay_flat(const OGRGeometry& geometry);
    void add_line(const OGRSimpleCurve& line);
    void add_point(const OGRPoint& point);
    bool add_polygon(const OGRPolygon& polygon);
    void take_back(std::size_t points, std::size_t rings, std::size_t parts);
    /// How the numbers of a row are to be read, by those of the others.
    enum class Reading : std::uint8_t { as_it_stands, zero, elsewhere, exchanged };
    struct RowReading {
        Reading reading = Reading::as_it_stands;
        std::size_t at = 0;  // the vertex that shows it
    };
    std::vector<RowReading> read_rows(GisToLonLat& to_lon_lat, bool raw) const;
    [[nodiscard]] RowReading reading_of(const UsualRange& usual, std::size_t begin, std::size_t end) const;
    void learn_range(UsualRange& usual) const;
    void exchange_rows(const std::vector<RowReading>& readings);
    bool tell(const RowReading& row, std::size_t number, const std::vector<double>& x, const std::vector<double>& y);
    void fault(GisFault::Kind kind, std::string found);

    std::vector<double> x_, y_;
    std::vector<std::size_t> ring_ends_;   // in points
    std::vector<std::size_t> part_ends_;   // in rings
    std::vector<std::size_t> open_rings_;  // that the file leaves open: closed here
    std::vector<Row> rows_;
    std::vector<GisFault> faults_;
    std::size_t with_height_ = 0;
    std::size_t with_measure_ = 0;
    std::size_t with_curves_ = 0;
    std::set<std::string> curves_;  // their kinds
    bool nan_is_empty_ = true;
};

}  // namespace kokai
