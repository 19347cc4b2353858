// SPDX-License-Identifier: Apache-2.0
#include "describe/dcat.hpp"

#include "describe/edition.hpp"
#include "describe/vocabulary.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view japanese = "http://publications.europa.eu/resource/authority/language/JPN";
constexpr std::string_view open_to_all = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";

Json node(std::string_view address) {
    return {{"@id", address}};
}

Json words(const std::string& text, std::string_view language = "ja") {
    return {{"@value", text}, {"@language", language}};
}

Json titles(const std::string& ja, const std::string& en) {
    Json all = Json::array({words(ja)});
    if (!en.empty()) {
        all.push_back(words(en, "en"));
    }
    return all;
}

Json dated(const std::string& date) {
    return {{"@value", date}, {"@type", xsd_date_type(date)}};
}

/// A code or an address that names the publisher for good; several datasets then share one agent.
Json agent(const Publisher& publisher, const std::string& base) {
    Json json = Json::object();
    if (!publisher.code.empty()) {
        json["@id"] = base + "catalog.jsonld#publisher-" + url_path(publisher.code);
    }
    json["@type"] = "foaf:Organization";
    json["foaf:name"] = words(publisher.name);
    if (!publisher.code.empty()) {
        json["dct:identifier"] = publisher.code;
    }
    if (const std::string home = web_address(publisher.url); !home.empty()) {
        json["foaf:homepage"] = node(home);
    }
    return json;
}

/// `page` is the address of the folder that the file lies in: the dataset's own, or that of one of its editions.
Json distribution_of(const CatalogEntry& entry, const CatalogTable& table, const CatalogFile& file,
                     const std::string& page) {
    const FormatInfo format = format_info(file.format);
    const std::string address = page + url_path(file.path);
    const std::string& title = table.title.empty() ? entry.title : table.title;
    Json json{{"@id", page + "#file-" + url_path(file.path)},
              {"@type", "dcat:Distribution"},
              {"dct:title", words(title + " (" + std::string(format.label) + ")")},
              {"dcat:accessURL", node(address)},
              {"dcat:downloadURL", node(address)}};
    if (!format.note.empty()) {
        json["dct:description"] = words(std::string(format.note));
    }
    if (!format.file_type.empty()) {
        json["dct:format"] =
            node("http://publications.europa.eu/resource/authority/file-type/" + std::string(format.file_type));
    }
    json["dcat:mediaType"] = node("https://www.iana.org/assignments/media-types/" + std::string(format.media_type));
    json["dcat:byteSize"] = {{"@value", std::to_string(file.bytes)}, {"@type", "xsd:nonNegativeInteger"}};
    if (!file.sha256.empty()) {
        json["spdx:checksum"] = {{"@type", "spdx:Checksum"},
                                 {"spdx:algorithm", node("spdx:checksumAlgorithm_sha256")},
                                 {"spdx:checksumValue", {{"@value", file.sha256}, {"@type", "xsd:hexBinary"}}}};
    }
    if (const std::string url = web_address(entry.license.url); !url.empty()) {
        json["dct:license"] = node(url);
    }
    if (!entry.credit.empty()) {
        json["dct:rights"] = {{"@type", "dct:RightsStatement"}, {"rdfs:label", words(entry.credit)}};
    }
    if (!xsd_date_type(entry.modified).empty()) {
        json["dct:modified"] = dated(entry.modified);
    }
    json["dct:language"] = node(japanese);
    return json;
}

/// Facts that only some datasets have.
void put_stated(Json& json, const CatalogEntry& entry, const std::string& base) {
    if (!entry.publisher.name.empty()) {
        json["dct:publisher"] = agent(entry.publisher, base);
    }
    if (!entry.contact.empty()) {
        json["dcat:contactPoint"] = {{"@type", "vcard:Organization"}, {"vcard:fn", words(entry.contact)}};
    }
    if (!entry.keywords.empty()) {
        json["dcat:keyword"] = Json::array();
        for (const std::string& keyword : entry.keywords) {
            json["dcat:keyword"].push_back(words(keyword));
        }
    }
    if (!entry.theme.empty()) {
        json["dcat:theme"] = {{"@type", "skos:Concept"}, {"skos:prefLabel", words(entry.theme)}};
    }
    if (!entry.spatial.empty()) {
        json["dct:spatial"] = {{"@type", "dct:Location"}, {"skos:prefLabel", words(entry.spatial)}};
    }
    if (const Interval span = interval_of(entry.temporal); !span.start.empty() || !span.end.empty()) {
        Json period{{"@type", "dct:PeriodOfTime"}};
        if (!span.start.empty()) {
            period["dcat:startDate"] = dated(span.start);
        }
        if (!span.end.empty()) {
            period["dcat:endDate"] = dated(span.end);
        }
        json["dct:temporal"] = std::move(period);
    }
    if (const std::string_view code = frequency_code(entry.update_frequency); !code.empty()) {
        json["dct:accrualPeriodicity"] =
            node("http://publications.europa.eu/resource/authority/frequency/" + std::string(code));
    }
    if (!xsd_date_type(entry.modified).empty()) {
        json["dct:modified"] = dated(entry.modified);
    }
    if (const std::string source = web_address(entry.source_url); !source.empty()) {
        json["dct:source"] = node(source);
    }
    if (!entry.credit.empty()) {
        json["dct:provenance"] = {{"@type", "dct:ProvenanceStatement"}, {"rdfs:label", words(entry.credit)}};
    }
    if (!entry.edition.empty()) {
        json["dcat:version"] = entry.edition;
    }
}

void put_distributions(Json& json, const CatalogEntry& entry, const std::string& page) {
    json["dcat:distribution"] = Json::array();
    for (const CatalogTable& table : entry.tables) {
        for (const CatalogFile& file : table.files) {
            json["dcat:distribution"].push_back(distribution_of(entry, table, file, page));
        }
    }
}

std::string edition_address(const CatalogEntry& entry, const CatalogEntry& edition, const std::string& base) {
    return base + url_path(entry.id + "/" + edition_folder(edition.edition));
}

/// DCAT 3, chapter 11: the dataset is the abstract resource, its editions are the versions; previousVersion goes from
/// one to the other.
Json version_of(const CatalogEntry& entry, const KeptEdition& kept, const std::string& base) {
    const CatalogEntry& edition = kept.entry;
    const std::string page = edition_address(entry, edition, base);
    Json json{{"@id", page + "#dataset"},
              {"@type", "dcat:Dataset"},
              {"dct:identifier", entry.id + "@" + edition.edition},
              {"dct:title", titles(edition.title, edition.title_en)},
              {"dct:description", words(edition.description.empty() ? edition.title : edition.description)},
              {"dcat:landingPage", node(page)},
              {"dct:language", node(japanese)},
              {"dct:accessRights", node(open_to_all)}};
    put_stated(json, edition, base);
    json["dcat:isVersionOf"] = node(base + url_path(entry.id + "/") + "#dataset");
    if (const KeptEdition* previous = previous_edition(entry, kept); previous != nullptr) {
        json["dcat:previousVersion"] = node(edition_address(entry, previous->entry, base) + "#dataset");
    }
    if (kept.withdrawn && edition.edition != entry.edition) {
        json["adms:versionNotes"] = words("取り消した版です");
    }
    put_distributions(json, edition, page);
    return json;
}

Json dataset_of(const CatalogEntry& entry, const std::string& base) {
    const std::string page = base + url_path(entry.id + "/");
    Json json{{"@id", page + "#dataset"},
              {"@type", "dcat:Dataset"},
              {"dct:identifier", entry.id},
              {"dct:title", titles(entry.title, entry.title_en)},
              {"dct:description", words(entry.description.empty() ? entry.title : entry.description)},
              {"dcat:landingPage", node(page)},
              {"dct:language", node(japanese)},
              {"dct:accessRights", node(open_to_all)}};
    put_stated(json, entry, base);
    for (const KeptEdition& kept : entry.kept) {
        if (kept.entry.edition == entry.edition) {
            json["dcat:hasCurrentVersion"] = node(edition_address(entry, kept.entry, base) + "#dataset");
        }
        json["dcat:hasVersion"].push_back(version_of(entry, kept, base));
    }
    put_distributions(json, entry, page);
    return json;
}

/// The catalog's publisher: the one named, else the one that all datasets have, else the publishers together, as a
/// group.
Json publisher_of(const std::vector<const CatalogEntry*>& entries, const CatalogInfo& about, const std::string& base) {
    if (!about.publisher.name.empty()) {
        return agent(about.publisher, base);
    }
    std::map<std::pair<std::string, std::string>, const Publisher*> publishers;
    for (const CatalogEntry* entry : entries) {
        if (!entry->publisher.name.empty()) {
            publishers.emplace(std::pair(entry->publisher.code, entry->publisher.name), &entry->publisher);
        }
    }
    if (publishers.size() == 1) {
        return agent(*publishers.begin()->second, base);
    }
    std::string names;
    Json members = Json::array();
    for (const auto& [key, publisher] : publishers) {
        names += (names.empty() ? "" : "、") + publisher->name;
        members.push_back(agent(*publisher, base));
    }
    if (members.empty()) {
        return nullptr;
    }
    return {{"@id", base + "catalog.jsonld#publishers"},
            {"@type", Json::array({"foaf:Agent", "foaf:Group"})},
            {"foaf:name", words(names)},
            {"foaf:member", std::move(members)}};
}

Json context() {
    return {{"adms", "http://www.w3.org/ns/adms#"},
            {"dcat", "http://www.w3.org/ns/dcat#"},
            {"dct", "http://purl.org/dc/terms/"},
            {"foaf", "http://xmlns.com/foaf/0.1/"},
            {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
            {"skos", "http://www.w3.org/2004/02/skos/core#"},
            {"spdx", "http://spdx.org/rdf/terms#"},
            {"vcard", "http://www.w3.org/2006/vcard/ns#"},
            {"xsd", "http://www.w3.org/2001/XMLSchema#"}};
}

}  // namespace

std::string dcat_jsonld(std::span<const CatalogEntry> entries, const CatalogInfo& about) {
    std::vector<const CatalogEntry*> sorted;
    for (const CatalogEntry& entry : entries) {
        sorted.push_back(&entry);
    }
    std::sort(sorted.begin(), sorted.end(),
              [](const CatalogEntry* left, const CatalogEntry* right) { return left->id < right->id; });
    const std::string base = folder_address(about.base_url);
    Json json{{"@context", context()},
              {"@id", base + "catalog.jsonld#catalog"},
              {"@type", "dcat:Catalog"},
              {"dct:title", titles(about.title, about.title_en)},
              {"dct:description", words(about.description)}};
    if (Json publisher = publisher_of(sorted, about, base); !publisher.is_null()) {
        json["dct:publisher"] = std::move(publisher);
    }
    json["dct:language"] = node(japanese);
    json["foaf:homepage"] = node(base + (base.empty() ? "./" : ""));
    std::string last;
    for (const CatalogEntry* entry : sorted) {
        if (!xsd_date_type(entry->modified).empty()) {
            last = std::max(last, entry->modified);
        }
    }
    if (!last.empty()) {
        json["dct:modified"] = dated(last);
    }
    json["dcat:dataset"] = Json::array();
    for (const CatalogEntry* entry : sorted) {
        json["dcat:dataset"].push_back(dataset_of(*entry, base));
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kokai
