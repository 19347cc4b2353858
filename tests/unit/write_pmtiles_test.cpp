// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/tile_reader.hpp"
#include "tests/unit/support/tile_rows.hpp"
#include "write/pmtiles.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <set>

using namespace kokai;
using kokai::testing::add_square;
using kokai::testing::line_along;
using kokai::testing::many_points;
using kokai::testing::place_of;
using kokai::testing::point_at;
using kokai::testing::read_area;
using kokai::testing::ReadArchive;
using kokai::testing::ReadPlace;
using kokai::testing::ReadTile;
using kokai::testing::ReadTileFeature;
using kokai::testing::ReadValue;
using kokai::testing::Scatter;
using kokai::testing::square_at;
using kokai::testing::TileRow;
using kokai::testing::written;
using kokai::testing::WrittenTiles;

namespace {

/// Where a position lies in tile units at a zoom level, by the textbook.
std::pair<double, double> tile_units(double longitude, double latitude, unsigned zoom) {
    const double pi = std::acos(-1.0);
    const double all = std::ldexp(4096, static_cast<int>(zoom));
    return {(longitude / 360 + 0.5) * all, (0.5 - std::log(std::tan(pi / 4 + latitude * pi / 360)) / (2 * pi)) * all};
}

/// The features with a vertex in a tile proper, not only in a buffer.
std::set<std::uint64_t> ids_at(const ReadArchive& archive, unsigned zoom) {
    std::set<std::uint64_t> ids;
    for (const auto& [place, packed] : archive.packed) {
        if (place.zoom == zoom) {
            for (const ReadTileFeature& feature : archive.tile(place).features) {
                for (const auto& path : feature.paths) {
                    if (std::any_of(path.begin(), path.end(), [](const auto& at) {
                            return std::min(at.first, at.second) >= 0 && std::max(at.first, at.second) < 4096;
                        })) {
                        ids.insert(feature.id);
                    }
                }
            }
        }
    }
    return ids;
}

/// The lowest zoom level from which on all features are there.
unsigned first_complete(const ReadArchive& archive, std::size_t features) {
    unsigned zoom = archive.max_zoom();
    while (zoom > archive.min_zoom() && ids_at(archive, zoom - 1).size() == features) {
        --zoom;
    }
    return zoom;
}

}  // namespace

TEST_CASE("Tile numbers as in the table of the specification, and back", "[write][pmtiles]") {
    CHECK(tile_id(0, 0, 0) == 0);
    CHECK(tile_id(1, 0, 0) == 1);
    CHECK(tile_id(1, 0, 1) == 2);
    CHECK(tile_id(1, 1, 1) == 3);
    CHECK(tile_id(1, 1, 0) == 4);
    CHECK(tile_id(2, 0, 0) == 5);
    CHECK(tile_id(12, 3423, 1763) == 19078479);
    for (const unsigned zoom : {3U, 4U, 13U, 20U}) {
        for (std::uint32_t i = 0; i < 100; ++i) {
            const std::uint32_t x = (i * 7919) % (1U << zoom);
            const std::uint32_t y = (i * 104729) % (1U << zoom);
            CHECK(place_of(tile_id(zoom, x, y)) == ReadPlace{zoom, x, y});
        }
    }
}

TEST_CASE("Every point is in its tile of the highest zoom level, within a unit, with all columns", "[write][pmtiles]") {
    std::vector<TileRow> rows = many_points(3000);
    rows[5].shape = nullptr;
    rows[7].state = RowState::withheld;
    const WrittenTiles out = written(rows);
    CHECK(out.file.format == "pmtiles");
    CHECK(out.file.path == "102016_places.pmtiles");
    CHECK(out.file.rows == 2998);
    const ReadArchive archive(out.bytes);
    CHECK(archive.max_zoom() == 14);
    CHECK(archive.min_zoom() == 9);
    std::uint64_t id = 0;
    for (const TileRow& row : rows) {
        id += row.state == RowState::kept ? 1U : 0U;
        if (row.state != RowState::kept || !row.shape) {
            continue;
        }
        Geometries shapes;
        row.shape(shapes);
        const auto [x, y] = tile_units(shapes.ring(0)[0], shapes.ring(0)[1], 14);
        const ReadPlace place{14, static_cast<std::uint32_t>(x / 4096), static_cast<std::uint32_t>(y / 4096)};
        bool found = false;
        for (const ReadTileFeature& feature : archive.tile(place).features) {
            if (feature.id == id) {
                found = true;
                CHECK(feature.type == 1);
                REQUIRE(feature.paths.size() == 1);
                CHECK(std::abs(static_cast<double>(feature.paths[0][0].first) + 4096.0 * place.x - x) <= 1.01);
                CHECK(std::abs(static_cast<double>(feature.paths[0][0].second) + 4096.0 * place.y - y) <= 1.01);
                CHECK(feature.properties == std::map<std::string, ReadValue>{
                                                {"名称", row.cells[0]}, {"数", std::int64_t{std::stol(row.cells[1])}}});
            }
        }
        CHECK(found);
    }
    CHECK(ids_at(archive, 14).size() == 2998);
}

TEST_CASE("Below the highest zoom level points are thinned, the same ones everywhere", "[write][pmtiles]") {
    PmtilesOptions options;
    options.tiles.features = 50;
    const ReadArchive archive(written(many_points(3000), options).bytes);
    for (const auto& [place, packed] : archive.packed) {
        if (place.zoom < archive.max_zoom()) {
            CHECK(archive.tile(place).features.size() <= 50);
        }
    }
    std::set<std::uint64_t> before = ids_at(archive, archive.min_zoom());
    CHECK(before.size() >= 50);
    for (unsigned zoom = archive.min_zoom() + 1; zoom <= archive.max_zoom(); ++zoom) {
        const std::set<std::uint64_t> here = ids_at(archive, zoom);
        CHECK(here.size() > before.size());
        CHECK(std::includes(here.begin(), here.end(), before.begin(), before.end()));  // none vanishes on the way in
        before = here;
    }
    CHECK(before.size() == 3000);
    const unsigned complete = archive.metadata.at("complete_from_zoom");
    CHECK(complete == first_complete(archive, 3000));
    CHECK(complete > archive.min_zoom() + 1);

    options.tiles = {2000, 3000};
    const ReadArchive small(written(many_points(3000), options).bytes);
    for (const auto& [place, packed] : small.packed) {
        CHECK((place.zoom == small.max_zoom() || packed.size() <= 3000));
    }
    CHECK(small.tile(small.packed.begin()->first).features.size() > 50);
    CHECK(ids_at(small, small.max_zoom()).size() == 3000);
    CHECK(small.metadata.at("complete_from_zoom") == first_complete(small, 3000));
}

TEST_CASE("Tiles that hold every row say so from the lowest zoom level on", "[write][pmtiles]") {
    for (const std::vector<TileRow>& rows : {many_points(100), {{{"区", "1"}, square_at(139, 36, 0.1)}}}) {
        const ReadArchive archive(written(rows).bytes);
        CHECK(archive.metadata.at("complete_from_zoom") == archive.min_zoom());
        CHECK(first_complete(archive, rows.size()) == archive.min_zoom());
    }
}

TEST_CASE("Header and metadata", "[write][pmtiles]") {
    PmtilesOptions options;
    options.title = "施設 \"一覧\"";
    options.description = "市内の施設";
    options.license = "CC-BY-4.0";
    options.attribution = "前橋市 <script>&";
    options.min_zoom = 3;
    options.max_zoom = 11;
    const ReadArchive archive(
        written({{{"a", "1"}, point_at(139.0606, 36.389)}, {{"b", "2"}, point_at(139.5, 36)}}, options).bytes);
    CHECK(archive.min_zoom() == 3);
    CHECK(archive.max_zoom() == 11);
    CHECK(archive.number(96, 1) == 1);  // clustered
    CHECK(archive.number(97, 1) == 2);  // gzip
    CHECK(archive.number(98, 1) == 2);
    CHECK(archive.number(99, 1) == 1);  // MVT
    CHECK(archive.position(102) == 1390606000);
    CHECK(archive.position(106) == 360000000);
    CHECK(archive.position(110) == 1395000000);
    CHECK(archive.position(114) == 363890000);
    CHECK(archive.number(118, 1) == 4);
    CHECK(archive.position(119) == 1392803000);
    CHECK(archive.position(123) == 361945000);
    CHECK(archive.metadata == nlohmann::json::parse(R"({
        "name": "施設 \"一覧\"", "description": "市内の施設", "license": "CC-BY-4.0",
        "attribution": "前橋市 &lt;script&gt;&amp;", "type": "overlay",
        "vector_layers": [{"id": "102016_places", "description": "施設 \"一覧\"", "minzoom": 3, "maxzoom": 11,
                           "fields": {"名称": "String", "数": "Number"}}],
        "complete_from_zoom": 3})"));
    // gzip without a time and a name
    const std::string& packed = archive.packed.begin()->second;
    CHECK(packed.substr(0, 8) == std::string("\x1f\x8b\x08\0\0\0\0\0", 8));
}

TEST_CASE("Values: numbers where nothing is lost, empty is absent, text as it is", "[write][pmtiles]") {
    const std::vector<std::pair<std::string, ReadValue>> cases{{"12", std::int64_t{12}},
                                                               {"-12", std::int64_t{-12}},
                                                               {"1.50", 1.5},
                                                               {"007", "007"},
                                                               {"1,234", "1,234"},
                                                               {"不明", "不明"},
                                                               {"9007199254740993", "9007199254740993"}};
    std::vector<TileRow> rows;
    for (const auto& [cell, value] : cases) {
        rows.push_back({{"12", cell}, point_at(139, 36)});
    }
    const std::string strange = "l1\nl2\t\x01\"引用\" " + std::string(200'000, 'x');
    rows.push_back({{strange, ""}, point_at(139, 36)});
    const ReadArchive archive(written(rows).bytes);
    std::map<std::uint64_t, std::map<std::string, ReadValue>> found;
    for (const auto& [place, packed] : archive.packed) {
        if (place.zoom == archive.max_zoom()) {
            for (const ReadTileFeature& feature : archive.tile(place).features) {
                found[feature.id] = feature.properties;
            }
        }
    }
    REQUIRE(found.size() == cases.size() + 1);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        CHECK(found[i + 1].at("数") == cases[i].second);
        CHECK(found[i + 1].at("名称") == ReadValue("12"));
    }
    CHECK(found[cases.size() + 1] == std::map<std::string, ReadValue>{{"名称", strange}});
}

TEST_CASE("An empty table is an archive with one empty tile", "[write][pmtiles]") {
    for (const std::vector<TileRow>& rows : {std::vector<TileRow>{}, std::vector<TileRow>{{{"a", "1"}, nullptr}}}) {
        const WrittenTiles out = written(rows);
        CHECK(out.file.rows == 0);
        const ReadArchive archive(out.bytes);
        REQUIRE(archive.packed.size() == 1);
        CHECK(archive.tile({0, 0, 0}).features.empty());
        CHECK(archive.max_zoom() == 0);
        CHECK(archive.position(102) == -1800000000);
    }
}

TEST_CASE("Leaf directories lead to every tile", "[write][pmtiles]") {
    const std::vector<TileRow> rows = many_points(3000);
    const ReadArchive plain(written(rows).bytes);
    CHECK(plain.leaves == 0);
    PmtilesOptions options;
    options.archive = {60, 16384, 3};  // too small a root at first: the leaves grow until theirs fits
    const ReadArchive leafy(written(rows, options).bytes);
    CHECK(leafy.leaves > 1);
    CHECK(leafy.number(16) <= 60);
    CHECK(leafy.packed == plain.packed);
    options.archive = {16257, 10, 4};
    const ReadArchive more(written(rows, options).bytes);
    CHECK(more.leaves == (more.entries + 3) / 4);
    CHECK(more.packed == plain.packed);
}

TEST_CASE("Tiles with the same content are stored once, neighbours in one line", "[write][pmtiles]") {
    PmtilesOptions options;
    options.max_zoom = 14;
    const ReadArchive archive(written({{{"海", "1"}, square_at(139, 36, 1)}}, options).bytes);
    CHECK(archive.addressed > 2000);
    CHECK(archive.entries < archive.addressed / 4);
    CHECK(archive.number(88) < archive.entries);  // contents
    CHECK(archive.longest_run > 16);
    for (const auto& [place, packed] : archive.packed) {
        REQUIRE(archive.tile(place).features.size() == 1);
    }
}

TEST_CASE("The same bytes for any cutting into batches", "[write][pmtiles]") {
    std::vector<TileRow> rows = many_points(500);
    rows.push_back({{"公園", "1"}, square_at(139.05, 36.35, 0.03)});
    rows.push_back({{"道", "2"}, line_along({{139, 36.3}, {139.1, 36.4}, {139.2, 36.3}})});
    rows[3].state = RowState::total;
    const std::string one = written(rows, {}, 1).bytes;
    CHECK(one == written(rows, {}, 7).bytes);
    CHECK(one == written(rows, {}, 10'000).bytes);
}

TEST_CASE("Polygons keep their area, their holes and their parts", "[write][pmtiles]") {
    const std::vector<TileRow> rows{{{"穴", "1"},
                                     [](Geometries& shapes) {
                                         add_square(shapes, 139.001, 36.001, 0.01);
                                         add_square(shapes, 139.003, 36.003, 0.002);  // wound as its outer ring
                                         shapes.end_part();
                                         add_square(shapes, 139.0115, 36.0115, 0.001, true);
                                         shapes.end_part();
                                         shapes.end_row(GeometryKind::multi_polygon);
                                     }},
                                    {{"点々", "2"},
                                     [](Geometries& shapes) {
                                         for (const double x : {139.002, 139.008, 139.3}) {
                                             shapes.add_point(x, 36.002);
                                             shapes.end_ring();
                                             shapes.end_part();
                                         }
                                         shapes.end_row(GeometryKind::multi_point);
                                     }},
                                    {{"道々", "3"}, [](Geometries& shapes) {
                                         for (const double x : {139.002, 139.003}) {
                                             shapes.add_point(x, 36.002);
                                             shapes.add_point(x + 0.001, 36.004);
                                             shapes.end_ring();
                                             shapes.end_part();
                                         }
                                         shapes.end_row(GeometryKind::multi_line);
                                     }}};
    PmtilesOptions options;
    options.max_zoom = 9;
    const ReadArchive archive(written(rows, options).bytes);
    const auto [x, y] = tile_units(139.001, 36.001, 9);
    const ReadTile tile = archive.tile({9, static_cast<std::uint32_t>(x / 4096), static_cast<std::uint32_t>(y / 4096)});
    REQUIRE(tile.features.size() == 3);
    for (const ReadTileFeature& feature : tile.features) {
        if (feature.id == 1) {
            CHECK(feature.type == 3);
            REQUIRE(feature.paths.size() == 3);
            const auto square = [&](double size) {
                const auto [right, down] = tile_units(139 + size, 36, 9);
                const auto [left, up] = tile_units(139, 36 + size, 9);
                return 2 * (right - left) * (down - up);
            };
            CHECK(static_cast<double>(read_area(feature.paths[0])) == Approx(square(0.01)).epsilon(0.03));
            CHECK(static_cast<double>(-read_area(feature.paths[1])) == Approx(square(0.002)).epsilon(0.1));
            CHECK(static_cast<double>(read_area(feature.paths[2])) == Approx(square(0.001)).epsilon(0.2));
        } else if (feature.id == 2) {
            CHECK(feature.type == 1);
            CHECK(feature.paths.at(0).size() >= 2);
        } else {
            CHECK(feature.type == 2);
            CHECK(feature.paths.size() == 2);
        }
    }
}

TEST_CASE("No line and no polygon is lost at the highest zoom level, however small", "[write][pmtiles]") {
    Scatter scatter;
    std::vector<TileRow> rows;
    for (int i = 0; i < 2000; ++i) {
        const double x = 139 + 0.05 * scatter.next();
        const double y = 36 + 0.05 * scatter.next();
        const double size = 1e-8 * std::pow(10, 6 * scatter.next());
        if (i % 3 == 0) {
            rows.push_back({{"道", "1"}, line_along({{x, y}, {x + size, y + size / 2}})});
        } else if (i % 3 == 1) {
            rows.push_back({{"家", "1"}, square_at(x, y, size)});
        } else {  // a sliver
            rows.push_back({{"帯", "1"}, [=](Geometries& shapes) {
                                for (const auto& [a, b] : std::vector<std::pair<double, double>>{
                                         {x, y}, {x + size, y}, {x + size, y + 1e-7}, {x, y}}) {
                                    shapes.add_point(a, b);
                                }
                                shapes.end_ring();
                                shapes.end_part();
                                shapes.end_row(GeometryKind::polygon);
                            }});
        }
    }
    for (const unsigned zoom : {12U, 14U}) {
        PmtilesOptions options;
        options.max_zoom = zoom;
        options.min_zoom = 8;
        const ReadArchive archive(written(rows, options).bytes);
        CHECK(ids_at(archive, zoom).size() == rows.size());
        for (const auto& [place, packed] : archive.packed) {
            for (const ReadTileFeature& feature : archive.tile(place).features) {
                REQUIRE_FALSE(feature.paths.empty());
                if (feature.type == 3) {
                    REQUIRE(read_area(feature.paths[0]) > 0);
                }
            }
        }
        const std::set<std::uint64_t> far = ids_at(archive, 8);
        CHECK_FALSE(far.empty());
        CHECK(far.size() < rows.size());
        CHECK(archive.metadata.at("complete_from_zoom") == first_complete(archive, rows.size()));
    }
}

TEST_CASE("Zoom levels follow extent, detail and density", "[write][pmtiles]") {
    const auto range_of = [](const std::vector<TileRow>& rows) {
        const ReadArchive archive(written(rows).bytes);
        return std::pair{archive.min_zoom(), archive.max_zoom()};
    };
    CHECK(range_of({{{"a", "1"}, point_at(139, 36)}}) == std::pair{10U, 14U});
    CHECK(range_of({{{"a", "1"}, point_at(128, 26)}, {{"b", "1"}, point_at(145, 45)}}) == std::pair{2U, 14U});
    CHECK(range_of({{{"a", "1"}, square_at(139, 36, 0.1)}}) == std::pair{10U, 12U});     // edges of kilometres
    CHECK(range_of({{{"a", "1"}, square_at(139, 36, 0.0001)}}) == std::pair{10U, 13U});  // of ten metres
    CHECK(range_of({{{"a", "1"}, square_at(139, 36, 0.00001)}}) == std::pair{10U, 14U});
    // Three megabytes in a tile that a higher zoom level divides, and in one that it does not.
    std::vector<TileRow> rows;
    for (int i = 0; i < 30; ++i) {
        rows.push_back({{std::string(100'000, 'a'), "1"}, point_at(139 + 0.0006 * i, 36)});
    }
    CHECK(range_of(rows).second == 15);
    for (TileRow& row : rows) {
        row.shape = point_at(139, 36);
    }
    CHECK(range_of(rows).second == 14);
}
