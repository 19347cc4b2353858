// SPDX-License-Identifier: Apache-2.0
#include "describe/datapackage.hpp"

#include "support/catalog_sample.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

using namespace kokai;
using nlohmann::json;

TEST_CASE("a data package names its files, with digest, types and licence", "[describe]") {
    const std::string text = datapackage_json(testing::sample_entry());
    CHECK(text == datapackage_json(testing::sample_entry()));
    const json package = json::parse(text);
    CHECK(package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json");
    CHECK(package["name"] == "demo-aed");
    CHECK(package["licenses"][0]["name"] == "CC-BY-4.0");
    CHECK(package["contributors"][0]["roles"][0] == "publisher");
    CHECK(package["sources"][0]["path"] == "https://www.example.jp/opendata");
    REQUIRE(package["resources"].size() == 3);
    const json& csv = package["resources"][0];
    CHECK(csv["type"] == "table");
    CHECK(csv["path"] == "102016_aed.csv");
    CHECK(csv["hash"] == "sha256:" + std::string(64, 'a'));
    CHECK(csv["bytes"] == 120);
    CHECK(csv["encoding"] == "utf-8");
    CHECK(csv["dialect"]["lineTerminator"] == "\r\n");
    const json& fields = csv["schema"]["fields"];
    REQUIRE(fields.size() == 5);
    CHECK(fields[0]["constraints"] == json{{"required", true}, {"unique", true}});
    CHECK(fields[2]["format"] == "%H:%M");
    CHECK(fields[3]["constraints"]["minimum"] == 0);
    CHECK(csv["schema"]["missingValues"] == json::array({""}));
    CHECK_FALSE(package["resources"][1].contains("schema"));
    CHECK(package["resources"][1]["mediatype"] == "application/geo+json");
    CHECK(package["resources"][1]["format"] == "geojson");
    std::set<std::string> names;
    for (const json& resource : package["resources"]) {
        const auto name = resource["name"].get<std::string>();
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string::npos);
        CHECK(names.insert(name).second);
    }
}

TEST_CASE("a rule that an accepted finding breaks is not promised", "[describe]") {
    CatalogEntry entry = testing::sample_entry();
    json schema = json::parse(datapackage_json(entry))["resources"][0]["schema"];
    CHECK_FALSE(schema["fields"][1].contains("constraints"));  // 名称: required-missing accepted
    CHECK_FALSE(schema.contains("primaryKey"));
    entry.tables[0].accepted = {{"id-duplicate", 1, "…", {}}, {"number-unreadable", 1, "…", {"台数"}}};
    schema = json::parse(datapackage_json(entry))["resources"][0]["schema"];
    CHECK(schema["fields"][0]["constraints"] == json{{"required", true}});
    CHECK(schema["fields"][3]["type"] == "any");
    CHECK_FALSE(schema["fields"][3].contains("constraints"));
    CHECK(schema["fields"][1]["constraints"]["required"] == true);
    entry.tables[0].accepted.clear();
    schema = json::parse(datapackage_json(entry))["resources"][0]["schema"];
    CHECK(schema["primaryKey"] == json::array({"ID"}));
}

TEST_CASE("what nobody stated is not in the data package", "[describe]") {
    CatalogEntry entry;
    entry.id = "bare";
    entry.license.url = "javascript:alert(1)";
    const json package = json::parse(datapackage_json(entry));
    CHECK_FALSE(package.contains("title"));
    CHECK_FALSE(package.contains("contributors"));
    CHECK_FALSE(package.contains("sources"));
    CHECK_FALSE(package["licenses"][0].contains("path"));
    CHECK(package["resources"].empty());
}
