// SPDX-License-Identifier: Apache-2.0
// See store.hpp.
#include "store.hpp"

#include "rules.hpp"

#include <fstream>
#include <sstream>

namespace kokai::loopback {

Store::Store(std::filesystem::path files) : files_(std::move(files)) {}

Dataset* Store::dataset(const std::string& id_or_name) {
    const auto found = datasets.find(id_or_name);
    if (found != datasets.end()) {
        return &found->second;
    }
    for (auto& [id, dataset] : datasets) {
        if (dataset.name == id_or_name) {
            return &dataset;
        }
    }
    return nullptr;
}

Group* Store::group(const std::string& id_or_name, bool organization) {
    for (auto& [id, group] : groups) {
        if (group.organization == organization && (id == id_or_name || group.name == id_or_name)) {
            return &group;
        }
    }
    return nullptr;
}

User* Store::user(const std::string& id_or_name) {
    for (auto& [name, user] : users) {
        if (name == id_or_name || user.id == id_or_name) {
            return &user;
        }
    }
    return nullptr;
}

std::string Store::tag_id(const std::string& name) {
    return tag_ids.try_emplace(name, random_id()).first->second;
}

const Json* Store::license(const std::string& id) const {
    for (const Json& license : licenses) {
        if (license.at("id") == id) {
            return &license;
        }
    }
    return nullptr;
}

std::filesystem::path Store::file_of(const std::string& resource_id) const {
    return files_ / "resources" / resource_id.substr(0, 3) / resource_id.substr(3, 3) / resource_id.substr(6);
}

void Store::keep_file(const std::string& resource_id, std::string_view content) const {
    const std::filesystem::path path = file_of(resource_id);
    std::filesystem::create_directories(path.parent_path());
    std::filesystem::path beside = path;
    beside += "~";
    std::ofstream(beside, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
    std::filesystem::rename(beside, path);
}

void Store::drop_dataset(const std::string& id) {
    for (auto resource = resources.begin(); resource != resources.end();) {
        if (resource->second.package_id == id) {
            std::filesystem::remove(file_of(resource->first));
            resource = resources.erase(resource);
        } else {
            ++resource;
        }
    }
    activities.erase(id);
    datasets.erase(id);
}

Json Store::shown(const Resource& resource) const {
    Json result = resource.extras;
    for (const std::string& column : resource_columns()) {
        result[column] = resource.columns.value(column, Json());
    }
    for (const char* text : {"url", "format", "hash"}) {
        if (result[text].is_null()) {
            result[text] = "";
        }
    }
    result["id"] = resource.id;
    result["package_id"] = resource.package_id;
    result["created"] = resource.created;
    result["metadata_modified"] = resource.metadata_modified;
    result["position"] = resource.position;
    result["state"] = resource.deleted ? "deleted" : "active";
    result["datastore_active"] = false;
    const std::string url = result["url"];
    if (result["url_type"] == "upload") {
        result["url"] = site_url + "/dataset/" + resource.package_id + "/resource/" + url_quoted(resource.id) +
                        "/download/" + stored_file_name(url.substr(url.rfind('/') + 1));
    } else if (!url.empty() && !has_scheme(url)) {
        result["url"] = "http://" + url.substr(std::min(url.find_first_not_of('/'), url.size()));
    }
    return result;
}

Json Store::shown(const Dataset& dataset) const {
    Json result = dataset.fields;
    result["id"] = dataset.id;
    result["name"] = dataset.name;
    result["type"] = dataset.type;
    result["state"] = dataset.state;
    result["private"] = dataset.is_private;
    result["creator_user_id"] = dataset.creator;
    result["metadata_created"] = dataset.created;
    result["metadata_modified"] = dataset.metadata_modified;
    result["isopen"] = false;
    result["license_title"] = result["license_id"];
    if (result["license_id"].is_string()) {
        if (const Json* license = this->license(result["license_id"].get<std::string>())) {
            result["license_title"] = license->at("title");
            result["isopen"] = license->at("od_conformance") == "approved";
            if (!license->at("url").get<std::string>().empty()) {
                result["license_url"] = license->at("url");
            }
        }
    }
    result["owner_org"] = nullptr;
    result["organization"] = nullptr;
    if (const auto organization = groups.find(dataset.owner_org); organization != groups.end()) {
        const Group& owner = organization->second;
        result["owner_org"] = owner.id;
        result["organization"] = {{"id", owner.id},           {"name", owner.name},
                                  {"title", owner.title},     {"type", "organization"},
                                  {"description", ""},        {"image_url", ""},
                                  {"created", owner.created}, {"is_organization", true},
                                  {"state", "active"},        {"approval_status", "approved"}};
    }
    result["tags"] = Json::array();
    for (const std::string& tag : dataset.tags) {
        result["tags"].push_back({{"display_name", tag},
                                  {"id", tag_ids.at(tag)},
                                  {"name", tag},
                                  {"state", "active"},
                                  {"vocabulary_id", nullptr}});
    }
    result["extras"] = Json::array();
    for (const auto& [key, value] : dataset.extras) {
        result["extras"].push_back({{"key", key}, {"value", value}});
    }
    result["groups"] = Json::array();
    for (const std::string& id : dataset.groups) {
        const Group& group = groups.at(id);
        result["groups"].push_back({{"description", ""},
                                    {"display_name", group.title},
                                    {"id", id},
                                    {"image_display_url", ""},
                                    {"name", group.name},
                                    {"title", group.title}});
    }
    result["resources"] = Json::array();
    for (const std::string& id : dataset.resources) {
        result["resources"].push_back(shown(resources.at(id)));
    }
    result["num_resources"] = dataset.resources.size();
    result["num_tags"] = dataset.tags.size();
    result["relationships_as_subject"] = Json::array();
    result["relationships_as_object"] = Json::array();
    return result;
}

Json Store::dump() const {
    Json all = Json::array();
    for (const auto& [id, dataset] : datasets) {
        Json one = shown(dataset);
        for (Json& resource : one["resources"]) {
            std::ifstream file(file_of(resource["id"]), std::ios::binary);
            if (file) {
                std::ostringstream content;
                content << file.rdbuf();
                resource["stored"] = {{"bytes", content.str().size()}, {"sha256", hex_digest("sha256", content.str())}};
            } else {
                resource["stored"] = nullptr;
            }
        }
        all.push_back(std::move(one));
    }
    std::size_t loose = 0;  // files that no resource, living or deleted, owns
    if (std::filesystem::exists(files_)) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(files_)) {
            if (entry.is_regular_file()) {
                std::string id = std::filesystem::relative(entry.path(), files_ / "resources").string();
                id.erase(3, 1);
                id.erase(6, 1);
                loose += resources.count(id) == 0 ? 1U : 0U;
            }
        }
    }
    return {{"datasets", std::move(all)}, {"loose_files", loose}};
}

}  // namespace kokai::loopback
