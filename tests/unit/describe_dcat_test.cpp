// SPDX-License-Identifier: Apache-2.0
#include "describe/dcat.hpp"

#include "support/catalog_sample.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace kokai;
using nlohmann::json;

TEST_CASE("the catalog as DCAT-AP has what is mandatory and what was stated", "[describe]") {
    const std::vector<CatalogEntry> entries{testing::sample_entry()};
    const json catalog = json::parse(dcat_jsonld(entries));
    CHECK(catalog["@type"] == "dcat:Catalog");
    CHECK(catalog["dct:title"][0]["@value"] == "オープンデータカタログ");
    CHECK(catalog["dct:description"]["@language"] == "ja");
    CHECK(catalog["dct:publisher"]["foaf:name"]["@value"] == "群馬県前橋市");
    REQUIRE(catalog["dcat:dataset"].size() == 1);
    const json& dataset = catalog["dcat:dataset"][0];
    CHECK(dataset["@id"] == "demo-aed/#dataset");
    CHECK(dataset["dct:title"][1] == json{{"@value", "AED locations"}, {"@language", "en"}});
    CHECK(dataset["dct:accrualPeriodicity"]["@id"] ==
          "http://publications.europa.eu/resource/authority/frequency/ANNUAL");
    CHECK(dataset["dct:temporal"]["dcat:endDate"] == json{{"@value", "2025-03-31"}, {"@type", "xsd:date"}});
    CHECK(dataset["dct:modified"]["@value"] == "2025-01-31");
    CHECK(dataset["dcat:keyword"].size() == 2);
    CHECK(dataset["dcat:contactPoint"]["vcard:fn"]["@value"] == "危機管理課");
    REQUIRE(dataset["dcat:distribution"].size() == 3);
    const json& csv = dataset["dcat:distribution"][0];
    CHECK(csv["dcat:accessURL"]["@id"] == "demo-aed/102016_aed.csv");
    CHECK(csv["dct:format"]["@id"] == "http://publications.europa.eu/resource/authority/file-type/CSV");
    CHECK(csv["dcat:mediaType"]["@id"] == "https://www.iana.org/assignments/media-types/text/csv");
    CHECK(csv["dct:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/deed.ja");
    CHECK(csv["spdx:checksum"]["spdx:checksumValue"]["@value"] == std::string(64, 'a'));
    CHECK(csv["dcat:byteSize"]["@value"] == "120");
}

TEST_CASE("several publishers stand together as a group; a named one goes first", "[describe]") {
    std::vector<CatalogEntry> entries{testing::sample_entry(), testing::sample_entry()};
    entries[0].id = "second";
    entries[0].publisher = {"222127", "静岡県焼津市", ""};
    json catalog = json::parse(dcat_jsonld(entries));
    CHECK(catalog["dct:publisher"]["foaf:name"]["@value"] == "群馬県前橋市、静岡県焼津市");
    CHECK(catalog["dct:publisher"]["foaf:member"].size() == 2);
    CHECK(catalog["dcat:dataset"][0]["dct:identifier"] == "demo-aed");  // sorted by id
    CatalogInfo about;
    about.publisher = {"102016", "群馬県前橋市", "javascript:alert(1)"};
    about.base_url = "https://data.example.jp/catalog";
    catalog = json::parse(dcat_jsonld(entries, about));
    CHECK(catalog["dct:publisher"]["@type"] == "foaf:Organization");
    CHECK_FALSE(catalog["dct:publisher"].contains("foaf:homepage"));
    CHECK(catalog["dcat:dataset"][0]["dcat:landingPage"]["@id"] == "https://data.example.jp/catalog/demo-aed/");
}

TEST_CASE("what nobody stated is not in DCAT, and no address is invented", "[describe]") {
    CatalogEntry bare;
    bare.id = "bare";
    bare.title = "題";
    bare.modified = "昨日";
    bare.license.url = bare.source_url = "javascript:alert(1)";
    bare.update_frequency = "ときどき";
    bare.temporal = "令和6年度";
    const std::vector<CatalogEntry> entries{bare};
    const std::string text = dcat_jsonld(entries);
    CHECK(text.find("javascript") == std::string::npos);
    const json catalog = json::parse(text);
    const json& dataset = catalog["dcat:dataset"][0];
    CHECK_FALSE(catalog.contains("dct:publisher"));
    CHECK_FALSE(catalog.contains("dct:modified"));
    for (const char* key : {"dct:publisher", "dct:modified", "dct:source", "dct:accrualPeriodicity", "dct:temporal",
                            "dct:spatial", "dcat:theme", "dcat:keyword", "dcat:contactPoint", "dct:provenance"}) {
        CHECK_FALSE(dataset.contains(key));
    }
    CHECK(dcat_jsonld(entries) == text);
}
