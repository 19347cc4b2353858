// SPDX-License-Identifier: Apache-2.0
#include "read/shape_look.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace kokai;

namespace {

struct Looked {
    Geometries shapes;
    std::vector<std::string> findings;  // row severity code found / expected -> repaired
};

Batch batch_of(const std::vector<std::pair<GeometryKind, std::vector<double>>>& rows) {
    Batch batch;
    for (const auto& [kind, xy] : rows) {
        batch.rows.push_back({static_cast<std::uint32_t>(batch.rows.size() + 1), 0, 0});
        if (kind != GeometryKind::none) {
            for (std::size_t i = 0; i < xy.size(); i += 2) {
                batch.shapes.add_point(xy[i], xy[i + 1]);
            }
            batch.shapes.end_ring();
            batch.shapes.end_part();
        }
        batch.shapes.end_row(kind);
    }
    return batch;
}

Looked look(Batch batch, FaultyShapes faulty = FaultyShapes::tell) {
    Findings findings;
    look_at_shapes(batch, faulty, findings);
    Looked looked;
    for (const Finding& one : findings.list()) {
        looked.findings.push_back(std::to_string(one.where.row) + " " + std::string(name_of(one.severity)) + " " +
                                  std::string(info(one.code).id) + " " + std::string(one.found) +
                                  (one.expected.empty() ? "" : " / " + std::string(one.expected)) +
                                  (one.repaired.empty() ? "" : " -> " + std::string(one.repaired)));
    }
    looked.shapes = std::move(batch.shapes);
    return looked;
}

const std::vector<double> bow{139, 36, 139.001, 36.001, 139.001, 36, 139, 36.001, 139, 36};

}  // namespace

TEST_CASE("Points at zero and outside Japan are told and taken away, exchanged ones put right", "[read][shape]") {
    const Looked looked = look(batch_of({{GeometryKind::point, {139, 36}},
                                         {GeometryKind::point, {0, 0}},
                                         {GeometryKind::none, {}},
                                         {GeometryKind::point, {36.5, 139.25}},
                                         {GeometryKind::point, {1e308, -1e308}},
                                         {GeometryKind::line, {139, 36, 2, 48}},
                                         {GeometryKind::line, {36, 139, 36.5, 139.5}},
                                         {GeometryKind::point, {140, 37}}}));
    CHECK(looked.findings == std::vector<std::string>{
                                 "2 warning position-zero 0, 0",
                                 "4 warning position-swapped 36.5, 139.25 -> 139.25, 36.5",
                                 "5 error position-outside-japan 1e+308, -1e+308",
                                 "6 error position-outside-japan 2, 48",
                                 "7 warning position-swapped 36, 139 -> 139, 36",
                             });
    const std::vector<GeometryKind> kinds{GeometryKind::point, GeometryKind::none, GeometryKind::none,
                                          GeometryKind::point, GeometryKind::none, GeometryKind::none,
                                          GeometryKind::line,  GeometryKind::point};
    REQUIRE(looked.shapes.size() == kinds.size());
    for (std::size_t row = 0; row < kinds.size(); ++row) {
        CHECK(looked.shapes.kind(row) == kinds[row]);
    }
    CHECK(looked.shapes.ring(looked.shapes.ring_begin(looked.shapes.part_begin(3)))[0] == 139.25);
    CHECK(looked.shapes.ring(looked.shapes.ring_begin(looked.shapes.part_begin(6)))[3] == 36.5);
    CHECK(looked.shapes.ring(looked.shapes.ring_begin(looked.shapes.part_begin(7)))[0] == 140);
}

TEST_CASE("A faulty area is told with its place, and mended only when asked", "[read][shape]") {
    const Looked told = look(batch_of({{GeometryKind::polygon, bow}}));
    CHECK(told.findings ==
          std::vector<std::string>{"1 warning geometry-invalid Self-intersection (139.0005, 36.0005)"});
    CHECK(told.shapes.kind(0) == GeometryKind::polygon);
    CHECK(told.shapes.part_end(0) == 1);

    const Looked mended =
        look(batch_of({{GeometryKind::point, {139, 36}}, {GeometryKind::polygon, bow}}), FaultyShapes::mend);
    REQUIRE(mended.findings.size() == 1);
    // The two halves of the bow cancel each other out as it is written; mended they are two triangles.
    CHECK(mended.findings[0] ==
          "2 warning geometry-repaired Self-intersection (139.0005, 36.0005) / 0.00 m² -> 5002.21 m²");
    CHECK(mended.shapes.kind(0) == GeometryKind::point);
    CHECK(mended.shapes.kind(1) == GeometryKind::multi_polygon);
    CHECK(mended.shapes.part_end(1) - mended.shapes.part_begin(1) == 2);
    CHECK(area_of(mended.shapes, 1) == Approx(5002.21).margin(0.01));
}

TEST_CASE("Where nothing is left to mend, the area stays as it is and is told", "[read][shape]") {
    const std::vector<double> flat{139, 36, 139.001, 36, 139.0005, 36, 139, 36};
    const Looked looked = look(batch_of({{GeometryKind::polygon, flat}}), FaultyShapes::mend);
    REQUIRE(looked.findings.size() == 1);
    CHECK(looked.findings[0].find("1 warning geometry-invalid Self-intersection (139") == 0);
    CHECK(looked.shapes.kind(0) == GeometryKind::polygon);
}

TEST_CASE("A sliver that only rounding breaks is told as one", "[read][shape]") {
    const std::vector<double> sliver{139, 36, 139.001, 36, 139.001, 36.00000004, 139, 36.00000004, 139, 36};
    const Looked looked = look(batch_of({{GeometryKind::polygon, sliver}}));
    REQUIRE(looked.findings.size() == 1);
    CHECK(looked.findings[0].find("Too few points in geometry component (139, 36)（小数7桁に丸めると") !=
          std::string::npos);
}

TEST_CASE("Areas are square metres on the ellipsoid", "[read][shape]") {
    // A hundredth of a degree each way at 36 degrees north: 901.6 m by 1109.5 m.
    Batch batch = batch_of({{GeometryKind::polygon, {139, 36, 139.01, 36, 139.01, 36.01, 139, 36.01, 139, 36}}});
    CHECK(area_of(batch.shapes, 0) == Approx(1000384.9).epsilon(1e-6));
}
