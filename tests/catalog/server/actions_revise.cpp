// SPDX-License-Identifier: Apache-2.0
// package_revise: match, filter, update and include in one request, with paths like update__resources__<id
// prefix>__upload.
#include "actions.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kokai::loopback {

namespace {

using Path = std::vector<std::string>;

Path split(std::string_view key) {
    Path parts;
    while (true) {
        const std::size_t end = key.find("__");
        parts.emplace_back(key.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        key.remove_prefix(end + 2);
    }
}

std::string joined(const Path& path, std::size_t length) {
    std::string text;
    for (std::size_t place = 0; place < length; ++place) {
        text += (place == 0 ? "" : "__") + path[place];
    }
    return text;
}

/// In forms, a value that is JSON counts as what it says.
Json json_or_text(const Json& value) {
    if (value.is_string()) {
        const Json parsed = Json::parse(value.get<std::string>(), nullptr, false);
        if (!parsed.is_discarded()) {
            return parsed;
        }
    }
    return value;
}

std::optional<long long> as_index(const std::string& part) {
    long long index = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
    return error == std::errc() && end == part.data() + part.size() ? std::optional(index) : std::nullopt;
}

/// The child that a part of a path means: a field, an index (from the end, if negative), or the beginning of an id.
Json* child(Json& parent, const std::string& part) {
    if (parent.is_object()) {
        const auto found = parent.find(part);
        return found == parent.end() ? nullptr : &*found;
    }
    if (!parent.is_array()) {
        return nullptr;
    }
    if (const auto index = as_index(part)) {
        const long long size = static_cast<long long>(parent.size());
        const long long place = *index < 0 ? *index + size : *index;
        return place < 0 || place >= size ? nullptr : &parent[static_cast<std::size_t>(place)];
    }
    constexpr std::size_t shortest_prefix = 5;
    if (part.size() >= shortest_prefix) {
        for (Json& item : parent) {
            if (item.is_object() && item.contains("id") && item["id"].is_string() &&
                item["id"].get_ref<const std::string&>().rfind(part, 0) == 0) {
                return &item;
            }
        }
    }
    return nullptr;
}

/// The value's parent; what does not lead anywhere is named.
Json& parent_of(Json& document, const Path& path, const std::string& key) {
    Json* parent = &document;
    for (std::size_t place = 0; place + 1 < path.size(); ++place) {
        parent = child(*parent, path[place]);
        if (parent == nullptr) {
            throw invalid({{key, {"Unmatched key " + joined(path, place + 1)}}});
        }
    }
    return *parent;
}

void unmatched(const Json& document, const Json& match, const std::string& path, Json& missed) {
    for (const auto& [field, wanted] : match.items()) {
        const std::string here = path + (path.empty() ? "" : "__") + field;
        const auto found = document.find(field);
        if (found == document.end()) {
            missed.push_back(here);
        } else if (wanted.is_object() && found->is_object()) {
            unmatched(*found, wanted, here, missed);
        } else if (*found != wanted) {
            missed.push_back(here);
        }
    }
}

struct Pattern {
    bool keep;
    Path path;
};

std::vector<Pattern> patterns(const Json& given) {
    Json list = json_or_text(given);
    if (list.is_string()) {
        std::string rest = list.get<std::string>() + ",";
        list = Json::array();
        for (std::size_t comma = rest.find(','); comma != std::string::npos; comma = rest.find(',')) {
            if (comma > 0) {
                list.push_back(stripped(rest.substr(0, comma)));
            }
            rest.erase(0, comma + 1);
        }
    }
    std::vector<Pattern> all;
    for (const Json& item : list) {
        const std::string text = as_text(item);
        if (text.empty() || (text[0] != '+' && text[0] != '-')) {
            throw invalid({{"filter", {"Patterns must begin with + or -"}}});
        }
        all.push_back({text[0] == '+', split(std::string_view(text).substr(1))});
    }
    return all;
}

void filter(Json& value, const std::vector<Pattern>& given);

/// False: this child goes.
bool stays(Json& value, const std::string& key, const std::string& id, const std::vector<Pattern>& given) {
    std::vector<Pattern> deeper;
    for (const Pattern& pattern : given) {
        const std::string& head = pattern.path.front();
        constexpr std::size_t shortest_prefix = 5;
        if (head != "*" && head != key && (id.empty() || head.size() < shortest_prefix || id.rfind(head, 0) != 0)) {
            continue;
        }
        if (pattern.path.size() > 1) {
            deeper.push_back({pattern.keep, Path(pattern.path.begin() + 1, pattern.path.end())});
        } else if (!pattern.keep) {
            return false;
        } else {
            break;
        }
    }
    if (!deeper.empty()) {
        filter(value, deeper);
    }
    return true;
}

void filter(Json& value, const std::vector<Pattern>& given) {
    if (value.is_object()) {
        for (auto item = value.begin(); item != value.end();) {
            item = stays(*item, item.key(), "", given) ? std::next(item) : value.erase(item);
        }
    } else if (value.is_array()) {
        std::size_t index = 0;
        for (auto item = value.begin(); item != value.end(); ++index) {
            const Json id = item->is_object() ? item->value("id", Json()) : Json();
            const bool kept = stays(*item, std::to_string(index), id.is_string() ? id.get<std::string>() : "", given);
            item = kept ? std::next(item) : value.erase(item);
        }
    }
}

void merge(Json& target, const Json& update) {
    for (const auto& [field, value] : update.items()) {
        if (value.is_object() && target.contains(field) && target[field].is_object()) {
            merge(target[field], value);
        } else {
            target[field] = value;
        }
    }
}

/// The flattened keys of one kind: "update__title" -> "title".
std::vector<std::pair<std::string, Json>> flattened(const Json& data, const std::string& prefix) {
    std::vector<std::pair<std::string, Json>> all;
    for (const auto& [key, value] : data.items()) {
        if (key.rfind(prefix, 0) == 0) {
            all.emplace_back(key.substr(prefix.size()), json_or_text(value));
        }
    }
    return all;
}

Json object_of(const Json& data, const char* field) {
    const Json value = json_or_text(data.value(field, Json::object()));
    if (!value.is_object()) {
        throw invalid({{field, {"Must be a dict"}}});
    }
    return value;
}

bool is_extend(const std::string& key) {
    const Path path = split(key);
    return path.back() == "extend";
}

}  // namespace

Json package_revise(Call& call) {
    const Json& data = call.data.values;
    const Json match = object_of(data, "match");
    const auto match_keys = flattened(data, "match__");
    std::string wanted = as_text(match.value("id", match.value("name", Json(""))));
    for (const auto& [key, value] : match_keys) {
        if ((key == "id" || key == "name") && wanted.empty()) {
            wanted = as_text(value);
        }
    }
    if (wanted.empty()) {
        throw invalid({{"match", {"Requires name or id"}}});
    }
    Dataset& dataset = readable(call, wanted);
    must_update(call, dataset);
    Json document = call.store.shown(dataset);

    Json missed = Json::array();
    unmatched(document, match, "", missed);
    for (const auto& [key, value] : match_keys) {
        const Path path = split(key);
        Json* at = &document;
        for (std::size_t place = 0; at != nullptr && place < path.size(); ++place) {
            at = child(*at, path[place]);
        }
        if (at == nullptr || (*at != value && as_text(*at) != as_text(value))) {
            missed.push_back(key);
        }
    }
    if (!missed.empty()) {
        throw invalid({{"match", missed}});
    }

    if (data.contains("filter")) {
        filter(document, patterns(data["filter"]));
    }
    merge(document, object_of(data, "update"));
    auto updates = flattened(data, "update__");
    std::stable_partition(updates.begin(), updates.end(), [](const auto& update) { return is_extend(update.first); });
    for (const auto& [key, value] : updates) {
        const Path path = split(key);
        Json& parent = parent_of(document, path, key);
        if (parent.is_array() && path.back() == "extend") {
            for (const Json& item : value.is_array() ? value : Json::array({value})) {
                parent.push_back(item);
            }
        } else if (parent.is_array()) {
            Json* item = child(parent, path.back());
            if (item == nullptr) {
                throw invalid({{key, {"Unmatched key " + joined(path, path.size())}}});
            }
            *item = value;
        } else {
            parent[path.back()] = value;
        }
    }
    for (const auto& [name, file] : call.data.files) {
        const std::string prefix = "update__";
        const Path path = split(name);
        if (name.rfind(prefix, 0) != 0 || path.back() != "upload" || path.size() != 4 || path[1] != "resources") {
            throw broken();
        }
        const std::string key = name.substr(prefix.size());
        parent_of(document, split(key), key)[file_mark] = name;
    }
    for (Json& resource : document["resources"]) {
        if (resource.is_object()) {
            take_upload(resource, call.data.files, SizeGiven::measured);
        }
    }
    const WriteResult written =
        write_document(call.store, call.caller, document, &dataset, call.data.files, call.limits.largest_file);
    Json result{{"package", call.store.shown(call.store.datasets.at(written.id))}};
    if (data.contains("include")) {
        filter(result, patterns(data["include"]));
    }
    return result;
}

}  // namespace kokai::loopback
