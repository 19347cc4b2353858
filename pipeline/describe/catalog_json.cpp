// SPDX-License-Identifier: Apache-2.0
#include "describe/catalog_json.hpp"

#include "describe/edition.hpp"
#include "describe/vocabulary.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

/// Facts nobody stated are null, so that a program need not ask whether the key is there.
Json or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

/// `folder` is where the file lies: the dataset's own, or that of one of its editions.
Json file_of(const std::string& folder, const CatalogTable& table, const CatalogFile& file, const std::string& base) {
    const std::string path = url_path(folder + file.path);
    Json json{{"table", table.name},
              {"format", file.format},
              {"media_type", format_info(file.format).media_type},
              {"path", path}};
    if (!base.empty()) {
        json["url"] = base + path;
    }
    json["rows"] = file.rows;
    json["bytes"] = file.bytes;
    json["sha256"] = or_null(file.sha256);
    return json;
}

/// Every edition at the address that it keeps, the current one too.
Json edition_of(const CatalogEntry& entry, const KeptEdition& kept, const std::string& base) {
    const std::string folder = entry.id + "/" + edition_folder(kept.entry.edition);
    Json json{{"edition", kept.entry.edition}, {"state", edition_state(entry, kept)},
              {"title", kept.entry.title},     {"modified", or_null(kept.entry.modified)},
              {"page", url_path(folder)},      {"datapackage", url_path(folder + "datapackage.json")}};
    json["files"] = Json::array();
    for (const CatalogTable& table : kept.entry.tables) {
        for (const CatalogFile& file : table.files) {
            json["files"].push_back(file_of(folder, table, file, base));
        }
    }
    return json;
}

Json dataset_of(const CatalogEntry& entry, const std::string& base) {
    Json json{{"id", entry.id},
              {"title", entry.title},
              {"title_en", or_null(entry.title_en)},
              {"description", entry.description},
              {"publisher", {{"code", or_null(entry.publisher.code)}, {"name", entry.publisher.name}}},
              {"license",
               {{"id", or_null(entry.license.id)},
                {"title", or_null(entry.license.title)},
                {"url", or_null(entry.license.url)}}},
              {"credit", or_null(entry.credit)},
              {"modified", or_null(entry.modified)},
              {"update_frequency", or_null(entry.update_frequency)},
              {"theme", or_null(entry.theme)},
              {"keywords", entry.keywords},
              {"spatial", or_null(entry.spatial)},
              {"temporal", or_null(entry.temporal)},
              {"edition", or_null(entry.edition)},
              {"page", url_path(entry.id + "/")},
              {"datapackage", url_path(entry.id + "/datapackage.json")}};
    json["tables"] = Json::array();
    json["files"] = Json::array();
    for (const CatalogTable& table : entry.tables) {
        json["tables"].push_back(
            {{"name", table.name},
             {"title", or_null(table.title)},
             {"schema", or_null(table.schema_id)},
             {"rows", table.rows_written},
             {"findings",
              {{"error", table.findings.error}, {"warning", table.findings.warning}, {"note", table.findings.note}}}});
        for (const CatalogFile& file : table.files) {
            json["files"].push_back(file_of(entry.id + "/", table, file, base));
        }
    }
    json["editions"] = Json::array();
    for (const KeptEdition& kept : entry.kept) {
        json["editions"].push_back(edition_of(entry, kept, base));
    }
    return json;
}

}  // namespace

std::string catalog_json(std::span<const CatalogEntry> entries, const CatalogInfo& about) {
    std::vector<const CatalogEntry*> sorted;
    for (const CatalogEntry& entry : entries) {
        sorted.push_back(&entry);
    }
    std::sort(sorted.begin(), sorted.end(),
              [](const CatalogEntry* left, const CatalogEntry* right) { return left->id < right->id; });
    Json json{{"title", about.title}, {"title_en", or_null(about.title_en)}, {"description", about.description}};
    json["datasets"] = Json::array();
    for (const CatalogEntry* entry : sorted) {
        json["datasets"].push_back(dataset_of(*entry, folder_address(about.base_url)));
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kokai
