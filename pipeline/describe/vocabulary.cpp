// SPDX-License-Identifier: Apache-2.0
#include "describe/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace kokai {
namespace {

constexpr std::array formats{
    FormatInfo{"csv", "CSV", "表計算ソフトとプログラム向け（UTF-8、BOM付き）", "text/csv", "CSV"},
    FormatInfo{"csv-nobom", "CSV", "プログラム向け（UTF-8、BOMなし）", "text/csv", "CSV"},
    FormatInfo{"geojson", "GeoJSON", "地図・GIS 向け", "application/geo+json", "GEOJSON"},
    FormatInfo{"geojsonseq", "GeoJSON Lines", "一行に一件の地図データ", "application/x-ndjson", ""},
    FormatInfo{"xlsx", "Excel", "Excel で開いて使う人向け",
               "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"},
    FormatInfo{"gpkg", "GeoPackage", "GIS ソフト向け", "application/geopackage+sqlite3", "GPKG"},
    FormatInfo{"fgb", "FlatGeobuf", "大きな地図データ向け", "application/vnd.flatgeobuf", ""},
    FormatInfo{"kml", "KML", "Google Earth など向け", "application/vnd.google-earth.kml+xml", "KML"},
    FormatInfo{"shp", "Shapefile", "GIS ソフト向け（zip）", "application/zip", "SHP"},
    FormatInfo{"json", "JSON", "プログラム向け", "application/json", "JSON"},
    FormatInfo{"sqlite", "SQLite", "データベースとして使う人向け", "application/vnd.sqlite3", ""},
    FormatInfo{"webgis", "公開型GIS", "さーちずなどの公開地図（Shapefile・CSV・KML の zip）", "application/zip", ""},
    FormatInfo{"pmtiles", "PMTiles", "地図タイル", "application/vnd.pmtiles", ""},
};

struct Frequency {
    std::string_view words, code;
};

// Spellings seen in the catalogs of Japanese cities; digits half-width. The words themselves are always published
// beside.
constexpr std::array frequencies{
    Frequency{"年1回", "ANNUAL"},       Frequency{"1年に1回", "ANNUAL"},      Frequency{"1年ごと", "ANNUAL"},
    Frequency{"1回/年", "ANNUAL"},      Frequency{"毎年", "ANNUAL"},          Frequency{"年次", "ANNUAL"},
    Frequency{"毎年度", "ANNUAL"},      Frequency{"年2回", "ANNUAL_2"},       Frequency{"半年ごと", "ANNUAL_2"},
    Frequency{"四半期", "QUARTERLY"},   Frequency{"四半期ごと", "QUARTERLY"}, Frequency{"毎月", "MONTHLY"},
    Frequency{"月次", "MONTHLY"},       Frequency{"月1回", "MONTHLY"},        Frequency{"毎週", "WEEKLY"},
    Frequency{"週次", "WEEKLY"},        Frequency{"週1回", "WEEKLY"},         Frequency{"毎日", "DAILY"},
    Frequency{"日次", "DAILY"},         Frequency{"2年に1回", "BIENNIAL"},    Frequency{"2年ごと", "BIENNIAL"},
    Frequency{"不定期", "IRREG"},       Frequency{"随時", "IRREG"},           Frequency{"更新なし", "NEVER"},
    Frequency{"更新予定なし", "NEVER"},
};

/// Full-width digits and slash to half-width, blanks out: 年１回 is 年1回.
std::string narrowed(std::string_view words) {
    std::string text;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string_view three = words.substr(at, 3);
        if (three.size() == 3 && three.substr(0, 2) == "\xEF\xBC" && three[2] >= '\x8F' && three[2] <= '\x99') {
            text += static_cast<char>(three[2] - '\x90' + '0');
            at += 2;
        } else if (three == "　") {
            at += 2;
        } else if (words[at] != ' ') {
            text += words[at];
        }
    }
    return text;
}

bool digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

FormatInfo format_info(std::string_view format) {
    const auto* const found =
        std::find_if(formats.begin(), formats.end(), [&](const FormatInfo& one) { return one.name == format; });
    if (found != formats.end()) {
        return *found;
    }
    if (format.substr(0, 8) == "partner:") {
        return {format, "連携先の様式（Excel）", "連携サービスへの提出用",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"};
    }
    return {format, format, "", "application/octet-stream", ""};
}

std::string web_address(std::string_view url) {
    if (url.substr(0, 8) != "https://" && url.substr(0, 7) != "http://") {
        return {};
    }
    const bool clean = std::none_of(url.begin(), url.end(), [](char c) {
        return (c >= '\0' && c <= ' ') || c == '"' || c == '<' || c == '>' || c == '\\' || c == '`' || c == '{' ||
               c == '}' || c == '|' || c == '^' || c == '\x7f';
    });
    return clean ? std::string(url) : std::string();
}

std::string folder_address(std::string_view url) {
    std::string address = web_address(url);
    if (!address.empty() && address.back() != '/') {
        address += '/';
    }
    return address;
}

std::string_view frequency_code(std::string_view words) {
    const std::string text = narrowed(words);
    const auto* const found =
        std::find_if(frequencies.begin(), frequencies.end(), [&](const Frequency& one) { return one.words == text; });
    return found == frequencies.end() ? std::string_view() : found->code;
}

std::string_view licence_authority(std::string_view id) {
    struct Pair {
        std::string_view id, address;
    };
    static constexpr std::array known{
        Pair{"CC-BY-4.0", "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"},
        Pair{"CC-BY-SA-4.0", "http://publications.europa.eu/resource/authority/licence/CC_BYSA_4_0"},
        Pair{"CC0-1.0", "http://publications.europa.eu/resource/authority/licence/CC0"},
        Pair{"ODbL-1.0", "http://publications.europa.eu/resource/authority/licence/ODC_BL"},
    };
    const auto* const found = std::find_if(known.begin(), known.end(), [&](const Pair& one) { return one.id == id; });
    return found == known.end() ? std::string_view() : found->address;
}

std::string url_path(std::string_view path) {
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string text;
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~' || c == '/';
        if (plain) {
            text += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            text += '%';
            text += hex[byte / 16U];
            text += hex[byte % 16U];
        }
    }
    return text;
}

std::string_view xsd_date_type(std::string_view date) {
    if (date.size() == 4 && digits(date)) {
        return "xsd:gYear";
    }
    if (date.size() == 7 && digits(date.substr(0, 4)) && date[4] == '-' && digits(date.substr(5))) {
        return "xsd:gYearMonth";
    }
    if (date.size() == 10 && digits(date.substr(0, 4)) && date[4] == '-' && digits(date.substr(5, 2)) &&
        date[7] == '-' && digits(date.substr(8))) {
        return "xsd:date";
    }
    return {};
}

Interval interval_of(std::string_view temporal) {
    const std::size_t slash = temporal.find('/');
    const std::string_view start = temporal.substr(0, slash);
    const std::string_view end = slash == std::string_view::npos ? start : temporal.substr(slash + 1);
    const auto fine = [](std::string_view date) {
        return date.empty() || date == ".." || !xsd_date_type(date).empty();
    };
    if (!fine(start) || !fine(end)) {
        return {};
    }
    return {start == ".." ? std::string() : std::string(start), end == ".." ? std::string() : std::string(end)};
}

}  // namespace kokai
