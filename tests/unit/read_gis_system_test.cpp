// SPDX-License-Identifier: Apache-2.0
// GIS files that do not say their coordinate system, or say a wrong one: held against the border of 前橋市.
#include "command/position_system.hpp"
#include "locate/municipality_index.hpp"
#include "read/gis.hpp"
#include "support/file.hpp"

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
        double worst = 0;  // metres
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
        const std::filesystem::path path =
            std::filesystem::temp_directory_path() / fmt::format("kokai-gis-system-{}.geojson", getpid());
        std::ofstream(path) << text;
        GisOptions options;
        options.path = path;
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
        }
        std::filesystem::remove(path);
        return result;
    }

    /// One point with its two numbers exchanged.
    void exchange(std::size_t at) { std::swap(numbers[at].longitude, numbers[at].latitude); }

    std::vector<LonLat> real, numbers;
};

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
    CHECK(swapped.findings == Texts{"axes-swapped"});
    CHECK(swapped.worst < 0.001);
    // In the next town nothing fits, so nothing is said.
    CHECK(nine.read("EPSG::6677", false, 1, "372013").findings.empty());
}

TEST_CASE("Degrees with the latitude first are put right where the border agrees", "[read][gis][crs]") {
    const Layer degrees(6668, 50);
    CHECK(degrees.read("").findings.empty());
    const Layer::Read swapped = degrees.read("", true);
    CHECK(swapped.findings == Texts{"axes-swapped"});
    CHECK(swapped.worst < 0.001);
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
