// SPDX-License-Identifier: Apache-2.0
// Generated layers over five cities: datum × system × exchanged columns × form of the numbers × noise. A verdict is
// right when it brings every point to where it was; a system that cannot be told must be asked for. KOKAI_LAYERS=500 in
// the environment makes as many (the test `long/layers`); some dozens otherwise.
#include "command/position_system.hpp"
#include "locate/municipality_index.hpp"
#include "locate/system_choice.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace kokai;

namespace {

const std::filesystem::path grids = std::filesystem::path(KOKAI_SOURCE_DIR) / "schemas" / "reference" / "grids";

struct City {
    std::string_view code;
    int plane_zone, utm_zone;
    double west, south, east, north;
};
constexpr std::array cities{City{"102016", 9, 54, 139.00, 36.29, 139.21, 36.56},   // 前橋市
                            City{"102041", 9, 54, 139.11, 36.25, 139.28, 36.41},   // 伊勢崎市
                            City{"102121", 9, 54, 139.20, 36.36, 139.45, 36.63},   // みどり市
                            City{"372013", 4, 53, 133.88, 34.13, 134.22, 34.50},   // 高松市
                            City{"222127", 8, 54, 138.24, 34.77, 138.36, 34.94}};  // 焼津市

/// Not the standard's distributions, which differ from library to library.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(engine_()) / 4294967296.0;
    }
    bool chance(double share) { return between(0, 1) < share; }
    std::size_t below(std::size_t count) { return engine_() % count; }
    double normal(double spread) {
        return spread * std::sqrt(-2 * std::log(between(1e-12, 1))) * std::cos(6.283185307 * between(0, 1));
    }

private:
    std::mt19937 engine_;
};

enum class Kind : std::uint8_t { degrees, plane, other_projection, lost_point, packed, millimetres };
constexpr std::array kind_names{"degrees", "plane", "UTM, 3857", "lost point", "ddmmss", "plane in mm"};

struct Layer {
    AxisNames names = AxisNames::latitude_longitude;
    SystemCandidate truth;
    std::vector<SystemSample> sample;
    std::vector<LonLat> real;
    std::string title;
};

double stripped(double degrees) {
    std::string digits = fmt::format("{:.6f}", degrees);
    digits.erase(digits.find_last_not_of('0') + 1);
    std::erase(digits, '.');
    return std::stod(digits);
}

double packed(double degrees) {
    const double whole = std::floor(degrees);
    const double minutes = std::floor((degrees - whole) * 60);
    const double seconds = std::floor(((degrees - whole) * 60 - minutes) * 6000) / 100;
    return whole * 10000 + minutes * 100 + seconds;
}

CoordinateSystem projection_of(Kind kind, Datum datum, const City& city) {
    if (kind == Kind::plane || kind == Kind::millimetres) {
        return plane_system(datum, city.plane_zone);
    }
    if (kind == Kind::other_projection) {
        const int first = datum == Datum::tokyo ? 3092 : 3097;
        return *coordinate_system(datum == Datum::jgd2011 ? 3857 : first + city.utm_zone - 51);
    }
    return degrees_in(datum);
}

LonLat moved(LonLat from, double east, double north) {
    return {from.longitude + east / 90'000, from.latitude + north / 111'000};
}

Layer make_layer(std::size_t number, Dice& dice) {
    const City& city = cities.at(number % cities.size());
    const auto datum = static_cast<Datum>(number / 5 % 3);
    const auto kind = static_cast<Kind>(number / 15 % 6);
    Layer layer;
    layer.truth.system = projection_of(kind, datum, city);
    layer.truth.form = kind == Kind::lost_point    ? NumberForm::lost_point
                       : kind == Kind::packed      ? NumberForm::packed_seconds
                       : kind == Kind::millimetres ? NumberForm::scaled
                                                   : NumberForm::plain;
    layer.truth.factor = kind == Kind::millimetres ? 0.001 : 1;
    layer.truth.swapped = dice.chance(0.3);
    const bool table = dice.chance(0.6) || kind == Kind::lost_point || kind == Kind::packed;
    layer.names = !table ? AxisNames::east_north : dice.chance(0.5) ? AxisNames::latitude_longitude : AxisNames::x_y;
    // Without addresses the border has to tell the datums: many points, and a border in full detail.
    const bool exact = city.code.starts_with("10");
    const bool with_towns = !exact || dice.chance(0.8);
    constexpr std::array sizes{30, 100, 400};
    const auto points = static_cast<std::size_t>(with_towns ? sizes.at(dice.below(3)) : 1000);
    const double noise = std::array{0.0, 5.0, 30.0}.at(dice.below(3));
    const double strays = dice.chance(0.3) ? 0.02 : 0;
    layer.title = fmt::format("{} {} {} points{}, noise {} m{}", city.code, words_ja(layer.truth), points,
                              with_towns ? "" : " without addresses", noise, strays > 0 ? ", strays" : "");

    const MunicipalityIndex& index = MunicipalityIndex::shared();
    const auto place = *index.find(city.code);
    const auto inside = [&] {
        for (;;) {
            const LonLat point{dice.between(city.west, city.east), dice.between(city.south, city.north)};
            if (index.holds(place, point)) {
                return point;
            }
        }
    };
    std::vector<LonLat> towns(60);
    for (LonLat& town : towns) {
        town = inside();
    }
    const auto converter = make_converter(layer.truth.system, grids);
    while (layer.real.size() < points) {
        std::optional<LonLat> town;
        LonLat point = inside();
        if (with_towns) {
            town = towns[dice.below(towns.size())];
            point = moved(*town, dice.normal(250), dice.normal(250));
            if (!index.holds(place, point) && !dice.chance(0.03)) {
                continue;  // cities publish little of the next town
            }
            if (dice.chance(0.2)) {
                town.reset();
            }
        }
        if (dice.chance(strays)) {
            point = moved(point, dice.normal(20'000), dice.normal(20'000));
        }
        point = moved(point, dice.normal(noise), dice.normal(noise));
        double x = point.longitude;
        double y = point.latitude;
        converter->from_degrees(&x, &y, 1, nullptr);
        for (double* const number_of : {&x, &y}) {
            const double scale = layer.truth.system.projection == Projection::degrees ? 1e6 : 100;
            *number_of = kind == Kind::lost_point    ? stripped(*number_of)
                         : kind == Kind::packed      ? packed(*number_of)
                         : kind == Kind::millimetres ? std::round(*number_of * 1000)
                                                     : std::round(*number_of * scale) / scale;
        }
        const bool plane_xy = layer.names == AxisNames::x_y && layer.truth.system.projection == Projection::plane;
        const bool north_first = (layer.names == AxisNames::latitude_longitude || plane_xy) != layer.truth.swapped;
        layer.sample.push_back({north_first ? y : x, north_first ? x : y, town});
        layer.real.push_back(point);
    }
    return layer;
}

/// Metres between where the verdict brings the points and where they are: the largest.
double error_of(const Layer& layer, const SystemCandidate& verdict) {
    const auto converter = make_converter(verdict.system, grids);
    double worst = 0;
    for (std::size_t i = 0; i < layer.real.size(); ++i) {
        double x = 0;
        double y = 0;
        if (!verdict.decode(layer.names, layer.sample[i].first, layer.sample[i].second, x, y)) {
            return 1e9;
        }
        converter->to_degrees(&x, &y, 1, nullptr);
        worst =
            std::max(worst, std::hypot((x - layer.real[i].longitude) * 90'000, (y - layer.real[i].latitude) * 111'000));
    }
    return worst;
}

std::vector<SystemSample> three_rows(double first, double second) {
    return {{first, second, {}}, {first + 0.001, second + 0.001, {}}, {first + 0.002, second - 0.001, {}}};
}

}  // namespace

TEST_CASE("The system of a generated layer is told, or asked for", "[locate][crs]") {
    const char* const wanted = std::getenv("KOKAI_LAYERS");
    const std::size_t layers = wanted == nullptr ? 90 : std::stoul(wanted);
    Dice dice(20110311);
    struct Tally {
        std::size_t right = 0, asked = 0, wrong = 0;
    };
    std::map<std::string, Tally> table;
    for (std::size_t number = 0; number < layers; ++number) {
        const Layer layer = make_layer(number, dice);
        const City& city = cities.at(number % cities.size());
        const SystemVerdict verdict =
            choose_system(layer.sample, layer.names, std::nullopt, evidence_of(std::string(city.code)), grids);
        for (Tally* const tally : {&table["all"], &table[kind_names.at(number / 15 % 6)]}) {
            if (verdict.kind == SystemVerdict::Kind::ask) {
                ++tally->asked;
            } else if (error_of(layer, verdict.best) < 10) {
                ++tally->right;
            } else {
                ++tally->wrong;
            }
        }
        if (verdict.kind == SystemVerdict::Kind::ask || error_of(layer, verdict.best) >= 10) {
            std::printf("layer %zu: %s: %s %s\n", number, layer.title.c_str(),
                        verdict.kind == SystemVerdict::Kind::ask ? "asked" : words_ja(verdict.best).c_str(),
                        verdict.evidence_ja.c_str());
        }
    }
    for (const auto& [name, tally] : table) {
        std::printf("%-12s %4zu right, %zu asked, %zu wrong\n", name.c_str(), tally.right, tally.asked, tally.wrong);
    }
    CHECK(table["all"].right * 100 >= layers * 99);
    CHECK(table["all"].wrong == 0);
}

TEST_CASE("A quarter beside the border tells no datum", "[locate][crs]") {
    // Points of one quarter lie in and out of the municipality together: however many, they are one piece of evidence.
    const MunicipalityIndex& index = MunicipalityIndex::shared();
    Dice dice(4612);
    std::size_t told = 0;
    for (std::size_t number = 0; number < 60; ++number) {
        const City& city = cities.at(number % 3);  // with a border in full detail
        const auto place = *index.find(city.code);
        const bool degrees = number % 2 == 0;
        // Degrees in the Tokyo datum are taken for those of today where nothing speaks against it.
        const Datum datum = degrees || number % 4 == 1 ? Datum::jgd2011 : Datum::tokyo;
        Layer layer;
        layer.truth.system = degrees ? degrees_in(datum) : plane_system(datum, city.plane_zone);
        layer.names = degrees ? AxisNames::latitude_longitude : AxisNames::x_y;
        const auto converter = make_converter(layer.truth.system, grids);
        LonLat middle;
        do {
            middle = {dice.between(city.west, city.east), dice.between(city.south, city.north)};
        } while (!index.holds(place, middle));
        for (int i = 0; i < 150; ++i) {
            const LonLat point = moved(middle, dice.normal(600), dice.normal(600));
            double x = point.longitude;
            double y = point.latitude;
            converter->from_degrees(&x, &y, 1, nullptr);
            layer.sample.push_back({y, x, {}});
            layer.real.push_back(point);
        }
        CAPTURE(city.code, words_ja(layer.truth), middle.longitude, middle.latitude);
        const SystemVerdict verdict =
            choose_system(layer.sample, layer.names, std::nullopt, evidence_of(std::string(city.code)), grids);
        if (verdict.kind != SystemVerdict::Kind::ask) {
            CHECK(error_of(layer, verdict.best) < 10);
            ++told;
        }
    }
    CHECK(told >= 30);
}

TEST_CASE("Many addresses in the next city are evidence, too", "[locate][crs]") {
    Dice dice(9);
    std::vector<SystemSample> sample;
    const auto nine = make_converter(*coordinate_system(6677), grids);
    for (int i = 0; i < 40; ++i) {
        const LonLat town{dice.between(139.03, 139.12), dice.between(36.36, 36.42)};
        double x = town.longitude + dice.normal(0.002);
        double y = town.latitude + dice.normal(0.002);
        nine->from_degrees(&x, &y, 1, nullptr);
        sample.push_back({y, x, town});
    }
    const SystemVerdict verdict = choose_system(sample, AxisNames::x_y, {}, evidence_of("102024"), grids);
    CHECK(verdict.kind == SystemVerdict::Kind::take);
    CHECK(verdict.best.system.code == 6677);
}

TEST_CASE("What is declared is doubted only where the points speak against it", "[locate][crs]") {
    Dice dice(7);
    const auto place = evidence_of("102016");
    // Plane IX of JGD2011 in 前橋, said to be many things.
    std::vector<SystemSample> sample;
    const auto nine = make_converter(*coordinate_system(6677), grids);
    for (int i = 0; i < 60; ++i) {
        double x = dice.between(139.03, 139.12);
        double y = dice.between(36.36, 36.42);
        nine->from_degrees(&x, &y, 1, nullptr);
        sample.push_back({x, y, {}});
    }
    const auto judged = [&](int code) {
        return choose_system(sample, AxisNames::east_north, *coordinate_system(code), place, grids);
    };
    CHECK(judged(6677).kind == SystemVerdict::Kind::as_expected);
    CHECK(judged(2451).kind == SystemVerdict::Kind::as_expected);  // half a metre away
    const SystemVerdict zone = judged(6676);                       // the next zone
    CHECK(zone.kind == SystemVerdict::Kind::doubt);
    CHECK(zone.best.system.zone == 9);
    CHECK(zone.inside == 1.0);
    CHECK(zone.inside_declared == 0.0);
    const SystemVerdict degrees = judged(6668);
    CHECK(degrees.kind == SystemVerdict::Kind::doubt);
    CHECK(degrees.best.system.zone == 9);
    for (SystemSample& one : sample) {
        std::swap(one.first, one.second);
    }
    const SystemVerdict swapped = judged(6677);
    CHECK(swapped.kind == SystemVerdict::Kind::doubt);
    CHECK(swapped.best.swapped);
    CHECK(swapped.best.system.code == 6677);
}

TEST_CASE("Packed degrees in a declared datum are a way of writing, no doubt of the datum", "[locate][crs]") {
    std::vector<SystemSample> sample;
    for (int i = 0; i < 10; ++i) {
        sample.push_back({362308.5 + i, 1390350.4 + i, {}});
    }
    for (const int code : {4301, 4612, 6668}) {
        CAPTURE(code);
        const SystemVerdict verdict = choose_system(sample, AxisNames::latitude_longitude, *coordinate_system(code),
                                                    evidence_of("102016"), grids);
        CHECK(verdict.kind == SystemVerdict::Kind::as_expected);
        CHECK(verdict.best.system.code == code);
    }
}

TEST_CASE("Without evidence nothing is claimed, and ordinary degrees are left in peace", "[locate][crs]") {
    const SystemEvidence nothing;
    const auto plain = three_rows(36.39, 139.06);
    CHECK(choose_system(plain, AxisNames::latitude_longitude, {}, nothing, grids).kind ==
          SystemVerdict::Kind::as_expected);
    CHECK(choose_system({}, AxisNames::latitude_longitude, {}, evidence_of("102016"), grids).kind ==
          SystemVerdict::Kind::as_expected);
    // In 前橋, and far from it: no system brings these points there, so there is nothing to ask.
    for (const double longitude : {139.06, 135.5}) {
        CHECK(
            choose_system(three_rows(36.39, longitude), AxisNames::latitude_longitude, {}, evidence_of("102016"), grids)
                .kind == SystemVerdict::Kind::as_expected);
    }
    // A harbour outside a simplified border is no proof of the old datum.
    const auto harbour = three_rows(34.868, 138.334);
    CHECK(choose_system(harbour, AxisNames::latitude_longitude, {}, evidence_of("222127"), grids).kind ==
          SystemVerdict::Kind::as_expected);
    // A single point in metres: the zone is told, the datum is not.
    const SystemVerdict few =
        choose_system({{43435.474, -69071.214, {}}}, AxisNames::x_y, {}, evidence_of("102016"), grids);
    CHECK(few.kind == SystemVerdict::Kind::ask);
    CHECK(few.rivals.size() == 2);
}

TEST_CASE("Many towns tell the Tokyo datum, one town does not", "[locate][crs]") {
    // Where 前橋 lies in the Tokyo datum: 350 m north-west of itself. Inside the city in both.
    constexpr double north = -0.00323;
    constexpr double east = 0.00325;
    const auto table = [&](bool one_town) {
        std::vector<SystemSample> sample;
        for (int i = 0; i < 40; ++i) {
            const LonLat place{139.05 + 0.002 * i, 36.38 + 0.001 * (i * 7 % 40)};
            const LonLat town{place.longitude + 0.0008 * (i % 3 - 1), place.latitude + 0.0008 * (i % 5 - 2)};
            sample.push_back({place.latitude + north, place.longitude + east, one_town ? LonLat{139.1, 36.4} : town});
        }
        return sample;
    };
    SystemEvidence rough = evidence_of("102016");
    rough.tolerance = 500;  // a border that tells no datum
    const SystemVerdict many = choose_system(table(false), AxisNames::latitude_longitude, {}, rough, grids);
    CHECK(many.kind == SystemVerdict::Kind::take);
    CHECK(many.best.system.code == 4301);
    CHECK(choose_system(table(true), AxisNames::latitude_longitude, {}, rough, grids).kind ==
          SystemVerdict::Kind::as_expected);
    // Nor does one that lies three kilometres off, where a step of 400 m makes it plausible.
    for (const double latitude : {36.352, 36.355, 36.358, 36.361, 36.364}) {
        std::vector<SystemSample> far;
        for (int i = 0; i < 30; ++i) {
            far.push_back({36.385 + 0.001 * (i % 10), 139.055 + 0.001 * (i * 7 % 12), LonLat{139.06, latitude}});
        }
        CHECK(choose_system(far, AxisNames::latitude_longitude, {}, evidence_of("102016"), grids).kind ==
              SystemVerdict::Kind::as_expected);
    }
}
