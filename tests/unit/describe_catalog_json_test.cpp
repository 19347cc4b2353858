// SPDX-License-Identifier: Apache-2.0
#include "describe/catalog_json.hpp"

#include "support/catalog_sample.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace kokai;
using nlohmann::json;

TEST_CASE("catalog.json lists every file with its path, size and digest", "[describe]") {
    std::vector<CatalogEntry> entries{testing::sample_entry(), testing::sample_entry()};
    entries[0].id = "z-last";
    entries[0].modified.clear();
    const json catalog = json::parse(catalog_json(entries));
    REQUIRE(catalog["datasets"].size() == 2);
    const json& dataset = catalog["datasets"][0];
    CHECK(dataset["id"] == "demo-aed");
    CHECK(dataset["publisher"]["code"] == "102016");
    CHECK(dataset["license"]["id"] == "CC-BY-4.0");
    CHECK(dataset["page"] == "demo-aed/");
    CHECK(dataset["datapackage"] == "demo-aed/datapackage.json");
    CHECK(dataset["files"][1] == json{{"table", "aed"},
                                      {"format", "geojson"},
                                      {"media_type", "application/geo+json"},
                                      {"path", "demo-aed/102016_aed.geojson"},
                                      {"rows", 2},
                                      {"bytes", 300},
                                      {"sha256", std::string(64, 'b')}});
    CHECK(dataset["tables"][0]["rows"] == 2);
    CHECK(catalog["datasets"][1]["modified"].is_null());
}

TEST_CASE("with a base address files have a full one, too", "[describe]") {
    const std::vector<CatalogEntry> entries{testing::sample_entry()};
    CatalogInfo about;
    about.base_url = "https://data.example.jp/";
    const json catalog = json::parse(catalog_json(entries, about));
    CHECK(catalog["datasets"][0]["files"][0]["url"] == "https://data.example.jp/demo-aed/102016_aed.csv");
}
