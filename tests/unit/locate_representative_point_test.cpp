// SPDX-License-Identifier: Apache-2.0
// The point must lie inside, also where the centroid does not.
#include "locate/representative_point.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace kokai;

namespace {

using Ring = std::vector<double>;

void add_part(Geometries& shapes, const std::vector<Ring>& rings) {
    for (const Ring& ring : rings) {
        for (std::size_t i = 0; i < ring.size(); i += 2) {
            shapes.add_point(ring[i], ring[i + 1]);
        }
        shapes.end_ring();
    }
    shapes.end_part();
}

Geometries one(GeometryKind kind, const std::vector<std::vector<Ring>>& parts) {
    Geometries shapes;
    shapes.add_point_row(1, 1);  // a row before it, so that offsets count
    for (const std::vector<Ring>& part : parts) {
        add_part(shapes, part);
    }
    shapes.end_row(kind);
    return shapes;
}

const Ring square{0, 0, 4, 0, 4, 4, 0, 4, 0, 0};

}  // namespace

TEST_CASE("Points and lines stand for themselves", "[locate]") {
    const auto point = representative_point(one(GeometryKind::point, {{{139.06, 36.39}}}), 1);
    REQUIRE(point);
    CHECK(point->longitude == 139.06);
    CHECK(point->latitude == 36.39);
    const auto line = representative_point(one(GeometryKind::multi_line, {{{9, 9, 9, 9.1}}, {{0, 0, 1, 0, 2, 5}}}), 1);
    REQUIRE(line);
    CHECK(line->longitude == 1);
    CHECK(line->latitude == 0);
}

TEST_CASE("A polygon's point is the centroid of its largest part", "[locate]") {
    const auto point =
        representative_point(one(GeometryKind::multi_polygon, {{{10, 10, 11, 10, 11, 11, 10, 10}}, {square}}), 1);
    REQUIRE(point);
    CHECK(point->longitude == Approx(2));
    CHECK(point->latitude == Approx(2));
}

TEST_CASE("Where the centroid lies outside, a point inside is found", "[locate]") {
    const Ring crescent{0, 0, 10, 0, 10, 1, 1, 1, 1, 9, 10, 9, 10, 10, 0, 10, 0, 0};
    const Ring hole{1, 1, 1, 3, 3, 3, 3, 1, 1, 1};
    for (const std::vector<Ring>& rings : {std::vector<Ring>{crescent}, std::vector<Ring>{square, hole}}) {
        const Geometries shapes = one(GeometryKind::polygon, {rings});
        const auto point = representative_point(shapes, 1);
        REQUIRE(point);
        CHECK(part_holds(shapes, shapes.part_begin(1), *point));
    }
    const Geometries shapes = one(GeometryKind::polygon, {{square, hole}});
    CHECK_FALSE(part_holds(shapes, shapes.part_begin(1), {2, 2}));
}

TEST_CASE("Rows without shape have no point; a ring without area has one", "[locate]") {
    Geometries shapes;
    shapes.end_row(GeometryKind::none);
    CHECK_FALSE(representative_point(shapes, 0));
    CHECK_FALSE(representative_point(shapes, 1));
    CHECK(representative_point(one(GeometryKind::polygon, {{{1, 1, 1, 1, 1, 1, 1, 1}}}), 1));
}
