// SPDX-License-Identifier: Apache-2.0
// The index that the build made, as the program finds it beside itself.
#include "locate/municipality_index.hpp"

#include "model/error.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

using namespace kokai;

namespace {

const MunicipalityIndex& index_of_build() {
    return MunicipalityIndex::shared();
}

MunicipalityIndex::Place place(std::string_view code) {
    const auto found = index_of_build().find(code);
    REQUIRE(found);
    return *found;
}

constexpr LonLat maebashi_hall{139.060668, 36.389049};
constexpr LonLat takamatsu_hall{134.046574, 34.342788};

}  // namespace

TEST_CASE("A point is in one municipality or ward of today, or at sea in none", "[locate][municipality_index]") {
    const MunicipalityIndex& index = index_of_build();
    CHECK(index.holder(maebashi_hall) == "102016");
    CHECK(index.holder(takamatsu_hall) == "372013");
    CHECK(index.holder({141.354368, 43.062072}) == "011011");  // 札幌市中央区
    CHECK(index.holder({139.691711, 35.689567}) == "131041");  // 新宿区
    CHECK(index.holder({127.680932, 26.212401}) == "472018");  // 那覇市
    CHECK(index.holder({135.0, 32.0}).empty());                // the Pacific
    CHECK(index.holder({2.35, 48.86}).empty());
    CHECK(index.holder({1e300, 36.0}).empty());
    CHECK(index.holder_near({1e300, 36.0}, 1000.0).empty());
    CHECK(index.holder({132.9167876, 34.23322664}).empty());                   // a quay that simplifying has cut off
    CHECK(index.holder_near({132.9167876, 34.23322664}, 1000.0) == "344311");  // 大崎上島町
    CHECK(index.holder_near({135.0, 32.0}, 1000.0).empty());
    CHECK(index.holder({139.0, -1e300}).empty());
}

TEST_CASE("Cities of wards are their wards together, prefectures all of theirs", "[locate][municipality_index]") {
    const MunicipalityIndex& index = index_of_build();
    const LonLat sapporo{141.354368, 43.062072};
    CHECK(index.holds(place("011002"), sapporo));
    CHECK(index.holds(place("01101"), sapporo));
    CHECK_FALSE(index.holds(place("011029"), sapporo));  // 北区
    CHECK(index.holds(place("010006"), sapporo));
    CHECK(index.holds(place("100005"), maebashi_hall));
    CHECK_FALSE(index.holds(place("110001"), maebashi_hall));
    CHECK_FALSE(index.holds(place("010006"), maebashi_hall));
    // Every city of wards there is.
    for (const char* const code :
         {"011002", "041009", "111007", "121002", "141003", "141305", "141500", "151009", "221007", "221309",
          "231002", "261009", "271004", "271403", "281000", "331007", "341002", "401005", "401307", "431001"}) {
        CHECK(index.find(code));
    }
}

TEST_CASE("Hamamatsu's seven wards of 2021 answer for the three of today", "[locate][municipality_index]") {
    const MunicipalityIndex& index = index_of_build();
    const LonLat hall{137.726137, 34.710834};    // 旧中区
    const LonLat hamakita{137.790, 34.793};      // 旧浜北区
    const LonLat tenryu{137.817, 34.873};        // 旧天竜区
    const LonLat mikatahara{137.7040, 34.7960};  // 旧北区
    CHECK(index.holder(hall) == "221384");
    CHECK(index.holder(hamakita) == "221392");
    CHECK(index.holder(tenryu) == "221406");
    CHECK(index.holder(mikatahara) == "221309");
    CHECK(index.fits(place("221384"), hall));
    CHECK(index.fits(place("221384"), mikatahara));
    CHECK(index.fits(place("221392"), mikatahara));
    CHECK_FALSE(index.fits(place("221406"), hall));
    CHECK(index.fits(place("221317"), hall));
    for (const LonLat point : {hall, hamakita, tenryu, mikatahara}) {
        CHECK(index.holds(place("221309"), point));
    }
}

TEST_CASE("Distances end at the border, and tolerance is what the boundary is good for",
          "[locate][municipality_index]") {
    const MunicipalityIndex& index = index_of_build();
    const auto maebashi = place("102016");
    const auto takamatsu = place("372013");
    CHECK(maebashi.tolerance() == 100.0);
    CHECK(takamatsu.tolerance() == 1000.0);
    CHECK(place("100005").tolerance() == 100.0);
    CHECK(place("110001").tolerance() == 1000.0);
    CHECK(index.distance(maebashi, maebashi_hall, 1e6) == 0.0);
    // 高崎市役所; GEOS measures the same in a plane at the point.
    CHECK(index.distance(maebashi, {139.003333, 36.322222}, 1e6) == Approx(4926.16).margin(0.5));
    CHECK(index.distance(maebashi, takamatsu_hall, 5000.0) == 5000.0);
    CHECK(index.distance(maebashi, {1e300, 36.0}, 5000.0) == 5000.0);
    CHECK_FALSE(index.fits(maebashi, {139.003333, 36.322222}));
    // A point that walks out of the city: the distance grows by what was walked.
    double before = 0;
    for (int step = 0; step < 200; ++step) {
        const double now = index.distance(maebashi, {139.060668 - 0.001 * step, 36.389049}, 1e6);
        CHECK(now >= 0);
        CHECK(now - before < 90.0);
        before = now;
    }
}

TEST_CASE("Codes without boundary are not known, nor is what is no code", "[locate][municipality_index]") {
    const MunicipalityIndex& index = index_of_build();
    for (const char* const code : {"", "1", "999999", "10201", "102016", "1020167", "1020x6", "480001", "000000"}) {
        CHECK(index.find(code).has_value() ==
              (std::string_view(code).starts_with("10201") && std::string_view(code).size() < 7));
    }
}

TEST_CASE("A file that is no index is refused with its name", "[locate][municipality_index]") {
    const auto folder = std::filesystem::temp_directory_path() / "kokai_index_test";
    std::filesystem::create_directories(folder);
    CHECK_THROWS_AS(MunicipalityIndex(folder / "absent.bin"), WorldError);
    std::ofstream(folder / "empty.bin").flush();
    CHECK_THROWS_AS(MunicipalityIndex(folder / "empty.bin"), WorldError);
    std::ofstream(folder / "other.bin") << std::string(10000, 'x');
    CHECK_THROWS_AS(MunicipalityIndex(folder / "other.bin"), WorldError);
    std::filesystem::remove_all(folder);
}
