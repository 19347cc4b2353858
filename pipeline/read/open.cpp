// SPDX-License-Identifier: Apache-2.0
#include "read/open.hpp"

#include "model/error.hpp"
#include "read/csv.hpp"
#include "read/gis.hpp"
#include "read/xlsx.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace kokai {
namespace {

enum class FileKind : std::uint8_t { csv, xlsx, gis };

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return text;
}

[[noreturn]] void refuse(const std::string& shown, const std::string& ja, const std::string& en) {
    throw WorldError(shown, ja + "。読めるのは CSV・TSV、Excel（.xlsx .xlsm）、GeoJSON、Shapefile（.shp）です",
                     en + "; kokai reads CSV, TSV, Excel (.xlsx .xlsm), GeoJSON and Shapefile (.shp)");
}

struct OtherKind {
    std::string_view extension, ja, en;
};

/// Kinds that people have and that are not read yet, or never by themselves.
constexpr std::array other_kinds{
    OtherKind{".xls", "古い Excel（.xls）はまだ読めません。Excel で .xlsx に保存し直してください",
              "old Excel (.xls) is not read yet: save it as .xlsx"},
    OtherKind{".ods", "OpenDocument（.ods）はまだ読めません。.xlsx に保存し直してください",
              "OpenDocument (.ods) is not read yet: save it as .xlsx"},
    OtherKind{".zip", "ZIP のままでは読めません。展開して中のファイルを指定してください",
              "a ZIP is not read as it is: unpack it and name the file inside"},
    OtherKind{".dbf", "Shapefile の一部です。.shp のファイルを指定してください",
              "is a part of a Shapefile: name the .shp"},
    OtherKind{".shx", "Shapefile の一部です。.shp のファイルを指定してください",
              "is a part of a Shapefile: name the .shp"},
    OtherKind{".prj", "Shapefile の一部です。.shp のファイルを指定してください",
              "is a part of a Shapefile: name the .shp"},
    OtherKind{".cpg", "Shapefile の一部です。.shp のファイルを指定してください",
              "is a part of a Shapefile: name the .shp"},
    OtherKind{".kml", "KML はまだ読めません", "KML is not read yet"},
    OtherKind{".gml", "GML はまだ読めません", "GML is not read yet"},
    OtherKind{".xml", "XML はまだ読めません", "XML is not read yet"},
    OtherKind{".gpkg", "GeoPackage はまだ読めません", "GeoPackage is not read yet"},
    OtherKind{".pdf", "PDF は表として読めません。元の Excel か CSV を指定してください",
              "a PDF is no table: name the Excel or CSV file it came from"},
    OtherKind{".docx", "Word の文書です。表を Excel か CSV にしてください",
              "a Word document: put the table into Excel or CSV"},
    OtherKind{".doc", "Word の文書です。表を Excel か CSV にしてください",
              "a Word document: put the table into Excel or CSV"},
};

FileKind kind_of(const SourceRequest& request) {
    const std::string extension = lower(request.path.extension().string());
    if (extension == ".csv" || extension == ".tsv" || extension == ".tab") {
        return FileKind::csv;
    }
    if (extension == ".xlsx" || extension == ".xlsm") {
        return FileKind::xlsx;
    }
    if (extension == ".shp" || extension == ".geojson") {
        return FileKind::gis;
    }
    const InputFile file(request.path, request.shown);  // says so when there is none
    std::string start(512, '\0');
    start.resize(file.read_at(0, start.data(), start.size()));
    std::string_view text = start;
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    text = trimmed(text);
    for (const OtherKind& other : other_kinds) {
        if (extension == other.extension) {
            refuse(request.shown, std::string(other.ja), std::string(other.en));
        }
    }
    if (text.starts_with("PK\x03\x04")) {
        return FileKind::xlsx;  // the reader says what it is when it is no workbook
    }
    if (text.starts_with("{") || extension == ".json") {
        return FileKind::gis;
    }
    if (text.starts_with("<")) {
        refuse(request.shown, "XML か HTML のファイルです", "an XML or HTML file");
    }
    return FileKind::csv;
}

}  // namespace

std::unique_ptr<Source> make_source(const SourceRequest& request) {
    switch (kind_of(request)) {
    case FileKind::xlsx: {
        XlsxOptions options;
        options.path = request.path;
        options.shown = request.shown;
        options.name = request.name;
        options.sheet = request.sheet;
        options.pin = request.pin;
        options.source = request.index;
        return std::make_unique<XlsxSource>(std::move(options));
    }
    case FileKind::gis: {
        GisOptions options;
        options.path = request.path;
        options.shown = request.shown;
        options.name = request.name;
        options.layer = request.sheet;
        options.encoding = request.encoding;
        options.crs = request.crs;
        options.source = request.index;
        return std::make_unique<GisSource>(std::move(options));
    }
    case FileKind::csv:
        break;
    }
    CsvOptions options;
    options.path = request.path;
    options.shown = request.shown;
    options.name = request.name;
    options.encoding = request.encoding;
    options.pin = request.pin;
    options.source = request.index;
    return std::make_unique<CsvSource>(std::move(options));
}

}  // namespace kokai
