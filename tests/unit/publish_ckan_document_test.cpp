// SPDX-License-Identifier: Apache-2.0
#include "publish/ckan_document.hpp"
#include "publish/ckan_preflight.hpp"
#include "support/uuid.hpp"
#include "tests/unit/support/catalog_sample.hpp"

#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kokai;
using kokai::testing::sample_entry;
using Json = nlohmann::json;

namespace {

CkanSite sample_site() {
    return {"https://data.example",
            "org-id",
            "102016_",
            {"c08"},
            {},
            {{"cc-by", "http://www.opendefinition.org/licenses/cc-by"}}};
}

bool names(const std::vector<Mistake>& mistakes, const std::string& pointer) {
    return std::any_of(mistakes.begin(), mistakes.end(), [&](const Mistake& one) { return one.pointer == pointer; });
}

}  // namespace

TEST_CASE("An id made of a name is that of RFC 9562", "[support][uuid]") {
    CHECK(uuid5("http://www.example.com/") ==
          "fcde3c85-2270-590f-9e7c-ee003d65e0e2");  // Python's uuid5(NAMESPACE_URL, …)
}

TEST_CASE("A dataset becomes CKAN's fields, extras, tags and files", "[publish][ckan]") {
    const CkanDocument document = ckan_document(sample_entry(), sample_site());
    CHECK(document.name == "102016_demo-aed");
    CHECK(document.fields.at("title") == "AED設置箇所一覧");
    CHECK(document.fields.at("license_id") == "cc-by");
    CHECK(document.fields.at("extras.更新頻度") == "年１回");
    CHECK(document.fields.at("extras.temporal_end") == "2025-03-31");
    CHECK(document.fields.at("tags.防災") == "防災");
    CHECK(document.fields.at("groups.c08") == "c08");
    CHECK(document.fields.count("extras.spatial") == 0);  // ckanext-spatial wants a geometry there
    REQUIRE(document.files.size() == 3);
    CHECK(document.files[0].key == "aed/csv");
    CHECK(document.files[0].fields.at("name") == "AED設置箇所（CSV）");
    CHECK(document.files[0].fields.at("sha256") == std::string(64, 'a'));
    CHECK(document.files[2].file_name == "102016_iko-yo.xlsx");
    CHECK(document.files[2].fields.at("format") == "XLSX");
    CHECK(document.files[0].id == ckan_document(sample_entry(), sample_site()).files[0].id);
    CHECK(document.files[0].id != document.files[1].id);
    CkanSite other = sample_site();
    other.url = "https://other.example";
    CHECK(document.files[0].id != ckan_document(sample_entry(), other).files[0].id);
}

TEST_CASE("A title goes without the white space around it, as CKAN keeps it", "[publish][ckan]") {
    CatalogEntry entry = sample_entry();
    entry.title = "\u3000 \u00A0公園 一覧\u2028\t";
    CHECK(ckan_document(entry, sample_site()).fields.at("title") == "公園 一覧");
    entry.title = "𠮷野の公園";
    CHECK(ckan_document(entry, sample_site()).fields.at("title") == "𠮷野の公園");
}

TEST_CASE("A licence is found by what catalogs.json says, its address, its name", "[publish][ckan]") {
    const License by{"CC-BY-4.0", "", "https://creativecommons.org/licenses/by/4.0/deed.ja"};
    CkanSite site;
    site.offered = {{"x", "https://creativecommons.org/licenses/by-nc/4.0/"},
                    {"cc-by-40-intl", "https://creativecommons.org/licenses/by/4.0/"}};
    CHECK(ckan_license(by, site) == "cc-by-40-intl");
    site.offered.emplace_back("CC-BY-4.0", "");
    CHECK(ckan_license(by, site) == "CC-BY-4.0");
    site.licenses = {{"CC-BY-4.0", "ours"}};
    CHECK(ckan_license(by, site) == "ours");
    CHECK(ckan_license({"PDL-1.0", "", "https://www.digital.go.jp/pdl"}, site) == "PDL-1.0");  // CKAN takes any
}

TEST_CASE("File names that CKAN would change become plain ones that stay apart", "[publish][ckan]") {
    CHECK(ascii_file_name("102016_aed.csv") == "102016_aed.csv");
    CHECK(ascii_file_name("partner/102016_iko-yo.xlsx") == "102016_iko-yo.xlsx");
    const std::string park = ascii_file_name("公園.csv");
    CHECK(park.starts_with("file-"));
    CHECK(park.ends_with(".csv"));
    CHECK(park != ascii_file_name("学校.csv"));
    CHECK(ascii_file_name("My Data (1).nobom.CSV").ends_with(".nobom.csv"));
    CHECK(ascii_file_name("My Data (1).nobom.CSV").starts_with("my-data-1-"));
}

TEST_CASE("Lists of the catalog keep what is not ours", "[publish][ckan]") {
    const Json package =
        Json::parse(R"({"title":"old","extras":[{"key":"theirs","value":"1"},{"key":"更新頻度","value":"月1回"}],
        "tags":[{"name":"AED","vocabulary_id":null},{"name":"theirs","vocabulary_id":null}],"groups":[{"name":"g"}]})");
    const Json body =
        update_body(package, {{"title", "new"}, {"extras.更新頻度", "年1回"}, {"tags.AED", ""}, {"tags.防災", "防災"}});
    CHECK(body["title"] == "new");
    CHECK(body["extras"] == Json::parse(R"([{"key":"theirs","value":"1"},{"key":"更新頻度","value":"年1回"}])"));
    CHECK(body["tags"] == Json::parse(R"([{"name":"theirs"},{"name":"防災"}])"));
    CHECK_FALSE(body.contains("groups"));
    CHECK(ckan_value(package, "tags.AED") == "AED");
    CHECK(ckan_value(package, "extras.none").empty());
    CHECK(create_body(ckan_document(sample_entry(), sample_site()))["private"] == true);
}

TEST_CASE("Tags are what CKAN takes: letters of any script, digits, space - _ .", "[publish][ckan]") {
    for (const char* tag : {"売上", "ｶﾀｶﾅ", "１２", "々々", "𠮷野", "AED", "a.b-c_d e", "バス"}) {
        INFO(tag);
        CHECK(tag_problem(to_nfc(tag)).ja.empty());
    }
    for (const char* tag :
         {"日", "防災・救急", "（案）", "a、b", "全角　空白", "a/b", "a,b", "a&b", "a#b", "a%b", "a'b", "a\tb", "😀😀",
          "a\xE2\x80\x8B"
          "b",
          "", "\xFF\xFF"}) {
        INFO(tag);
        CHECK_FALSE(tag_problem(tag).ja.empty());
    }
    CHECK_FALSE(tag_problem("か\xE3\x82\x99く").ja.empty());    // か + ゛, not composed …
    CHECK(tag_problem(to_nfc("か\xE3\x82\x99く")).ja.empty());  // … as we send it
}

TEST_CASE("CKAN's rules are looked at before anything is sent", "[publish][ckan]") {
    TargetSpec spec;
    CHECK(ckan_preflight(sample_entry(), spec).empty());
    CatalogEntry entry = sample_entry();
    entry.id = "new";
    entry.title = " ";
    entry.keywords = {"AED", "防災・救急", "日"};
    entry.modified = "2025-02-30";
    entry.note = std::string("a\0b", 3);
    entry.contact = "\xFF";
    spec.max_file_bytes = 1024;
    const std::vector<Mistake> mistakes = ckan_preflight(entry, spec);
    for (const char* pointer :
         {"", "/title", "/keywords/1", "/keywords/2", "/modified", "/note", "/contact", "/tables/0/outputs"}) {
        INFO(pointer);
        CHECK(names(mistakes, pointer));
    }
    CHECK(mistakes.size() == 8);
    CHECK(mistakes[0].file == "new/dataset.json");
}
