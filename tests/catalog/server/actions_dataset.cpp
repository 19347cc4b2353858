// SPDX-License-Identifier: Apache-2.0
// Actions on datasets and resources. package_patch and package_create read before they take the lock, as CKAN does: the
// first loses changes of others made meanwhile, the second ends with 500 where two make the same name (recordings 15,
// 22).
#include "actions.hpp"

#include <thread>

namespace kokai::loopback {

std::string Call::text(const char* field) const {
    const auto found = data.values.find(field);
    if (found == data.values.end() || found->is_null() || *found == "") {
        throw invalid({{field, {"Missing value"}}});
    }
    return as_text(*found);
}

std::string Call::text_or(const char* field, const std::string& otherwise) const {
    const auto found = data.values.find(field);
    return found == data.values.end() || found->is_null() ? otherwise : as_text(*found);
}

void Call::pause() const {
    if (limits.pause.count() > 0) {
        lock.unlock();
        std::this_thread::sleep_for(limits.pause);
        lock.lock();
    }
}

Dataset& readable(Call& call, const std::string& id_or_name) {
    if (id_or_name.find('\0') != std::string::npos) {
        throw broken();
    }
    Dataset* dataset = call.store.dataset(id_or_name);
    if (dataset == nullptr) {
        throw not_found();
    }
    const Right right = dataset->state == "active" ? Right::read : Right::update;
    if ((dataset->is_private || dataset->state != "active") &&
        !allowed(call.store, call.caller, dataset->owner_org, right)) {
        throw not_authorized("User " + call.caller.name() + " not authorized to read package " + dataset->id);
    }
    return *dataset;
}

void must_update(const Call& call, const Dataset& dataset) {
    if (!allowed(call.store, call.caller, dataset.owner_org, Right::update)) {
        throw not_authorized("User " + call.caller.name() + " not authorized to edit package " + dataset.id);
    }
}

namespace {

WriteResult write(Call& call, const Json& document, Dataset* existing) {
    return write_document(call.store, call.caller, document, existing, call.data.files, call.limits.largest_file);
}

/// A file under a name that is none: it ends in a field, and cannot be stored there.
void only_upload(const Call& call) {
    for (const auto& [name, file] : call.data.files) {
        if (name != "upload") {
            throw broken();
        }
    }
}

Resource& living_resource(Call& call, const std::string& id, const char* otherwise) {
    const auto found = call.store.resources.find(id);
    if (found == call.store.resources.end() || found->second.deleted) {
        throw not_found(otherwise);
    }
    return found->second;
}

/// Mistakes in the resource at `place` are told as if they were the request's own.
template <typename Write>
WriteResult telling_of(std::size_t place, Write&& write) {
    try {
        return write();
    } catch (const Refusal& refusal) {
        const auto list = refusal.error.find("resources");
        if (refusal.status == 409 && list != refusal.error.end() && list->size() > place) {
            throw invalid(list->at(place));
        }
        throw;
    }
}

Json update_resource(Call& call, Resource& resource, Json given) {
    const Dataset& dataset = readable(call, resource.package_id);
    must_update(call, dataset);
    const std::string id = resource.id;
    given["id"] = id;
    if (call.data.files.count("upload") != 0) {
        given[file_mark] = "upload";
    }
    take_upload(given, call.data.files, SizeGiven::measured);
    Json document = call.store.shown(dataset);
    std::size_t place = 0;
    for (std::size_t index = 0; index < document["resources"].size(); ++index) {
        if (document["resources"][index]["id"] == id) {
            place = index;
            document["resources"][index] = given;
        }
    }
    telling_of(place, [&] { return write(call, document, call.store.dataset(resource.package_id)); });
    return call.store.shown(call.store.resources.at(id));
}

}  // namespace

Json package_create(Call& call) {
    Store& store = call.store;
    Json& data = call.data.values;
    if (!data.contains("type")) {
        data["type"] = "dataset";
    }
    bool anywhere = false;
    for (const auto& [id, group] : store.groups) {
        anywhere = anywhere || (group.organization && allowed(store, call.caller, id, Right::create_dataset));
    }
    if (!anywhere && (call.caller.user == nullptr || !call.caller.user->sysadmin)) {
        throw not_authorized("User " + call.caller.name() + " not authorized to create packages");
    }
    if (data.contains("groups") && data["groups"].is_array()) {
        for (const Json& named : data["groups"]) {
            if (named.is_object()) {
                const std::string key = as_text(named.value("id", named.value("name", Json(""))));
                const Group* group = store.group(key, false);
                if (group == nullptr) {
                    throw not_found("Group was not found.");
                }
                if (!allowed(store, call.caller, group->id, Right::update)) {
                    throw not_authorized("User " + call.caller.name() + " not authorized to edit these groups");
                }
            }
        }
    }
    const std::string organization = call.text_or("owner_org", "");
    if (!organization.empty()) {
        const Group* owner = store.group(organization, true);
        const bool may = call.caller.user != nullptr &&
                         (call.caller.user->sysadmin ||
                          (owner != nullptr && allowed(store, call.caller, owner->id, Right::create_dataset)));
        if (!may) {
            throw not_authorized("User " + call.caller.name() + " not authorized to add dataset to this organization");
        }
    }
    if (call.limits.pause.count() > 0) {
        const std::string name = call.text_or("name", "");
        const Dataset* before = store.dataset(name);
        const bool free_before = before == nullptr || before->state == "deleted";
        call.pause();
        const Dataset* after = store.dataset(name);
        if (free_before && after != nullptr && after->state != "deleted") {
            throw broken();  // both found the name free: the database's unique constraint speaks
        }
    }
    return store.shown(store.datasets.at(write(call, data, nullptr).id));
}

Json package_show(Call& call) {
    const std::string id = call.text_or("id", call.text_or("name_or_id", ""));
    if (id.empty()) {
        throw invalid({{"name_or_id", {"Missing value"}}});
    }
    return call.store.shown(readable(call, id));
}

Json package_update(Call& call) {
    const std::string id = call.text_or("id", call.text_or("name", ""));
    if (id.empty()) {
        throw invalid({{"id", {"Missing value"}}});
    }
    Dataset* dataset = call.store.dataset(id);
    if (dataset == nullptr) {
        throw not_found("Package was not found.");
    }
    must_update(call, *dataset);
    Json document = call.data.values;
    if (document.contains("resources") && document["resources"].is_array()) {
        for (Json& resource : document["resources"]) {
            if (resource.is_object()) {
                take_upload(resource, {}, SizeGiven::measured);
            }
        }
    }
    return call.store.shown(call.store.datasets.at(write(call, document, dataset).id));
}

Json package_patch(Call& call) {
    Dataset* found = call.store.dataset(call.text("id"));
    if (found == nullptr) {
        throw not_found();
    }
    must_update(call, *found);
    Json document = call.store.shown(*found);
    const std::string id = found->id;
    for (const auto& [field, value] : call.data.values.items()) {
        if (field != "id") {
            document[field] = value;
        }
    }
    call.pause();
    Dataset* meanwhile = call.store.dataset(id);
    if (meanwhile == nullptr) {
        throw not_found();
    }
    return call.store.shown(call.store.datasets.at(write(call, document, meanwhile).id));
}

Json package_delete(Call& call) {
    Dataset* dataset = call.store.dataset(call.text("id"));
    if (dataset == nullptr) {
        throw not_found();
    }
    must_update(call, *dataset);
    dataset->state = "deleted";
    add_activity(call.store, call.caller, *dataset, "deleted package");
    return nullptr;
}

Json dataset_purge(Call& call) {
    if (call.caller.user == nullptr || !call.caller.user->sysadmin) {
        throw not_authorized();
    }
    const Dataset* dataset = call.store.dataset(call.text("id"));
    if (dataset == nullptr) {
        throw not_found("Dataset was not found");
    }
    const std::string id = dataset->id;
    call.store.drop_dataset(id);
    return nullptr;
}

Json package_resource_reorder(Call& call) {
    const std::string asked = call.text("id");
    Dataset& dataset = readable(call, asked);
    must_update(call, dataset);
    const Json order = call.data.values.value("order", Json::array());
    Json document = call.store.shown(dataset);
    Json sorted = Json::array();
    for (const Json& id : order) {
        for (const Json& resource : document["resources"]) {
            if (resource["id"] == id) {
                sorted.push_back(resource);
            }
        }
    }
    for (const Json& resource : document["resources"]) {
        if (std::find(order.begin(), order.end(), resource["id"]) == order.end()) {
            sorted.push_back(resource);
        }
    }
    document["resources"] = sorted;
    write(call, document, &dataset);
    return {{"id", asked}, {"order", order}};
}

Json package_activity_list(Call& call) {
    const Dataset& dataset = readable(call, call.text("id"));
    const Json all = call.store.activities[dataset.id];
    const std::size_t limit = std::stoul(call.text_or("limit", "31"));
    Json some = Json::array();
    for (const Json& activity : all) {
        if (some.size() < limit) {
            some.push_back(activity);
            some.back()["data"]["package"] = call.store.shown(dataset);
        }
    }
    return some;
}

Json resource_create(Call& call) {
    const std::string package = call.text("package_id");
    Dataset& dataset = readable(call, package);
    must_update(call, dataset);
    only_upload(call);
    Json given = call.data.values;
    if (call.data.files.count("upload") != 0) {
        given[file_mark] = "upload";
    }
    take_upload(given, call.data.files, SizeGiven::believed);
    Json document = call.store.shown(dataset);
    document["resources"].push_back(given);
    const WriteResult written =
        telling_of(document["resources"].size() - 1, [&] { return write(call, document, &dataset); });
    return call.store.shown(call.store.resources.at(written.resource_ids.back()));
}

Json resource_show(Call& call) {
    const Resource& resource = living_resource(call, call.text("id"), "");
    static_cast<void>(readable(call, resource.package_id));
    return call.store.shown(resource);
}

Json resource_update(Call& call) {
    only_upload(call);
    Resource& resource = living_resource(call, call.text("id"), "Resource was not found.");
    return update_resource(call, resource, call.data.values);
}

Json resource_patch(Call& call) {
    only_upload(call);
    Resource& resource = living_resource(call, call.text("id"), "");
    static_cast<void>(readable(call, resource.package_id));
    Json given = call.store.shown(resource);
    for (const auto& [field, value] : call.data.values.items()) {
        given[field] = value;
    }
    return update_resource(call, resource, given);
}

Json resource_delete(Call& call) {
    const auto found = call.store.resources.find(call.text("id"));
    if (found == call.store.resources.end()) {
        throw not_found("Resource was not found.");
    }
    Dataset& dataset = readable(call, found->second.package_id);
    must_update(call, dataset);
    Json document = call.store.shown(dataset);
    Json others = Json::array();
    for (const Json& resource : document["resources"]) {
        if (resource["id"] != found->first) {
            others.push_back(resource);
        }
    }
    document["resources"] = others;
    write(call, document, &dataset);
    return nullptr;
}

}  // namespace kokai::loopback
