// SPDX-License-Identifier: Apache-2.0
// Units: what counts something is one, what names something is not.
#include "normalise/units.hpp"

#include <catch2/catch.hpp>

#include <string_view>

using namespace kokai;

TEST_CASE("units that we know, and words that are none", "[normalise][units]") {
    for (const std::string_view unit : {"人", "箇所", "㎡", "km", "%", "世帯", "円"}) {
        CHECK(is_unit(unit));
    }
    for (const std::string_view word : {"", "号", "丁目", "月", "番地", "以上", "B"}) {
        CHECK_FALSE(is_unit(word));
    }
}

TEST_CASE("writings of one unit", "[normalise][units]") {
    CHECK(same_unit("㎡", "平方メートル"));
    CHECK(same_unit("人", "名"));
    CHECK(same_unit("班", "班"));
    CHECK_FALSE(same_unit("㎡", "m3"));
    CHECK_FALSE(same_unit("人", "世帯"));
    CHECK_FALSE(same_unit("", "人"));
}
