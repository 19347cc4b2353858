// SPDX-License-Identifier: Apache-2.0
// The shapes of a batch's rows, flat: one array of coordinates and the ends of rings and parts, as FlatGeobuf and
// GeoArrow hold them. Always longitude, latitude in degrees (JGD2011 = WGS 84) once a source has handed them over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kokai {

enum class GeometryKind : std::uint8_t { none, point, multi_point, line, multi_line, polygon, multi_polygon };

inline bool is_multi(GeometryKind kind) {
    return kind == GeometryKind::multi_point || kind == GeometryKind::multi_line || kind == GeometryKind::multi_polygon;
}

class Geometries {
public:
    /// Whether the table has positions at all; a table without has no rows here.
    [[nodiscard]] bool empty() const { return kinds_.empty(); }
    [[nodiscard]] std::size_t size() const { return kinds_.size(); }
    [[nodiscard]] GeometryKind kind(std::size_t row) const { return kinds_[row]; }

    // A row has parts (the members of a multi geometry; else one), a part has rings (a line or a point is one ring).
    [[nodiscard]] std::size_t part_begin(std::size_t row) const { return row == 0 ? 0 : part_ends_[row - 1]; }
    [[nodiscard]] std::size_t part_end(std::size_t row) const { return part_ends_[row]; }
    [[nodiscard]] std::size_t ring_begin(std::size_t part) const { return part == 0 ? 0 : ring_ends_[part - 1]; }
    [[nodiscard]] std::size_t ring_end(std::size_t part) const { return ring_ends_[part]; }

    /// x0 y0 x1 y1 … of one ring; a polygon's ring repeats its first point at the end.
    [[nodiscard]] std::span<const double> ring(std::size_t ring) const {
        const std::size_t begin = ring == 0 ? 0 : point_ends_[ring - 1];
        return {xy_.data() + 2 * begin, 2 * (point_ends_[ring] - begin)};
    }

    // Building, row by row: add_point()s, end_ring(), end_part(), and end_row(kind) once a row, also for rows without
    // shape.
    void add_point(double longitude, double latitude) {
        xy_.push_back(longitude);
        xy_.push_back(latitude);
    }
    void end_ring() { point_ends_.push_back(static_cast<std::uint32_t>(xy_.size() / 2)); }
    void end_part() { ring_ends_.push_back(static_cast<std::uint32_t>(point_ends_.size())); }
    void end_row(GeometryKind kind) {
        kinds_.push_back(kind);
        part_ends_.push_back(static_cast<std::uint32_t>(ring_ends_.size()));
    }
    void add_point_row(double longitude, double latitude) {
        add_point(longitude, latitude);
        end_ring();
        end_part();
        end_row(GeometryKind::point);
    }

    /// The row of another table, with its kind.
    void append_row(const Geometries& from, std::size_t row) {
        for (std::size_t part = from.part_begin(row); part < from.part_end(row); ++part) {
            for (std::size_t number = from.ring_begin(part); number < from.ring_end(part); ++number) {
                const std::span<const double> xy = from.ring(number);
                xy_.insert(xy_.end(), xy.begin(), xy.end());
                end_ring();
            }
            end_part();
        }
        end_row(from.kind(row));
    }

    [[nodiscard]] std::span<double> coordinates() { return xy_; }

    void clear() {
        kinds_.clear();
        part_ends_.clear();
        ring_ends_.clear();
        point_ends_.clear();
        xy_.clear();
    }

private:
    std::vector<GeometryKind> kinds_;
    std::vector<std::uint32_t> part_ends_;   // one a row, counted in parts
    std::vector<std::uint32_t> ring_ends_;   // one a part, counted in rings
    std::vector<std::uint32_t> point_ends_;  // one a ring, counted in points
    std::vector<double> xy_;
};

}  // namespace kokai
