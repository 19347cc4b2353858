// SPDX-License-Identifier: Apache-2.0
// What the loopback catalog holds: users, tokens, organizations and groups, datasets, resources in memory; files in a
// folder. Nothing here judges or refuses: rules.hpp does, and actions.hpp puts both together.
#pragma once

#include "values.hpp"

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai::loopback {

struct User {
    std::string id;
    std::string name;
    std::string created;
    std::string last_active;
    bool sysadmin = false;
};

struct Token {
    std::string id;
    std::string name;
    std::string user_id;
    std::string created;
    std::string last_access;
};

/// An organization or a group.
struct Group {
    std::string id;
    std::string name;
    std::string title;
    std::string created;
    bool organization = false;
    std::vector<std::pair<std::string, std::string>> members;  ///< user id and capacity, in order
};

struct Resource {
    std::string id;
    std::string package_id;
    Json columns = Json::object();  ///< the fields that CKAN knows
    Json extras = Json::object();   ///< all others
    std::string created;
    std::string metadata_modified;
    std::size_t position = 0;
    bool fresh = true;  ///< not written again since it was made: the next write of its dataset counts as a change of it
    bool deleted = false;
};

struct Dataset {
    std::string id;
    Json fields = Json::object();  ///< title, notes, …: text or null
    std::string name;
    std::string owner_org;
    std::string type;
    std::string state;
    std::string creator;
    bool is_private = false;
    std::string created;
    std::string metadata_modified;
    std::vector<std::string> tags;              ///< sorted
    std::map<std::string, std::string> extras;  ///< sorted by key
    std::vector<std::string> groups;            ///< ids
    std::vector<std::string> resources;         ///< ids, in order
};

/// The licences that license_list tells of, as JSON.
extern const char* const license_texts;

struct Store {
    explicit Store(std::filesystem::path files);

    std::mutex mutex;
    std::string site_url;
    std::map<std::string, User> users;  ///< by name
    std::map<std::string, Token> tokens;
    std::map<std::string, Group> groups;  ///< by id
    std::map<std::string, Dataset> datasets;
    std::map<std::string, Resource> resources;
    std::map<std::string, std::string> tag_ids;  ///< by name; a tag outlives its datasets
    std::map<std::string, Json> activities;      ///< by dataset, newest first
    Json licenses;

    [[nodiscard]] Dataset* dataset(const std::string& id_or_name);
    [[nodiscard]] Group* group(const std::string& id_or_name, bool organization);
    [[nodiscard]] User* user(const std::string& id_or_name);
    [[nodiscard]] std::string tag_id(const std::string& name);
    [[nodiscard]] const Json* license(const std::string& id) const;

    [[nodiscard]] std::filesystem::path file_of(const std::string& resource_id) const;
    /// Written beside and renamed; what was there before is gone.
    void keep_file(const std::string& resource_id, std::string_view content) const;
    void drop_dataset(const std::string& id);

    /// The dataset as package_show gives it.
    [[nodiscard]] Json shown(const Dataset& dataset) const;
    [[nodiscard]] Json shown(const Resource& resource) const;
    /// Everything, with the digests of the stored files, for tests.
    [[nodiscard]] Json dump() const;

private:
    std::filesystem::path files_;
};

}  // namespace kokai::loopback
