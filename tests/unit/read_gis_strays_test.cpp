// SPDX-License-Identifier: Apache-2.0
// Single rows of a GIS layer whose numbers are of another kind than those of the others, and systems that nobody knows.
#include "locate/converter.hpp"
#include "model/error.hpp"
#include "read/gis.hpp"
#include "read/gis_opening.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <cstring>
#include <limits>
#include <string>
#include <vector>

using namespace kokai;
using kokai::testing::TemporaryFolder;
using Texts = std::vector<std::string>;

namespace {

struct Layer {
    Texts findings;  // "row severity code found"
    std::vector<GeometryKind> kinds;
    std::vector<std::vector<double>> shapes;  // all coordinates of the first ring
};

Layer read(const std::filesystem::path& path, const std::string& crs = {}) {
    GisOptions options;
    options.path = path;
    options.shown = path.filename().string();
    options.name = "a";
    options.crs = crs;
    options.grids = std::filesystem::path(KOKAI_SOURCE_DIR) / "schemas" / "reference" / "grids";
    GisSource source(options);
    Findings findings;
    source.open(findings);
    Layer layer;
    Batch batch;
    while (source.next(batch, findings)) {
        source.parse(batch, findings);
        for (std::size_t row = 0; row < batch.size(); ++row) {
            layer.kinds.push_back(batch.shapes.kind(row));
            std::vector<double>& shape = layer.shapes.emplace_back();
            if (layer.kinds.back() != GeometryKind::none) {
                const auto xy = batch.shapes.ring(batch.shapes.ring_begin(batch.shapes.part_begin(row)));
                shape.assign(xy.begin(), xy.end());
            }
        }
        const std::vector<SourceInfo> about = source.about();
        for (const Finding& finding : findings.list()) {
            const FindingText text = spell_out(finding, about);
            layer.findings.push_back(
                fmt::format("{} {} {} {}", text.row, name_of(text.severity), info(text.code).id, text.found));
        }
        findings.clear();
        batch.clear();
    }
    return layer;
}

std::string refusal(const std::filesystem::path& path) {
    try {
        read(path);
    } catch (const WorldError& error) {
        CHECK_FALSE(error.en().empty());
        return error.ja();
    }
    return "";
}

constexpr const char* plane = R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6677"}},)";

/// Eight points of 前橋市 in the ninth zone, and one more geometry behind the second.
std::string city_with(const std::string& stray, const std::string& members = plane) {
    std::string text = R"({"type":"FeatureCollection",)" + members + R"("features":[)";
    const auto add = [&](const std::string& geometry) {
        text += R"({"type":"Feature","properties":{"n":1},"geometry":)" + geometry + "},";
    };
    for (int i = 0; i < 8; ++i) {
        add(fmt::format(R"({{"type":"Point","coordinates":[{},{}]}})", -69'000 + 500 * i, 43'000 + 300 * i));
        if (i == 1) {
            add(stray);
        }
    }
    text.back() = ']';
    return text + "}";
}

std::string point(const std::string& numbers) {
    return R"({"type":"Point","coordinates":[)" + numbers + "]}";
}

std::string degrees(const std::string& members) {
    return R"({"type":"FeatureCollection",)" + members +
           R"("features":[{"type":"Feature","properties":{"crs":"x"},"geometry":)" + point("139.06,36.39") + "}]}";
}

std::string named(const std::string& name) {
    return R"("crs":{"type":"name","properties":{"name":")" + name + R"("}},)";
}

}  // namespace

TEST_CASE("A point at 0,0 is no position in a plane system either", "[read][gis][crs]") {
    const TemporaryFolder folder;
    const Layer layer = read(folder.file("a.geojson", city_with(point("0,0"))));
    CHECK(layer.findings == Texts{"3 warning position-zero 0, 0"});
    CHECK(layer.kinds[2] == GeometryKind::none);
    CHECK(layer.kinds[3] == GeometryKind::point);
}

TEST_CASE("Degrees and kilometres among the metres of a layer are no positions", "[read][gis][crs]") {
    const TemporaryFolder folder;
    const std::string why = "（ほかの行の座標系の数字ではない / no numbers of the other rows' system）";
    for (const std::string numbers : {"139.06, 36.39", "36.39, 139.06", "-68.1, 43.9"}) {
        const Layer layer = read(folder.file("a.geojson", city_with(point(numbers))));
        CHECK(layer.findings == Texts{"3 error geometry-invalid " + numbers + why});
        CHECK(layer.kinds[2] == GeometryKind::none);
    }
    // One vertex of an area that leaps to the origin; a point there that no other reading explains stays.
    const std::string area =
        R"({"type":"Polygon","coordinates":[[[-69000,43000],[0,0],[-68000,43000],[-69000,43000]]]})";
    CHECK(read(folder.file("a.geojson", city_with(area))).findings == Texts{"3 error geometry-invalid 0, 0" + why});
    CHECK(read(folder.file("a.geojson", city_with(point("150,90")))).findings.empty());
}

TEST_CASE("A single row with east and north exchanged is put right where the others lie", "[read][gis][crs]") {
    const TemporaryFolder folder;
    const Layer layer = read(folder.file("a.geojson", city_with(point("43300,-68500"))));
    CHECK(layer.findings == Texts{"3 warning position-swapped 43300, -68500"});
    CHECK(layer.shapes[2] == layer.shapes[1]);
    // The same in another unit of a layer that is exchanged as a whole is no slip: the layer's own range decides.
    const Layer far = read(folder.file("a.geojson", city_with(point("-20000,-30000"))));
    CHECK(far.findings.empty());
}

TEST_CASE("NaN for a coordinate of a point is told", "[read][gis]") {
    const auto shapefile = [](const std::vector<std::pair<double, double>>& points) {
        std::string body;
        const auto put = [](std::string& out, const auto number, bool big = false) {
            std::string bytes(sizeof number, '\0');
            std::memcpy(bytes.data(), &number, sizeof number);
            out += big ? std::string(bytes.rbegin(), bytes.rend()) : bytes;
        };
        for (std::size_t i = 0; i < points.size(); ++i) {
            put(body, static_cast<std::uint32_t>(i + 1), true);
            put(body, std::uint32_t{10}, true);
            put(body, std::uint32_t{1});
            put(body, points[i].first);
            put(body, points[i].second);
        }
        std::string head;
        put(head, std::uint32_t{9994}, true);
        head.resize(24);
        put(head, static_cast<std::uint32_t>((100 + body.size()) / 2), true);
        put(head, std::uint32_t{1000});
        put(head, std::uint32_t{1});
        for (const double edge : {139.0, 36.0, 140.0, 37.0, 0.0, 0.0, 0.0, 0.0}) {
            put(head, edge);
        }
        return head + body;
    };
    const TemporaryFolder folder;
    std::string table{"\x03\x7E\x01\x01\x04\0\0\0\x41\0\x02\0", 12};
    table.resize(32);
    table += std::string("A\0\0\0\0\0\0\0\0\0\0C\0\0\0\0\x01", 17);
    table.resize(64);
    folder.file("a.dbf", table + "\r 1 2 3 4\x1A");
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const Layer layer =
        read(folder.file("a.shp", shapefile({{139.06, 36.39}, {nan, 36.39}, {139.06, nan}, {nan, nan}})), "EPSG:6668");
    CHECK(layer.findings == Texts{"2 error geometry-invalid nan, 36.39", "3 error geometry-invalid 139.06, nan",
                                  "4 error geometry-invalid nan, nan"});
    CHECK(layer.kinds[0] == GeometryKind::point);
    CHECK(layer.kinds[1] == GeometryKind::none);
}

TEST_CASE("A coordinate system that nobody knows is named, and the file read by where it lies", "[read][gis][crs]") {
    const TemporaryFolder folder;
    for (const std::string name : {"urn:ogc:def:crs:EPSG::99999", "foo", "JGD2011の9系"}) {
        CAPTURE(name);
        const auto path = folder.file("a.geojson", degrees(named(name)));
        CHECK(read(path).findings == Texts{"0 warning crs-doubtful " + name + "（わからない名前 / not known）"});
        CHECK(read(path, "EPSG:6668").findings.empty());
        CHECK(refusal(folder.file("b.geojson", city_with(point("1,1"), named(name)))) ==
              "座標系の名前「" + name + "」がわかりません。座標系を crs（例: EPSG:6677）で指定してください");
    }
    for (const std::string name :
         {"urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "WGS84", "EPSG:6668", "urn:ogc:def:crs:EPSG::4612"}) {
        CAPTURE(name);
        CHECK(read(folder.file("a.geojson", degrees(named(name)))).findings.empty());
    }
    CHECK(read(folder.file("a.geojson", degrees(""))).findings.empty());
}

TEST_CASE("A GeoJSON with a shape that GDAL finds too large is not called broken", "[read][gis]") {
    const TemporaryFolder folder;
    const auto path = folder.file("a.geojson", degrees(""));
    const InputFile file(path, "a.geojson");
    try {
        refuse_gis({path, "a.geojson", {}, {}}, file, GisFormat::geojson,
                   "GeoJSON object too complex/large. You may define the OGR_GEOJSON_MAX_OBJ_SIZE option");
    } catch (const WorldError& error) {
        CHECK(error.ja().starts_with("一つの図形が大きすぎて"));
        CHECK(error.en().starts_with("one shape is too large"));
    }
}
