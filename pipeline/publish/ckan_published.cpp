// SPDX-License-Identifier: Apache-2.0
// What is remembered of a dataset in CKAN, as JSON and against what the catalog holds.
#include "publish/ckan_compare.hpp"

#include <nlohmann/json.hpp>

namespace kokai {
namespace {

using Json = nlohmann::json;

nlohmann::ordered_json json_of(const std::map<std::string, CkanPublishedFile>& files) {
    auto json = nlohmann::ordered_json::object();
    for (const auto& [key, file] : files) {
        json[key] = {
            {"id", file.id},     {"path", file.path}, {"file_name", file.file_name},        {"bytes", file.bytes},
            {"sent", file.sent}, {"seen", file.seen}, {"last_modified", file.last_modified}};
    }
    return json;
}

std::map<std::string, CkanPublishedFile> files_of(const Json& json) {
    std::map<std::string, CkanPublishedFile> files;
    for (const auto& [key, file] : json.items()) {
        files[key] = {file.at("id").get<std::string>(),           file.at("path").get<std::string>(),
                      file.at("file_name").get<std::string>(),    file.at("bytes").get<std::uint64_t>(),
                      file.at("sent").get<CkanFields>(),          file.at("seen").get<CkanFields>(),
                      file.at("last_modified").get<std::string>()};
    }
    return files;
}

}  // namespace

std::string published_json(const CkanPublished& published) {
    nlohmann::ordered_json json{{"format", 1},
                                {"package_id", published.package_id},
                                {"name", published.name},
                                {"edition", published.edition},
                                {"sent", published.sent},
                                {"seen", published.seen}};
    json["files"] = json_of(published.files);
    if (!published.left.empty()) {
        json["left"] = json_of(published.left);
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<CkanPublished> published_from_json(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        CkanPublished published;
        json.at("package_id").get_to(published.package_id);
        json.at("name").get_to(published.name);
        json.at("edition").get_to(published.edition);
        json.at("sent").get_to(published.sent);
        json.at("seen").get_to(published.seen);
        published.files = files_of(json.at("files"));
        published.left = files_of(json.value("left", Json::object()));
        return published;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

CkanPublished intended_as(const CatalogEntry& entry, const CkanDocument& document) {
    CkanPublished published{"", document.name, entry.edition, document.fields, document.fields, {}, {}};
    for (const CkanFile& file : document.files) {
        published.files[file.key] = {file.id, file.path, file.file_name, file.bytes, file.fields, file.fields, ""};
    }
    return published;
}

CkanPublished published_as(const CatalogEntry& entry, const CkanDocument& document, const Json& package) {
    CkanPublished published = intended_as(entry, document);
    published.package_id = ckan_value(package, "id");
    for (auto& [key, value] : published.seen) {
        value = ckan_value(package, key);
    }
    for (auto& [key, file] : published.files) {
        if (const Json* resource = ckan_resource(package, file.id)) {
            for (auto& [field, value] : file.seen) {
                value = ckan_resource_value(*resource, field);
            }
            file.last_modified = ckan_resource_value(*resource, "last_modified");
        }
    }
    return published;
}

void remember_left(CkanPublished& published, const PlannedDataset& planned, const Json& package) {
    for (const PlannedFile& file : planned.files) {
        if (file.action == PlanAction::orphaned && ckan_resource(package, file.remote) != nullptr) {
            published.left[file.key] = {file.remote, file.path, file.path, file.bytes, {{"sha256", file.sha256}},
                                        {},          ""};
        }
    }
}

std::vector<FieldChange> ckan_differences(const CkanPublished& wanted, const Json& package) {
    std::vector<FieldChange> differences;
    for (const auto& [key, value] : wanted.sent) {
        const std::string now = ckan_value(package, key);
        const auto seen = wanted.seen.find(key);
        if (!same_in_ckan(key, now, value) && (seen == wanted.seen.end() || now != seen->second)) {
            differences.push_back({key, value, now});
        }
    }
    for (const auto& [key, file] : wanted.files) {
        const Json* resource = ckan_resource(package, file.id);
        if (resource == nullptr) {
            differences.push_back({"files." + key, file.file_name, ""});
            continue;
        }
        for (const auto& [field, value] : file.sent) {
            const std::string now = ckan_resource_value(*resource, field);
            const auto seen = file.seen.find(field);
            // What a catalog makes of a format is its own affair.
            if (field != "format" && field != "mimetype" && !same_in_ckan(field, now, value) &&
                (seen == file.seen.end() || now != seen->second)) {
                differences.push_back({"files." + key + "." + field, value, now});
            }
        }
    }
    return differences;
}

std::string ckan_state(const Json* package) {
    return package == nullptr ? "" : ckan_value(*package, "id") + "@" + ckan_value(*package, "metadata_modified");
}

}  // namespace kokai
