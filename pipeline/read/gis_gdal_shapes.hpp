// SPDX-License-Identifier: Apache-2.0
// Inside kokai_gdal.so: OGR geometries laid flat, transformed together, handed over as Geometries.
#pragma once

#include "read/gis_gdal_crs.hpp"
#include "read/gis_module.hpp"

#include <ogr_geometry.h>

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace kokai {

class GisShapes {
public:
    /// One row; null or empty = no shape. `trouble`: what GDAL said while reading it.
    void add(const OGRGeometry* geometry, const std::string& trouble);
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
};

}  // namespace kokai
