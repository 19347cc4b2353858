// SPDX-License-Identifier: Apache-2.0
// What is promised here a validator will hold us to: a rule that an accepted finding breaks is not promised.
#include "describe/datapackage.hpp"

#include "describe/edition.hpp"
#include "describe/vocabulary.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string_view>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

/// Whether a finding of this code that was accepted is about the field.
template <typename Which>
bool accepted(const CatalogTable& table, std::string_view field, const Which& which) {
    return std::any_of(table.accepted.begin(), table.accepted.end(), [&](const AcceptedFinding& one) {
        return which(one.code) &&
               (one.columns.empty() || std::find(one.columns.begin(), one.columns.end(), field) != one.columns.end());
    });
}

Json field_of(const CatalogTable& table, const Field& field) {
    const bool unfit = accepted(table, field.name, [](std::string_view code) {
        const CodeInfo* known = find_code(code);
        return known == nullptr || known->unfit;
    });
    Json json{{"name", field.name}};
    const std::string type = field.type.empty() || unfit ? "any" : field.type;
    json["type"] = type;
    if (type == "time") {
        json["format"] = "%H:%M";  // the standard's times have no seconds; the default format wants them
    }
    if (!field.english.empty()) {
        json["title"] = field.english;
    }
    if (!field.description.empty()) {
        json["description"] = field.description;
    }
    if (!field.example.empty() && type == "string") {
        json["example"] = field.example;
    }
    if (!field.unit.empty()) {
        json["unit"] = field.unit;
    }
    Json constraints = Json::object();
    if (field.requirement == Requirement::required &&
        !accepted(table, field.name, [](std::string_view code) { return code == "required-missing"; })) {
        constraints["required"] = true;
    }
    if (field.unique && !accepted(table, field.name, [](std::string_view code) { return code == "id-duplicate"; })) {
        constraints["unique"] = true;
    }
    if (!unfit && !field.allowed.empty() && field.separator.empty() && type == "string") {
        constraints["enum"] = field.allowed;
    }
    if (!unfit && (type == "integer" || type == "number")) {
        if (field.minimum) {
            constraints["minimum"] = *field.minimum;
        }
        if (field.maximum) {
            constraints["maximum"] = *field.maximum;
        }
    }
    if (!constraints.empty()) {
        json["constraints"] = std::move(constraints);
    }
    return json;
}

Json schema_of(const CatalogTable& table) {
    Json schema{{"$schema", "https://datapackage.org/profiles/2.0/tableschema.json"}};
    schema["fields"] = Json::array();
    for (const Field& field : table.fields) {
        schema["fields"].push_back(field_of(table, field));
    }
    const bool doubtful = std::any_of(table.accepted.begin(), table.accepted.end(), [](const AcceptedFinding& one) {
        return one.code == "id-duplicate" || one.code == "required-missing";
    });
    if (!table.primary_key.empty() && !doubtful) {
        schema["primaryKey"] = table.primary_key;
    }
    schema["missingValues"] = Json::array({""});
    return schema;
}

/// A resource name: lower-case letters, digits, `.`, `_`, `-`, and no other resource has it.
std::string resource_name(std::string_view path, std::set<std::string>& taken) {
    std::string name;
    for (const char c : path) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-') {
            name += c;
        } else if (c >= 'A' && c <= 'Z') {
            name += static_cast<char>(c - 'A' + 'a');
        } else {
            name += '-';
        }
    }
    std::string unique = name.empty() ? "resource" : name;
    for (int number = 2; !taken.insert(unique).second; ++number) {
        unique = name + "-" + std::to_string(number);
    }
    return unique;
}

bool is_csv(std::string_view format) {
    return format == "csv" || format == "csv-nobom";
}

/// Empty texts are no metadata: they are left out.
void put(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) {
        json[key] = text;
    }
}

Json resource_of(const CatalogEntry& entry, const CatalogTable& table, const CatalogFile& file,
                 std::set<std::string>& taken) {
    const FormatInfo format = format_info(file.format);
    Json resource{{"name", resource_name(file.path, taken)}};
    if (is_csv(file.format)) {
        resource["type"] = "table";
    }
    resource["path"] = file.path;
    put(resource, "title", table.title.empty() ? entry.title : table.title);
    put(resource, "description", table.description);
    const std::size_t dot = file.path.find_last_of('.');
    if (dot != std::string::npos) {
        resource["format"] = file.path.substr(dot + 1);
    }
    resource["mediatype"] = format.media_type;
    if (is_csv(file.format)) {
        resource["encoding"] = "utf-8";
    }
    resource["bytes"] = file.bytes;
    if (!file.sha256.empty()) {
        resource["hash"] = "sha256:" + file.sha256;
    }
    resource["kokai:rows"] = file.rows;
    if (is_csv(file.format)) {
        resource["dialect"] = {{"$schema", "https://datapackage.org/profiles/2.0/tabledialect.json"},
                               {"header", true},
                               {"delimiter", ","},
                               {"lineTerminator", "\r\n"},
                               {"quoteChar", "\""},
                               {"doubleQuote", true}};
        resource["schema"] = schema_of(table);
        put(resource, "kokai:schema", table.schema_id);
    }
    return resource;
}

Json package_of(const CatalogEntry& entry) {
    Json package{{"$schema", "https://datapackage.org/profiles/2.0/datapackage.json"}, {"name", entry.id}};
    put(package, "title", entry.title);
    put(package, "kokai:title_en", entry.title_en);
    put(package, "description", entry.description);
    put(package, "version", entry.edition);
    put(package, "kokai:modified", entry.modified);
    if (!entry.keywords.empty()) {
        package["keywords"] = entry.keywords;
    }
    if (!entry.license.id.empty() || !entry.license.url.empty()) {
        Json license = Json::object();
        put(license, "name", entry.license.id);
        put(license, "path", web_address(entry.license.url));
        put(license, "title", entry.license.title);
        package["licenses"] = Json::array({std::move(license)});
    }
    put(package, "kokai:credit", entry.credit);
    if (!entry.publisher.name.empty()) {
        Json publisher{{"title", entry.publisher.name}, {"roles", Json::array({"publisher"})}};
        put(publisher, "path", web_address(entry.publisher.url));
        put(publisher, "kokai:code", entry.publisher.code);
        package["contributors"] = Json::array({std::move(publisher)});
    }
    if (const std::string source = web_address(entry.source_url); !source.empty()) {
        package["sources"] =
            Json::array({{{"title", entry.credit.empty() ? entry.title : entry.credit}, {"path", source}}});
    }
    put(package, "kokai:updateFrequency", entry.update_frequency);
    put(package, "kokai:spatial", entry.spatial);
    put(package, "kokai:temporal", entry.temporal);
    put(package, "kokai:contact", entry.contact);
    put(package, "kokai:note", entry.note);
    package["resources"] = Json::array();
    std::set<std::string> taken;
    for (const CatalogTable& table : entry.tables) {
        for (const CatalogFile& file : table.files) {
            package["resources"].push_back(resource_of(entry, table, file, taken));
        }
    }
    return package;
}

std::string text_of(const Json& package) {
    return package.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string datapackage_json(const CatalogEntry& entry) {
    Json package = package_of(entry);
    for (const KeptEdition& one : entry.kept) {
        Json edition{{"version", one.entry.edition},
                     {"path", url_path(edition_folder(one.entry.edition) + "datapackage.json")}};
        put(edition, "modified", one.entry.modified);
        edition["state"] = edition_state(entry, one);
        package["kokai:editions"].push_back(std::move(edition));
    }
    return text_of(package);
}

std::string edition_datapackage_json(const CatalogEntry& entry) {
    Json package = package_of(entry);
    package["kokai:latest"] = "../../datapackage.json";
    return text_of(package);
}

}  // namespace kokai
