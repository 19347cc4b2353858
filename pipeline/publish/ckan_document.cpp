// SPDX-License-Identifier: Apache-2.0
#include "publish/ckan_document.hpp"

#include "describe/vocabulary.hpp"
#include "support/hash.hpp"
#include "support/text.hpp"
#include "support/uuid.hpp"

#include <nlohmann/json.hpp>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <set>

namespace kokai {
namespace {

using Json = nlohmann::json;

/// What CKAN calls the formats; others keep their own label.
std::string format_name(const std::string& format) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> names{{{"csv-nobom", "CSV"},
                                                                                  {"xlsx", "XLSX"},
                                                                                  {"shp", "SHP"},
                                                                                  {"gpkg", "GPKG"},
                                                                                  {"webgis", "ZIP"},
                                                                                  {"geojsonseq", "GeoJSONL"}}};
    if (format.starts_with("partner:")) {
        return "XLSX";
    }
    for (const auto& [ours, theirs] : names) {
        if (ours == format) {
            return std::string(theirs);
        }
    }
    return std::string(format_info(format).label);
}

void put(CkanFields& fields, const std::string& key, const std::string& value) {
    if (!value.empty()) {
        fields[key] = value;
    }
}

/// CKAN takes the white space around a title away, as Python knows white space.
std::string without_margins(const std::string& text) {
    const icu::UnicodeString all = icu::UnicodeString::fromUTF8(text);
    std::int32_t begin = 0;
    std::int32_t end = all.length();
    while (begin < end && u_isUWhiteSpace(all.char32At(begin)) != 0) {
        ++begin;  // none is beyond U+FFFF
    }
    while (end > begin && u_isUWhiteSpace(all.char32At(end - 1)) != 0) {
        --end;
    }
    std::string inner;
    all.tempSubStringBetween(begin, end).toUTF8String(inner);
    return inner;
}

/// Address of a licence without what does not tell it from others.
std::string bare_address(std::string_view address) {
    std::string text = lowered(address);
    for (const std::string_view start : {"https://", "http://", "www."}) {
        if (text.starts_with(start)) {
            text.erase(0, start.size());
        }
    }
    for (const std::string_view end : {"/", "/deed.ja", "/legalcode.ja", "/legalcode", "/deed.en", "/deed", "/"}) {
        if (text.ends_with(end)) {
            text.resize(text.size() - end.size());
        }
    }
    // CKAN's own list has the Open Definition's addresses, which name no version.
    constexpr std::string_view commons = "creativecommons.org/licenses/";
    if (text.starts_with(commons)) {
        return "opendefinition.org/licenses/cc-" +
               text.substr(commons.size(), text.find('/', commons.size()) - commons.size());
    }
    if (text.starts_with("creativecommons.org/publicdomain/zero")) {
        return "opendefinition.org/licenses/cc-zero";
    }
    return text;
}

/// CC-BY-4.0, cc-by-40: letters and digits alone.
std::string bare_id(std::string_view id) {
    std::string text;
    for (const char c : lowered(id)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            text += c;
        }
    }
    return text;
}

std::string scalar(const Json& object, const std::string& key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) {
        return {};
    }
    return found->is_string() ? found->get<std::string>() : found->dump();
}

/// The part behind `prefix` of a key, if it begins so.
std::string_view behind(std::string_view key, std::string_view prefix) {
    return key.starts_with(prefix) ? key.substr(prefix.size()) : std::string_view();
}

struct ListKind {
    std::string_view list, prefix, name;  // extras, "extras.", "key"
};
constexpr std::array<ListKind, 3> lists{
    {{"extras", "extras.", "key"}, {"tags", "tags.", "name"}, {"groups", "groups.", "name"}}};

CkanFields metadata_of(const CatalogEntry& entry, const CkanSite& site) {
    CkanFields fields;
    put(fields, "title", without_margins(entry.title));
    put(fields, "notes", entry.description);
    put(fields, "license_id", ckan_license(entry.license, site));
    put(fields, "owner_org", site.organization_id);
    put(fields, "author", entry.publisher.name);
    put(fields, "maintainer", entry.contact);
    put(fields, "url", web_address(entry.source_url));
    fields["private"] = "false";
    fields["state"] = "active";
    put(fields, "extras.更新頻度", entry.update_frequency);
    put(fields, "extras.title_en", entry.title_en);
    put(fields, "extras.identifier", entry.id);
    put(fields, "extras.modified", entry.modified);
    put(fields, "extras.language", "ja");
    put(fields, "extras.theme", entry.theme);
    put(fields, "extras.publisher_name", entry.publisher.name);
    put(fields, "extras.publisher_identifier", entry.publisher.code);
    put(fields, "extras.contact_name", entry.contact);
    put(fields, "extras.spatial_text", entry.spatial);
    const Interval span = interval_of(entry.temporal);
    put(fields, "extras.temporal_start", span.start);
    put(fields, "extras.temporal_end", span.end);
    put(fields, "extras.クレジット表示", entry.credit);
    put(fields, "extras.利用上の注意", entry.note);
    std::string terms = entry.license.title;
    if (const std::string address = web_address(entry.license.url); !address.empty()) {
        terms += (terms.empty() ? "" : " ") + address;
    }
    put(fields, "extras.ライセンス", terms);
    put(fields, "extras.kokai_edition", entry.edition);
    for (const std::string& keyword : entry.keywords) {
        const std::string tag = to_nfc(trimmed(keyword));
        put(fields, "tags." + tag, tag);
    }
    for (const std::string& group : site.groups) {
        fields["groups." + group] = group;
    }
    return fields;
}

}  // namespace

std::string to_nfc(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status) != 0) {
        return std::string(text);
    }
    const icu::UnicodeString composed = form->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), status);
    std::string result;
    composed.toUTF8String(result);
    return U_FAILURE(status) != 0 ? std::string(text) : result;
}

std::string ckan_license(const License& license, const CkanSite& site) {
    for (const auto& [ours, theirs] : site.licenses) {
        if (ours == license.id) {
            return theirs;
        }
    }
    for (const auto& [id, address] : site.offered) {
        if (!license.url.empty() && lowered(address) == lowered(license.url)) {
            return id;
        }
    }
    for (const auto& [id, address] : site.offered) {
        if (bare_id(id) == bare_id(license.id)) {
            return id;
        }
    }
    for (const auto& [id, address] : site.offered) {
        if (!license.url.empty() && bare_address(address) == bare_address(license.url)) {
            return id;
        }
    }
    return license.id;
}

std::string ascii_file_name(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    });
    if (plain && name.size() >= 3 && name.size() <= 100 && name.front() != '.') {
        return std::string(name);
    }
    std::string ascii;
    const std::size_t dot = name.find('.', 1);
    for (const char c : lowered(name.substr(0, dot))) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') {
            ascii += c;
        } else if (!ascii.empty() && ascii.back() != '-') {
            ascii += '-';
        }
    }
    while (!ascii.empty() && ascii.back() == '-') {
        ascii.pop_back();
    }
    std::string ending;
    for (const char c : lowered(dot == std::string_view::npos ? "" : name.substr(dot))) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.') {
            ending += c;
        }
    }
    // Letters were lost: a digest keeps 公園.csv and 学校.csv apart.
    ascii = (ascii.empty() ? "file" : ascii.substr(0, 60)) + "-" + sha256_hex(name).substr(0, 8);
    return ascii + ending.substr(0, 30);
}

CkanDocument ckan_document(const CatalogEntry& entry, const CkanSite& site) {
    CkanDocument document;
    document.name = site.name_prefix + entry.id;
    document.fields = metadata_of(entry, site);
    for (const CatalogTable& table : entry.tables) {
        for (const CatalogFile& file : table.files) {
            const FormatInfo info = format_info(file.format);
            CkanFile one;
            one.key = table.name + "/" + file.format;
            one.id = uuid5(site.url + "/dataset/" + document.name + "/" + one.key);
            one.path = file.path;
            one.file_name = ascii_file_name(file.path);
            one.bytes = file.bytes;
            const std::string& title = table.title.empty() ? entry.title : table.title;
            put(one.fields, "name", title + "（" + std::string(info.label) + "）");
            put(one.fields, "description", table.description.empty() ? std::string(info.note) : table.description);
            put(one.fields, "format", format_name(file.format));
            put(one.fields, "mimetype", std::string(info.media_type));
            put(one.fields, "sha256", file.sha256);
            document.files.push_back(std::move(one));
        }
    }
    return document;
}

std::string ckan_value(const Json& package, const std::string& key) {
    for (const ListKind& kind : lists) {
        const std::string name(behind(key, kind.prefix));
        if (name.empty()) {
            continue;
        }
        const auto list = package.find(kind.list);
        for (std::size_t i = 0; list != package.end() && list->is_array() && i < list->size(); ++i) {
            const Json& one = (*list)[i];
            if (one.is_object() && scalar(one, std::string(kind.name)) == name) {
                return kind.list == "extras" ? scalar(one, "value") : name;
            }
        }
        return {};
    }
    return scalar(package, key);
}

std::string ckan_resource_value(const Json& resource, const std::string& key) {
    return scalar(resource, key);
}

const Json* ckan_resource(const Json& package, const std::string& id) {
    const auto list = package.find("resources");
    for (std::size_t i = 0; list != package.end() && list->is_array() && i < list->size(); ++i) {
        if ((*list)[i].is_object() && scalar((*list)[i], "id") == id) {
            return &(*list)[i];
        }
    }
    return nullptr;
}

bool same_in_ckan(const std::string& key, const std::string& one, const std::string& other) {
    if (one == other) {
        return true;
    }
    if (key == "format") {
        return lowered(one) == lowered(other);
    }
    const auto even = [](const std::string& text) {
        std::string result;
        for (const char c : text) {
            if (c != '\r') {
                result += c;
            }
        }
        return result;
    };
    return even(one) == even(other);
}

Json create_body(const CkanDocument& document) {
    Json body = update_body(Json::object(), document.fields);
    body["name"] = document.name;
    body["private"] = true;
    body.erase("state");
    return body;
}

Json update_body(const Json& package, const CkanFields& changes) {
    Json body = Json::object();
    std::set<std::string_view> touched;
    for (const auto& [key, value] : changes) {
        bool listed = false;
        for (const ListKind& kind : lists) {
            if (key.starts_with(kind.prefix)) {
                touched.insert(kind.list);
                listed = true;
            }
        }
        if (key == "private") {
            body[key] = value == "true";
        } else if (!listed) {
            body[key] = value;
        }
    }
    for (const ListKind& kind : lists) {
        if (touched.count(kind.list) == 0) {
            continue;
        }
        // A list replaces the whole list: what is there and not ours goes back in.
        Json list = Json::array();
        const auto there = package.find(kind.list);
        for (std::size_t i = 0; there != package.end() && there->is_array() && i < there->size(); ++i) {
            const std::string name = scalar((*there)[i], std::string(kind.name));
            if (changes.count(std::string(kind.prefix) + name) == 0) {
                Json one{{kind.name, name}};
                if (kind.list == "extras") {
                    one["value"] = scalar((*there)[i], "value");
                } else if (const std::string vocabulary = scalar((*there)[i], "vocabulary_id"); !vocabulary.empty()) {
                    one["vocabulary_id"] = vocabulary;
                }
                list.push_back(std::move(one));
            }
        }
        for (const auto& [key, value] : changes) {
            if (const std::string name(behind(key, kind.prefix)); !name.empty() && !value.empty()) {
                list.push_back(kind.list == "extras" ? Json{{"key", name}, {"value", value}} : Json{{"name", name}});
            }
        }
        body[std::string(kind.list)] = std::move(list);
    }
    return body;
}

}  // namespace kokai
