// SPDX-License-Identifier: Apache-2.0
#include "locate/mesh.hpp"

#include "locate/mesh_border.hpp"
#include "locate/points.hpp"
#include "normalise/column.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

constexpr std::size_t mesh_count = 8;

/// lat, lon, the eight codes.
Rows vectors() {
    std::ifstream file(std::string(KOKAI_SOURCE_DIR) + "/tests/data/mesh-vectors.csv");
    Rows rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        Texts& row = rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');) {
            row.push_back(cell);
        }
    }
    return rows;
}

}  // namespace

TEST_CASE("Every mesh code of the reference vectors, on borders and with twenty digits too", "[locate][mesh]") {
    const Rows rows = vectors();
    REQUIRE(rows.size() == 31);
    for (const Texts& row : rows) {
        for (std::size_t i = 0; i < mesh_count; ++i) {
            INFO(row[0] << ' ' << row[1]);
            CHECK(mesh_code(static_cast<Mesh>(i), row[0], row[1]) == row[2 + i]);
        }
    }
}

TEST_CASE("A code leads back to the square that holds the point", "[locate][mesh]") {
    for (const Texts& row : vectors()) {
        const double north = std::stod(row[0]) * MeshSquare::per_degree;
        const double east = std::stod(row[1]) * MeshSquare::per_degree;
        for (std::size_t i = 0; i < mesh_count; ++i) {
            const auto square = mesh_square(row[2 + i]);
            REQUIRE(square);
            CHECK(north >= static_cast<double>(square->south) - 1e-6);
            CHECK(north <= static_cast<double>(square->south + square->height));
            CHECK(east >= static_cast<double>(square->west) - 1e-6);
            CHECK(east <= static_cast<double>(square->west + square->width));
        }
    }
    const auto third = mesh_square("54394064");
    REQUIRE(third);
    CHECK(third->height == 30 * 16);
    CHECK(third->width == 45 * 16);
    CHECK(third->south == 36 * MeshSquare::per_degree + 20 * 60 * 16 + 6 * 30 * 16);
    CHECK(third->west == 139 * MeshSquare::per_degree + 4 * 45 * 16);
}

TEST_CASE("The corner of a square bears the square's own code", "[locate][mesh]") {
    // South-west corners of all eighths of a third mesh are exact in decimals: 3.75 and 5.625 seconds.
    for (const char* const code : {"54394064111", "54394064444", "53393599212", "36225777321"}) {
        const auto square = mesh_square(code);
        REQUIRE(square);
        // Degrees with all digits: 57,600 = 2^8 · 225, so that no decimal ends; one part in 10^12 inside does.
        const auto decimal = [](std::int64_t sixteenths) {
            const std::uint64_t trillionths =
                static_cast<std::uint64_t>(sixteenths) * 1'000'000'000'000U / MeshSquare::per_degree + 1;
            std::string fraction = std::to_string(trillionths % 1'000'000'000'000U);
            fraction.insert(0, 12 - fraction.size(), '0');
            return std::to_string(trillionths / 1'000'000'000'000U) + "." + fraction;
        };
        CHECK(mesh_code(Mesh::eighth, decimal(square->south), decimal(square->west)) == code);
    }
}

TEST_CASE("What is no position and no code has no answer", "[locate][mesh]") {
    for (const char* const text : {"", "-36.1", "36.", ".5", "36,1", "3.6e1", "36.1x", "x", "70", "100000"}) {
        CHECK(mesh_code(Mesh::third, text, "139.06").empty());
    }
    CHECK(mesh_code(Mesh::third, "36.1", "99.9999").empty());
    CHECK(mesh_code(Mesh::third, "36.1", "200").empty());
    CHECK_FALSE(mesh_code(Mesh::third, "36.1", "199.9").empty());
    for (const char* const code : {"", "5", "53393", "533985", "533958", "5339355", "533935990", "5339359921x",
                                   "533935115", "533935992122", "533935996"}) {
        INFO(code);
        CHECK_FALSE(mesh_square(code));
    }
}

TEST_CASE("Mesh codes become columns; a row without position has none", "[locate][mesh]") {
    TableSource source({"名称", "緯度", "経度", "標準地域メッシュ_2次"}, {{"市役所", "36.389049", "139.060668", "own"},
                                                                          {"なし", "", "", ""},
                                                                          {"国外", "48.86", "2.35", ""},
                                                                          {"端", "36.375", "139.0625", ""}});
    LocatePoints points("緯度", "経度");
    AddMesh mesh({"2", "3", "1/2"}, "緯度", "経度");
    const Outcome outcome = outcome_of(source, {&points, &mesh});
    REQUIRE(outcome.shape.columns.size() == 6);
    CHECK(outcome.shape.columns[4].name == "標準地域メッシュ_3次");
    CHECK(outcome.shape.columns[5].name == "標準地域メッシュ_2分の1");
    CHECK(outcome.rows[0][3] == "own");
    CHECK(outcome.rows[0][4] == "54394064");
    CHECK(outcome.rows[0][5] == "543940644");
    CHECK(outcome.rows[1][4].empty());
    CHECK(outcome.rows[2][4].empty());
    CHECK(outcome.rows[3][4] == "54394055");
}

TEST_CASE("Minutes and seconds on a border lie on it, decimals where their digits are", "[locate][mesh]") {
    Rows rows;
    for (const char* const latitude : {"36°05′00″", "36度5分0.000秒", "360500", "36°05.0′", "36°04′59.99″",
                                       "36.0833333", "36.08333333333333333333", "36.08333333333333333334"}) {
        rows.push_back({latitude, "139°07′30″"});
    }
    rows.push_back({"139°07′30″", "36°05′00″"});  // a later stage exchanges them
    TableSource source({"緯度", "経度"}, rows);
    const auto notes = std::make_shared<BorderNotes>();
    Field north;
    north.kind = Kind::latitude;
    Field east;
    east.kind = Kind::longitude;
    NoteBorders borders(notes, "緯度", "経度");
    NormaliseColumn latitude("緯度", north);
    NormaliseColumn longitude("経度", east);
    LocatePoints points("緯度", "経度");
    AddMesh mesh({"2"}, "緯度", "経度", notes);
    const Outcome outcome = outcome_of(source, {&borders, &latitude, &longitude, &points, &mesh});
    Texts codes;
    for (const Texts& row : outcome.rows) {
        codes.push_back(row[2]);
    }
    CHECK(codes == Texts{"543911", "543911", "543911", "543911", "543901", "543901", "543901", "543911", "543911"});
}

TEST_CASE("A shape's number nearest to a border lies on it", "[locate][mesh]") {
    Shape shape;
    shape.has_geometry = true;
    shape.columns = {{"緯度", nullptr, {}}, {"経度", nullptr, {}}};
    AddMesh mesh({"1/8"}, "緯度", "経度");
    mesh.bind(shape);
    Batch batch;
    batch.columns.resize(2);
    batch.rows = {{2, 0, 0}, {3, 0, 0}, {4, 0, 0}, {5, 0, 0}};
    batch.columns[0].cells = {"", "36.16666667", "", "36.1666666666666666666"};
    batch.columns[1].cells = {"", "139.0625", "", "139.0625"};
    const double border = 36.0 + 10.0 / 60;  // 36.166666666666664
    for (const double latitude : {border, border, border - 1e-9, border}) {
        batch.shapes.add_point_row(139.0625, latitude);
    }
    Findings findings;
    mesh.run(batch, findings);
    CHECK(batch.columns[2].cells == std::vector<Cell>{"54392005111", "54392005111", "54391095333", "54391095333"});
}

TEST_CASE("Every word of a dataset file names its mesh", "[locate][mesh]") {
    CHECK(mesh_names().size() == mesh_count);
    for (const MeshName& name : mesh_names()) {
        CHECK(mesh_by_word(name.word) == name.mesh);
    }
    CHECK_FALSE(mesh_by_word("4"));
}
