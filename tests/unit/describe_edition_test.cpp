// SPDX-License-Identifier: Apache-2.0
#include "describe/edition.hpp"

#include "describe/catalog_json.hpp"
#include "describe/datapackage.hpp"
#include "describe/dcat.hpp"
#include "support/catalog_sample.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <functional>
#include <set>

using namespace kokai;
using nlohmann::json;

namespace {

KeptEdition kept(std::uint64_t sequence, const std::string& edition, bool withdrawn = false) {
    CatalogEntry entry = edition_summary(testing::sample_entry());
    entry.edition = edition;
    entry.modified = "2024-0" + std::to_string(sequence) + "-01";
    return {sequence, withdrawn, entry};
}

/// Current: the second of three; the third was taken back.
CatalogEntry entry_with_editions() {
    CatalogEntry entry = testing::sample_entry();
    entry.edition = "bbbb";
    entry.kept = {kept(3, "cccc", true), kept(2, "bbbb"), kept(1, "aaaa")};
    return entry;
}

}  // namespace

TEST_CASE("an edition's name is fixed for good", "[describe][edition]") {
    // Another name here renames every edition that is published: not to be changed by an innocent hand.
    CHECK(edition_name(testing::sample_entry()) == "a77cbaca8bb9e664");
    CatalogEntry bare;
    bare.id = "bare";
    CHECK(edition_name(bare) == "3cbdec571a0e2e39");
}

TEST_CASE("what a program thinks of the content does not name an edition", "[describe][edition]") {
    const std::string name = edition_name(testing::sample_entry());
    CatalogEntry entry = testing::sample_entry();
    CatalogTable& table = entry.tables[0];
    entry.edition = "other";
    table.quality.clear();
    table.findings = {9, 9, 9};
    table.rows_read = 99;
    table.rows_withheld = 9;
    table.first_rows.clear();
    table.accepted[0].count = 77;
    table.chart_points.clear();
    table.fields[0].aliases = {"another header"};
    table.fields[0].pattern = "[0-9]+";
    table.fields[0].confidence = Confidence::low;
    CHECK(edition_name(entry) == name);
    entry.kept = {kept(1, "aaaa")};
    CHECK(edition_name(entry) == name);
    CHECK(edition_name(from_json_text(to_json_text(entry))) == name);
}

TEST_CASE("every published word and every data byte names an edition", "[describe][edition]") {
    using Change = std::function<void(CatalogEntry&)>;
    const std::vector<Change> changes{
        [](CatalogEntry& one) { one.id += "x"; },
        [](CatalogEntry& one) { one.title += "x"; },
        [](CatalogEntry& one) { one.title_en += "x"; },
        [](CatalogEntry& one) { one.description += "x"; },
        [](CatalogEntry& one) { one.publisher.code += "x"; },
        [](CatalogEntry& one) { one.publisher.name += "x"; },
        [](CatalogEntry& one) { one.publisher.url += "x"; },
        [](CatalogEntry& one) { one.license.id += "x"; },
        [](CatalogEntry& one) { one.license.title += "x"; },
        [](CatalogEntry& one) { one.license.url += "x"; },
        [](CatalogEntry& one) { one.credit += "x"; },
        [](CatalogEntry& one) { one.update_frequency += "x"; },
        [](CatalogEntry& one) { one.contact += "x"; },
        [](CatalogEntry& one) { one.modified += "x"; },
        [](CatalogEntry& one) { one.theme += "x"; },
        [](CatalogEntry& one) { one.keywords.emplace_back("x"); },
        [](CatalogEntry& one) { one.spatial += "x"; },
        [](CatalogEntry& one) { one.temporal += "x"; },
        [](CatalogEntry& one) { one.source_url += "x"; },
        [](CatalogEntry& one) { one.note += "x"; },
        [](CatalogEntry& one) { one.tables[0].name += "x"; },
        [](CatalogEntry& one) { one.tables[0].title += "x"; },
        [](CatalogEntry& one) { one.tables[0].description += "x"; },
        [](CatalogEntry& one) { one.tables[0].schema_id += "x"; },
        [](CatalogEntry& one) { one.tables[0].schema_title += "x"; },
        [](CatalogEntry& one) { one.tables[0].primary_key.clear(); },
        [](CatalogEntry& one) { one.tables[0].fields[1].name += "x"; },
        [](CatalogEntry& one) { one.tables[0].fields[1].type = "any"; },
        [](CatalogEntry& one) { one.tables[0].fields[1].english += "x"; },
        [](CatalogEntry& one) { one.tables[0].fields[1].description += "x"; },
        [](CatalogEntry& one) { one.tables[0].fields[1].example += "x"; },
        [](CatalogEntry& one) { one.tables[0].fields[1].unit += "x"; },
        [](CatalogEntry& one) { one.tables[0].fields[1].requirement = Requirement::optional; },
        [](CatalogEntry& one) { one.tables[0].fields[1].unique = true; },
        [](CatalogEntry& one) { one.tables[0].fields[3].minimum = 1; },
        [](CatalogEntry& one) { one.tables[0].fields[3].maximum = 1; },
        [](CatalogEntry& one) { one.tables[0].fields[1].allowed = {"x"}; },
        [](CatalogEntry& one) { std::swap(one.tables[0].fields[1], one.tables[0].fields[2]); },
        [](CatalogEntry& one) { one.tables[0].files[0].sha256.back() = '0'; },
        [](CatalogEntry& one) { one.tables[0].files[0].path += "x"; },
        [](CatalogEntry& one) { one.tables[0].files[0].bytes += 1; },
        [](CatalogEntry& one) { one.tables[0].files.pop_back(); },
        [](CatalogEntry& one) { one.tables[0].accepted[0].reason += "x"; },
        [](CatalogEntry& one) { one.tables[0].accepted.clear(); },
        [](CatalogEntry& one) { one.tables[0].chart.reset(); },
        [](CatalogEntry& one) { one.tables.push_back(one.tables[0]); },
    };
    std::set<std::string> names{edition_name(testing::sample_entry())};
    for (const Change& change : changes) {
        CatalogEntry entry = testing::sample_entry();
        change(entry);
        names.insert(edition_name(entry));
    }
    CHECK(names.size() == changes.size() + 1);
}

TEST_CASE("the catalog's descriptions name the edition, the former ones and those taken back", "[describe][edition]") {
    const CatalogEntry entry = entry_with_editions();
    CHECK(previous_edition(entry, entry.kept[0])->entry.edition == "bbbb");
    CHECK(previous_edition(entry, entry.kept[1])->entry.edition == "aaaa");
    CHECK(previous_edition(entry, entry.kept[2]) == nullptr);

    const json package = json::parse(datapackage_json(entry));
    CHECK(package["version"] == "bbbb");
    REQUIRE(package["kokai:editions"].size() == 3);
    CHECK(package["kokai:editions"][0] == json{{"version", "cccc"},
                                               {"path", "editions/cccc/datapackage.json"},
                                               {"modified", "2024-03-01"},
                                               {"state", "withdrawn"}});
    CHECK(package["kokai:editions"][1]["state"] == "current");
    CHECK(package["kokai:editions"][2]["state"] == "former");
    const json fixed = json::parse(edition_datapackage_json(entry));
    CHECK(fixed["version"] == "bbbb");
    CHECK(fixed["kokai:latest"] == "../../datapackage.json");
    CHECK_FALSE(fixed.contains("kokai:editions"));  // it is to stay as it is

    const std::vector<CatalogEntry> entries{entry};
    const json catalog = json::parse(catalog_json(entries));
    const json& editions = catalog["datasets"][0]["editions"];
    REQUIRE(editions.size() == 3);
    CHECK(editions[2]["edition"] == "aaaa");
    CHECK(editions[2]["state"] == "former");
    CHECK(editions[2]["page"] == "demo-aed/editions/aaaa/");
    CHECK(editions[2]["files"][0]["path"] == "demo-aed/editions/aaaa/102016_aed.csv");
    CHECK(catalog["datasets"][0]["files"][0]["path"] == "demo-aed/102016_aed.csv");

    const json dcat = json::parse(dcat_jsonld(entries))["dcat:dataset"][0];
    CHECK(dcat["dcat:version"] == "bbbb");
    CHECK(dcat["dcat:hasCurrentVersion"]["@id"] == "demo-aed/editions/bbbb/#dataset");
    REQUIRE(dcat["dcat:hasVersion"].size() == 3);
    const json& current = dcat["dcat:hasVersion"][1];
    CHECK(current["@type"] == "dcat:Dataset");
    CHECK(current["dcat:version"] == "bbbb");
    CHECK(current["dcat:isVersionOf"]["@id"] == "demo-aed/#dataset");
    CHECK(current["dcat:previousVersion"]["@id"] == "demo-aed/editions/aaaa/#dataset");
    CHECK(current["dcat:distribution"][0]["dcat:downloadURL"]["@id"] == "demo-aed/editions/bbbb/102016_aed.csv");
    CHECK_FALSE(dcat["dcat:hasVersion"][2].contains("dcat:previousVersion"));
    CHECK(dcat["dcat:hasVersion"][0].contains("adms:versionNotes"));
}
