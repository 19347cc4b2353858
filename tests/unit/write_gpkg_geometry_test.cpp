// SPDX-License-Identifier: Apache-2.0
#include "write/gpkg/geometry.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace kokai;

namespace {

void add_ring(Geometries& shapes, const std::vector<std::pair<double, double>>& points) {
    for (const auto& [x, y] : points) {
        shapes.add_point(x, y);
    }
    shapes.end_ring();
}

std::string hex(const std::string& bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char letter : bytes) {
        out += digits[static_cast<unsigned char>(letter) >> 4U];
        out += digits[static_cast<unsigned char>(letter) & 15U];
    }
    return out;
}

std::string geometry_of(const Geometries& shapes, std::size_t row) {
    std::string out;
    append_gpkg_geometry(out, shapes, row, bounds_of(shapes, row));
    return hex(out);
}

const std::string srid = "E6100000";  // 4326
const std::string one = "000000000000F03F", two = "0000000000000040", four = "0000000000001040", zero(16, '0');

}  // namespace

TEST_CASE("The geometry blob of each kind, to the byte", "[write][gpkg]") {
    Geometries shapes;
    shapes.add_point_row(1, 2);
    for (const double x : {1.0, 2.0}) {
        shapes.add_point(x, 4);
        shapes.end_ring();
        shapes.end_part();
    }
    shapes.end_row(GeometryKind::multi_point);
    add_ring(shapes, {{1, 2}, {4, 4}});
    shapes.end_part();
    shapes.end_row(GeometryKind::line);
    add_ring(shapes, {{1, 2}, {4, 4}});
    shapes.end_part();
    shapes.end_row(GeometryKind::multi_line);
    // As a Shapefile has it: outer ring clockwise, hole counter-clockwise.
    add_ring(shapes, {{0, 0}, {0, 4}, {4, 4}, {0, 0}});
    add_ring(shapes, {{1, 2}, {2, 4}, {1, 4}, {1, 2}});
    shapes.end_part();
    shapes.end_row(GeometryKind::polygon);
    add_ring(shapes, {{0, 0}, {4, 4}, {0, 4}, {0, 0}});
    shapes.end_part();
    shapes.end_row(GeometryKind::multi_polygon);
    const std::string head = "47500003" + srid;
    const std::string outer = "04000000" + zero + zero + four + four + zero + four + zero + zero;
    CHECK(geometry_of(shapes, 0) == "47500001" + srid + "0101000000" + one + two);
    CHECK(geometry_of(shapes, 1) == head + one + two + four + four + "010400000002000000" + "0101000000" + one + four +
                                        "0101000000" + two + four);
    CHECK(geometry_of(shapes, 2) == head + one + four + two + four + "010200000002000000" + one + two + four + four);
    CHECK(geometry_of(shapes, 3) ==
          head + one + four + two + four + "010500000001000000" + "010200000002000000" + one + two + four + four);
    CHECK(geometry_of(shapes, 4) == head + zero + four + zero + four + "010300000002000000" + outer + "04000000" + one +
                                        two + one + four + two + four + one + two);
    CHECK(geometry_of(shapes, 5) ==
          head + zero + four + zero + four + "010600000001000000" + "010300000001000000" + outer);
}
