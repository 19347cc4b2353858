// SPDX-License-Identifier: Apache-2.0
// Words of closed lists: what is proposed for a department's own word, and that far words get no proposal.
#include "validate/nearest_allowed.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace kokai;

TEST_CASE("the nearest allowed word is proposed, or none", "[validate][nearest_allowed]") {
    const std::vector<std::string> licences = {"CC BY 4.0", "CC BY-SA 4.0", "CC0 1.0", "PDL1.0"};
    CHECK(nearest_allowed("ＣＣ　ＢＹ　４．０", licences) == "CC BY 4.0");
    CHECK(nearest_allowed("CC-BY 4.0", licences) == "CC BY 4.0");
    CHECK(nearest_allowed("PDL 1.0", licences) == "PDL1.0");
    const std::vector<std::string> heights = {"階数", "標高", "地表高"};
    CHECK(nearest_allowed("標高（m）", heights) == "標高");
    CHECK(nearest_allowed("地表", heights) == "地表高");
    CHECK(nearest_allowed("階", heights).empty());  // one character says too little
    CHECK(nearest_allowed("屋上", heights).empty());
    CHECK(nearest_allowed("", heights).empty());
    const std::vector<std::string> places = {"屋内", "屋外"};
    CHECK(nearest_allowed("屋上", places).empty());  // both are one character away
    CHECK(nearest_allowed("屋内（1階）", places) == "屋内");
    CHECK(nearest_allowed(std::string(1000, 'x'), heights).empty());
    const std::vector<std::string> schools = {"公立小学校", "私立小学校", "公立中学校"};
    CHECK(nearest_allowed("小学校", schools).empty());  // two hold it
    CHECK(nearest_allowed("公立小學校", schools) == "公立小学校");
}
