// SPDX-License-Identifier: Apache-2.0
#include "portal/render.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <stdexcept>

using namespace kokai;
using Json = nlohmann::ordered_json;

TEST_CASE("values are escaped, and are never templates themselves", "[portal]") {
    CHECK(render("t", "{{x}}|{{{x}}}", Json{{"x", "<b>&\"'{{y}}"}, {"y", "no"}}) ==
          "&lt;b&gt;&amp;&quot;&apos;{{y}}|<b>&\"'{{y}}");
}

TEST_CASE("empty texts, null and missing keys are not there", "[portal]") {
    const std::string section = "{{#x}}yes{{/x}}{{^x}}no{{/x}}";
    CHECK(render("t", section, Json{{"x", ""}}) == "no");
    CHECK(render("t", section, Json{{"x", nullptr}}) == "no");
    CHECK(render("t", section, Json{{"x", Json::array()}}) == "no");
    CHECK(render("t", section, Json::object()) == "no");
    CHECK(render("t", section, Json{{"x", "0"}}) == "yes");
    CHECK(render("t", "{{#l}}{{n}},{{/l}}{{>part_end}}",
                 Json{{"l", {{{"n", 1}}, {{"n", 2}}}}, {"part_end", "e{{m}}"}, {"m", "nd"}}) == "1,2,end");
}

TEST_CASE("a broken template is named", "[portal]") {
    CHECK_THROWS_WITH(render("page", "{{#x}}", Json::object()), Catch::Contains("template page"));
}
