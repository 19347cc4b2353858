// SPDX-License-Identifier: Apache-2.0
#include "locate/shape_distance.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace kokai;

namespace {

constexpr double degree = 111'195.0;  // metres, of latitude

/// A square of a hundredth of a degree, with a hole in its middle third.
Geometries square_with_hole() {
    Geometries shapes;
    const auto ring = [&](double low, double high) {
        for (const auto& [x, y] : {std::pair{low, low}, {high, low}, {high, high}, {low, high}, {low, low}}) {
            shapes.add_point(139 + x, 36 + y);
        }
        shapes.end_ring();
    };
    ring(0, 0.03);
    ring(0.01, 0.02);
    shapes.end_part();
    shapes.end_row(GeometryKind::polygon);
    return shapes;
}

}  // namespace

TEST_CASE("An area is near with all that it holds, and not with its holes", "[locate][shape_distance]") {
    const Geometries shapes = square_with_hole();
    const ShapeDistance distance(shapes, 0);
    CHECK(distance.metres_to({139.005, 36.005}) == 0);
    CHECK(distance.metres_to({139.015, 36.0195}) == Approx(0.0005 * degree).epsilon(0.001));
    CHECK(distance.metres_to({139.015, 36.04}) == Approx(0.01 * degree).epsilon(0.001));
    CHECK(distance.metres_to({139.04, 36.01}) == Approx(0.01 * degree * std::cos(36.01 / 57.29577951)).epsilon(0.001));
    CHECK(distance.metres_to({139.015, 37}, 1000) >= 1000);  // no more is asked
}

TEST_CASE("A line is near between its points, several points each by itself", "[locate][shape_distance]") {
    Geometries shapes;
    shapes.add_point(139, 36);
    shapes.add_point(139.1, 36);
    shapes.end_ring();
    shapes.end_part();
    shapes.end_row(GeometryKind::line);
    for (const double x : {139.0, 139.1}) {
        shapes.add_point(x, 36);
        shapes.end_ring();
        shapes.end_part();
    }
    shapes.end_row(GeometryKind::multi_point);
    shapes.end_row(GeometryKind::none);
    CHECK(ShapeDistance(shapes, 0).metres_to({139.05, 36.01}) == Approx(0.01 * degree).epsilon(0.001));
    CHECK(ShapeDistance(shapes, 1).metres_to({139.05, 36.01}) > 4000);
    CHECK(std::isinf(ShapeDistance(shapes, 2).metres_to({139.05, 36.01})));
}
