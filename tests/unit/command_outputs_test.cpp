// SPDX-License-Identifier: Apache-2.0
#include "command/outputs.hpp"
#include "describe/vocabulary.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace kokai;

TEST_CASE("The form of dataset.json offers the formats that are built", "[command][outputs]") {
    std::ifstream file(KOKAI_SOURCE_DIR "/schemas/dataset.schema.json");
    const nlohmann::json form = nlohmann::json::parse(file);
    const auto offered = form.at("/definitions/table/properties/outputs/items/enum"_json_pointer);
    CHECK(offered.get<std::vector<std::string>>() == built_formats());
}

TEST_CASE("Every format has a label and a media type for the catalog", "[command][outputs]") {
    REQUIRE(built_formats().size() >= 12);
    for (const std::string& format : built_formats()) {
        INFO(format);
        CHECK(format_info(format).label != format);
        CHECK(format_info(format).media_type != "application/octet-stream");
    }
}
