// SPDX-License-Identifier: Apache-2.0
// GIS files that do not say their coordinate system, or say a wrong one: held against the border of 前橋市.
#include "command/position_system.hpp"
#include "locate/municipality_index.hpp"
#include "read/gis.hpp"
#include "support/file.hpp"
#include "support/sqlite.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

using namespace kokai;

namespace {

const std::filesystem::path grids = std::filesystem::path(KOKAI_SOURCE_DIR) / "schemas" / "reference" / "grids";

/// Points all over the city, in another system, as a GeoJSON with or without `crs`.
class Layer {
public:
    Layer(int code, std::size_t count) {
        const MunicipalityIndex& index = MunicipalityIndex::shared();
        const auto place = *index.find("102016");
        const auto converter = make_converter(*coordinate_system(code), grids);
        std::mt19937 dice(static_cast<std::uint32_t>(code));
        const auto between = [&](double low, double high) {
            return low + (high - low) * static_cast<double>(dice()) / 4294967296.0;
        };
        while (real.size() < count) {
            const LonLat point{between(139.00, 139.21), between(36.29, 36.56)};
            if (index.holds(place, point)) {
                real.push_back(point);
                double x = point.longitude;
                double y = point.latitude;
                converter->from_degrees(&x, &y, 1, nullptr);
                numbers.push_back({x, y});
            }
        }
    }

    struct Read {
        std::vector<std::string> findings;
        std::string told, expected;  // by the last of them
        double worst = 0;            // metres
        std::size_t shapes = 0, rows = 0;
    };
    [[nodiscard]] Read read(const std::string& crs, bool swapped = false, double scale = 1,
                            const std::string& publisher = "102016") const {
        std::string text = R"({"type":"FeatureCollection",)";
        if (!crs.empty()) {
            text += fmt::format(R"("crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:{}"}}}},)", crs);
        }
        text += R"("features":[)";
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const LonLat& one = numbers[i];
            text += fmt::format(
                R"({}{{"type":"Feature","properties":{{"n":{}}},"geometry":{{"type":"Point","coordinates":[{:.9f},{:.9f}]}}}})",
                i == 0 ? "" : ",", i, (swapped ? one.latitude : one.longitude) * scale,
                (swapped ? one.longitude : one.latitude) * scale);
        }
        text += "]}";
        const std::filesystem::path path = temporary(".geojson");
        std::ofstream(path) << text;
        return read_file(path, publisher);
    }

    /// As a GeoPackage whose system is `srs_id`, with these words about it.
    [[nodiscard]] Read read_geopackage(int srs_id, const std::string& wkt,
                                       const std::string& publisher = "102016") const {
        const std::filesystem::path path = temporary(".gpkg");
        SqliteDatabase database(path, "a.gpkg");
        database.run("CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, "
                     "organization_coordsys_id INTEGER, definition TEXT, description TEXT);"
                     "CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, "
                     "description TEXT, last_change DATETIME, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, "
                     "srs_id INTEGER);"
                     "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, "
                     "srs_id INTEGER, z TINYINT, m TINYINT);"
                     "CREATE TABLE a (fid INTEGER PRIMARY KEY, geom POINT, n INTEGER);");
        const std::string id = std::to_string(srs_id);
        database.run(
            "INSERT INTO gpkg_spatial_ref_sys VALUES ('x', " + id + ", 'NONE', " + id + ", " + quoted_text(wkt) +
            ", '');" +
            "INSERT INTO gpkg_contents VALUES ('a', 'features', 'a', '', '2026-01-01T00:00:00Z', 0, 0, 0, 0, " + id +
            ");" + "INSERT INTO gpkg_geometry_columns VALUES ('a', 'geom', 'POINT', " + id + ", 0, 0);");
        {
            SqliteStatement row(database, "INSERT INTO a (geom, n) VALUES (?, 1)");
            for (const LonLat& one : numbers) {
                std::string blob("GP\0\1\0\0\0\0\1\1\0\0\0", 13);
                blob.append(reinterpret_cast<const char*>(&one.longitude), 8);
                blob.append(reinterpret_cast<const char*>(&one.latitude), 8);
                row.bind_blob(1, blob);
                row.run();
            }
        }
        database.close();
        return read_file(path, publisher);
    }

    [[nodiscard]] Read read_file(const std::filesystem::path& path, const std::string& publisher,
                                 const std::string& crs = {}) const {
        GisOptions options;
        options.path = path;
        options.crs = crs;
        options.shown = "a.geojson";
        options.name = "a";
        options.grids = grids;
        options.advise = crs_adviser(publisher, grids);
        GisSource source(options);
        Findings findings;
        source.open(findings);
        Read result;
        Batch batch;
        while (source.next(batch, findings)) {
            source.parse(batch, findings);
            for (std::size_t row = 0; row < batch.size(); ++row) {
                if (batch.shapes.kind(row) == GeometryKind::point) {
                    const auto xy = batch.shapes.ring(batch.shapes.ring_begin(batch.shapes.part_begin(row)));
                    const LonLat& wanted = real[result.rows];
                    result.worst = std::max(result.worst, std::hypot((xy[0] - wanted.longitude) * 90'000,
                                                                     (xy[1] - wanted.latitude) * 111'000));
                    ++result.shapes;
                }
                ++result.rows;
            }
            batch.clear();
        }
        source.end(findings);
        const std::vector<SourceInfo> about = source.about();
        for (const Finding& finding : findings.list()) {
            result.findings.emplace_back(info(finding.code).id);
            result.told = finding.found;
            result.expected = finding.expected;
        }
        std::filesystem::remove(path);
        return result;
    }

    /// One point with its two numbers exchanged.
    void exchange(std::size_t at) { std::swap(numbers[at].longitude, numbers[at].latitude); }

    std::vector<LonLat> real, numbers;

private:
    static std::filesystem::path temporary(const std::string& extension) {
        return std::filesystem::temp_directory_path() / fmt::format("kokai-gis-system-{}{}", getpid(), extension);
    }
};

/// Degrees, or plane IX, on a datum as a .prj or the like has it.
std::string wkt(const std::string& datum, bool plane) {
    const std::string degrees =
        R"(GEOGCS["unnamed",)" + datum + R"(,PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]])";
    return plane ? R"(PROJCS["unnamed",)" + degrees +
                       R"(,PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",36],)"
                       R"(PARAMETER["central_meridian",139.8333333333333],PARAMETER["scale_factor",0.9999],)"
                       R"(PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["Meter",1]])"
                 : degrees;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("A GIS file that does not say its system is found by the border", "[read][gis][crs]") {
    for (const int code : {6677, 30169, 3857}) {
        CAPTURE(code);
        const Layer::Read read = Layer(code, 600).read("");
        CHECK(read.findings == Texts{"crs-guessed"});
        CHECK(read.worst < 0.01);
        CHECK(read.shapes == 600);
    }
    const Layer::Read metres = Layer(6677, 600).read("", true, 1000);
    CHECK(metres.findings == Texts{"crs-guessed"});
    CHECK(metres.worst < 0.01);
}

TEST_CASE("Too few points leave two datums: the file is asked about, and has no shapes", "[read][gis][crs]") {
    const Layer::Read read = Layer(6677, 2).read("");
    CHECK(read.findings == Texts{"crs-undecided"});
    CHECK(read.rows == 2);
    CHECK(read.shapes == 0);
}

TEST_CASE("A declared system is kept, and doubted where the shapes speak against it", "[read][gis][crs]") {
    const Layer nine(6677, 300);
    const Layer::Read right = nine.read("EPSG::6677");
    CHECK(right.findings.empty());
    CHECK(right.worst < 0.001);
    const Layer::Read zone = nine.read("EPSG::6676");
    CHECK(zone.findings == Texts{"crs-doubtful"});
    CHECK(zone.worst > 100'000);  // as it says
    const Layer::Read datum = Layer(30169, 600).read("EPSG::6677");
    CHECK(datum.findings == Texts{"crs-doubtful"});
    CHECK(datum.worst > 400);
    const Layer::Read swapped = nine.read("EPSG::6677", true);
    CHECK(swapped.findings == Texts{"axis-order-wrong"});
    CHECK(swapped.worst < 0.001);
    // In the next town nothing fits, so nothing is said.
    CHECK(nine.read("EPSG::6677", false, 1, "372013").findings.empty());
}

TEST_CASE("Degrees with the latitude first are put right where the border agrees", "[read][gis][crs]") {
    const Layer degrees(6668, 50);
    CHECK(degrees.read("").findings.empty());
    const Layer::Read swapped = degrees.read("", true);
    CHECK(swapped.findings == Texts{"axis-order-wrong"});
    CHECK(swapped.worst < 0.001);
    const Layer::Read both = Layer(4301, 600).read("", true);
    CHECK(both.findings == Texts{"crs-guessed"});
    CHECK(both.worst < 0.01);
    const Layer::Read old = Layer(4301, 600).read("");
    CHECK(old.findings == Texts{"crs-doubtful"});  // by RFC 7946 it has said WGS 84
}

TEST_CASE("A single point with the latitude first leaves its older datum like all others", "[read][gis][crs]") {
    Layer old(4301, 20);
    old.exchange(7);
    const Layer::Read read = old.read("EPSG::4301");
    CHECK(read.findings == Texts{"position-swapped"});
    CHECK(read.shapes == 20);
    CHECK(read.worst < 0.01);
}

TEST_CASE("What says that it says nothing is found by the border, too", "[read][gis][crs]") {
    const std::string nothing = R"(DATUM["unknown",SPHEROID["unknown",6378137,298.257223563]])";
    const Layer plane(6677, 600);
    const Layer old(4301, 600);
    for (const int srs_id : {0, -1}) {
        CAPTURE(srs_id);
        const Layer::Read metres = plane.read_geopackage(srs_id, "undefined");
        CHECK(metres.findings == Texts{"crs-guessed"});
        CHECK(metres.worst < 0.01);
        const Layer::Read degrees = old.read_geopackage(srs_id, "undefined");
        CHECK(degrees.findings == Texts{"crs-guessed"});
        CHECK(degrees.worst < 0.01);
    }
    for (const std::string& words :
         {wkt(nothing, false), wkt(R"(DATUM["D_Unknown",SPHEROID["GRS_1980",6378137,298.257222101]])", false),
          std::string(R"(LOCAL_CS["Unknown engineering CRS",UNIT["metre",1]])")}) {
        CAPTURE(words);
        CHECK(plane.read_geopackage(100001, words).findings == Texts{"crs-guessed"});
        CHECK(old.read_geopackage(100001, words).worst < 0.01);
    }
    const Layer::Read today = Layer(6668, 50).read_geopackage(0, "undefined", "");
    CHECK(today.findings == Texts{"crs-assumed"});
    CHECK(today.worst < 0.001);
}

TEST_CASE("A datum without a name is known by its numbers", "[read][gis][crs]") {
    const auto bessel = [](const std::string& name, const std::string& shift) {
        return R"(DATUM[")" + name + R"(",SPHEROID["bessel",6377397.155,299.1528128])" +
               (shift.empty() ? "" : ",TOWGS84[" + shift + "]") + "]";
    };
    const Layer plane(30169, 20);
    const Layer degrees(4301, 20);
    for (const char* shift : {"-146.414,507.337,680.507,0,0,0,0", "-148,507,685,0,0,0,0", "-146.336,506.832,680.254"}) {
        CAPTURE(shift);
        const Layer::Read read = plane.read_geopackage(100001, wkt(bessel("unknown", shift), true));
        CHECK(read.findings.empty());
        CHECK(read.worst < 0.001);
        CHECK(degrees.read_geopackage(100001, wkt(bessel("unnamed", shift), false)).worst < 0.001);
    }
    const Layer::Read bare =
        degrees.read_geopackage(100001, wkt(bessel("Not_specified_based_on_Bessel_1841_ellipsoid", ""), false));
    CHECK(bare.findings.empty());
    CHECK(bare.worst < 0.001);
    CHECK(plane.read_geopackage(100001, wkt(bessel("Tokyo_1918", ""), true)).worst < 0.001);
    // Another datum on that ellipsoid.
    for (const std::string& other : {bessel("unknown", "598.1,73.7,418.2"), bessel("Tokyo 1892", "-148,507,685")}) {
        CAPTURE(other);
        CHECK(plane.read_geopackage(100001, wkt(other, true)).findings == Texts{"crs-datum-approximate"});
    }
    const std::string today = R"(DATUM["unknown",SPHEROID["GRS80",6378137,298.257222101],TOWGS84[0,0,0]])";
    const Layer::Read nine = Layer(6677, 20).read_geopackage(100001, wkt(today, true));
    CHECK(nine.findings.empty());
    CHECK(nine.worst < 0.001);
    CHECK(Layer(6668, 20).read_geopackage(100001, wkt(today, false)).findings.empty());
}

TEST_CASE("Metres that are said to be degrees are read as what fits, and told", "[read][gis][crs]") {
    const Layer plane(30169, 600);
    for (const char* said : {"EPSG::6668", "EPSG::4301", "EPSG::4162"}) {
        CAPTURE(said);
        const Layer::Read read = plane.read(said);
        CHECK(read.findings == Texts{"crs-doubtful"});
        CHECK(read.told == std::string("EPSG:") + (said + 6));
        CHECK(read.expected.find("EPSG:30169") == 0);
        CHECK(read.shapes == 600);
        CHECK(read.worst < 0.01);
    }
    const Layer::Read few = Layer(6677, 2).read("EPSG::6668");
    CHECK(few.findings == Texts{"crs-undecided"});
    CHECK(few.shapes == 0);
    CHECK_THROWS_WITH(plane.read("EPSG::6668", false, 1, ""), Catch::Contains("not degrees"));
    CHECK_THROWS_WITH(plane.read("EPSG::6668", false, 1, "372013"), Catch::Contains("not degrees"));
    // What a person names is not overruled, but told what would fit.
    const std::filesystem::path path =
        std::filesystem::temp_directory_path() / fmt::format("kokai-gis-named-{}.geojson", getpid());
    std::string features;
    for (const LonLat& one : plane.numbers) {
        features += fmt::format(
            R"({}{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":[{:.4f},{:.4f}]}}}})",
            features.empty() ? "" : ",", one.longitude, one.latitude);
    }
    std::ofstream(path) << R"({"type":"FeatureCollection","features":[)" << features << "]}";
    CHECK_THROWS_WITH(plane.read_file(path, "102016", "EPSG:6668"), Catch::Contains("EPSG:30169"));
    std::filesystem::remove(path);
}

TEST_CASE("Degrees that are said to be metres are read as degrees, and told", "[read][gis][crs]") {
    const Layer degrees(6668, 50);
    const Layer old(4301, 600);
    for (const char* said : {"EPSG::6677", "EPSG::2451", "EPSG::3857", "EPSG::3100"}) {
        for (const char* publisher : {"102016", ""}) {
            CAPTURE(said, publisher);
            const Layer::Read read = degrees.read(said, false, 1, publisher);
            CHECK(read.findings == Texts{"crs-doubtful"});
            CHECK(read.shapes == 50);
            CHECK(read.worst < 0.001);
        }
    }
    CHECK(old.read("EPSG::6677").worst < 0.01);
    CHECK(old.read("EPSG::30169", false, 1, "").worst < 0.01);
    const Layer::Read swapped = degrees.read("EPSG::6677", true);
    CHECK(swapped.findings == Texts{"crs-doubtful", "axis-order-wrong"});
    CHECK(swapped.worst < 0.001);
}
