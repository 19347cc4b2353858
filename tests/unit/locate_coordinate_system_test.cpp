// SPDX-License-Identifier: Apache-2.0
// Systems by their codes. The zones' origins are held against the vectors (tests/positions.py).
#include "locate/coordinate_system.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("A coordinate system is known by its code, however it is written", "[locate][crs]") {
    for (const char* name : {"EPSG:6677", "epsg:6677", "6677", " EPSG:6677 ", "urn:ogc:def:crs:EPSG::6677",
                             "http://www.opengis.net/def/crs/EPSG/0/6677"}) {
        CAPTURE(name);
        const auto system = coordinate_system(name);
        REQUIRE(system);
        CHECK(system->code == 6677);
        CHECK(system->datum == Datum::jgd2011);
        CHECK(system->projection == Projection::plane);
        CHECK(system->zone == 9);
        CHECK(system->north_first());
    }
    CHECK(coordinate_system("OGC:CRS84")->code == 4326);
    CHECK(coordinate_system("urn:ogc:def:crs:OGC:1.3:CRS84")->projection == Projection::degrees);
    for (const char* name :
         {"", "EPSG:", "EPSG:4269", "ESRI:102100", "9系", "EPSG:6677x", "EPSG:99999999999999999999", "/6677"}) {
        CAPTURE(name);
        CHECK_FALSE(coordinate_system(name));
    }
}

TEST_CASE("Codes of the three datums and their zones", "[locate][crs]") {
    for (int zone = 1; zone <= 19; ++zone) {
        CHECK(plane_system(Datum::jgd2011, zone).code == 6668 + zone);
        CHECK(plane_system(Datum::jgd2000, zone).code == 2442 + zone);
        CHECK(plane_system(Datum::tokyo, zone).code == 30160 + zone);
        for (const Datum datum : {Datum::tokyo, Datum::jgd2000, Datum::jgd2011}) {
            const auto same = coordinate_system(plane_system(datum, zone).code);
            REQUIRE(same);
            CHECK(same->zone == zone);
            CHECK(same->datum == datum);
        }
    }
    CHECK(coordinate_system(10170)->zone == 9);
    CHECK(coordinate_system(6697)->projection == Projection::degrees);
    CHECK(coordinate_system(4301)->datum == Datum::tokyo);
    CHECK(coordinate_system(4326)->datum == Datum::jgd2011);
    CHECK(coordinate_system(6691)->zone == 54);
    CHECK_FALSE(coordinate_system(3857)->north_first());
    CHECK(words_ja(plane_system(Datum::jgd2000, 9)) == "平面直角座標系 第9系（世界測地系 JGD2000）");
    CHECK(words_ja(degrees_in(Datum::tokyo)) == "緯度・経度（日本測地系）");
    CHECK(code_text(degrees_in(Datum::jgd2000)) == "EPSG:4612");
}
