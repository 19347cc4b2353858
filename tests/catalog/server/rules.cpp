// SPDX-License-Identifier: Apache-2.0
// See rules.hpp.
#include "rules.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <map>
#include <regex>

namespace kokai::loopback {

namespace {

/// Code points of a text.
std::vector<UChar32> letters(std::string_view text) {
    const auto units =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    std::vector<UChar32> all(static_cast<std::size_t>(units.countChar32()));
    UErrorCode status = U_ZERO_ERROR;
    units.toUTF32(all.data(), static_cast<std::int32_t>(all.size()), status);
    return all;
}

/// Python's \w: letters and everything that has a numeric value, and "_"; no combining marks.
bool is_word(UChar32 letter) {
    const auto type = u_charType(letter);
    return letter == '_' || type == U_UPPERCASE_LETTER || type == U_LOWERCASE_LETTER || type == U_TITLECASE_LETTER ||
           type == U_MODIFIER_LETTER || type == U_OTHER_LETTER || type == U_DECIMAL_DIGIT_NUMBER ||
           type == U_LETTER_NUMBER || type == U_OTHER_NUMBER;
}

const std::map<std::string, std::string>& formats() {
    static const std::map<std::string, std::string> known{
        {"csv", "CSV"},
        {"text/csv", "CSV"},
        {"tsv", "TSV"},
        {"text/tab-separated-values", "TSV"},
        {"json", "JSON"},
        {"application/json", "JSON"},
        {"geojson", "GeoJSON"},
        {"application/geo+json", "GeoJSON"},
        {"application/vnd.geo+json", "GeoJSON"},
        {"xls", "XLS"},
        {"application/vnd.ms-excel", "XLS"},
        {"xlsx", "XLSX"},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"},
        {"ods", "ODS"},
        {"shp", "SHP"},
        {"zip", "ZIP"},
        {"application/zip", "ZIP"},
        {"kml", "KML"},
        {"application/vnd.google-earth.kml+xml", "KML"},
        {"gpkg", "GeoPackage"},
        {"application/geopackage+sqlite3", "GeoPackage"},
        {"xml", "XML"},
        {"application/xml", "XML"},
        {"text/xml", "XML"},
        {"html", "HTML"},
        {"text/html", "HTML"},
        {"txt", "TXT"},
        {"text/plain", "TXT"},
        {"pdf", "PDF"},
        {"application/pdf", "PDF"},
        {"rdf", "RDF"},
        {"application/rdf+xml", "RDF"},
        {"ttl", "TTL"},
        {"text/turtle", "TTL"},
    };
    return known;
}

const std::map<std::string, std::string>& mimetypes() {
    static const std::map<std::string, std::string> known{
        {".csv", "text/csv"},
        {".tsv", "text/tab-separated-values"},
        {".json", "application/json"},
        {".geojson", "application/geo+json"},
        {".xls", "application/vnd.ms-excel"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
        {".zip", "application/zip"},
        {".kml", "application/vnd.google-earth.kml+xml"},
        {".gpkg", "application/geopackage+sqlite3"},
        {".xml", "text/xml"},
        {".html", "text/html"},
        {".txt", "text/plain"},
        {".sql", "application/x-sql"},
        {".pdf", "application/pdf"},
        {".rdf", "application/rdf+xml"},
        {".ttl", "text/turtle"},
    };
    return known;
}

/// os.path.splitext: a leading dot begins no extension.
std::pair<std::string, std::string> split_extension(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos || name.find_first_not_of('.') > dot) {
        return {name, ""};
    }
    return {name.substr(0, dot), name.substr(dot)};
}

}  // namespace

const std::vector<std::string>& resource_columns() {
    static const std::vector<std::string> columns{"url",
                                                  "description",
                                                  "format",
                                                  "hash",
                                                  "name",
                                                  "resource_type",
                                                  "mimetype",
                                                  "size",
                                                  "last_modified",
                                                  "cache_url",
                                                  "cache_last_updated",
                                                  "url_type",
                                                  "mimetype_inner"};
    return columns;
}

const std::vector<std::string>& dataset_texts() {
    static const std::vector<std::string> texts{
        "title", "author", "author_email", "maintainer", "maintainer_email", "license_id", "notes", "url", "version"};
    return texts;
}

Json name_mistakes(const std::string& name, Language language, const std::optional<std::string>& taken) {
    static const std::regex allowed("[a-z0-9_-]*\n?");
    const bool japanese = language == Language::japanese;
    const std::size_t length = letters(name).size();
    Json mistakes = Json::array();
    if (name == "new" || name == "edit" || name == "search") {
        mistakes.push_back("That name cannot be used");
    } else if (length < 2) {
        mistakes.push_back(japanese ? " 2 文字以上必要です" : "Must be at least 2 characters long");
    } else if (length > 100) {
        mistakes.push_back("Name must be a maximum of 100 characters long");
    } else if (!std::regex_match(name, allowed)) {
        mistakes.push_back("Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_");
    }
    if (taken) {
        mistakes.push_back(*taken);
    }
    if (length < 2) {
        mistakes.push_back(japanese ? "名前 \"" + name + "\" の文字数は最小文字数 2 文字に達していません"
                                    : "Name \"" + name + "\" length is less than minimum 2");
    } else if (length > 100) {
        mistakes.push_back("Name \"" + name + "\" length is more than maximum 100");
    }
    return mistakes;
}

std::vector<std::string> tag_mistakes(const std::string& tag) {
    std::vector<std::string> mistakes;
    const std::vector<UChar32> all = letters(tag);
    if (all.size() < 2) {
        mistakes.push_back("Tag \"" + tag + "\" length is less than minimum 2");
    } else if (all.size() > 100) {
        mistakes.push_back("Tag \"" + tag + "\" length is more than maximum 100");
    }
    const bool allowed = std::all_of(all.begin(), all.end(), [](UChar32 letter) {
        return is_word(letter) || letter == ' ' || letter == '-' || letter == '.';
    });
    if (!allowed) {
        mistakes.push_back("Tag \"" + tag +
                           "\" can only contain alphanumeric characters, spaces (\" \"), hyphens (\"-\"), underscores "
                           "(\"_\") or dots (\".\")");
    }
    return mistakes;
}

bool is_email(const std::string& text) {
    static const std::regex pattern("[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
                                    "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");
    return std::regex_match(text, pattern);
}

std::optional<std::string> iso_date(const std::string& text) {
    static const std::regex day(R"(\d{4}-\d{2}-\d{2})");
    static const std::regex moment(R"(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)");
    if (std::regex_match(text, day)) {
        return text + "T00:00:00";
    }
    if (std::regex_match(text, moment)) {
        return text;
    }
    return std::nullopt;
}

std::optional<std::string> resource_id_mistake(const std::string& id) {
    static const std::regex allowed("[a-zA-Z0-9_ -]*");
    if (!std::regex_match(id, allowed)) {
        return "Invalid characters in resource id";
    }
    if (id.size() < 7 || id.size() > 100) {
        return "Invalid length for resource id";
    }
    return std::nullopt;
}

bool truth(const Json& value) {
    if (value.is_boolean()) {
        return value.get<bool>();
    }
    if (value.is_null()) {
        return false;
    }
    if (!value.is_string()) {
        throw broken();  // an int has no lower()
    }
    const std::string text = lower(value.get<std::string>());
    return text == "true" || text == "yes" || text == "t" || text == "y" || text == "1";
}

std::string clean_format(const std::string& format) {
    const auto known = formats().find(lower(format));
    return known == formats().end() ? format : known->second;
}

std::optional<std::string> guess_mimetype(std::string_view url) {
    std::string path(url.substr(0, url.find_first_of("?#")));
    path = path.substr(path.rfind('/') + 1);
    auto [base, extension] = split_extension(path);
    extension = lower(extension);
    if (extension == ".gz" || extension == ".bz2" || extension == ".xz") {
        extension = lower(split_extension(base).second);
    }
    const auto known = mimetypes().find(extension);
    return known == mimetypes().end() ? std::nullopt : std::optional(known->second);
}

std::string stored_file_name(std::string_view file_name) {
    std::string kept;
    for (const char letter : lower(stripped(file_name.substr(file_name.rfind('/') + 1)))) {
        const bool allowed = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_' ||
                             letter == '.' || letter == '-';
        if (allowed) {
            kept += letter;
        } else if (letter == ' ') {
            kept += '-';
        }
    }
    kept.erase(std::unique(kept.begin(), kept.end(), [](char one, char two) { return one == '-' && two == '-'; }),
               kept.end());
    constexpr std::size_t shortest = 3;
    constexpr std::size_t longest = 100;
    if (kept.size() < shortest) {
        kept.append(shortest - kept.size(), '_');
    }
    if (kept.size() > longest) {
        const std::string extension = split_extension(kept).second.substr(0, longest / 2);
        kept = kept.substr(0, longest - extension.size()) + extension;
    }
    return kept;
}

bool has_scheme(std::string_view url) {
    const std::size_t colon = url.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        return false;
    }
    return std::all_of(url.begin(), url.begin() + static_cast<std::ptrdiff_t>(colon), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '+' || letter == '-' || letter == '.';
    });
}

std::string url_quoted(std::string_view text) {
    std::string quoted;
    for (const char letter : text) {
        if (letter == ' ') {
            quoted += "%20";
        } else {
            quoted += letter;
        }
    }
    return quoted;
}

}  // namespace kokai::loopback
