// SPDX-License-Identifier: Apache-2.0
#include "describe/schemaorg.hpp"

#include "describe/vocabulary.hpp"

#include <nlohmann/json.hpp>

#include <string_view>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

/// JSON text in which nothing can end the script element or begin a comment; U+2028/9 stay valid in old readers too.
std::string inert(const std::string& json) {
    std::string text;
    text.reserve(json.size() + 64);
    for (std::size_t at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '<') {
            text += "\\u003c";
        } else if (c == '>') {
            text += "\\u003e";
        } else if (c == '&') {
            text += "\\u0026";
        } else if (json.compare(at, 3, "\xE2\x80\xA8") == 0) {
            text += "\\u2028";
            at += 2;
        } else if (json.compare(at, 3, "\xE2\x80\xA9") == 0) {
            text += "\\u2029";
            at += 2;
        } else {
            text += c;
        }
    }
    return text;
}

void put(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) {
        json[key] = text;
    }
}

}  // namespace

std::string schemaorg_jsonld(const CatalogEntry& entry, const CatalogInfo& about) {
    const std::string base = folder_address(about.base_url);
    const std::string folder = base.empty() ? std::string() : base + url_path(entry.id + "/");
    Json json{{"@context", "https://schema.org/"}, {"@type", "Dataset"}, {"name", entry.title}};
    put(json, "alternateName", entry.title_en);
    put(json, "description", entry.description.empty() ? entry.title : entry.description);
    json["identifier"] = entry.id;
    put(json, "url", folder);
    put(json, "license", web_address(entry.license.url));
    if (!entry.publisher.name.empty()) {
        Json publisher{{"@type", "GovernmentOrganization"}, {"name", entry.publisher.name}};
        put(publisher, "url", web_address(entry.publisher.url));
        json["creator"] = publisher;
        json["publisher"] = std::move(publisher);
    }
    put(json, "creditText", entry.credit);
    put(json, "dateModified", xsd_date_type(entry.modified).empty() ? std::string() : entry.modified);
    put(json, "version", entry.edition);
    if (!entry.keywords.empty()) {
        json["keywords"] = entry.keywords;
    }
    if (!entry.spatial.empty()) {
        json["spatialCoverage"] = {{"@type", "Place"}, {"name", entry.spatial}};
    }
    if (const Interval span = interval_of(entry.temporal); !span.start.empty()) {
        json["temporalCoverage"] = span.start + "/" + (span.end.empty() ? ".." : span.end);
    }
    put(json, "isBasedOn", web_address(entry.source_url));
    json["isAccessibleForFree"] = true;
    json["inLanguage"] = "ja";
    json["includedInDataCatalog"] = {{"@type", "DataCatalog"}, {"name", about.title}};
    Json measured = Json::array();
    json["distribution"] = Json::array();
    for (const CatalogTable& table : entry.tables) {
        for (const Field& field : table.fields) {
            measured.push_back(field.name);
        }
        for (const CatalogFile& file : table.files) {
            const FormatInfo format = format_info(file.format);
            Json distribution{{"@type", "DataDownload"},
                              {"name", format.label},
                              {"encodingFormat", format.media_type},
                              {"contentUrl", folder + url_path(file.path)},
                              {"contentSize", std::to_string(file.bytes) + " B"}};
            put(distribution, "sha256", file.sha256);
            json["distribution"].push_back(std::move(distribution));
        }
    }
    if (!measured.empty()) {
        json["variableMeasured"] = std::move(measured);
    }
    return inert(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace kokai
