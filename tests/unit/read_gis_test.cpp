// SPDX-License-Identifier: Apache-2.0
// GeoJSON and Shapefile through the GDAL module. The Shapefiles are written here byte by byte, so that each can be
// wrong in one way: no .shx, no .prj, a .cpg that lies.
#include "read/gis.hpp"

#include "model/error.hpp"
#include "read/gis_opening.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

using namespace kokai;

namespace {

class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("kokai-gis-test-" + std::to_string(getpid()))) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    Folder(Folder&&) = delete;
    Folder& operator=(Folder&&) = delete;

    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }
    [[nodiscard]] std::set<std::string> files() const {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(path_)) {
            names.insert(entry.path().filename().string());
        }
        return names;
    }

private:
    std::filesystem::path path_;
};

/// A source read to its end.
struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::uint32_t> numbers;
    std::vector<GeometryKind> kinds;
    std::vector<std::vector<double>> first_rings;
    std::vector<std::string> findings;  // "row severity code found"
    SourceInfo about;
};

Table read(const std::filesystem::path& path, const std::string& crs = {}, const std::string& encoding = {},
           const std::string& layer = {}, GisOptions options = {}) {
    const std::string options_geometry = options.geometry;
    options.path = path;
    options.shown = path.filename().string();
    options.name = "x";
    options.crs = crs;
    options.grids = std::filesystem::path(KOKAI_SOURCE_DIR) / "schemas" / "reference" / "grids";
    options.encoding = encoding;
    options.layer = layer;
    GisSource source(options);
    Table table;
    Findings findings;
    const auto take_findings = [&] {
        const std::vector<SourceInfo> about = source.about();
        for (const Finding& finding : findings.list()) {
            const FindingText text = spell_out(finding, about);
            CHECK(text.cell.empty());  // a GIS file has no cells
            table.findings.push_back(std::to_string(text.row) + " " + std::string(name_of(text.severity)) + " " +
                                     std::string(info(text.code).id) + " " + text.found);
        }
        findings.clear();
    };
    const Shape shape = source.open(findings);
    CHECK(shape.has_geometry);
    for (const ColumnInfo& column : shape.columns) {
        table.columns.push_back(column.name);
    }
    Batch batch;
    while (source.next(batch, findings)) {
        source.parse(batch, findings);
        for (std::size_t row = 0; row < batch.size(); ++row) {
            std::vector<std::string> cells;
            for (const Column& column : batch.columns) {
                cells.emplace_back(column.cells[row]);
            }
            table.rows.push_back(cells);
            table.numbers.push_back(batch.rows[row].row);
            table.kinds.push_back(batch.shapes.kind(row));
            std::vector<double> ring;
            if (batch.shapes.part_begin(row) < batch.shapes.part_end(row)) {
                const auto xy = batch.shapes.ring(batch.shapes.ring_begin(batch.shapes.part_begin(row)));
                ring.assign(xy.begin(), xy.end());
            }
            table.first_rings.push_back(ring);
        }
        take_findings();
        batch.clear();
    }
    source.end(findings);
    take_findings();
    table.about = source.about().at(0);
    CHECK((table.about.data_rows == table.rows.size() || !options_geometry.empty()));
    return table;
}

std::string refusal(const std::filesystem::path& path, const std::string& crs = {}, const std::string& encoding = {},
                    const std::string& layer = {}) {
    try {
        read(path, crs, encoding, layer);
    } catch (const WorldError& error) {
        CHECK(error.exit() == Exit::world);
        CHECK_FALSE(error.en().empty());
        return error.ja();
    }
    return "";
}

std::string collection(const std::string& features, const std::string& members = {}) {
    return R"({"type":"FeatureCollection",)" + members + R"("features":[)" + features + "]}";
}

std::string feature(const std::string& properties, const std::string& geometry = "null") {
    return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}";
}

std::string point(double x, double y) {
    return R"({"type":"Point","coordinates":[)" + std::to_string(x) + "," + std::to_string(y) + "]}";
}

// --- a Shapefile of points, byte by byte ---

void big(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
    }
}
void little(std::string& out, std::uint32_t value, int bytes = 4) {
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>((value >> static_cast<unsigned>(8 * i)) & 0xFFU);
    }
}
void little(std::string& out, double value) {
    char bytes[8];
    std::memcpy(bytes, &value, 8);
    out.append(bytes, 8);
}

std::string shp_header(std::uint32_t words, std::uint32_t kind) {
    std::string out;
    big(out, 9994);
    for (int i = 0; i < 5; ++i) {
        big(out, 0);
    }
    big(out, words);
    little(out, 1000U);
    little(out, kind);
    for (const double bound : {-1e6, -1e6, 1e6, 1e6, 0.0, 0.0, 0.0, 0.0}) {
        little(out, bound);
    }
    return out;
}

struct Points {
    std::vector<std::pair<double, double>> at;
    std::string field = "name";
    std::vector<std::string> values;
    std::string count = "    42";  // as wide as its field
    bool measured = false;

    [[nodiscard]] std::uint32_t kind() const { return measured ? 21 : 1; }
    [[nodiscard]] std::uint32_t words() const { return measured ? 14 : 10; }  // of a record

    [[nodiscard]] std::string shp() const {
        std::string out = shp_header(static_cast<std::uint32_t>(50 + (4 + words()) * at.size()), kind());
        for (std::size_t i = 0; i < at.size(); ++i) {
            big(out, static_cast<std::uint32_t>(i + 1));
            big(out, words());
            little(out, kind());
            little(out, at[i].first);
            little(out, at[i].second);
            if (measured) {
                little(out, 12.5);
            }
        }
        return out;
    }
    [[nodiscard]] std::string shx() const {
        std::string out = shp_header(static_cast<std::uint32_t>(50 + 4 * at.size()), kind());
        for (std::size_t i = 0; i < at.size(); ++i) {
            big(out, static_cast<std::uint32_t>(50 + (4 + words()) * i));
            big(out, words());
        }
        return out;
    }
    /// A text field of 12 bytes, a whole number, a number with three decimals, a date.
    [[nodiscard]] std::string dbf() const {
        std::string out("\x03\x7C\x01\x01", 4);
        little(out, static_cast<std::uint32_t>(at.size()));
        little(out, 32 + 4 * 32 + 1, 2);
        little(out, static_cast<std::uint32_t>(1 + 12 + count.size() + 9 + 8), 2);
        out.append(20, '\0');
        const auto define = [&](std::string name, char type, int size, int decimals) {
            name.resize(11, '\0');
            out += name;
            out += type;
            out.append(4, '\0');
            out += static_cast<char>(size);
            out += static_cast<char>(decimals);
            out.append(14, '\0');
        };
        define(field, 'C', 12, 0);
        define("count", 'N', static_cast<int>(count.size()), 0);
        define("size", 'N', 9, 3);
        define("day", 'D', 8, 0);
        out += '\r';
        for (const std::string& value : values) {
            std::string padded = value;
            padded.resize(12, ' ');
            out += " " + padded + count + "   12.500" + "20240401";
        }
        out += '\x1A';
        return out;
    }
    void write(const Folder& folder, const std::set<std::string>& leave_out = {}) const {
        const std::pair<const char*, std::string> parts[] = {{"a.shp", shp()}, {"a.shx", shx()}, {"a.dbf", dbf()}};
        for (const auto& [name, bytes] : parts) {
            if (leave_out.count(name) == 0) {
                folder.write(name, bytes);
            }
        }
    }
};

const std::string maebashi_cp932 = "\x91\x4F\x8B\xB4";  // 前橋
const std::string plane_ix_prj =
    R"(PROJCS["JGD_2011_Japan_Zone_9",GEOGCS["GCS_JGD_2011",DATUM["D_JGD_2011",SPHEROID["GRS_1980",6378137.0,298.257222101]],)"
    R"(PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",0.0],)"
    R"(PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",139.833333333333],PARAMETER["Scale_Factor",0.9999],)"
    R"(PARAMETER["Latitude_Of_Origin",36.0],UNIT["Meter",1.0]])";

}  // namespace

TEST_CASE("Attributes are text as the file holds them", "[read][gis]") {
    const Folder folder;
    const auto path = folder.write(
        "types.geojson",
        "\xEF\xBB\xBF" +
            collection(feature(R"("番号":"007","a":1,"b":1.10,"c":true,"d":[1,2],"e":["x","y"],"f":{"k":[1]},"g":null,)"
                               R"("日":"2024/04/01","n":12345678901234,"h":0.1)",
                               R"({"type":"Point","coordinates":[139.1,36.4,120]})") +
                       "," + feature(R"("a":"text","z":"new")")));
    const Table table = read(path);
    // Every feature's own order is kept; what only some features have stands where GDAL finds room for it.
    CHECK(table.columns == std::vector<std::string>{"番号", "a", "b", "c", "d", "e", "f", "g", "z", "日", "n", "h"});
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0] == std::vector<std::string>{"007", "1", "1.1", "true", "1;2", "x;y", R"({ "k": [ 1 ] })", "",
                                                    "", "2024/04/01", "12345678901234", "0.1"});
    CHECK(table.rows[1].at(1) == "text");
    CHECK(table.rows[1].at(8) == "new");
    CHECK(table.kinds == std::vector<GeometryKind>{GeometryKind::point, GeometryKind::none});
    CHECK(table.first_rings[0] == std::vector<double>{139.1, 36.4});
    CHECK(table.numbers == std::vector<std::uint32_t>{1, 2});
    CHECK(table.findings == std::vector<std::string>{"0 note height-dropped 1"});
    CHECK(table.about.format == "GeoJSON");
    CHECK(table.about.sheet == "types");
    CHECK(table.about.sha256.size() == 64);
}

TEST_CASE("Numbers among texts keep their digits, and integers beyond 64 bits are told", "[read][gis]") {
    const Folder folder;
    const Table table = read(folder.write(
        "a.geojson", collection(feature(R"("a":36.39,"b":12345678901234567890,"c":"0.10000000000000001x")") + "," +
                                feature(R"("a":"","b":1,"c":"1.00")") + "," + feature(R"("a":0.1,"b":-2,"c":"")"))));
    CHECK(table.rows == std::vector<std::vector<std::string>>{{"36.39", "9223372036854775807", "0.10000000000000001x"},
                                                              {"", "1", "1.00"},
                                                              {"0.1", "-2", ""}});
    CHECK(table.findings == std::vector<std::string>{"1 error integer-too-large 9223372036854775807"});
    const Table nested = read(folder.write(
        "a.geojson",
        collection(feature(R"("a":{"k":36.39,"l":[0.1,-2.5],"s":"36.390000000000001 \"0.1"},"b":[36.39,"x"])"))));
    CHECK(nested.rows.at(0) ==
          std::vector<std::string>{R"({ "k": 36.39, "l": [ 0.1, -2.5 ], "s": "36.390000000000001 \"0.1" })",
                                   R"([ 36.39, "x" ])"});
}

TEST_CASE("Shapes keep their kind, parts and rings; open rings are closed", "[read][gis]") {
    const Folder folder;
    const std::string ring = "[[139,36],[139,37],[140,37],[140,36]]";  // not closed, as some programs write it
    const auto path = folder.write(
        "kinds.geojson",
        collection(feature(R"("a":1)", R"({"type":"Polygon","coordinates":[)" + ring + "]}") + "," +
                   feature(R"("a":2)", R"({"type":"MultiPolygon","coordinates":[[)" + ring + "],[" + ring + "]]}") +
                   "," + feature(R"("a":3)", R"({"type":"LineString","coordinates":[[139,36],[140,36]]})") + "," +
                   feature(R"("a":4)", R"({"type":"MultiLineString","coordinates":[[[139,36],[140,36]]]})") + "," +
                   feature(R"("a":5)", R"({"type":"MultiPoint","coordinates":[[139,36],[140,36]]})")));
    const Table table = read(path);
    CHECK(table.kinds == std::vector<GeometryKind>{GeometryKind::polygon, GeometryKind::multi_polygon,
                                                   GeometryKind::line, GeometryKind::multi_line,
                                                   GeometryKind::multi_point});
    CHECK(table.first_rings[0] == std::vector<double>{139, 36, 139, 37, 140, 37, 140, 36, 139, 36});
    // Between the ends of each lies a degree: that may have been a longer way.
    CHECK(table.findings == std::vector<std::string>{
                                "1 warning ring-closed 140, 36 → 139, 36 (90059.77 m)",
                                "2 warning ring-closed 140, 36 → 139, 36 (90059.77 m)",
                                "2 warning geometry-invalid Self-intersection (139, 37)",
                                "0 error geometry-mixed 点 point 1, 線 line 2, 面 polygon 2",
                            });
    GisOptions lines;
    lines.geometry = "line";
    const Table only = read(path, {}, {}, {}, lines);
    CHECK(only.numbers == std::vector<std::uint32_t>{3, 4});
    CHECK(only.rows == std::vector<std::vector<std::string>>{{"3"}, {"4"}});
    CHECK(only.findings == std::vector<std::string>{"0 warning geometry-left-out 点 point 1, 面 polygon 2"});
}

TEST_CASE("A shape that cannot be read is a finding on its row, not a silent null", "[read][gis]") {
    const Folder folder;
    const auto path = folder.write(
        "faults.geojson",
        collection(feature(R"("a":1)", R"({"type":"GeometryCollection","geometries":[)" + point(139, 36) +
                                           R"(,{"type":"LineString","coordinates":[[139,36],[140,36]]}]})") +
                   "," + feature(R"("a":2)", R"({"type":"Polygon","coordinates":[[[139,36],[140,36],[139,36]]]})") +
                   "," + feature(R"("a":3)", point(1390, 36)) + "," + feature(R"("a":4)", point(139, 36)) + "," +
                   feature(R"("a":5)", point(139, 36)) + "," +
                   feature(R"("a":6)", R"({"type":"Point","coordinates":["x","y"]})") + "," + feature(R"("a":7)") +
                   "," + feature(R"("a":8)", R"({"type":"Polygon","coordinates":[]})") + "," +
                   feature(R"("a":9)", R"({"type":"Point","coordinates":[NaN,36]})")));
    const Table table = read(path);
    CHECK(table.findings == std::vector<std::string>{
                                "1 error geometry-unsupported GeometryCollection (Point, Line String)",
                                "2 error geometry-invalid LinearRing: 3 < 4",
                                "9 error geometry-invalid nan, 36",
                                "3 error geometry-invalid 1390, 36",
                                "6 error geometry-invalid 読めない座標・種類 / unreadable type or coordinates",
                            });
    CHECK(table.rows.size() == 9);
    CHECK(table.kinds[3] == GeometryKind::point);
    CHECK(table.kinds[8] == GeometryKind::none);
}

TEST_CASE("A shape without coordinates, or told as a text, is told; one that is null or empty is none", "[read][gis]") {
    const Folder folder;
    const std::string text = "\"POINT(139 36)\"";
    const auto path =
        folder.write("without.geojson", collection(feature(R"("a":1)", R"({"type":"Point"})") + "," +
                                                   feature(R"("a":2)", text) + "," + feature(R"("a":3)", "null") + "," +
                                                   feature(R"("a":4)", R"({"type":"Point","coordinates":[]})") + "," +
                                                   feature(R"("a":5)", point(139, 36))));
    CHECK(read(path).findings ==
          std::vector<std::string>{"1 error geometry-invalid 読めない座標・種類 / unreadable type or coordinates",
                                   "2 error geometry-invalid 読めない座標・種類 / unreadable type or coordinates"});
}

TEST_CASE("Of one feature a line, too, a shape that cannot be read is told", "[read][gis]") {
    const Folder folder;
    const std::string good = feature(R"("a":1)", point(139.1, 36.4));
    const std::string text = feature(R"("a":2)", R"({"type":"Point","coordinates":["x","y"]})");
    const std::string name = feature(R"("a":3)", R"({"type":"Pointt","coordinates":[139.1,36.4]})");
    const std::string none = feature(R"("a":4)");
    const std::vector<std::string> told{"2 error geometry-invalid 読めない座標・種類 / unreadable type or coordinates",
                                        "4 error geometry-invalid 読めない座標・種類 / unreadable type or coordinates"};
    CHECK(read(folder.write("a.geojsonl", good + "\n" + text + "\r\n" + none + "\n\n" + name)).findings == told);
    std::string broken = text;
    broken.insert(1, "\n");  // behind a record separator a line may end anywhere
    CHECK(read(folder.write("a.geojsons", "\x1E" + good + "\n\x1E" + broken + "\n\x1E" + none + "\n\x1E" + name + "\n"))
              .findings == told);
    CHECK(refusal(folder.write("a.geojsonl", good + "\n" + none + "\n\n" + R"({"type":"Feature","prop)" + "\n" + good))
              .find(" 4 行目から") != std::string::npos);
}

TEST_CASE("A collection of one kind is a shape of many parts", "[read][gis]") {
    const Folder folder;
    const std::string inner = R"({"type":"GeometryCollection","geometries":[)" + point(139.2, 36) + "]}";
    const auto path = folder.write(
        "collections.geojson",
        collection(feature(R"("a":1)", R"({"type":"GeometryCollection","geometries":[)" + point(139, 36) + "," +
                                           R"({"type":"MultiPoint","coordinates":[[139.1,36]]},)" + inner + "]}")));
    const Table table = read(path);
    CHECK(table.findings.empty());
    CHECK(table.kinds == std::vector<GeometryKind>{GeometryKind::multi_point});
    CHECK(table.first_rings[0] == std::vector<double>{139, 36});
}

TEST_CASE("A ring open by less than a metre is closed with a note, in degrees whatever it was in", "[read][gis]") {
    const Folder folder;
    const auto path = folder.write(
        "open.geojson",
        collection(feature(R"("a":1)",
                           R"({"type":"Polygon","coordinates":[[[-69116,43484],[-69116,43584],[-69016,43584],)"
                           R"([-69115.5,43484]]]})"),
                   R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6677"}},)"));
    const Table table = read(path);
    REQUIRE(table.findings.size() == 1);
    CHECK(table.findings[0].find("1 note ring-closed 139.06") == 0);
    CHECK(table.findings[0].find("(0.50 m)") != std::string::npos);
    CHECK(table.first_rings[0].size() == 10);
}

TEST_CASE("Every coordinate system of Japan becomes longitude and latitude", "[read][gis]") {
    const Folder folder;
    const auto crs = [](const std::string& code) {
        return R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::)" + code + R"("}},)";
    };
    // 前橋市役所: plane rectangular IX (east, north) as PROJ's cs2cs gives it.
    const auto plane =
        folder.write("plane.geojson", collection(feature(R"("a":1)", point(-69116.0, 43484.0)), crs("6677")));
    const Table nine = read(plane);
    CHECK(nine.first_rings[0].at(0) == Approx(139.0635).margin(1e-3));
    CHECK(nine.first_rings[0].at(1) == Approx(36.3895).margin(1e-3));
    CHECK(nine.findings.empty());
    // Between JGD2000 and JGD2011 lies the earthquake of 2011: half a metre in 前橋.
    const Table older =
        read(folder.write("old.geojson", collection(feature(R"("a":1)", point(-69116.0, 43484.0)), crs("2451"))));
    CHECK(older.findings.empty());
    CHECK(older.first_rings[0].at(0) - nine.first_rings[0].at(0) == Approx(5.2e-6).epsilon(0).margin(4e-7));
    CHECK(older.first_rings[0].at(1) - nine.first_rings[0].at(1) == Approx(-5.2e-7).epsilon(0).margin(2e-7));
    const Table geographic =
        read(folder.write("jgd.geojson", collection(feature(R"("a":1)", point(139.5, 36.25)), crs("6668"))));
    CHECK(geographic.first_rings[0] == std::vector<double>{139.5, 36.25});
    const Table tokyo =
        read(folder.write("tokyo.geojson", collection(feature(R"("a":1)", point(139.064, 36.3857)), crs("4301"))));
    CHECK(tokyo.findings.empty());
    CHECK(tokyo.first_rings[0].at(0) == Approx(139.060813692).epsilon(0).margin(1e-8));
    CHECK(tokyo.first_rings[0].at(1) == Approx(36.388836213).epsilon(0).margin(1e-8));
    const Table at_sea =
        read(folder.write("sea.geojson", collection(feature(R"("a":1)", point(143.0, 36.31)), crs("4301"))));
    CHECK(at_sea.findings == std::vector<std::string>{"0 warning crs-without-parameter 1"});
    CHECK(at_sea.first_rings[0].at(1) == Approx(36.31326).epsilon(0).margin(1e-5));
    // What is none of Japan's systems is left to PROJ, and said.
    const Table other =
        read(folder.write("other.geojson", collection(feature(R"("a":1)", point(139.0, 36.0)), crs("4162"))));
    CHECK(other.findings == std::vector<std::string>{"0 warning crs-datum-approximate EPSG:4162"});
    const auto metres = folder.write("metres.geojson", collection(feature(R"("a":1)", point(-69116.0, 43484.0))));
    CHECK(read(metres, "EPSG:6677").first_rings[0] == nine.first_rings[0]);
    CHECK(refusal(metres) ==
          "座標が度ではありません（-69116, 43484）。座標系を crs（例: EPSG:6677）で指定してください");
    CHECK(refusal(metres, "EPSG:99999").find("座標系 EPSG:99999 は使えません") == 0);
}

TEST_CASE("Shapes of one kind alone still tell of positions outside the grid of their datum", "[read][gis]") {
    const Folder folder;
    const std::string tokyo = R"("crs":{"type":"name","properties":{"name":"EPSG:4301"}},)";
    const std::string line = R"({"type":"LineString","coordinates":[[139,36],[139.1,36]]})";
    const auto path = folder.write(
        "sea.geojson", collection(feature(R"("a":1)", point(143, 36.31)) + "," + feature(R"("a":2)", line), tokyo));
    GisOptions points;
    points.geometry = "point";
    const Table only = read(path, {}, {}, {}, points);
    CHECK(std::count(only.findings.begin(), only.findings.end(), "0 warning crs-without-parameter 1") == 1);
}

TEST_CASE("What is no GeoJSON is named for what it is", "[read][gis]") {
    const Folder folder;
    const auto said = [&](const std::string& text) { return refusal(folder.write("x.geojson", text)); };
    CHECK(said("<!DOCTYPE html><html><body>404</body></html>").find("ウェブページ（HTML）です") != std::string::npos);
    CHECK(said("<?xml version=\"1.0\"?><osm></osm>").find("GML・KML・GPX ではない XML") != std::string::npos);
    CHECK(said("PK\x03\x04").find("ZIP（または Excel）のファイルです") != std::string::npos);
    CHECK(said("").find("空のファイルです") != std::string::npos);
    CHECK(said("名前,緯度\n").find("GeoJSON でも Shapefile でもないファイルです") != std::string::npos);
    CHECK(said(R"({"a": 1})").find("GeoJSON ではない JSON") != std::string::npos);
    CHECK(said(collection(feature(R"("a":1)")).substr(0, 70)).find("途中で壊れた GeoJSON") != std::string::npos);
    CHECK(said(collection(feature("\"" + maebashi_cp932 + "\":1")))
              .find("UTF-8 でなければなりません（このファイル: CP932）") != std::string::npos);
    CHECK(said(collection(feature(R"("a":1)", point(36.4, 139.1)))).find("「緯度, 経度」の順") != std::string::npos);
    CHECK(said(collection(feature(R"("a":1)", point(139, 36)),
                          R"("crs":{"type":"link","properties":{"href":"http://127.0.0.1:9/x","type":"proj4"}},)"))
              .find("ウェブの住所") != std::string::npos);
    for (const char* name : {"/vsicurl/http://127.0.0.1/a.geojson", "PG:dbname=x", "WFS:http://127.0.0.1/"}) {
        CHECK(refusal(name).find("パソコンの中のファイルだけ") == 0);
    }
    CHECK(read(folder.write("none.geojson", collection(""))).rows.empty());
    const auto one = folder.write("one.geojson", collection(feature(R"("a":1)", point(139, 36))));
    CHECK(refusal(one, {}, {}, "other") == "レイヤー「other」がありません（あるもの: one (1)）");
}

TEST_CASE("A Shapefile: encoding from .cpg and bytes, projection from .prj", "[read][gis]") {
    const Folder folder;
    Points points{{{-69116.0, 43484.0}, {-69000.0, 43400.0}}, "\x96\xBC\x8F\xCC", {maebashi_cp932, "007"}};  // 名称
    points.write(folder);
    folder.write("a.prj", plane_ix_prj);
    const auto check = [&](const Table& table) {
        CHECK(table.columns == std::vector<std::string>{"名称", "count", "size", "day"});
        REQUIRE(table.rows.size() == 2);
        CHECK(table.rows[0] == std::vector<std::string>{"前橋", "42", "12.5", "2024-04-01"});
        CHECK(table.rows[1].at(0) == "007");
        CHECK(table.first_rings[0].at(1) == Approx(36.3895).margin(1e-3));
        CHECK(table.about.encoding == "CP932");
        CHECK(table.about.format == "ESRI Shapefile");
    };
    const Table plain = read(folder.write("a.shp", points.shp()));
    check(plain);
    CHECK(plain.findings.empty());
    folder.write("a.cpg", "\xEF\xBB\xBFShift_JIS\r\n");
    const Table marked = read(folder.write("a.shp", points.shp()));
    check(marked);
    CHECK(marked.findings.empty());
    folder.write("a.cpg", "UTF-8");
    const Table lied = read(folder.write("a.shp", points.shp()));
    check(lied);
    CHECK(lied.findings == std::vector<std::string>{"0 warning encoding-doubtful CP932"});
    // Asked for, it is read as asked, and what is no text is said.
    const Table forced = read(folder.write("a.shp", points.shp()), {}, "UTF-8");
    CHECK(forced.findings == std::vector<std::string>{"0 warning header-empty 1", "1 error encoding-broken O"});
    CHECK(refusal(folder.write("a.shp", points.shp()), {}, "EUC-JP").find("UTF-8 か CP932 です") != std::string::npos);

    points.field = "名称";
    points.values = {"前橋", "高崎"};
    points.write(folder);
    std::filesystem::remove(folder.write("a.cpg", ""));
    const Table utf8 = read(folder.write("a.shp", points.shp()));
    CHECK(utf8.columns.at(0) == "名称");
    CHECK(utf8.rows.at(1).at(0) == "高崎");
    CHECK(utf8.about.encoding == "UTF-8");
}

TEST_CASE("A whole number of a Shapefile keeps all its digits, however wide its field", "[read][gis]") {
    const Folder folder;
    for (const std::string count : {"                  42", " 1234567890123456789", " 9007199254740993"}) {
        Points points{{{139.06, 36.39}}, "name", {"a"}};
        points.count = count;
        points.write(folder);
        CHECK(read(folder.write("a.shp", points.shp())).rows.at(0).at(1) == count.substr(count.find_last_of(' ') + 1));
    }
}

TEST_CASE("Measures are told as such, and are no heights", "[read][gis]") {
    const Folder folder;
    Points points{{{139.06, 36.39}, {139.07, 36.39}}, "name", {"a", "b"}};
    points.measured = true;
    points.write(folder);
    const Table table = read(folder.write("a.shp", points.shp()));
    CHECK(table.kinds == std::vector<GeometryKind>(2, GeometryKind::point));
    CHECK(table.findings.back() == "0 note measure-dropped 2");
}

TEST_CASE("An arc becomes a line of four degrees a step, told once", "[read][gis]") {
    const Folder folder;
    const std::string arc =
        R"(<c:member><c:Road gml:id="r"><c:place><gml:Curve gml:id="g" srsName="urn:ogc:def:crs:EPSG::6668"><gml:segments>)"
        R"(<gml:Arc><gml:posList>36.39 139.06 36.395 139.065 36.39 139.07</gml:posList></gml:Arc></gml:segments></gml:Curve>)"
        R"(</c:place></c:Road></c:member>)";
    const Table table = read(folder.write(
        "a.gml", R"(<c:FeatureCollection xmlns:c="http://example.jp/c" xmlns:gml="http://www.opengis.net/gml/3.2">)" +
                     arc + arc + "</c:FeatureCollection>"));
    CHECK(table.kinds == std::vector<GeometryKind>(2, GeometryKind::line));
    CHECK(table.findings == std::vector<std::string>{"0 note curves-straightened 2"});
    REQUIRE(table.first_rings.size() == 2);
    const std::vector<double>& ring = table.first_rings[0];
    REQUIRE(ring.size() == 2 * 46);  // half a circle
    for (std::size_t i = 0; i < ring.size(); i += 2) {
        CHECK(std::hypot(ring[i] - 139.065, ring[i + 1] - 36.39) == Approx(0.005).margin(1e-9));
    }
}

TEST_CASE("Without .shx the index is rebuilt, and nothing is written beside the file", "[read][gis]") {
    const Folder folder;
    const Points points{{{139.06, 36.39}, {139.07, 36.40}}, "name", {"a", "b"}};
    points.write(folder, {"a.shx"});
    const std::set<std::string> before = folder.files();
    const Table table = read(folder.write("a.shp", points.shp()));
    CHECK(table.rows.size() == 2);
    CHECK(table.first_rings[1] == std::vector<double>{139.07, 36.40});
    CHECK(table.findings == std::vector<std::string>{"0 warning crs-assumed EPSG:6668"});
    CHECK(folder.files() == before);
}

TEST_CASE("Parts of a Shapefile that disagree about the number of records are refused", "[read][gis]") {
    const Folder folder;
    const Points five{{{139.06, 36.39}, {139.07, 36.40}, {139.08, 36.40}}, "name", {"a", "b", "c"}};
    Points fewer = five;
    fewer.at.pop_back();
    fewer.values.pop_back();
    five.write(folder);
    const auto shp = folder.write("a.shp", five.shp());
    CHECK(read(shp).rows.size() == 3);
    folder.write("a.dbf", fewer.dbf());
    CHECK(refusal(shp).find("属性と図形の件数が合いません: a.dbf は 2 件、a.shx は 3 件") == 0);
    std::string lie = five.dbf();
    lie[4] = 2;
    folder.write("a.dbf", lie);
    CHECK(refusal(shp).find("a.dbf は 3 (先頭の記載では 2) 件") != std::string::npos);
    lie[4] = 50;
    folder.write("a.dbf", lie);
    CHECK(refusal(shp).find("先頭の記載では 50") != std::string::npos);
    folder.write("a.dbf", five.dbf() + std::string(100, ' '));  // behind the end mark may be anything
    CHECK(read(shp).rows.size() == 3);
    folder.write("a.shx", fewer.shx());
    CHECK(refusal(shp).find("a.shx は 2 件") != std::string::npos);
    std::filesystem::remove(folder.write("a.shx", ""));
    folder.write("a.dbf", fewer.dbf());
    CHECK(refusal(shp).find("a.shp は 3 件") != std::string::npos);
}

TEST_CASE("Fields of a Shapefile are called what the list beside it calls them", "[read][gis]") {
    const Folder folder;
    const Points points{{{139.06, 36.39}}, "item2", {"a"}};
    points.write(folder);
    folder.write("a.attributes.csv", "original_name,display_name\nitem2,路線名\n");
    const Table table = read(folder.write("a.shp", points.shp()), "EPSG:6668");
    CHECK(table.columns == std::vector<std::string>{"路線名", "count", "size", "day"});
    CHECK(table.findings == std::vector<std::string>{"0 note field-named-by-labels item2"});
}

TEST_CASE("A query is a table's name or one SELECT", "[read][gis]") {
    const auto query = [](const std::string& text) { return prepare_postgis("gis", text, "db").request.query; };
    CHECK(query("town.parks") == "town.parks");
    CHECK(query("公園") == "公園");
    CHECK(query(" SELECT * FROM parks ; ") == "SELECT * FROM parks");
    CHECK(query("with a AS (SELECT 1) SELECT * FROM a") == "with a AS (SELECT 1) SELECT * FROM a");
    CHECK(query("select(1)") == "select(1)");
    for (const char* bad : {"BEGIN READ WRITE; DELETE FROM parks; COMMIT; SELECT * FROM parks", "DELETE FROM parks",
                            "SELECT 1; DELETE FROM parks", "selects from parks", "/* SELECT */ DELETE FROM parks", "",
                            "a.b.c", "town.\"parks"}) {
        CHECK_THROWS_AS(query(bad), WorldError);
    }
}

TEST_CASE("Without .prj only coordinates that lie in Japan are taken for degrees", "[read][gis]") {
    const Folder folder;
    Points points{{{-69116.0, 43484.0}}, "name", {"a"}};
    points.write(folder);
    CHECK(refusal(folder.write("a.shp", points.shp())).find("座標が度ではありません") == 0);
    points.at = {{3.5, 7.25}};
    points.write(folder);
    CHECK(refusal(folder.write("a.shp", points.shp())).find("座標系が書かれておらず") == 0);
    const Table abroad = read(folder.write("a.shp", points.shp()), "EPSG:4326");
    CHECK(abroad.findings == std::vector<std::string>{"1 error position-outside-japan 3.5, 7.25"});
    CHECK(abroad.kinds == std::vector<GeometryKind>{GeometryKind::none});
}

TEST_CASE("A .dbf that is missing, empty or none", "[read][gis]") {
    const Folder folder;
    const Points points{{{139.06, 36.39}}, "name", {"a"}};
    points.write(folder, {"a.dbf"});
    const auto shp = folder.write("a.shp", points.shp());
    CHECK(refusal(shp).find("属性のファイル a.dbf がありません") == 0);
    folder.write("a.dbf", "");
    CHECK(refusal(shp).find("属性のファイル a.dbf が空（0 バイト）です") == 0);
    folder.write("a.dbf", std::string(100, 'x'));
    CHECK(refusal(shp).find("dBASE の形ではありません") != std::string::npos);
}

TEST_CASE("Records that lie about their length end as findings or a plain refusal", "[read][gis]") {
    const Folder folder;
    const Points points{{{139.06, 36.39}, {139.07, 36.40}}, "name", {"a", "b"}};
    points.write(folder);
    folder.write(
        "a.prj",
        R"(GEOGCS["GCS_JGD_2011",DATUM["D_JGD_2011",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]])");
    const std::string good_shp = points.shp();
    for (std::size_t at = 24; at < good_shp.size(); at += 4) {
        std::string bad = good_shp;
        bad.replace(at, 4, "\x7F\xFF\xFF\xFF");
        const auto path = folder.write("a.shp", bad);
        folder.write("a.shx", points.shx());
        try {
            CHECK(read(path).rows.size() <= 2);
        } catch (const WorldError&) {
            SUCCEED();
        }
    }
    folder.write("a.shx", points.shx());
    const Table cut = read(folder.write("a.shp", good_shp.substr(0, good_shp.size() - 10)));
    REQUIRE(cut.rows.size() == 2);
    CHECK(cut.kinds[1] == GeometryKind::none);
    REQUIRE(cut.findings.size() == 1);
    CHECK(cut.findings[0].find("2 error geometry-invalid") == 0);
}
