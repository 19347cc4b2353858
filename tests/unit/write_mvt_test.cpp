// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/tile_reader.hpp"
#include "write/tiles/cut.hpp"
#include "write/tiles/geometry.hpp"
#include "write/tiles/mvt.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>

using namespace kokai;
using kokai::testing::read_area;
using kokai::testing::read_tile;
using kokai::testing::ReadPath;
using kokai::testing::ReadTile;
using kokai::testing::ReadTileFeature;
using kokai::testing::ReadValue;

namespace {

std::vector<int> numbers(const MvtGeometry& geometry) {
    std::vector<int> all;
    for (const char byte : geometry.bytes()) {
        all.push_back(static_cast<unsigned char>(byte));  // all below 128 here: a byte each
    }
    return all;
}

/// What a reader sees of a piece.
std::vector<ReadPath> paths_of(const WorldShape& piece, TilePlace place, bool keep_all) {
    MvtGeometry geometry;
    append_tile_geometry(geometry, piece, place, keep_all);
    MvtLayer layer("a", {});
    layer.add(1, piece.type, geometry.bytes(), {});
    return read_tile(layer.tile()).features.at(0).paths;
}

WorldShape polygon(const std::vector<std::vector<WorldPoint>>& rings) {
    WorldShape shape;
    shape.type = MvtType::polygon;
    for (const std::vector<WorldPoint>& ring : rings) {
        shape.points.insert(shape.points.end(), ring.begin(), ring.end());
        shape.rings.push_back({shape.points.size(), shape.rings.empty()});
    }
    return shape;
}

WorldShape line(std::vector<WorldPoint> points) {
    WorldShape shape;
    shape.type = MvtType::line;
    shape.points = std::move(points);
    shape.rings = {{shape.points.size(), true}};
    return shape;
}

constexpr unsigned zoom = 10;
constexpr std::int64_t unit = std::int64_t{1} << unit_bits(zoom);
constexpr std::int64_t side = std::int64_t{1} << tile_bits(zoom);

}  // namespace

TEST_CASE("Geometry commands as in the examples of the specification", "[write][mvt]") {
    MvtGeometry geometry;
    geometry.points(std::array{TilePoint{25, 17}});
    CHECK(numbers(geometry) == std::vector{9, 50, 34});
    geometry.clear();
    geometry.points(std::array{TilePoint{5, 7}, TilePoint{3, 2}});
    CHECK(numbers(geometry) == std::vector{17, 10, 14, 3, 9});
    geometry.clear();
    geometry.line(std::array{TilePoint{2, 2}, TilePoint{2, 10}, TilePoint{10, 10}});
    geometry.line(std::array{TilePoint{1, 1}, TilePoint{3, 5}});
    CHECK(numbers(geometry) == std::vector{9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8});
    geometry.clear();
    geometry.ring(std::array{TilePoint{3, 6}, TilePoint{8, 12}, TilePoint{20, 34}});
    CHECK(numbers(geometry) == std::vector{9, 6, 12, 18, 10, 12, 24, 44, 15});
}

TEST_CASE("A layer says each key and value once, and only those used", "[write][mvt]") {
    MvtLayer layer("地点", {"名称", "未使用", "数"});
    CHECK(layer.tile().empty());
    MvtGeometry geometry;
    geometry.points(std::array{TilePoint{1, 2}});
    std::string tags;
    append_integer_tag(tags, 2, -5);
    append_text_tag(tags, 0, "市役所 \"本庁\"\n");
    layer.add(7, MvtType::point, geometry.bytes(), tags);
    tags.clear();
    append_text_tag(tags, 0, "市役所 \"本庁\"\n");
    append_number_tag(tags, 2, 1.5);
    layer.add(9, MvtType::point, geometry.bytes(), tags);
    tags.clear();
    append_text_tag(tags, 0, std::string(100'000, 'x'));
    append_text_tag(tags, 2, "5");  // not the number 5
    append_integer_tag(tags, 1, 5);
    layer.add(10, MvtType::point, geometry.bytes(), tags);
    const ReadTile tile = read_tile(layer.tile());
    CHECK(tile.layer == "地点");
    CHECK(tile.version == 2);
    CHECK(tile.extent == 4096);
    CHECK(tile.keys == std::vector<std::string>{"数", "名称", "未使用"});
    CHECK(tile.values.size() == 6);
    REQUIRE(tile.features.size() == 3);
    CHECK(tile.features[0].id == 7);
    CHECK(tile.features[0].properties ==
          std::map<std::string, ReadValue>{{"数", std::int64_t{-5}}, {"名称", "市役所 \"本庁\"\n"}});
    CHECK(tile.features[1].properties == std::map<std::string, ReadValue>{{"数", 1.5}, {"名称", "市役所 \"本庁\"\n"}});
    CHECK(tile.features[2].properties.at("名称") == ReadValue(std::string(100'000, 'x')));
    CHECK(tile.features[2].properties.at("数") == ReadValue("5"));
    CHECK(tile.features[2].properties.at("未使用") == ReadValue(std::int64_t{5}));

    layer.clear();
    tags.clear();
    append_text_tag(tags, 1, "新");
    layer.add(1, MvtType::point, geometry.bytes(), tags);
    const ReadTile next = read_tile(layer.tile());
    CHECK(next.keys == std::vector<std::string>{"未使用"});
    CHECK(next.values.size() == 1);
}

TEST_CASE("Web Mercator to a step", "[write][mvt]") {
    CHECK(project(0, 0) == WorldPoint{std::int64_t{1} << 31, std::int64_t{1} << 31});
    CHECK(project(-180, 85.0511287798066) == WorldPoint{0, 0});
    CHECK(project(-500, 90) == WorldPoint{0, 0});
    CHECK(project(500, -90) == WorldPoint{0xFFFFFFFF, 0xFFFFFFFF});
    const double nowhere = std::nan("");
    CHECK(project(nowhere, nowhere) == WorldPoint{0, 0});
    for (double latitude = -85; latitude <= 85; latitude += 0.37) {
        const WorldPoint point = project(139.06, latitude);
        const double angle = latitude * std::acos(-1.0) / 180;
        const double expected =
            (0.5 - std::log(std::tan(angle) + 1 / std::cos(angle)) / std::acos(-1.0) / 2) * 4294967296;
        CHECK(std::abs(static_cast<double>(point.y) - expected) <= 1.001);
        CHECK(point.x == static_cast<std::int64_t>((139.06 / 360 + 0.5) * 4294967296));
    }
}

TEST_CASE("A simplification keeps what stands out and moves nothing by more than its tolerance", "[write][mvt]") {
    std::vector<WorldPoint> points;
    for (std::int64_t i = 0; i <= 1000; ++i) {
        points.push_back({i * 100, (i % 7) * 3 + (i == 500 ? 5000 : 0)});
    }
    const WorldShape shape = line(points);
    const std::vector<double> weights = vertex_weights(shape);
    double dust = 0;
    const WorldShape coarse = simplified(shape, weights, {50, 100}, dust);
    CHECK(coarse.points.size() < 10);
    CHECK(std::find(coarse.points.begin(), coarse.points.end(), points[500]) != coarse.points.end());
    CHECK(coarse.points.front() == points.front());
    CHECK(coarse.points.back() == points.back());
    for (const WorldPoint& point : points) {
        double nearest = 1e9;
        for (std::size_t i = 1; i < coarse.points.size(); ++i) {
            const auto& from = coarse.points[i - 1];
            const auto& to = coarse.points[i];
            const auto wide = static_cast<double>(to.x - from.x);
            const auto high = static_cast<double>(to.y - from.y);
            const auto x = static_cast<double>(point.x - from.x);
            const auto y = static_cast<double>(point.y - from.y);
            const double share = std::clamp((x * wide + y * high) / (wide * wide + high * high), 0.0, 1.0);
            nearest = std::min(nearest, std::hypot(x - share * wide, y - share * high));
        }
        CHECK(nearest <= 50);
    }
    // Without a tolerance only what lies on a straight stretch goes: of each seven, five.
    CHECK(simplified(shape, weights, {0, 0}, dust).points.size() == 289);
}

TEST_CASE("Small polygons fall to dust, and a square stands for their sum", "[write][mvt]") {
    const WorldShape house = polygon({{{0, 0}, {30, 0}, {30, 30}, {0, 30}}});
    const std::vector<double> weights = vertex_weights(house);
    double dust = 0;
    int squares = 0;
    for (int i = 0; i < 100; ++i) {
        const WorldShape left = simplified(house, weights, {1, 100}, dust);
        squares += left.rings.empty() ? 0 : 1;
        if (!left.rings.empty()) {
            CHECK(twice_area(left.ring(0)) == 2 * 100 * 100);
        }
    }
    CHECK(squares == 9);  // 100 houses of 900 in squares of 10,000
    // A small hole of a large polygon only closes.
    const WorldShape park = polygon({{{0, 0}, {9000, 0}, {9000, 9000}, {0, 9000}}, {{5, 5}, {5, 20}, {20, 5}}});
    dust = 0;
    CHECK(simplified(park, vertex_weights(park), {1, 100}, dust).rings.size() == 1);
    CHECK(dust == 0);
}

TEST_CASE("Polygons in tiles: orientation by the specification, holes, area kept", "[write][mvt]") {
    const std::int64_t x = 5 * side;
    const std::int64_t y = 7 * side;
    const auto at = [&](std::int64_t right, std::int64_t down) {
        return WorldPoint{x + right * unit, y + down * unit};
    };
    for (const bool reversed : {false, true}) {
        std::vector<WorldPoint> outer{at(100, 100), at(300, 100), at(300, 300), at(100, 300)};
        std::vector<WorldPoint> hole{at(150, 150), at(200, 150), at(200, 200)};
        if (reversed) {
            std::reverse(outer.begin(), outer.end());
            std::reverse(hole.begin(), hole.end());
        }
        const std::vector<ReadPath> paths = paths_of(polygon({outer, hole}), {zoom, 5, 7}, false);
        REQUIRE(paths.size() == 2);
        CHECK(read_area(paths[0]) == 2 * 200 * 200);
        CHECK(read_area(paths[1]) == -50 * 50);
    }
    // Over four tiles: the parts inside the tiles proper add up to the whole.
    const auto corner = [&](std::int64_t right, std::int64_t down) { return WorldPoint{x + right, y + down}; };
    const WorldShape shape = polygon({{corner(-500 * unit, -300 * unit), corner(700 * unit, -200 * unit),
                                       corner(600 * unit, 900 * unit), corner(-400 * unit, 800 * unit)},
                                      {corner(-50 * unit, -50 * unit), corner(0, 50 * unit), corner(50 * unit, 0)}});
    double area = 0;
    int tiles = 0;
    cut_into_tiles(shape, zoom, [&](TilePlace place, const WorldShape& piece) {
        ++tiles;
        WorldPoint least = piece.points[0];
        WorldPoint most = least;
        for (const WorldPoint& point : piece.points) {
            least = {std::min(least.x, point.x), std::min(least.y, point.y)};
            most = {std::max(most.x, point.x), std::max(most.y, point.y)};
        }
        CHECK(least.x >= place.x * side - 64 * unit);
        CHECK(most.x <= (place.x + 1) * side + 64 * unit);
        CHECK(least.y >= place.y * side - 64 * unit);
        CHECK(most.y <= (place.y + 1) * side + 64 * unit);
        for (const ReadPath& path : paths_of(piece, place, true)) {
            area += static_cast<double>(read_area(path)) / 2;
        }
    });
    CHECK(tiles == 4);
    double whole = 0;
    for (std::size_t ring = 0; ring < 2; ++ring) {
        whole += (ring == 0 ? 0.5 : -0.5) * std::abs(twice_area(shape.ring(ring))) / (unit * unit);
    }
    // Buffers count double: 128 units along about 1,100 + 1,000 of the two cuts, less the hole and the crossing.
    CHECK(area == Approx(whole + 128 * 2150).epsilon(0.02));
}

TEST_CASE("A large square is a full tile in its middle, cut a thousandfold", "[write][mvt]") {
    const WorldShape shape = polygon({{{side, side}, {41 * side, side}, {41 * side, 41 * side}, {side, 41 * side}}});
    std::size_t tiles = 0;
    cut_into_tiles(shape, zoom, [&](TilePlace place, const WorldShape& piece) {
        ++tiles;
        if (place.x == 20 && place.y == 20) {
            const std::vector<ReadPath> paths = paths_of(piece, place, false);
            REQUIRE(paths.size() == 1);
            CHECK(paths[0].size() == 4);
            CHECK(read_area(paths[0]) == 2 * 4224 * 4224);
        }
    });
    CHECK(tiles == 42 * 42);  // 40 and the neighbours' buffers
}

TEST_CASE("Lines leave a tile and come back as several", "[write][mvt]") {
    const auto at = [&](std::int64_t right, std::int64_t down) {
        return WorldPoint{5 * side + right * unit, 7 * side + down * unit};
    };
    const WorldShape shape =
        line({at(1000, 100), at(3000, 100), at(6000, 100), at(6000, 200), at(1000, 200), at(1000, 300)});
    std::vector<std::pair<std::uint32_t, std::vector<ReadPath>>> tiles;
    cut_into_tiles(shape, zoom, [&](TilePlace place, const WorldShape& piece) {
        tiles.emplace_back(place.x, paths_of(piece, place, true));
    });
    REQUIRE(tiles.size() == 2);
    CHECK(tiles[0].first == 5);
    CHECK(tiles[0].second ==
          std::vector<ReadPath>{{{1000, 100}, {3000, 100}, {4160, 100}}, {{4160, 200}, {1000, 200}, {1000, 300}}});
    CHECK(tiles[1].second == std::vector<ReadPath>{{{-64, 100}, {1904, 100}, {1904, 200}, {-64, 200}}});
}

TEST_CASE("What collapses is left out, or one unit large where nothing may be lost", "[write][mvt]") {
    const WorldPoint point{5 * side + 10 * unit, 7 * side + 10 * unit};
    const WorldShape speck = polygon({{point, {point.x + 1, point.y}, {point.x, point.y + 1}}});
    CHECK(paths_of(speck, {zoom, 5, 7}, false).empty());
    const std::vector<ReadPath> paths = paths_of(speck, {zoom, 5, 7}, true);
    REQUIRE(paths.size() == 1);
    CHECK(paths[0].front() == std::pair<std::int64_t, std::int64_t>{10, 10});
    CHECK(read_area(paths[0]) == 2);
    CHECK(paths_of(speck, {zoom, 4, 7}, true).empty());  // not in this tile, though in its buffer
    const WorldShape dot = line({point, point});
    CHECK(paths_of(dot, {zoom, 5, 7}, false).empty());
    CHECK(paths_of(dot, {zoom, 5, 7}, true) == std::vector<ReadPath>{{{10, 10}, {11, 10}}});
}
