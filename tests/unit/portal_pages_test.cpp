// SPDX-License-Identifier: Apache-2.0
#include "portal/pages.hpp"

#include "describe/edition.hpp"
#include "model/error.hpp"
#include "support/catalog_sample.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

using namespace kokai;
namespace fs = std::filesystem;

namespace {

const fs::path portal_source = fs::path(KOKAI_SOURCE_DIR) / "pipeline" / "portal";

/// A folder for one test; with its own copy of the portal's files, and a stand-in for the map library.
struct Folder {
    testing::TemporaryFolder temporary;
    fs::path portal = temporary.path() / "portal", catalog = temporary.path() / "catalog";

    Folder() {
        fs::create_directories(portal);
        fs::copy(portal_source / "templates", portal / "templates", fs::copy_options::recursive);
        for (const char* name : {"style.css", "catalog.js", "icon.svg", "pmtiles.LICENSE.txt"}) {
            fs::copy(portal_source / name, portal / name);
        }
    }

    void add_map_library() const {
        const fs::path packages = portal / "node_modules";
        fs::create_directories(packages / "maplibre-gl" / "dist");
        fs::create_directories(packages / "pmtiles" / "dist");
        for (const char* name :
             {"maplibre-gl/dist/maplibre-gl.mjs", "maplibre-gl/dist/maplibre-gl-worker.mjs",
              "maplibre-gl/dist/maplibre-gl.css", "maplibre-gl/LICENSE.txt", "pmtiles/dist/pmtiles.js"}) {
            std::ofstream(packages / name) << name;
        }
    }
};

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t times(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
        ++count;
    }
    return count;
}

bool has(const std::string& text, const std::string& what) {
    return text.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("a dataset's page says what it is, whose, under which licence, and what is in it", "[portal]") {
    const Folder folder;
    folder.add_map_library();
    const std::vector<CatalogEntry> entries{testing::sample_entry()};
    const PagesWritten written = write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed"});
    CHECK(written.map_library);
    CHECK(written.pages == 11);
    const std::string page = text_of(folder.catalog / "demo-aed" / "index.html");
    CHECK(has(page, "<html lang=\"ja\">"));
    CHECK(has(page, "<h1>AED設置箇所一覧</h1>"));
    CHECK(has(page, "<a href=\"https://creativecommons.org/licenses/by/4.0/deed.ja\" rel=\"license noopener\">"));
    CHECK(has(page, "<blockquote>前橋市オープンデータを加工して作成</blockquote>"));
    CHECK(has(page, "<time datetime=\"2025-01-31\">2025-01-31</time>"));
    CHECK(has(page, "<link rel=\"describedby\" type=\"application/json\" href=\"datapackage.json\">"));
    CHECK(has(page, "href=\"102016_aed.csv\" download"));
    CHECK(has(page, "<code>" + std::string(64, 'a') + "</code>"));
    CHECK(has(page, "data-geojson=\"102016_aed.geojson\""));
    CHECK(has(page, "<td>市役所</td>"));
    CHECK(has(page, "<a href=\"https://www.example.jp/a?b=1&amp;c=2\" rel=\"noopener nofollow\">"));
    CHECK(has(page, "<th scope=\"row\">名称</th>"));
    CHECK(has(page, "元のデータ 3 行のうち、2 行を公開しています（誤りのある 1 行は公開していません）。確かめたい点が "
                    "1 件あります。"));
    CHECK(has(page, "項目が空です</b>（名称） 1 件"));
    CHECK(has(page, "名称は市が確認中。"));
    CHECK(has(page, "<b>65.6</b> 点"));
    CHECK(has(page, "<b>28.1 / 62.5</b>"));
    CHECK(has(page, "<svg class=\"chart\""));
    const std::string index = text_of(folder.catalog / "index.html");
    CHECK(has(index, "<h3><a href=\"demo-aed/\">AED設置箇所一覧</a></h3>"));
    CHECK(has(index, "群馬県前橋市"));
    CHECK(text_of(folder.catalog / "assets" / "maplibre-gl-worker.js") == "maplibre-gl/dist/maplibre-gl-worker.mjs");
    CHECK(text_of(folder.catalog / "assets" / "pmtiles.js") == "pmtiles/dist/pmtiles.js");
    CHECK(has(text_of(folder.catalog / "assets" / "pmtiles.LICENSE.txt"), "Copyright 2021 Protomaps LLC"));
}

TEST_CASE("no page loads anything from elsewhere, and scripts in the page are forbidden", "[portal]") {
    const Folder folder;
    folder.add_map_library();
    const std::vector<CatalogEntry> entries{testing::sample_entry()};
    write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed"});
    for (const fs::path& path : {folder.catalog / "index.html", folder.catalog / "demo-aed" / "index.html"}) {
        const std::string page = text_of(path);
        CHECK(has(page, "default-src 'none'; script-src 'self'"));
        CHECK_FALSE(has(page, "unsafe"));
        CHECK_FALSE(has(page, "src=\"http"));
        CHECK_FALSE(has(page, "src=\"//"));
        for (std::size_t at = page.find("<link "); at != std::string::npos; at = page.find("<link ", at + 1)) {
            CHECK_FALSE(has(page.substr(at, page.find('>', at) - at), "://"));
        }
        CHECK_FALSE(has(page, " style="));
        CHECK_FALSE(has(page, "onclick"));
    }
}

TEST_CASE("texts from departments stay inert in every place of the pages (A38, A39)", "[portal]") {
    const Folder folder;
    folder.add_map_library();
    const std::vector<CatalogEntry> entries{testing::hostile_entry()};
    write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed"});
    const std::string page = text_of(folder.catalog / "demo-aed" / "index.html");
    CHECK(times(page, "<script") == 2);  // catalog.js and the JSON-LD
    CHECK(times(page, "</script") == 2);
    CHECK(times(page, "<img") == 0);
    CHECK(times(page, "<!--") == 0);
    CHECK_FALSE(has(page, "href=\"javascript"));
    CHECK(has(page, "{{title}}"));  // braces of the data are text, not a template
    const std::string open = "<script type=\"application/ld+json\">";
    const std::size_t begin = page.find(open) + open.size();
    const std::string json = page.substr(begin, page.find("</script>", begin) - begin);
    CHECK(nlohmann::json::parse(json)["name"] == testing::attack);
    const std::string index = text_of(folder.catalog / "index.html");
    CHECK(times(index, "<script") == 1);
    CHECK(times(index, "<img") == 0);
}

TEST_CASE("pages are the same bytes whatever the order, and only news is written", "[portal]") {
    const Folder folder;
    std::vector<CatalogEntry> entries{testing::sample_entry(), testing::sample_entry()};
    entries[1].id = "another";
    write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed", "another"});
    const std::string index = text_of(folder.catalog / "index.html");
    std::swap(entries[0], entries[1]);
    const PagesWritten again = write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed", "another"});
    CHECK(again.pages == 0);
    CHECK(text_of(folder.catalog / "index.html") == index);
    entries[0].title = entries[1].title = "新しい題";
    CHECK(write_catalog_pages(folder.catalog, entries, folder.portal, {"another"}).pages ==
          2);  // its page and the index
    CHECK_FALSE(has(text_of(folder.catalog / "demo-aed" / "index.html"), "新しい題"));
    CHECK(has(text_of(folder.catalog / "another" / "index.html"), "新しい題"));
    CHECK_FALSE(fs::exists(folder.catalog / "index.html.part"));
}

TEST_CASE("every edition that is kept has a page, and the dataset's page names them", "[portal]") {
    const Folder folder;
    std::vector<CatalogEntry> entries{testing::sample_entry()};
    KeptEdition former{1, false, edition_summary(testing::sample_entry())};
    former.entry.edition = "aaaa";
    former.entry.modified = "";
    entries[0].kept = {{2, false, edition_summary(entries[0])}, former};
    write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed"});
    const std::string page = text_of(folder.catalog / "demo-aed" / "index.html");
    CHECK(has(page, "<a href=\"editions/0123456789abcdef/\"><code>0123456789abcdef</code></a> "
                    "<time datetime=\"2025-01-31\">2025-01-31</time> <span class=\"quiet\">公開中</span>"));
    CHECK(has(page, "<a href=\"editions/aaaa/\"><code>aaaa</code></a> <span class=\"quiet\">前の版</span>"));
    const std::string edition = text_of(folder.catalog / "demo-aed" / "editions" / "aaaa" / "index.html");
    CHECK(has(edition, "<h1>AED設置箇所一覧</h1>"));
    CHECK(has(edition, "版 <code>aaaa</code>のファイルです"));
    CHECK(has(edition, "href=\"102016_aed.csv\" download"));
    CHECK(has(edition, "href=\"../../../assets/style.css\""));
    CHECK(has(edition, "<a href=\"../../\">いま公開している版はこちら</a>"));
    entries[0].kept.push_back({3, false, edition_summary(testing::hostile_entry())});
    entries[0].kept.back().entry.edition = "bbbb";
    write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed"});
    CHECK(text_of(folder.catalog / "demo-aed" / "editions" / "aaaa" / "index.html") == edition);
    const std::string hostile = text_of(folder.catalog / "demo-aed" / "editions" / "bbbb" / "index.html");
    CHECK(times(hostile, "<script") == 1);
    CHECK(times(hostile, "<img") == 0);
    CHECK_FALSE(has(hostile, "href=\"javascript"));
}

TEST_CASE("an edition from before there was a score has none on its page", "[portal]") {
    const Folder folder;
    std::vector<CatalogEntry> entries{testing::sample_entry()};
    entries[0].tables[0].quality.clear();
    write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed"});
    const std::string page = text_of(folder.catalog / "demo-aed" / "index.html");
    CHECK(has(page, "品質"));
    CHECK_FALSE(has(page, "100</span>"));
}

TEST_CASE("without the map library the page says so", "[portal]") {
    const Folder folder;
    const std::vector<CatalogEntry> entries{testing::sample_entry()};
    CHECK_FALSE(write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed"}).map_library);
    const std::string page = text_of(folder.catalog / "demo-aed" / "index.html");
    CHECK_FALSE(has(page, "data-geojson"));
    CHECK_FALSE(has(page, "maplibre"));
    CHECK(has(page, "このページには地図がありません。位置は GeoJSON のファイルに入っています"));
}

TEST_CASE("a map is made of tiles where there are some, of the GeoJSON otherwise", "[portal]") {
    const Folder folder;
    folder.add_map_library();
    std::vector<CatalogEntry> entries{testing::sample_entry()};
    std::vector<CatalogFile>& files = entries[0].tables[0].files;
    const auto page = [&] {
        write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed"});
        return text_of(folder.catalog / "demo-aed" / "index.html");
    };
    CHECK_FALSE(has(page(), "data-pmtiles"));

    files.push_back({"pmtiles", "102016_aed.pmtiles", 2, 900, std::string(64, 'd')});
    CHECK(has(page(), "<div class=\"map\" data-pmtiles=\"102016_aed.pmtiles\" data-geojson=\"102016_aed.geojson\" "
                      "data-size=\"300 バイト\" data-bytes=\"300\" data-title="));
    CHECK(has(page(), "<a href=\"102016_aed.geojson\" download>GeoJSON のファイル</a>"));

    std::erase_if(files, [](const CatalogFile& file) { return file.format == "geojson"; });
    CHECK(has(page(), "<div class=\"map\" data-pmtiles=\"102016_aed.pmtiles\" data-title="));
    CHECK(has(page(), "<a href=\"102016_aed.pmtiles\" download>PMTiles のファイル</a>"));
    CHECK(has(text_of(folder.catalog / "index.html"), "地図あり"));

    files.back().rows = 0;  // no row has a position
    CHECK_FALSE(has(page(), "class=\"map\""));
    CHECK_FALSE(has(text_of(folder.catalog / "index.html"), "地図あり"));
}

TEST_CASE("places are shown on their municipality's outline, with its credit", "[portal]") {
    const Folder folder;
    folder.add_map_library();
    std::vector<CatalogEntry> entries{testing::sample_entry(), testing::sample_entry()};
    entries[1].id = "demo-boundary";
    entries[1].credit = "国土数値情報を加工して作成";
    entries[1].tables[0].schema_id = "own/boundary";
    write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed", "demo-boundary"});
    const std::string page = text_of(folder.catalog / "demo-aed" / "index.html");
    CHECK(has(page, "data-outline=\"../demo-boundary/102016_aed.geojson\""));
    CHECK(has(page, "市の輪郭: 国土数値情報を加工して作成"));
    CHECK_FALSE(has(text_of(folder.catalog / "demo-boundary" / "index.html"), "data-outline"));
    entries[1].credit = "別の一文";
    write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-boundary"});
    CHECK(has(text_of(folder.catalog / "demo-aed" / "index.html"), "市の輪郭: 別の一文"));
    entries[0].publisher.code = "222127";
    write_catalog_pages(folder.catalog, entries, folder.portal, {"demo-aed"});
    CHECK_FALSE(has(text_of(folder.catalog / "demo-aed" / "index.html"), "data-outline"));
}

TEST_CASE("an id that is no folder's name is refused", "[portal]") {
    const Folder folder;
    for (const char* id : {"../x", "assets", "catalog", "", "_x", "A1"}) {
        std::vector<CatalogEntry> entries{testing::sample_entry()};
        entries[0].id = id;
        CHECK_THROWS_AS(write_catalog_pages(folder.catalog, entries, folder.portal, {id}), LayoutError);
    }
}
