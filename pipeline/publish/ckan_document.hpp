// SPDX-License-Identifier: Apache-2.0
// A dataset as CKAN would hold it, and a CKAN's answer in the same shape: flat, so that two can be compared key by key.
// Keys: `title`, `extras.更新頻度`, `tags.AED`, `groups.c08`, `private` …
#pragma once

#include "describe/catalog_entry.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {

using CkanFields = std::map<std::string, std::string>;

struct CkanFile {
    std::string key;        // table/format
    std::string id;         // made of catalog, dataset and key: a repeated create replaces
    std::string path;       // local, from the dataset's folder
    std::string file_name;  // in its address there: small ASCII
    std::uint64_t bytes = 0;
    CkanFields fields;  // name description format mimetype sha256
};

struct CkanDocument {
    std::string name;
    CkanFields fields;
    std::vector<CkanFile> files;
};

/// What the catalog is like: its address, the organization's id, what its licences are called.
struct CkanSite {
    std::string url, organization_id, name_prefix;
    std::vector<std::string> groups;
    std::vector<std::pair<std::string, std::string>> licenses;  // our id -> its id, as catalogs.json says
    std::vector<std::pair<std::string, std::string>> offered;   // its ids and their addresses
};

CkanDocument ckan_document(const CatalogEntry& entry, const CkanSite& site);

/// The catalog's id of a licence: as catalogs.json says, else the one with its address, else the one with its name,
/// else our own id (CKAN takes any).
std::string ckan_license(const License& license, const CkanSite& site);

/// The last part of a path as a file name that CKAN does not change: 公園.csv → file-1a2b3c4d.csv
std::string ascii_file_name(std::string_view path);

/// The value that a package (package_show's result) has for a key; "" when it has none.
std::string ckan_value(const nlohmann::json& package, const std::string& key);
/// The same of a resource.
std::string ckan_resource_value(const nlohmann::json& resource, const std::string& key);
/// The package's resource with an id; null when it has none.
const nlohmann::json* ckan_resource(const nlohmann::json& package, const std::string& id);

/// Whether two values of a key are the same but for what CKAN itself makes of them.
bool same_in_ckan(const std::string& key, const std::string& one, const std::string& other);

/// What package_create wants: everything but files, private.
nlohmann::json create_body(const CkanDocument& document);
/// What package_revise's `update` wants so that the keys get their values: lists whole, with everything in them that is
/// not ours. `changes`: key → value, "" = away.
nlohmann::json update_body(const nlohmann::json& package, const CkanFields& changes);

/// Unicode's form C: か + ゛ becomes が, as CKAN wants its tags.
std::string to_nfc(std::string_view text);

}  // namespace kokai
