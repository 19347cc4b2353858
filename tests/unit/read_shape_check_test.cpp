// SPDX-License-Identifier: Apache-2.0
// The answers of the grid are held against GEOS on random shapes; the faults that people make stand here one by one.
#include "read/shape_check.hpp"
#include "read/shape_module.hpp"
#include "support/module.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <memory>
#include <numbers>
#include <random>
#include <string>
#include <vector>

using namespace kokai;

namespace {

using Ring = std::vector<std::pair<double, double>>;  // in steps of 1e-5 degrees from 139, 36

Geometries polygon(const std::vector<std::vector<Ring>>& parts) {
    Geometries shapes;
    for (const std::vector<Ring>& part : parts) {
        for (const Ring& ring : part) {
            for (const auto& [x, y] : ring) {
                shapes.add_point(139 + x * 1e-5, 36 + y * 1e-5);
            }
            shapes.add_point(139 + ring.front().first * 1e-5, 36 + ring.front().second * 1e-5);
            shapes.end_ring();
        }
        shapes.end_part();
    }
    shapes.end_row(parts.size() > 1 ? GeometryKind::multi_polygon : GeometryKind::polygon);
    return shapes;
}

/// "valid", "touching", "too long", or the fault with its place in the same steps.
std::string answer(const Geometries& shapes) {
    ShapeCheck check;
    ShapeFault fault;
    switch (check.look(shapes, 0, fault)) {
    case Validity::valid:
        return "valid";
    case Validity::touching:
        return "touching";
    case Validity::too_long:
        return "too long";
    case Validity::invalid:
        break;
    }
    return std::string(fault.reason) + " " + std::to_string(std::lround((fault.longitude - 139) * 1e5)) + " " +
           std::to_string(std::lround((fault.latitude - 36) * 1e5));
}

const Ring square{{0, 0}, {10, 0}, {10, 10}, {0, 10}};

std::unique_ptr<ShapeWorkshop> geos() {
    return std::unique_ptr<ShapeWorkshop>(module_function<ShapeWorkshop*()>("geos", "kokai_shape_workshop")());
}

}  // namespace

TEST_CASE("A fault of a polygon is named as GEOS names it, with its place", "[read][shape]") {
    CHECK(answer(polygon({{square}})) == "valid");
    CHECK(answer(polygon({{{{0, 0}, {0, 10}, {10, 10}, {10, 0}}}})) == "valid");  // the other way round
    CHECK(answer(polygon({{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}}})) == "Self-intersection 5 5");
    CHECK(answer(polygon({{{{0, 0}, {10, 0}, {10, 10}, {5, 0}, {0, 10}}}})) == "touching");
    CHECK(answer(polygon({{{{0, 0}, {5, 5}, {0, 10}, {10, 10}, {5, 5}, {10, 0}}}})) == "Ring Self-intersection 5 5");
    CHECK(answer(polygon({{{{0, 0}, {10, 0}, {20, 0}, {10, 0}, {10, 10}}}})) ==
          "Ring Self-intersection 10 0");                                 // a spike
    CHECK(answer(polygon({{{{0, 0}, {10, 0}, {5, 0}}}})) == "touching");  // no area
    CHECK(answer(polygon({{{{3, 4}, {3, 4}, {3, 4}}}})) == "Too few points in geometry component 3 4");
    // A point given twice in a row is no fault.
    CHECK(answer(polygon({{{{0, 0}, {10, 0}, {10, 0}, {10, 10}, {0, 10}}}})) == "valid");
}

TEST_CASE("Holes and parts that lie wrong are faults; those that touch are asked about", "[read][shape]") {
    CHECK(answer(polygon({{square, {{2, 2}, {2, 4}, {4, 4}, {4, 2}}}})) == "valid");
    CHECK(answer(polygon({{square, {{12, 2}, {12, 4}, {14, 4}, {14, 2}}}})) == "Hole lies outside shell 12 2");
    CHECK(answer(polygon({{square, {{2, 2}, {2, 8}, {8, 8}, {8, 2}}, {{4, 4}, {4, 5}, {5, 5}}}})) ==
          "Nested holes 4 4");
    CHECK(answer(polygon({{square, {{2, 2}, {2, 12}, {4, 12}, {4, 2}}}})).find("Self-intersection") == 0);
    CHECK(answer(polygon({{square, {{0, 5}, {4, 4}, {4, 6}}}})) == "touching");
    CHECK(answer(polygon({{square}, {{{20, 0}, {30, 0}, {30, 10}}}})) == "valid");
    CHECK(answer(polygon({{square}, {{{2, 2}, {4, 2}, {4, 4}}}})) == "touching");
    CHECK(answer(polygon({{square}, {{{10, 10}, {20, 10}, {20, 20}}}})) == "touching");
    CHECK(answer(polygon({{square}, {{{10, 0}, {20, 0}, {20, 10}, {10, 10}}}})) == "touching");
    CHECK(answer(polygon({{square}, {{{9, 1}, {20, 0}, {20, 10}}}})) == "Self-intersection 10 1");
}

TEST_CASE("What rounding to the printed digits makes of a sliver is seen", "[read][shape]") {
    Geometries shapes;
    // 4 mm wide: both long sides fall on the same printed coordinates.
    for (const auto& [x, y] : Ring{{139, 36}, {139.001, 36}, {139.001, 36.00000004}, {139, 36.00000004}, {139, 36}}) {
        shapes.add_point(x, y);
    }
    shapes.end_ring();
    shapes.end_part();
    shapes.end_row(GeometryKind::polygon);
    CHECK(answer(shapes).find("Too few points") == 0);
    CHECK(geos()->look(shapes, 0, ShapeDigits::as_read).valid);
    CHECK_FALSE(geos()->look(shapes, 0, ShapeDigits::as_printed).valid);
}

TEST_CASE("A line of one place is a fault", "[read][shape]") {
    for (const bool moves : {false, true}) {
        Geometries shapes;
        shapes.add_point(139, 36);
        shapes.add_point(139, 36 + (moves ? 1e-6 : 1e-9));
        shapes.end_ring();
        shapes.end_part();
        shapes.end_row(GeometryKind::line);
        CHECK(answer(shapes) == (moves ? "valid" : "Too few points in geometry component 0 0"));
    }
}

TEST_CASE("On random shapes the answer is that of GEOS", "[read][shape]") {
    const std::unique_ptr<ShapeWorkshop> workshop = geos();
    std::mt19937 random(20261121);
    int valid = 0;
    int invalid = 0;
    int touching = 0;
    for (int round = 0; round < 6000; ++round) {
        // On a coarse lattice corners and edges meet often; on a fine one nearly never.
        const int lattice = round % 3 == 0 ? 6 : round % 3 == 1 ? 40 : 100000;
        const auto pick = [&](int limit) { return static_cast<double>(random() % static_cast<unsigned>(limit)); };
        std::vector<std::vector<Ring>> parts;
        for (unsigned part = 0; part < 1 + random() % 2; ++part) {
            std::vector<Ring> rings;
            for (unsigned ring = 0; ring < 1 + random() % 3; ++ring) {
                Ring points;
                // Half of them stars around a middle, which are often right; half any points, which are often wrong.
                const bool star = random() % 4 != 0;
                const unsigned corners = 3 + static_cast<unsigned>(random() % (round % 50 == 0 ? 200 : 6));
                const double middle_x = pick(lattice);
                const double middle_y = pick(lattice);
                for (unsigned corner = 0; corner < corners; ++corner) {
                    const double angle = 2 * std::numbers::pi * corner / corners;
                    const double size = lattice / (ring == 0 ? 1.0 : 6.0) * (0.5 + 0.5 * pick(1000) / 1000);
                    points.emplace_back(star ? std::round(middle_x + size * std::cos(angle)) : pick(lattice),
                                        star ? std::round(middle_y + size * std::sin(angle)) : pick(lattice));
                }
                rings.push_back(points);
            }
            parts.push_back(rings);
        }
        const Geometries shapes = polygon(parts);
        const std::string own = answer(shapes);
        const ShapeVerdict other = workshop->look(shapes, 0, ShapeDigits::as_printed);
        INFO("round " << round << ": " << own << " / " << other.reason);
        if (own == "touching") {
            ++touching;
        } else {
            CHECK((own == "valid") == other.valid);
            (other.valid ? valid : invalid) += 1;
        }
    }
    CHECK(valid > 500);
    CHECK(invalid > 500);
    CHECK(touching > 50);
}

TEST_CASE("Rings of a hundred thousand points take a moment", "[read][shape]") {
    constexpr int corners = 100000;
    for (const bool crossed : {false, true}) {
        Geometries shapes;
        for (int i = 0; i <= corners; ++i) {
            const double angle = 2 * std::numbers::pi * (i % corners) / corners;
            // One corner lies beyond the opposite side.
            const double size = crossed && i == 5000 ? -0.3 : 0.1 + 0.02 * std::sin(angle * 40);
            shapes.add_point(139 + size * std::cos(angle), 36 + size * std::sin(angle));
        }
        shapes.end_ring();
        shapes.end_part();
        shapes.end_row(GeometryKind::polygon);
        CHECK((answer(shapes) == "valid") == !crossed);
    }
    // Every edge crosses the whole shape: the grid has to give up its fine cells, not the answer.
    Geometries fan;
    for (int i = 0; i <= 20000; ++i) {
        const double angle = std::numbers::pi * (i % 20000) / 20000 + (i % 2 == 0 ? 0 : std::numbers::pi);
        fan.add_point(139 + std::cos(angle), 36 + std::sin(angle));
    }
    fan.end_ring();
    fan.end_part();
    fan.end_row(GeometryKind::polygon);
    CHECK(answer(fan).find("Self-intersection") == 0);
}
