// SPDX-License-Identifier: Apache-2.0
// Actions about the site: what it is, who may publish where, lists, search; and the table of all actions.
#include "actions.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace kokai::loopback {

namespace {

Json site_read(Call& /*call*/) {
    return true;
}

Json status_show(Call& call) {
    return {{"site_title", "CKAN"},     {"site_description", ""}, {"site_url", call.store.site_url},
            {"error_emails_to", ""},    {"locale_default", "en"}, {"extensions", {"activity", "text_view"}},
            {"ckan_version", "2.10.10"}};
}

Json help_show(Call& call) {
    const std::string name = call.text("name");
    if (find_action(name) == nullptr) {
        throw not_found();
    }
    return "Help on " + name + ".";
}

Json license_list(Call& call) {
    return call.store.licenses;
}

Json empty_list(Call& /*call*/) {
    return Json::array();
}

Json short_form(const Group& group, const std::string& capacity) {
    return {{"id", group.id},
            {"name", group.name},
            {"title", group.title},
            {"type", group.organization ? "organization" : "group"},
            {"description", ""},
            {"image_url", ""},
            {"created", group.created},
            {"is_organization", group.organization},
            {"approval_status", "approved"},
            {"state", "active"},
            {"capacity", capacity},
            {"display_name", group.title},
            {"image_display_url", ""}};
}

Json user_form(const Store& store, const User& user) {
    std::size_t made = 0;
    for (const auto& [id, dataset] : store.datasets) {
        made += dataset.creator == user.id && dataset.state == "active" ? 1U : 0U;
    }
    return {{"about", nullptr},
            {"activity_streams_email_notifications", false},
            {"created", user.created},
            {"display_name", user.name},
            {"email_hash", hex_digest("md5", user.name + "@catalog.example")},
            {"fullname", nullptr},
            {"id", user.id},
            {"image_display_url", nullptr},
            {"image_url", nullptr},
            {"last_active", user.last_active},
            {"name", user.name},
            {"number_created_packages", made},
            {"state", "active"},
            {"sysadmin", user.sysadmin}};
}

Json full_form(Store& store, const Group& group) {
    std::size_t datasets = 0;
    for (const auto& [id, dataset] : store.datasets) {
        const bool inside = group.organization ? dataset.owner_org == group.id
                                               : std::count(dataset.groups.begin(), dataset.groups.end(), group.id) > 0;
        datasets += inside && dataset.state == "active" && !dataset.is_private ? 1U : 0U;
    }
    Json form = short_form(group, "");
    form.erase("capacity");
    form["num_followers"] = 0;
    form["package_count"] = datasets;
    form["users"] = Json::array();
    for (const auto& [id, capacity] : group.members) {
        form["users"].push_back(user_form(store, *store.user(id)));
        form["users"].back()["capacity"] = capacity;
    }
    for (const char* list : {"extras", "tags", "groups"}) {
        form[list] = Json::array();
    }
    return form;
}

Json create_group(Call& call, bool organization) {
    if (call.caller.user == nullptr || !call.caller.user->sysadmin) {
        throw not_authorized("User " + call.caller.name() + " not authorized to create organizations");
    }
    Group group;
    group.name = call.text("name");
    if (call.store.group(group.name, organization) != nullptr) {
        throw invalid({{"name", {"Group name already exists in database"}}});
    }
    group.id = random_id();
    group.title = call.text_or("title", "");
    group.created = now();
    group.organization = organization;
    group.members.emplace_back(call.caller.user->id, "admin");
    return full_form(call.store, call.store.groups[group.id] = group);
}

Json list_groups(Call& call, bool organization) {
    const bool all_fields = truth(call.data.values.value("all_fields", Json(false)));
    Json names = Json::array();
    for (const auto& [id, group] : call.store.groups) {
        if (group.organization == organization) {
            names.push_back(all_fields ? full_form(call.store, group) : Json(group.name));
        }
    }
    return names;
}

/// One condition of fq or q: "name:search-probe"; "*:*" is always true.
bool fits(const Store& store, const Dataset& dataset, const std::string& condition) {
    const std::size_t colon = condition.find(':');
    if (condition == "*:*") {
        return true;
    }
    if (colon == std::string::npos) {
        const Json shown = store.shown(dataset);
        return shown.dump().find(condition) != std::string::npos;
    }
    const std::string field = condition.substr(0, colon);
    std::string value = condition.substr(colon + 1);
    value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
    if (field.rfind("extras_", 0) == 0) {
        const auto found = dataset.extras.find(field.substr(7));
        return found != dataset.extras.end() && found->second == value;
    }
    if (field == "organization") {
        const auto owner = store.groups.find(dataset.owner_org);
        return owner != store.groups.end() && owner->second.name == value;
    }
    if (field == "groups") {
        return std::any_of(dataset.groups.begin(), dataset.groups.end(),
                           [&](const std::string& id) { return store.groups.at(id).name == value; });
    }
    if (field == "tags") {
        return std::count(dataset.tags.begin(), dataset.tags.end(), value) > 0;
    }
    const Json shown = store.shown(dataset);
    return shown.contains(field) && as_text(shown[field]) == value;
}

bool fits_all(const Store& store, const Dataset& dataset, const std::string& query) {
    std::size_t place = 0;
    while (place < query.size()) {
        bool quoted = false;
        std::size_t end = place;
        while (end < query.size() && (quoted || query[end] != ' ')) {
            quoted = query[end] == '"' ? !quoted : quoted;
            ++end;
        }
        const std::string condition = query.substr(place, end - place);
        if (!condition.empty() && condition != "AND" && !fits(store, dataset, condition)) {
            return false;
        }
        place = end + 1;
    }
    return true;
}

std::string login_name(const Call& call, const char* field) {
    const User* user = call.store.user(call.text(field));
    if (user == nullptr) {
        throw not_found();
    }
    if (call.caller.user == nullptr || (call.caller.user->id != user->id && !call.caller.user->sysadmin)) {
        throw not_authorized();
    }
    return user->name;
}

}  // namespace

Json package_search(Call& call) {
    static const std::set<std::string> known{"q",
                                             "fq",
                                             "fq_list",
                                             "sort",
                                             "rows",
                                             "start",
                                             "facet",
                                             "facet.field",
                                             "facet.mincount",
                                             "facet.limit",
                                             "include_drafts",
                                             "include_deleted",
                                             "qf",
                                             "wt",
                                             "fl",
                                             "include_private",
                                             "use_default_schema",
                                             "ext",
                                             "defType"};
    for (const auto& [key, value] : call.data.values.items()) {
        if (known.count(key) == 0 && key.rfind("ext_", 0) != 0) {
            throw Refusal{400,
                          {{"__type", "Search Query Error"},
                           {"message", "Search Query is invalid: \"Invalid search parameters: ['" + key + "']\""}}};
        }
    }
    const bool with_private = truth(call.data.values.value("include_private", Json(false)));
    const bool with_drafts = truth(call.data.values.value("include_drafts", Json(false)));
    const std::string query = call.text_or("q", "*:*") + " " + call.text_or("fq", "");
    std::vector<const Dataset*> found;
    for (const auto& [id, dataset] : call.store.datasets) {
        const bool mine = allowed(call.store, call.caller, dataset.owner_org, Right::read);
        const bool visible = (dataset.state == "active" || (dataset.state == "draft" && with_drafts && mine)) &&
                             (!dataset.is_private || (with_private && mine));
        if (visible && fits_all(call.store, dataset, query)) {
            found.push_back(&dataset);
        }
    }
    const std::string sort = call.text_or("sort", "score desc, metadata_modified desc");
    std::sort(found.begin(), found.end(), [&](const Dataset* one, const Dataset* two) {
        return sort.rfind("name asc", 0) == 0 ? one->name < two->name : one->metadata_modified > two->metadata_modified;
    });
    constexpr std::size_t most_rows = 1000;
    const std::size_t rows = std::min(most_rows, static_cast<std::size_t>(std::stoul(call.text_or("rows", "10"))));
    const std::size_t start = std::stoul(call.text_or("start", "0"));
    const std::string fields = call.text_or("fl", "");
    Json results = Json::array();
    for (std::size_t place = start; place < found.size() && results.size() < rows; ++place) {
        Json shown = call.store.shown(*found[place]);
        if (!fields.empty()) {
            Json some = Json::object();
            std::string rest = fields + ",";
            for (std::size_t comma = rest.find(','); comma != std::string::npos; comma = rest.find(',')) {
                const std::string field = rest.substr(0, comma);
                rest.erase(0, comma + 1);
                if (shown.contains(field)) {
                    some[field] = shown[field];
                }
            }
            if (some.contains("metadata_modified")) {
                some["metadata_modified"] = some["metadata_modified"].get<std::string>() + "Z";  // as the index has it
            }
            shown = some;
        }
        results.push_back(shown);
    }
    return {{"count", found.size()},
            {"facets", Json::object()},
            {"results", results},
            {"sort", sort},
            {"search_facets", Json::object()}};
}

Json package_list(Call& call) {
    std::vector<std::string> names;
    for (const auto& [id, dataset] : call.store.datasets) {
        if (dataset.state == "active" && !dataset.is_private) {
            names.push_back(dataset.name);
        }
    }
    std::sort(names.begin(), names.end());
    const std::size_t offset =
        std::min(names.size(), static_cast<std::size_t>(std::stoul(call.text_or("offset", "0"))));
    names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(offset));
    names.resize(std::min(names.size(), static_cast<std::size_t>(std::stoul(call.text_or("limit", "1000000")))));
    return names;
}

Json current_package_list_with_resources(Call& call) {
    const std::string limit = call.text_or("limit", "10");
    call.data.values = {{"q", "*:*"}, {"rows", limit}};
    return package_search(call)["results"];
}

Json resource_search(Call& call) {
    const std::string query = call.text("query");
    const std::size_t colon = query.find(':');
    if (colon == std::string::npos) {
        throw invalid({{"query", {"Must be <field>:<value> pair(s)"}}});
    }
    const std::string field = query.substr(0, colon);
    Json results = Json::array();
    for (const auto& [id, dataset] : call.store.datasets) {
        if (dataset.state != "active" || dataset.is_private) {
            continue;
        }
        for (const std::string& resource_id : dataset.resources) {
            const Json shown = call.store.shown(call.store.resources.at(resource_id));
            if (shown.contains(field) &&
                lower(as_text(shown[field])).find(lower(query.substr(colon + 1))) != std::string::npos) {
                results.push_back(shown);
            }
        }
    }
    return {{"count", results.size()}, {"results", results}};
}

Json tag_list(Call& call) {
    std::set<std::string> tags;
    for (const auto& [id, dataset] : call.store.datasets) {
        if (dataset.state == "active" && !dataset.is_private) {
            tags.insert(dataset.tags.begin(), dataset.tags.end());
        }
    }
    return std::vector<std::string>(tags.begin(), tags.end());
}

Json organization_create(Call& call) {
    return create_group(call, true);
}

Json group_create(Call& call) {
    return create_group(call, false);
}

Json organization_list(Call& call) {
    return list_groups(call, true);
}

Json group_list(Call& call) {
    return list_groups(call, false);
}

Json organization_show(Call& call) {
    const Group* group = call.store.group(call.text("id"), true);
    if (group == nullptr) {
        throw not_found();
    }
    return full_form(call.store, *group);
}

Json group_show(Call& call) {
    const Group* group = call.store.group(call.text("id"), false);
    if (group == nullptr) {
        throw not_found();
    }
    return full_form(call.store, *group);
}

Json organization_member_create(Call& call) {
    Group* group = call.store.group(call.text("id"), true);
    if (group == nullptr) {
        group = call.store.group(call.text("id"), false);
    }
    const User* user = call.store.user(call.text("username"));
    if (group == nullptr || user == nullptr) {
        throw not_found();
    }
    if (call.caller.user == nullptr || !call.caller.user->sysadmin) {
        throw not_authorized();
    }
    const std::string role = call.text("role");
    group->members.emplace_back(user->id, role);
    return {{"id", random_id()}, {"table_name", "user"},  {"table_id", user->id},
            {"capacity", role},  {"group_id", group->id}, {"state", "active"}};
}

Json organization_list_for_user(Call& call) {
    Json list = Json::array();
    if (call.caller.user == nullptr) {
        return list;
    }
    const std::string permission = call.text_or("permission", "manage_group");
    for (const auto& [id, group] : call.store.groups) {
        if (!group.organization) {
            continue;
        }
        std::string capacity;
        for (const auto& [member, role] : group.members) {
            if (member == call.caller.user->id) {
                capacity = role;
            }
        }
        if (call.caller.user->sysadmin) {
            capacity = "admin";
        }
        const bool may =
            permission == "create_dataset" ? capacity == "editor" || capacity == "admin" : !capacity.empty();
        if (may) {
            list.push_back(short_form(group, capacity));
        }
    }
    return list;
}

Json user_show(Call& call) {
    const User* user = call.store.user(call.text("id"));
    if (user == nullptr) {
        throw not_found();
    }
    Json form = user_form(call.store, *user);
    if (call.caller.user != nullptr && (call.caller.user->id == user->id || call.caller.user->sysadmin)) {
        form["apikey"] = nullptr;
        form["email"] = user->name + "@catalog.example";
    }
    return form;
}

Json api_token_create(Call& call) {
    const std::string user = login_name(call, "user");
    const std::string text = random_id() + random_id();
    call.store.tokens[text] = {random_id(), call.text("name"), call.store.user(user)->id, now(), ""};
    return {{"token", text}};
}

Json api_token_list(Call& call) {
    const User* user = call.store.user(login_name(call, "user_id"));
    std::vector<const Token*> tokens;
    for (const auto& [text, token] : call.store.tokens) {
        if (token.user_id == user->id) {
            tokens.push_back(&token);
        }
    }
    std::sort(tokens.begin(), tokens.end(),
              [](const Token* one, const Token* two) { return one->created > two->created; });
    Json list = Json::array();
    for (const Token* token : tokens) {
        list.push_back({{"id", token->id},
                        {"name", token->name},
                        {"user_id", token->user_id},
                        {"created_at", token->created},
                        {"last_access", token->last_access.empty() ? Json() : Json(token->last_access)}});
    }
    return list;
}

Json api_token_revoke(Call& call) {
    const auto found = call.store.tokens.find(call.text("token"));
    if (found == call.store.tokens.end()) {
        throw not_found();
    }
    call.store.tokens.erase(found);
    return nullptr;
}

const ActionEntry* find_action(std::string_view name) {
    static const std::vector<ActionEntry> actions{
        {"site_read", Effect::reads, site_read},
        {"status_show", Effect::reads, status_show},
        {"help_show", Effect::reads, help_show},
        {"license_list", Effect::reads, license_list},
        {"package_show", Effect::reads, package_show},
        {"package_list", Effect::reads, package_list},
        {"package_search", Effect::reads, package_search},
        {"package_activity_list", Effect::reads, package_activity_list},
        {"current_package_list_with_resources", Effect::reads, current_package_list_with_resources},
        {"resource_show", Effect::reads, resource_show},
        {"resource_search", Effect::reads, resource_search},
        {"resource_view_list", Effect::reads, empty_list},
        {"format_autocomplete", Effect::reads, empty_list},
        {"tag_list", Effect::reads, tag_list},
        {"organization_show", Effect::reads, organization_show},
        {"organization_list", Effect::reads, organization_list},
        {"organization_list_for_user", Effect::reads, organization_list_for_user},
        {"group_list", Effect::reads, group_list},
        {"group_show", Effect::reads, group_show},
        {"user_show", Effect::reads, user_show},
        {"api_token_list", Effect::reads, api_token_list},
        {"package_create", Effect::writes, package_create},
        {"package_update", Effect::writes, package_update},
        {"package_patch", Effect::writes, package_patch},
        {"package_revise", Effect::writes, package_revise},
        {"package_delete", Effect::writes, package_delete},
        {"dataset_purge", Effect::writes, dataset_purge},
        {"package_resource_reorder", Effect::writes, package_resource_reorder},
        {"resource_create", Effect::writes, resource_create},
        {"resource_update", Effect::writes, resource_update},
        {"resource_patch", Effect::writes, resource_patch},
        {"resource_delete", Effect::writes, resource_delete},
        {"organization_create", Effect::writes, organization_create},
        {"organization_member_create", Effect::writes, organization_member_create},
        {"group_create", Effect::writes, group_create},
        {"api_token_create", Effect::writes, api_token_create},
        {"api_token_revoke", Effect::writes, api_token_revoke},
    };
    const auto found =
        std::find_if(actions.begin(), actions.end(), [&](const ActionEntry& action) { return name == action.name; });
    return found == actions.end() ? nullptr : &*found;
}

}  // namespace kokai::loopback
