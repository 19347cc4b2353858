// SPDX-License-Identifier: Apache-2.0
#include "describe/schemaorg.hpp"

#include "support/catalog_sample.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace kokai;
using nlohmann::json;

TEST_CASE("schema.org describes the dataset and its downloads", "[describe]") {
    const json dataset = json::parse(schemaorg_jsonld(testing::sample_entry()));
    CHECK(dataset["@type"] == "Dataset");
    CHECK(dataset["name"] == "AED設置箇所一覧");
    CHECK(dataset["license"] == "https://creativecommons.org/licenses/by/4.0/deed.ja");
    CHECK(dataset["temporalCoverage"] == "2024-04-01/2025-03-31");
    CHECK(dataset["distribution"][1]["encodingFormat"] == "application/geo+json");
    CHECK(dataset["distribution"][2]["contentUrl"] == "partner/102016_iko-yo.xlsx");
    CHECK(dataset["variableMeasured"].size() == 5);
}

TEST_CASE("nothing in the JSON-LD can leave its script element (A39)", "[describe]") {
    CatalogEntry entry = testing::hostile_entry();
    entry.note = "line\xE2\x80\xA8separator";
    entry.title += "\xE2\x80\xA9";
    const std::string text = schemaorg_jsonld(entry);
    CHECK(text.find_first_of("<>&") == std::string::npos);
    CHECK(text.find("\xE2\x80\xA9") == std::string::npos);
    CHECK(text.find("javascript:") == std::string::npos);
    CHECK(json::parse(text)["name"] == testing::attack + "\xE2\x80\xA9");
}

TEST_CASE("bytes that are no UTF-8 do not stop the page", "[describe]") {
    CatalogEntry entry = testing::sample_entry();
    entry.title = "\xFF\x3C";
    CHECK(json::parse(schemaorg_jsonld(entry))["name"] == "\xEF\xBF\xBD<");
}
