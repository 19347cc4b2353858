// SPDX-License-Identifier: Apache-2.0
// Datum shifts and planes through kokai_proj.so; the official values stand in tests/positions.py, here are the edges.
#include "locate/converter.hpp"
#include "locate/pair.hpp"
#include "model/error.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <thread>
#include <vector>

using namespace kokai;

namespace {

const std::filesystem::path grids = std::filesystem::path(KOKAI_SOURCE_DIR) / "schemas" / "reference" / "grids";

std::unique_ptr<PositionConverter> converter(int code) {
    return make_converter(*coordinate_system(code), grids);
}

}  // namespace

TEST_CASE("There and back again ends where it began, in every system and on the sea", "[locate][crs]") {
    // 前橋, いわき (a cell that the grid of 2011 covers in part), 仙台, 高松, 那覇, 稚内, the open sea.
    const std::array<std::array<double, 2>, 7> places{{{139.0608, 36.3888},
                                                       {140.829111, 37.093698},
                                                       {140.87, 38.26},
                                                       {134.046, 34.343},
                                                       {127.68, 26.21},
                                                       {141.673, 45.415},
                                                       {143.0, 36.31}}};
    for (const int code : {4301, 4612, 6668, 30169, 2451, 6677, 30162, 3095, 3100, 6691, 3857, 10170, 6697}) {
        const auto one = converter(code);
        for (const auto& [longitude, latitude] : places) {
            CAPTURE(code, longitude, latitude);
            double x = longitude;
            double y = latitude;
            std::uint8_t approximate = 9;
            const std::size_t outside = one->from_degrees(&x, &y, 1, &approximate);
            CHECK(outside == approximate);
            one->to_degrees(&x, &y, 1, nullptr);
            CHECK(x == Approx(longitude).epsilon(0).margin(1e-9));
            CHECK(y == Approx(latitude).epsilon(0).margin(1e-9));
        }
    }
}

TEST_CASE("A converter never answers infinity, and keeps degrees that are none", "[locate][crs]") {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    for (const int code : {6677, 30169, 3857, 6691}) {
        const auto one = converter(code);
        for (const double odd : {infinite, -infinite, std::nan(""), 1e300, 1e15}) {
            CAPTURE(code, odd);
            double x = odd;
            double y = 5;
            one->to_degrees(&x, &y, 1, nullptr);
            CHECK((std::isnan(x) || std::abs(x) <= 180));
            x = 5;
            y = odd;
            one->to_degrees(&x, &y, 1, nullptr);
            CHECK((std::isnan(y) || std::abs(y) <= 90));
        }
        // A bad point leaves its neighbours alone.
        std::array<double, 3> x{-69071.214, infinite, -69071.214};
        std::array<double, 3> y{43435.474, 0, 43435.474};
        one->to_degrees(x.data(), y.data(), 3, nullptr);
        CHECK(std::isfinite(x[0]));
        CHECK(std::isnan(x[1]));
        CHECK(x[2] == x[0]);
    }
    double x = 1390;
    double y = 36;
    converter(4301)->to_degrees(&x, &y, 1, nullptr);
    CHECK(x == 1390);
}

TEST_CASE("Outside the grid three parameters shift the point, and it is counted", "[locate][crs]") {
    const auto tokyo = converter(4301);
    std::array<double, 3> x{139.064, 143.0, 150.0};
    std::array<double, 3> y{36.3857, 36.309997222, 30.0};
    std::array<std::uint8_t, 3> approximate{};
    CHECK(tokyo->to_degrees(x.data(), y.data(), 3, approximate.data()) == 2);
    CHECK(approximate == std::array<std::uint8_t, 3>{0, 1, 1});
    CHECK(y[1] == Approx(36.313256978).epsilon(0).margin(5e-7));
    CHECK(std::abs(y[2] - 30.0) > 1e-3);
    // JGD2000 at sea has not moved.
    double east = 150;
    double north = 30;
    CHECK(converter(4612)->to_degrees(&east, &north, 1, nullptr) == 0);
    CHECK(east == 150);
}

TEST_CASE("Threads share the grids and answer the same", "[locate][crs]") {
    const auto work = [](double& sum) {
        const auto one = converter(30169);
        for (int i = 0; i < 2000; ++i) {
            double x = -120000 + 100.0 * i;
            double y = -80000 + 80.0 * i;
            one->to_degrees(&x, &y, 1, nullptr);
            sum += x + y;
        }
    };
    std::array<double, 4> sums{};
    std::vector<std::thread> threads;
    for (double& sum : sums) {
        threads.emplace_back(work, std::ref(sum));
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(sums[0] == sums[1]);
    CHECK(sums[0] == sums[2]);
    CHECK(sums[0] == sums[3]);
}

TEST_CASE("Without its grid a datum is not shifted by guess", "[locate][crs]") {
    CHECK_NOTHROW(make_converter(*coordinate_system(6677), "/nowhere"));
    CHECK_THROWS_AS(make_converter(*coordinate_system(4301), "/nowhere"), WorldError);
    CHECK_THROWS_AS(make_converter(*coordinate_system(2451), "/nowhere"), WorldError);
    CHECK_THROWS_AS(named_system("9系"), UsageError);
}

TEST_CASE("A damaged grid is refused, not taken for ground that never moved", "[locate][crs]") {
    const std::filesystem::path own = std::filesystem::temp_directory_path() / "kokai-damaged-grids";
    std::filesystem::remove_all(own);
    std::filesystem::create_directories(own);
    std::filesystem::copy(grids, own);
    CHECK_NOTHROW(make_converter(*coordinate_system(4612), own));
    const std::filesystem::path other = own / "other";
    std::filesystem::create_directories(other);
    std::filesystem::copy(grids, other);
    {
        std::fstream grid(other / "touhokutaiheiyouoki2011.tif", std::ios::in | std::ios::out | std::ios::binary);
        grid.seekp(300'000);
        grid.write("damaged", 7);
    }
    CHECK_THROWS_AS(make_converter(*coordinate_system(4612), other), WorldError);
    std::filesystem::remove(other / "SHA256SUMS");
    CHECK_THROWS_AS(make_converter(*coordinate_system(4301), other), WorldError);
    std::filesystem::remove_all(own);
}

TEST_CASE("Heights above the sea become heights above the ellipsoid", "[locate][crs]") {
    const auto one = converter(6697);
    CHECK(one->geoid_height(139.0634, 36.389) == Approx(41.84).epsilon(0).margin(0.01));
    CHECK(std::isnan(one->geoid_height(170, 36)));
    const PairAnswer answer = read_pair("36.389, 139.0634, 100", *coordinate_system(6697), *one);
    CHECK(answer.height == Approx(141.84).epsilon(0).margin(0.01));
    CHECK_FALSE(read_pair("36.389, 139.0634, 100", *coordinate_system(6668), *one).found);
}
