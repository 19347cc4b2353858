// SPDX-License-Identifier: Apache-2.0
#include "read/gis_format.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kokai {
namespace {

using namespace std::string_view_literals;

constexpr std::array<GisFormatInfo, 14> formats{{{"", "", ""},
                                                 {"ESRI Shapefile", "ESRI Shapefile", ".shp"},
                                                 {"GeoJSON", "GeoJSON", ".geojson"},
                                                 {"GeoJSONSeq", "GeoJSONSeq", ".geojsonl"},
                                                 {"GeoPackage", "GPKG", ".gpkg"},
                                                 {"FlatGeobuf", "FlatGeobuf", ".fgb"},
                                                 {"KML", "LIBKML", ".kml"},
                                                 {"GML", "GML", ".gml"},
                                                 {"JPGIS", "", ".xml"},
                                                 {"GPX", "GPX", ".gpx"},
                                                 {"MapInfo TAB", "MapInfo File", ".tab"},
                                                 {"MapInfo MIF", "MapInfo File", ".mif"},
                                                 {"DXF", "DXF", ".dxf"},
                                                 {"PostGIS", "PostgreSQL", ""}}};

struct ExtensionOf {
    GisFormat format;
    std::string_view extension;
};
constexpr std::array further_extensions{ExtensionOf{GisFormat::geojson, ".json"},
                                        ExtensionOf{GisFormat::geojson_lines, ".geojsons"},
                                        ExtensionOf{GisFormat::geojson_lines, ".geojsonseq"},
                                        ExtensionOf{GisFormat::geojson_lines, ".jsonl"},
                                        ExtensionOf{GisFormat::geojson_lines, ".ndjson"},
                                        ExtensionOf{GisFormat::geojson_lines, ".json"},
                                        ExtensionOf{GisFormat::gml, ".xml"},
                                        ExtensionOf{GisFormat::ksj, ".gml"}};
constexpr std::array parts{
    ExtensionOf{GisFormat::shapefile, ".dbf"},     ExtensionOf{GisFormat::shapefile, ".shx"},
    ExtensionOf{GisFormat::shapefile, ".prj"},     ExtensionOf{GisFormat::shapefile, ".cpg"},
    ExtensionOf{GisFormat::mapinfo_table, ".dat"}, ExtensionOf{GisFormat::mapinfo_table, ".map"},
    ExtensionOf{GisFormat::mapinfo_table, ".id"},  ExtensionOf{GisFormat::mapinfo_table, ".ind"},
    ExtensionOf{GisFormat::mapinfo_table, ".dbf"}, ExtensionOf{GisFormat::mapinfo_exchange, ".mid"}};

/// Goes behind one line and gives it, without what surrounds it.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end);
    if (text.starts_with("\r\n")) {
        text.remove_prefix(2);
    } else if (!text.empty()) {
        text.remove_prefix(1);
    }
    return line;
}

/// The first element's tag, as far as it is there; behind declarations, comments and a document type.
std::string_view root_tag(std::string_view text) {
    while (true) {
        const std::size_t begin = text.find('<');
        if (begin == std::string_view::npos || begin + 1 >= text.size()) {
            return {};
        }
        text.remove_prefix(begin);
        if (text[1] != '?' && text[1] != '!') {
            return text.substr(1, text.find('>') == std::string_view::npos ? text.size() : text.find('>') - 1);
        }
        const std::string_view closing = text.starts_with("<!--") ? "-->"sv : ">"sv;
        const std::size_t end = text.find(closing);
        if (end == std::string_view::npos) {
            return {};
        }
        text.remove_prefix(end + closing.size());
    }
}

GisFormat markup_format(std::string_view text) {
    const std::string_view tag = root_tag(text);
    std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
        name.remove_prefix(colon + 1);
    }
    if (name == "kml") {
        return GisFormat::kml;
    }
    if (name == "gpx") {
        return GisFormat::gpx;
    }
    if (tag.find("nlftp.mlit.go.jp/ksj") != std::string_view::npos) {
        return GisFormat::ksj;
    }
    const bool gml = tag.find("opengis.net/gml") != std::string_view::npos ||
                     tag.find("opengis.net/wfs") != std::string_view::npos ||
                     tag.find("fgd.gsi.go.jp") != std::string_view::npos;
    return gml ? GisFormat::gml : GisFormat::none;
}

/// One feature a line, as opposed to one document.
bool is_lines(std::string_view text, std::string_view extension) {
    const std::string_view first = take_line(text);
    const bool feature = first.starts_with('{') && first.ends_with('}') && first.find("\"Feature\"") != first.npos &&
                         first.find("\"FeatureCollection\"") == first.npos;
    return feature && (trimmed(text).starts_with('{') || is_usual_extension(GisFormat::geojson_lines, extension));
}

bool is_dxf(std::string_view text) {
    for (std::size_t pairs = 0; pairs < 50; ++pairs) {
        const std::string_view code = take_line(text);
        const std::string_view value = take_line(text);
        if (code != "999") {  // a comment
            return code == "0" && value == "SECTION";
        }
    }
    return false;
}

}  // namespace

const GisFormatInfo& info(GisFormat format) {
    return formats.at(static_cast<std::size_t>(format));
}

bool is_usual_extension(GisFormat format, std::string_view extension) {
    return info(format).extension == extension ||
           std::any_of(further_extensions.begin(), further_extensions.end(),
                       [&](const ExtensionOf& one) { return one.format == format && one.extension == extension; });
}

bool is_part_of(GisFormat format, std::string_view extension) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const ExtensionOf& one) { return one.format == format && one.extension == extension; });
}

GisFormat gis_format(std::string_view head, std::string_view extension) {
    if (head.starts_with("\0\0\x27\x0A"sv)) {
        return GisFormat::shapefile;
    }
    if (head.starts_with("SQLite format 3\0"sv)) {
        const std::string_view application = head.size() >= 72 ? head.substr(68, 4) : ""sv;
        return application.starts_with("GP") || extension == ".gpkg" ? GisFormat::geopackage : GisFormat::none;
    }
    if (head.starts_with("fgb\x03")) {
        return GisFormat::flatgeobuf;
    }
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        // Of UTF-16 only XML is read, whose first element is in ASCII.
        std::string narrow(head.substr(2));
        std::erase(narrow, '\0');
        return trimmed(narrow).starts_with('<') ? markup_format(narrow) : GisFormat::none;
    }
    std::string_view text = head;
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    const bool separated = text.find_first_not_of(" \t\r\n") == text.find('\x1E') && text.find('\x1E') != text.npos;
    text = trimmed(text);
    if (text.starts_with('<')) {
        return markup_format(text);
    }
    if (text.starts_with('{')) {
        if (separated || is_lines(text, extension)) {
            return GisFormat::geojson_lines;
        }
        return text.find("\"type\"") != std::string_view::npos ? GisFormat::geojson : GisFormat::none;
    }
    const std::string start = lowered(text.substr(0, 1024));
    if (start.starts_with("!table")) {
        return GisFormat::mapinfo_table;
    }
    if (start.starts_with("version") &&
        (extension == ".mif" || start.find("\ndelimiter") != start.npos || start.find("\ncharset") != start.npos)) {
        return GisFormat::mapinfo_exchange;
    }
    return is_dxf(text) ? GisFormat::dxf : GisFormat::none;
}

}  // namespace kokai
