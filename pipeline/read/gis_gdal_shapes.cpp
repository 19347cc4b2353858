// SPDX-License-Identifier: Apache-2.0
// A row is laid flat whole or not at all: a polygon with one broken ring has no shape, and says so.
#include "read/gis_gdal_shapes.hpp"

#include "read/gis_closing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <utility>

namespace kokai {
namespace {

GeometryKind kind_of(OGRwkbGeometryType type) {
    switch (wkbFlatten(type)) {
    case wkbPoint:
        return GeometryKind::point;
    case wkbMultiPoint:
        return GeometryKind::multi_point;
    case wkbLineString:
        return GeometryKind::line;
    case wkbMultiLineString:
        return GeometryKind::multi_line;
    case wkbPolygon:
        return GeometryKind::polygon;
    case wkbMultiPolygon:
        return GeometryKind::multi_polygon;
    default:
        return GeometryKind::none;
    }
}

GeometryKind multi_of(GeometryKind kind) {
    return kind == GeometryKind::point     ? GeometryKind::multi_point
           : kind == GeometryKind::line    ? GeometryKind::multi_line
           : kind == GeometryKind::polygon ? GeometryKind::multi_polygon
                                           : kind;
}

bool is_collection(const OGRGeometry& geometry) {
    return wkbFlatten(geometry.getGeometryType()) == wkbGeometryCollection;
}

/// What a shape is as one of ours: a collection of points only is a multi point. None when it mixes kinds or holds one
/// that we have not; `found` gets the names of what is in it.
GeometryKind kind_of(const OGRGeometry& geometry, std::string& found) {
    if (!is_collection(geometry)) {
        const std::string name = OGRGeometryTypeToName(wkbFlatten(geometry.getGeometryType()));
        if (found.find(name) == std::string::npos) {
            found += (found.empty() ? "" : ", ") + name;
        }
        return kind_of(geometry.getGeometryType());
    }
    GeometryKind kind = GeometryKind::none;
    bool one_kind = true;
    for (const OGRGeometry* member : *geometry.toGeometryCollection()) {
        if (member->IsEmpty() != 0) {
            continue;
        }
        const GeometryKind own = multi_of(kind_of(*member, found));
        one_kind = one_kind && own != GeometryKind::none && (kind == GeometryKind::none || kind == own);
        kind = own;
    }
    return one_kind ? kind : GeometryKind::none;
}

std::string position(double x, double y) {
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.10g, %.10g", x, y);
    return {text.data(), static_cast<std::size_t>(length)};
}

/// GDAL calls a point empty that has NaN for a coordinate.
bool is_lost_point(const OGRGeometry& geometry, bool nan_is_empty) {
    if (wkbFlatten(geometry.getGeometryType()) != wkbPoint) {
        return false;
    }
    const bool no_x = std::isnan(geometry.toPoint()->getX());
    const bool no_y = std::isnan(geometry.toPoint()->getY());
    return no_x != no_y || (no_x && !nan_is_empty);
}

}  // namespace

void GisShapes::fault(GisFault::Kind kind, std::string found) {
    faults_.push_back({rows_.size(), kind, std::move(found), 0, 0});
}

void GisShapes::add(const OGRGeometry* geometry, const std::string& trouble) {
    Row row;
    if (geometry == nullptr || geometry->IsEmpty() != 0) {
        if (!trouble.empty()) {
            fault(GisFault::Kind::unreadable, trouble);
        } else if (geometry != nullptr && is_lost_point(*geometry, nan_is_empty_)) {
            fault(GisFault::Kind::not_finite, position(geometry->toPoint()->getX(), geometry->toPoint()->getY()));
        }
    } else if (geometry->hasCurveGeometry(FALSE) != 0) {
        // In the file's own system, where an arc is one: GDAL's step of 4 degrees, as ogr2ogr makes a GeoJSON of it.
        const std::unique_ptr<OGRGeometry> straight(geometry->getLinearGeometry());
        if (straight == nullptr) {
            fault(GisFault::Kind::unsupported, OGRGeometryTypeToName(wkbFlatten(geometry->getGeometryType())));
        } else if (take(*straight, row)) {
            // QGIS calls a polygon of straight sides a curved one, too: nothing is lost of it.
            if (geometry->hasCurveGeometry(TRUE) != 0) {
                ++with_curves_;
                curves_.insert(OGRGeometryTypeToName(wkbFlatten(geometry->getGeometryType())));
            }
        }
    } else {
        take(*geometry, row);
    }
    row.points_end = x_.size();
    row.rings_end = ring_ends_.size();
    row.parts_end = part_ends_.size();
    rows_.push_back(row);
}

bool GisShapes::take(const OGRGeometry& geometry, Row& row) {
    std::string members;
    row.kind = kind_of(geometry, members);
    const std::size_t points = x_.size();
    const std::size_t rings = ring_ends_.size();
    const std::size_t parts = part_ends_.size();
    if (row.kind == GeometryKind::none) {
        fault(GisFault::Kind::unsupported, is_collection(geometry) ? "GeometryCollection (" + members + ")" : members);
        return false;
    }
    if (!lay_flat(geometry)) {
        row.kind = GeometryKind::none;
        take_back(points, rings, parts);
        return false;
    }
    with_height_ += geometry.Is3D() != 0 ? 1U : 0U;
    with_measure_ += geometry.IsMeasured() != 0 ? 1U : 0U;
    return true;
}

/// What was laid down of a row that has no shape after all.
void GisShapes::take_back(std::size_t points, std::size_t rings, std::size_t parts) {
    x_.resize(points);
    y_.resize(points);
    ring_ends_.resize(rings);
    part_ends_.resize(parts);
    while (!open_rings_.empty() && open_rings_.back() >= rings) {
        open_rings_.pop_back();
    }
}

void GisShapes::add_point(const OGRPoint& point) {
    x_.push_back(point.getX());
    y_.push_back(point.getY());
    ring_ends_.push_back(x_.size());
    part_ends_.push_back(ring_ends_.size());
}

void GisShapes::add_line(const OGRSimpleCurve& line) {
    for (int i = 0; i < line.getNumPoints(); ++i) {
        x_.push_back(line.getX(i));
        y_.push_back(line.getY(i));
    }
    ring_ends_.push_back(x_.size());
}

bool GisShapes::add_polygon(const OGRPolygon& polygon) {
    for (const OGRLinearRing* ring : polygon) {
        const std::size_t begin = x_.size();
        add_line(*ring);
        if (x_.size() > begin && (x_[begin] != x_.back() || y_[begin] != y_.back())) {
            open_rings_.push_back(ring_ends_.size() - 1);
            x_.push_back(x_[begin]);
            y_.push_back(y_[begin]);
            ++ring_ends_.back();
        }
        if (x_.size() - begin < 4) {
            fault(GisFault::Kind::too_few_points, "LinearRing: " + std::to_string(x_.size() - begin) + " < 4");
            return false;
        }
    }
    part_ends_.push_back(ring_ends_.size());
    return true;
}

bool GisShapes::lay_flat(const OGRGeometry& geometry) {
    switch (wkbFlatten(geometry.getGeometryType())) {
    case wkbPoint:
        add_point(*geometry.toPoint());
        return true;
    case wkbLineString:
        if (geometry.toLineString()->getNumPoints() < 2) {
            fault(GisFault::Kind::too_few_points, "LineString: 1 < 2");
            return false;
        }
        add_line(*geometry.toLineString());
        part_ends_.push_back(ring_ends_.size());
        return true;
    case wkbPolygon:
        return add_polygon(*geometry.toPolygon());
    default:
        for (const OGRGeometry* member : *geometry.toGeometryCollection()) {
            if (member->IsEmpty() == 0 && !lay_flat(*member)) {
                return false;
            }
        }
        return true;
    }
}

/// A row of several vertices has a stray when they all are, or when one leaps away from those beside it: an outline may
/// well pass the origin.
GisShapes::RowReading GisShapes::reading_of(const UsualRange& usual, std::size_t begin, std::size_t end) const {
    constexpr double leap = 5'000;  // metres
    const auto is_leap = [&](std::size_t at, std::size_t other) {
        return std::hypot(x_[at] - x_[other], y_[at] - y_[other]) > leap;
    };
    std::size_t nowhere = 0;
    std::size_t exchanged = 0;
    std::size_t stray = end;
    for (std::size_t at = begin; at < end; ++at) {
        switch (usual.reading_of(x_[at], y_[at])) {
        case UsualRange::Reading::as_it_stands:
            break;
        case UsualRange::Reading::exchanged:
            ++exchanged;
            break;
        case UsualRange::Reading::none:
            ++nowhere;
            if (stray == end && ((at > begin && is_leap(at, at - 1)) || (at + 1 < end && is_leap(at, at + 1)))) {
                stray = at;
            }
        }
    }
    if (exchanged == end - begin) {
        return {Reading::exchanged, begin};
    }
    if (nowhere == end - begin) {
        return {Reading::elsewhere, begin};
    }
    return {stray == end ? Reading::as_it_stands : Reading::elsewhere, stray};
}

void GisShapes::learn_range(UsualRange& usual) const {
    std::vector<double> east;
    std::vector<double> north;
    std::size_t point = 0;
    for (const Row& row : rows_) {
        if (point < row.points_end && std::isfinite(x_[point]) && std::isfinite(y_[point])) {
            east.push_back(x_[point]);
            north.push_back(y_[point]);
        }
        point = row.points_end;
    }
    if (east.size() >= UsualRange::fewest_rows) {
        usual = UsualRange(std::move(east), std::move(north));
    }
}

std::vector<GisShapes::RowReading> GisShapes::read_rows(GisToLonLat& to_lon_lat, bool raw) const {
    std::vector<RowReading> readings(rows_.size());
    const bool metres = !raw && to_lon_lat.in_metres();
    if (metres) {
        learn_range(to_lon_lat.usual());
    }
    std::size_t begin = 0;
    std::size_t exchanged = 0;
    for (std::size_t number = 0; number < rows_.size(); ++number) {
        const std::size_t end = rows_[number].points_end;
        if (end - begin == 1 && x_[begin] == 0 && y_[begin] == 0) {
            readings[number] = {Reading::zero, begin};  // "no position" in every system
        } else if (metres && end > begin) {
            readings[number] = reading_of(to_lon_lat.usual(), begin, end);
            exchanged += readings[number].reading == Reading::exchanged ? 1U : 0U;
        }
        begin = end;
    }
    // Many rows in one other place are no slips.
    if (exchanged > 2 && exchanged * 50 > rows_.size()) {
        for (RowReading& one : readings) {
            one.reading = one.reading == Reading::exchanged ? Reading::as_it_stands : one.reading;
        }
    }
    return readings;
}

void GisShapes::exchange_rows(const std::vector<RowReading>& readings) {
    for (std::size_t number = 0; number < rows_.size(); ++number) {
        if (readings[number].reading == Reading::exchanged) {
            for (std::size_t at = readings[number].at; at < rows_[number].points_end; ++at) {
                std::swap(x_[at], y_[at]);
            }
        }
    }
}

/// Answers whether the row has no place.
bool GisShapes::tell(const RowReading& row, std::size_t number, const std::vector<double>& x,
                     const std::vector<double>& y) {
    if (row.reading == Reading::as_it_stands) {
        return false;
    }
    GisFault& told = faults_.emplace_back();
    told.row = number;
    told.found = position(x[row.at], y[row.at]);
    switch (row.reading) {
    case Reading::zero:
        told.kind = GisFault::Kind::zero;
        return true;
    case Reading::elsewhere:
        told.kind = GisFault::Kind::elsewhere;
        return true;
    default:
        told.kind = GisFault::Kind::exchanged;
        told.repaired = position(y[row.at], x[row.at]);
        return false;
    }
}

void GisShapes::hand_over(GisToLonLat& to_lon_lat, bool raw, GisChunk& chunk) {
    const std::vector<double> x_before = x_;
    const std::vector<double> y_before = y_;
    to_lon_lat.take_numbers(x_, y_);
    const std::vector<RowReading> readings = read_rows(to_lon_lat, raw);
    exchange_rows(readings);
    chunk.approximate = to_lon_lat.run(x_, y_);
    const double most_x = raw ? std::numeric_limits<double>::max() : 180;
    // A latitude up to 180 may be a longitude in the wrong place: that is seen where shapes are looked at.
    const double most_y = most_x;
    std::size_t point = 0;
    std::size_t ring = 0;
    std::size_t part = 0;
    auto open = open_rings_.begin();
    for (std::size_t number = 0; number < rows_.size(); ++number) {
        const Row& row = rows_[number];
        std::size_t bad = point;
        while (bad < row.points_end && std::abs(x_[bad]) <= most_x && std::abs(y_[bad]) <= most_y) {
            ++bad;  // NaN fails both
        }
        const bool nowhere = tell(readings[number], number, x_before, y_before);
        if (!nowhere && bad < row.points_end) {
            const bool finite = std::isfinite(x_[bad]) && std::isfinite(y_[bad]);
            faults_.push_back({number, finite ? GisFault::Kind::beyond_degrees : GisFault::Kind::not_finite,
                               position(x_before[bad], y_before[bad]), x_[bad], y_[bad]});
        }
        if (nowhere || bad < row.points_end) {
            chunk.shapes.end_row(GeometryKind::none);
            point = row.points_end;
            ring = row.rings_end;
            part = row.parts_end;
            continue;
        }
        for (; part < row.parts_end; ++part) {
            for (; ring < part_ends_[part]; ++ring) {
                open = std::find_if(open, open_rings_.end(), [ring](std::size_t one) { return one >= ring; });
                if (open != open_rings_.end() && *open == ring) {
                    const std::size_t last = ring_ends_[ring] - 2;
                    note_closed(faults_, number, {x_[last], y_[last]}, {x_[point], y_[point]});
                }
                for (; point < ring_ends_[ring]; ++point) {
                    chunk.shapes.add_point(x_[point], y_[point]);
                }
                chunk.shapes.end_ring();
            }
            chunk.shapes.end_part();
        }
        chunk.shapes.end_row(row.kind);
    }
    chunk.faults = std::move(faults_);
    chunk.with_height = with_height_;
    chunk.with_measure = with_measure_;
    chunk.with_curves = with_curves_;
    chunk.curves = std::move(curves_);
    *this = GisShapes();
}

}  // namespace kokai
