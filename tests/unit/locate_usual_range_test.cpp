// SPDX-License-Identifier: Apache-2.0
#include "locate/usual_range.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace kokai;
using Reading = UsualRange::Reading;

namespace {

/// A city in the north-west of the ninth zone.
UsualRange city() {
    return {{-69'000, -67'000, -65'000, -66'000, -71'000, 139.06}, {43'000, 45'000, 41'000, 44'000, 42'000, 36.39}};
}

}  // namespace

TEST_CASE("A row written otherwise than those of its layer is seen", "[locate][crs]") {
    const UsualRange usual = city();
    CHECK(usual.reading_of(-67'500, 43'500) == Reading::as_it_stands);
    CHECK(usual.reading_of(43'500, -67'500) == Reading::exchanged);
    CHECK(usual.reading_of(0, 0) == Reading::none);
    CHECK(usual.reading_of(139.06, 36.39) == Reading::none);  // degrees in either order
    CHECK(usual.reading_of(36.39, 139.06) == Reading::none);
    CHECK(usual.reading_of(-67.5, 43.5) == Reading::none);  // kilometres
}

TEST_CASE("What only lies elsewhere is left as it stands", "[locate][crs]") {
    const UsualRange usual = city();
    CHECK(usual.reading_of(-30'000, 20'000) == Reading::as_it_stands);
    CHECK(usual.reading_of(5'000, -5'000) == Reading::as_it_stands);
    CHECK(usual.reading_of(200, 100) == Reading::as_it_stands);  // beside the origin, and no unit puts it into the city
    CHECK(usual.reading_of(std::numeric_limits<double>::quiet_NaN(), 1) == Reading::as_it_stands);
    // Around the origin of the zone nothing tells degrees from metres.
    const UsualRange origin{{-900, 800, 150, 1000, 20, -2000}, {300, 500, -700, 30, 90, 1500}};
    CHECK(origin.reading_of(139.06, 36.39) == Reading::as_it_stands);
    CHECK(origin.reading_of(0, 0) == Reading::as_it_stands);
    // Beside the line on which both numbers are the same a mirrored row is no other place.
    const UsualRange line{{50'000, 52'000, 54'000, 56'000, 58'000}, {52'000, 53'000, 51'000, 50'000, 54'000}};
    CHECK(line.reading_of(53'000, 80'000) == Reading::as_it_stands);
    CHECK(line.reading_of(80'000, 53'000) == Reading::as_it_stands);
}

TEST_CASE("Of a few rows nothing is known", "[locate][crs]") {
    const UsualRange few{{-69'000, -67'000, -65'000, 1}, {43'000, 45'000, 41'000, 1}};
    CHECK(few.reading_of(139.06, 36.39) == Reading::as_it_stands);
    CHECK(UsualRange().reading_of(0, 0) == Reading::as_it_stands);
}
