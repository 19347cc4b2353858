// SPDX-License-Identifier: Apache-2.0
// See document.hpp.
#include "document.hpp"

#include <algorithm>
#include <set>

namespace kokai::loopback {

namespace {

bool missing(const Json& document, const char* field) {
    const auto found = document.find(field);
    return found == document.end() || found->is_null();
}

bool blank(const Json& document, const char* field) {
    return missing(document, field) || document.at(field) == "";
}

/// Lists of objects must be that, or the request as a whole makes no sense.
void check_shape(const Json& document) {
    for (const char* list : {"resources", "tags", "extras", "groups"}) {
        const auto found = document.find(list);
        if (found == document.end()) {
            continue;
        }
        const bool objects = found->is_array() && std::all_of(found->begin(), found->end(),
                                                              [](const Json& item) { return item.is_object(); });
        if (!objects) {
            throw Refusal{400,
                          {{"__type", "Integrity Error"},
                           {"message", "Only lists of dicts can be placed against subschema ('" + std::string(list) +
                                           "',), not <class '" + python_type(*found) + "'>"}}};
        }
    }
}

bool holds_nul(const Json& value) {
    if (value.is_string()) {
        return value.get_ref<const std::string&>().find('\0') != std::string::npos;
    }
    return value.is_structured() && std::any_of(value.begin(), value.end(), holds_nul);
}

/// One dataset document being judged: what it becomes, and all that is wrong with it.
class Judge {
public:
    Judge(Store& store, const Caller& caller, const Json& document, Dataset* existing)
        : store_(store), caller_(caller), document_(document), existing_(existing) {
        if (existing != nullptr) {
            made_ = *existing;
        } else {
            made_.id = random_id();
            made_.state = "active";
            made_.creator = caller.user == nullptr ? "" : caller.user->id;
            made_.type = "dataset";
        }
        check_shape(document);
        identity();
        texts();
        owner();
        tags();
        extras();
        groups();
        resources();
        if (!mistakes_.empty()) {
            throw invalid(mistakes_);
        }
        if (holds_nul(document)) {
            throw broken();  // PostgreSQL has no text with a NUL
        }
    }

    [[nodiscard]] Dataset& made() { return made_; }
    [[nodiscard]] const std::vector<Json>& resources_made() const { return resources_; }

private:
    void identity() {
        const bool sysadmin = caller_.user != nullptr && caller_.user->sysadmin;
        if (existing_ == nullptr && !blank(document_, "id")) {
            if (sysadmin) {
                made_.id = as_text(document_["id"]);
            } else {
                mistakes_["id"] = {"The input field id was not expected."};
            }
        }
        if (blank(document_, "name")) {
            mistakes_["name"] = {"Missing value"};
        } else {
            made_.name = as_text(document_["name"]);
            std::optional<std::string> taken;
            for (const auto& [id, other] : store_.datasets) {
                if (other.name == made_.name && other.state != "deleted" && id != made_.id) {
                    taken = "That URL is already in use.";
                }
            }
            const Json wrong = name_mistakes(made_.name, caller_.language, taken);
            if (!wrong.empty()) {
                mistakes_["name"] = wrong;
            }
        }
        if (!blank(document_, "type")) {
            made_.type = as_text(document_["type"]);
        }
        made_.is_private = !missing(document_, "private") && truth(document_["private"]);
        if (!blank(document_, "state") && (existing_ != nullptr || sysadmin)) {
            made_.state =
                as_text(document_["state"]);  // a new dataset of an editor is active at once, whatever is asked
        }
    }

    void texts() {
        for (const std::string& field : dataset_texts()) {
            made_.fields[field] = missing(document_, field.c_str()) ? Json() : Json(as_text(document_[field]));
        }
        if (blank(made_.fields, "title")) {
            made_.fields["title"] = stripped(made_.name);
        } else if (made_.fields["title"].is_string()) {
            made_.fields["title"] = stripped(made_.fields["title"].get<std::string>());
        }
        for (const char* field : {"author_email", "maintainer_email"}) {
            if (!blank(made_.fields, field) && !is_email(made_.fields[field])) {
                mistakes_[field] = {"Email " + made_.fields[field].get<std::string>() + " is not a valid format"};
            }
        }
        if (!missing(made_.fields, "version") && made_.fields["version"].get<std::string>().size() > 100) {
            mistakes_["version"] = {"Version must be a maximum of 100 characters long"};
        }
    }

    void owner() {
        if (existing_ != nullptr && !document_.contains("owner_org") && !existing_->owner_org.empty()) {
            return;  // the one thing that stays when it is left out
        }
        if (blank(document_, "owner_org")) {
            mistakes_["owner_org"] = {caller_.language == Language::japanese ? "組織が必要です"
                                                                             : "An organization must be provided"};
            return;
        }
        const Group* organization = store_.group(as_text(document_["owner_org"]), true);
        if (organization == nullptr) {
            mistakes_["owner_org"] = {"Organization does not exist"};
        } else if (!allowed(store_, caller_, organization->id, Right::create_dataset)) {
            mistakes_["owner_org"] = {"You cannot add a dataset to this organization"};
        } else {
            made_.owner_org = organization->id;
        }
    }

    void add_tag(const std::string& tag, const char* field) {
        std::string said;
        for (const std::string& mistake : tag_mistakes(tag)) {
            said += (said.empty() ? "" : ", ") + mistake;
        }
        if (said.empty()) {
            made_.tags.push_back(tag);
        } else {
            mistakes_[field].push_back(said);
        }
    }

    void tags() {
        made_.tags.clear();
        for (const Json& tag : document_.value("tags", Json::array())) {
            if (!missing(tag, "vocabulary_id")) {
                mistakes_["tags"].push_back({{"vocabulary_id", {"Tag vocabulary was not found."}}});
            } else if (blank(tag, "name")) {
                mistakes_["tags"].push_back("Missing value");
            } else {
                add_tag(as_text(tag["name"]), "tags");
            }
        }
        if (!blank(document_, "tag_string")) {
            std::string rest = as_text(document_["tag_string"]) + ",";
            while (!rest.empty()) {
                const std::size_t comma = rest.find(',');
                const std::string tag = stripped(rest.substr(0, comma));
                rest.erase(0, comma + 1);
                if (!tag.empty()) {
                    add_tag(tag, "tag_string");
                }
            }
        }
        std::sort(made_.tags.begin(), made_.tags.end());
        made_.tags.erase(std::unique(made_.tags.begin(), made_.tags.end()), made_.tags.end());
    }

    void extras() {
        static const std::set<std::string> schema{
            "id",         "name",       "title",   "author",     "author_email", "maintainer", "maintainer_email",
            "notes",      "url",        "version", "license_id", "owner_org",    "private",    "state",
            "type",       "tag_string", "tags",    "resources",  "groups",       "extras",     "plugin_data",
            "log_message"};
        made_.extras.clear();
        std::set<std::string> keys;
        std::size_t place = 0;
        const auto mistake = [&](const char* field, const char* said) {
            Json& list = mistakes_["extras"];
            while (list.size() <= place) {
                list.push_back(Json::object());
            }
            list[place][field] = {said};
        };
        for (const Json& extra : document_.value("extras", Json::array())) {
            if (blank(extra, "key")) {
                mistake("key", "Missing value");
            } else if (schema.count(as_text(extra["key"])) != 0) {
                mistake("key", "There is a schema field with the same name");
            } else if (!extra.contains("value")) {
                mistake("value", "Missing value");
            } else {
                const std::string key = as_text(extra["key"]);
                const Json& value = extra["value"];
                if (!keys.insert(key).second) {
                    mistakes_["extras_validation"] = {"Duplicate key \"" + key + "\""};
                }
                if (value.is_object()) {
                    unstorable_ = true;
                } else if (value.is_array()) {
                    made_.extras[key] = array_text(value);
                } else if (!value.is_null()) {
                    made_.extras[key] = as_text(value);
                }
            }
            ++place;
        }
        if (unstorable_ && mistakes_.empty()) {
            throw broken();
        }
    }

    /// A list comes out as PostgreSQL writes an array.
    static std::string array_text(const Json& list) {
        std::string text = "{";
        for (const Json& item : list) {
            text += (text.size() > 1 ? "," : "") + as_text(item);
        }
        return text + "}";
    }

    void groups() {
        made_.groups.clear();
        for (const Json& named : document_.value("groups", Json::array())) {
            const std::string key = as_text(named.value("id", named.value("name", Json(""))));
            const Group* group = store_.group(key, false);
            if (group == nullptr) {
                throw not_found("Group was not found.");
            }
            made_.groups.push_back(group->id);
        }
    }

    void resources() {
        std::size_t place = 0;
        for (const Json& given : document_.value("resources", Json::array())) {
            Json resource = given;
            Json wrong = Json::object();
            resource_id(resource, wrong);
            if (blank(resource, "format") && blank(given, "id") && !blank(resource, "url")) {
                const std::string url = as_text(resource["url"]);
                if (const auto type = guess_mimetype(url)) {
                    resource["format"] = *type;
                }
            }
            if (!missing(resource, "format")) {
                resource["format"] = clean_format(stripped(as_text(resource["format"])));
            }
            size(resource, wrong);
            for (const char* date : {"last_modified", "cache_last_updated"}) {
                if (blank(resource, date)) {
                    resource.erase(date);
                } else if (const auto iso = iso_date(as_text(resource[date]))) {
                    resource[date] = *iso;
                } else {
                    wrong[date] = {"Date format incorrect"};
                }
            }
            if (!wrong.empty()) {
                Json& list = mistakes_["resources"];
                while (list.size() < place) {
                    list.push_back(Json::object());
                }
                list.push_back(wrong);
            }
            resources_.push_back(std::move(resource));
            ++place;
        }
    }

    void resource_id(Json& resource, Json& wrong) const {
        if (blank(resource, "id")) {
            resource["id"] = random_id();
            return;
        }
        const std::string id = as_text(resource["id"]);
        const auto other = store_.resources.find(id);
        if (const auto mistake = resource_id_mistake(id)) {
            wrong["id"] = {*mistake};
        } else if (other != store_.resources.end() && other->second.package_id != made_.id) {
            wrong["id"] = {"Resource id already exists."};
        }
        resource["id"] = id;
    }

    static void size(Json& resource, Json& wrong) {
        if (blank(resource, "size")) {
            resource.erase("size");
            return;
        }
        Json& size = resource["size"];
        if (size.is_string()) {
            const std::string digits = stripped(size.get<std::string>());
            if (digits.empty() || digits.size() > 18 || digits.find_first_not_of("0123456789") != std::string::npos) {
                wrong["size"] = {"Invalid integer"};
            } else {
                size = std::stoll(digits);
            }
        } else if (size.is_number_float()) {
            throw broken();  // beyond 64 bits
        } else if (!size.is_number_integer()) {
            wrong["size"] = {"Invalid integer"};
        }
    }

    Store& store_;
    const Caller& caller_;
    const Json& document_;
    Dataset* existing_;
    Dataset made_;
    std::vector<Json> resources_;
    Json mistakes_ = Json::object();
    bool unstorable_ = false;
};

/// What a resource becomes when it is written over what was there. Left out: description, mimetype, url and extras go,
/// the rest stays (recordings 09, 11, 21).
void write_resource(Resource& kept, const Json& given) {
    static const std::set<std::string> not_extras{
        "id",     "package_id", "position", "state",       "created",      "metadata_modified", "datastore_active",
        "extras", "upload",     file_mark,  "revision_id", "clear_upload", "tracking_summary"};
    static const std::set<std::string> cleared{"description", "mimetype", "url", "cache_url"};
    const Json columns_before = kept.columns;
    const Json extras_before = kept.extras;
    for (const std::string& column : resource_columns()) {
        if (!missing(given, column.c_str())) {
            const Json& value = given[column];
            kept.columns[column] = column == "size" ? value : Json(as_text(value));
        } else if (cleared.count(column) != 0) {
            kept.columns[column] = column == "url" ? Json("") : Json();
        }
    }
    if (given.value("url_type", Json()) == "upload" && !missing(given, "url")) {
        const std::string url = kept.columns["url"];
        kept.columns["url"] = url.substr(url.rfind('/') + 1);
    } else if (kept.columns.value("url", Json()) == "" && kept.columns.value("url_type", Json()) != "upload") {
        kept.columns["url"] = "";
    }
    kept.extras = Json::object();
    for (const auto& [key, value] : given.items()) {
        const auto& columns = resource_columns();
        if (not_extras.count(key) == 0 && std::find(columns.begin(), columns.end(), key) == columns.end()) {
            kept.extras[key] = value;
        }
    }
    const bool other_time =
        !missing(given, "metadata_modified") && as_text(given["metadata_modified"]) != kept.metadata_modified;
    if (kept.metadata_modified.empty()) {
        kept.metadata_modified = now();
    } else if (kept.fresh || other_time || kept.deleted || kept.columns != columns_before ||
               kept.extras != extras_before) {
        kept.metadata_modified = now();
        kept.fresh = false;
    }
    kept.deleted = false;
}

}  // namespace

bool allowed(const Store& store, const Caller& caller, const std::string& organization, Right right) {
    if (caller.user == nullptr) {
        return false;
    }
    if (caller.user->sysadmin) {
        return true;
    }
    const auto found = store.groups.find(organization);
    if (found == store.groups.end()) {
        return false;
    }
    for (const auto& [id, capacity] : found->second.members) {
        if (id == caller.user->id) {
            return right == Right::read || capacity == "editor" || capacity == "admin";
        }
    }
    return false;
}

void take_upload(Json& resource, const std::map<std::string, UploadedFile>& files, SizeGiven size) {
    const bool clear = !blank(resource, "clear_upload");
    const bool untyped = !resource.contains("mimetype");
    resource.erase("upload");
    resource.erase("clear_upload");
    const auto guess = [&] {
        if (untyped && !blank(resource, "url")) {
            if (const auto type = guess_mimetype(as_text(resource["url"]))) {
                resource["mimetype"] = *type;
            }
        }
    };
    const auto mark = resource.find(file_mark);
    const auto file = mark == resource.end() ? files.end() : files.find(mark->get<std::string>());
    if (file == files.end() || file->second.file_name.empty()) {
        resource.erase(file_mark);
        if (clear) {
            resource["url_type"] = "";
        }
        guess();
        return;
    }
    resource["url"] = stored_file_name(file->second.file_name);
    resource["url_type"] = "upload";
    resource["last_modified"] = now();
    guess();
    if (size == SizeGiven::measured || blank(resource, "size")) {
        resource["size"] = file->second.content.size();
    }
}

WriteResult write_document(Store& store, const Caller& caller, const Json& document, Dataset* existing,
                           const std::map<std::string, UploadedFile>& files, std::size_t largest_file) {
    Judge judge(store, caller, document, existing);
    for (const Json& resource : judge.resources_made()) {
        if (const auto mark = resource.find(file_mark); mark != resource.end()) {
            const UploadedFile& file = files.at(mark->get<std::string>());
            if (file.content.size() > largest_file) {
                throw invalid({{"upload", {"File upload too large"}}});
            }
            store.keep_file(resource["id"], file.content);
        }
    }

    Dataset& made = judge.made();
    if (existing == nullptr) {
        made.created = now();
        for (auto& [id, other] : store.datasets) {
            if (other.name == made.name && other.state == "deleted") {
                other.name = id;  // the deleted one makes way
            }
        }
    }
    for (const std::string& tag : made.tags) {
        static_cast<void>(store.tag_id(tag));
    }
    WriteResult result{made.id, {}};
    for (const std::string& id : made.resources) {
        store.resources.at(id).deleted = true;
    }
    std::vector<std::string> order;
    std::size_t position = 0;
    for (const Json& given : judge.resources_made()) {
        const std::string id = given["id"];
        Resource& kept = store.resources[id];
        const bool listed = std::find(made.resources.begin(), made.resources.end(), id) != made.resources.end();
        if (listed) {
            kept.deleted = false;
        }
        if (kept.id.empty() || (kept.deleted && !listed)) {
            const std::string created = kept.created;
            kept = Resource{};
            kept.id = id;
            kept.package_id = made.id;
            kept.created = created.empty() ? now() : created;
        }
        write_resource(kept, given);
        if (std::find(order.begin(), order.end(), id) != order.end()) {
            kept.fresh = true;  // named twice: as if made anew
        }
        kept.position = position++;
        order.erase(std::remove(order.begin(), order.end(), id), order.end());
        order.push_back(id);
        result.resource_ids.push_back(id);
    }
    for (const std::string& id : made.resources) {
        if (store.resources.at(id).deleted) {
            std::filesystem::remove(store.file_of(id));
        }
    }
    made.resources = std::move(order);
    made.metadata_modified = now();
    store.datasets[made.id] = made;
    add_activity(store, caller, store.datasets[made.id], existing == nullptr ? "new package" : "changed package");
    return result;
}

void add_activity(Store& store, const Caller& caller, const Dataset& dataset, const char* type) {
    Json& list = store.activities[dataset.id];
    if (list.is_null()) {
        list = Json::array();
    }
    constexpr std::size_t most = 100;  // a long test must not grow without end
    list.insert(list.begin(), Json{{"id", random_id()},
                                   {"timestamp", now()},
                                   {"user_id", caller.user == nullptr ? "" : caller.user->id},
                                   {"object_id", dataset.id},
                                   {"activity_type", type},
                                   {"data", {{"actor", caller.name()}}}});
    if (list.size() > most) {
        list.erase(list.size() - 1);
    }
}

}  // namespace kokai::loopback
