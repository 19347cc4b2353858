// SPDX-License-Identifier: Apache-2.0
#include "read/file_kind.hpp"

#include "model/error.hpp"
#include "read/gis_format.hpp"
#include "read/xlsx_package.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace kokai {
namespace {

[[noreturn]] void refuse(const std::string& shown, const std::string& ja, const std::string& en) {
    throw WorldError(shown,
                     ja + "。読めるのは CSV・TSV、Excel（.xlsx .xlsm .xls）、OpenDocument（.ods）、GIS の " +
                         std::string(gis_formats_ja) + "、またはそのどれか一つを入れた ZIP です",
                     en + "; kokai reads CSV, TSV, Excel (.xlsx .xlsm .xls), OpenDocument (.ods), of GIS files " +
                         std::string(gis_formats_en) + ", and a ZIP with one of them");
}

struct KnownKind {
    std::string_view mark, ja, en;  // mark: an extension or the first bytes
};

/// Kinds that people have and that are not read, by their first bytes.
constexpr std::array known_content{
    KnownKind{"%PDF", "PDF です。表として読めないので、元の Excel か CSV を指定してください",
              "is a PDF, which is no table: name the Excel or CSV file it came from"},
    KnownKind{"\x89PNG", "画像（PNG）です。元の Excel か CSV を指定してください",
              "is a picture (PNG): name the Excel or CSV file it came from"},
    KnownKind{"\xFF\xD8\xFF", "画像（JPEG）です。元の Excel か CSV を指定してください",
              "is a picture (JPEG): name the Excel or CSV file it came from"},
    KnownKind{"GIF8", "画像（GIF）です。元の Excel か CSV を指定してください",
              "is a picture (GIF): name the Excel or CSV file it came from"},
    KnownKind{std::string_view("II*\0", 4), "画像（TIFF）です", "is a picture (TIFF)"},
    KnownKind{std::string_view("MM\0*", 4), "画像（TIFF）です", "is a picture (TIFF)"},
    KnownKind{"\x1F\x8B", "gzip で圧縮したファイルです。展開して中のファイルを指定してください",
              "is compressed with gzip: unpack it and name the file inside"},
    KnownKind{"7z\xBC\xAF", "7z で圧縮したファイルです。展開して中のファイルを指定してください",
              "is a 7z archive: unpack it and name the file inside"},
    KnownKind{"Rar!", "RAR で圧縮したファイルです。展開して中のファイルを指定してください",
              "is a RAR archive: unpack it and name the file inside"},
    KnownKind{"SQLite format 3", "GeoPackage ではない SQLite のファイルです", "is an SQLite file, but no GeoPackage"},
    KnownKind{"AutoCAD Binary DXF", "バイナリ形式の DXF です。テキスト（ASCII）形式の DXF で保存し直してください",
              "is a binary DXF: save it again as DXF in text (ASCII) form"},
    KnownKind{"{\\rtf", "リッチテキスト（RTF）の文書です。表を Excel か CSV にしてください",
              "is a rich text document (RTF): put the table into Excel or CSV"},
    KnownKind{"\x7F"
              "ELF",
              "プログラムのファイルです", "is a program"},
    KnownKind{"MZ\x90", "プログラムのファイルです", "is a program"},
};

/// Names that say a kind which cannot be read by itself; their content tells too little.
constexpr std::array known_names{
    KnownKind{".dbf", "Shapefile の一部です。.shp のファイルを指定してください",
              "is a part of a Shapefile: name the .shp"},
    KnownKind{".shx", "Shapefile の一部です。.shp のファイルを指定してください",
              "is a part of a Shapefile: name the .shp"},
    KnownKind{".prj", "Shapefile の一部です。.shp のファイルを指定してください",
              "is a part of a Shapefile: name the .shp"},
    KnownKind{".cpg", "Shapefile の一部です。.shp のファイルを指定してください",
              "is a part of a Shapefile: name the .shp"},
    KnownKind{".dat", "MapInfo のテーブルの一部です。.tab のファイルを指定してください",
              "is a part of a MapInfo table: name the .tab"},
    KnownKind{".map", "MapInfo のテーブルの一部です。.tab のファイルを指定してください",
              "is a part of a MapInfo table: name the .tab"},
    KnownKind{".mid", "MapInfo MIF の一部です。.mif のファイルを指定してください",
              "is a part of a MapInfo exchange file: name the .mif"},
    KnownKind{".dwg", "DWG は読めません。CAD で DXF（テキスト形式）に書き出してください",
              "a DWG is not read: export it as DXF (text form)"},
    KnownKind{".pdf", "PDF は表として読めません。元の Excel か CSV を指定してください",
              "a PDF is no table: name the Excel or CSV file it came from"},
    KnownKind{".docx", "Word の文書です。表を Excel か CSV にしてください",
              "a Word document: put the table into Excel or CSV"},
    KnownKind{".doc", "Word の文書です。表を Excel か CSV にしてください",
              "a Word document: put the table into Excel or CSV"},
};

enum class Named : std::uint8_t { text, xlsx, xls, ods, gis, archive, unknown };

Named named_kind(std::string_view extension) {
    constexpr std::array<std::pair<std::string_view, Named>, 12> all{{{".csv", Named::text},
                                                                      {".tsv", Named::text},
                                                                      {".tab", Named::text},
                                                                      {".txt", Named::text},
                                                                      {".xlsx", Named::xlsx},
                                                                      {".xlsm", Named::xlsx},
                                                                      {".xls", Named::xls},
                                                                      {".ods", Named::ods},
                                                                      {".shp", Named::gis},
                                                                      {".geojson", Named::gis},
                                                                      {".json", Named::gis},
                                                                      {".zip", Named::archive}}};
    for (const auto& [name, kind] : all) {
        if (extension == name) {
            return kind;
        }
    }
    return Named::unknown;
}

/// XML says what it is in its first element.
[[noreturn]] void refuse_markup(const std::string& shown, std::string_view text) {
    const std::string head = lowered(text.substr(0, 2048));
    const auto holds = [&](std::string_view word) { return head.find(word) != std::string::npos; };
    if (holds("<html") || head.starts_with("<!doctype html") || holds("<table") || holds("<head")) {
        refuse(shown,
               "HTML（ウェブページのファイル）です。ダウンロードの途中でエラーのページが保存されたか、ウェブの画面を "
               "Excel "
               "の名前で保存したものです。データのファイルを保存し直してください",
               "is an HTML page, not a data file: download the data itself, or open the page in Excel and save it as "
               ".xlsx");
    }
    if (holds("urn:schemas-microsoft-com:office:spreadsheet")) {
        refuse(shown, "古い形式の XML スプレッドシートです。Excel で開き、.xlsx で保存し直してください",
               "is an XML spreadsheet of 2003: save it as .xlsx");
    }
    if (holds("opendocument")) {
        refuse(shown, "平らな形の OpenDocument（.fods など）です。.ods で保存し直してください",
               "is a flat OpenDocument file (.fods): save it as .ods");
    }
    if (holds("<svg")) {
        refuse(shown, "画像（SVG）です。元の Excel か CSV を指定してください",
               "is a picture (SVG): name the Excel or CSV file it came from");
    }
    refuse(shown, "GML・KML・GPX ではない XML のファイルです", "is an XML file, but no GML, KML or GPX");
}

/// A GIS format that its bytes tell. MapInfo's .tab is also a name of tables of text, which do not begin like that.
FileLook look_at_gis(GisFormat format, std::string_view extension) {
    const bool usual = extension.empty() || is_usual_extension(format, extension) || extension == ".xml";
    return usual ? FileLook{FileKind::gis, {}, {}}
                 : FileLook{FileKind::gis, std::string(info(format).name), std::string(info(format).extension)};
}

/// Two lines or more, the first with a comma or a tab, and no bytes that texts do not have.
bool looks_like_table(std::string_view start) {
    // "Unicode text" of Excel is UTF-16 with a mark; for this look every letter beyond ASCII is the same.
    std::string narrow;
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
        const std::size_t high = start.front() == '\xFF' ? 1 : 0;
        for (std::size_t i = 2; i + 1 < start.size(); i += 2) {
            narrow += start[i + high] == '\0' ? start[i + 1 - high] : 'x';
        }
        start = narrow;
    }
    const bool text = std::all_of(start.begin(), start.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\r' || c == '\t' || c == '\x1B';
    });
    const std::size_t line = start.find_first_of("\r\n");
    return text && line != std::string_view::npos &&
           start.substr(0, line).find_first_of(",\t") != std::string_view::npos;
}

FileLook differing(FileKind kind, const char* really, const char* expected) {
    return {kind, really, expected};
}

FileLook look_at_package(const std::filesystem::path& path, const std::string& shown, Named named) {
    const XlsxPackage package(path, shown, PackageKind::archive);
    if (package.has("content.xml")) {
        return named == Named::ods || named == Named::unknown
                   ? FileLook{FileKind::workbook, {}, {}}
                   : differing(FileKind::workbook, "OpenDocument（.ods）", ".ods");
    }
    const std::vector<std::string> names = package.names();
    const bool office =
        package.has("[Content_Types].xml") || std::any_of(names.begin(), names.end(), [](const auto& name) {
            return name.starts_with("xl/") || name.starts_with("word/") || name.starts_with("ppt/");
        });
    if (office) {
        return named == Named::xlsx || named == Named::unknown
                   ? FileLook{FileKind::workbook, {}, {}}
                   : differing(FileKind::workbook, "Excel（.xlsx）", ".xlsx");
    }
    if (named == Named::xlsx || named == Named::xls || named == Named::ods) {
        return {FileKind::workbook, {}, {}};  // its reader says what is missing
    }
    return named == Named::archive || named == Named::unknown ? FileLook{FileKind::archive, {}, {}}  // .kmz, too
                                                              : differing(FileKind::archive, "ZIP", ".zip");
}

}  // namespace

FileLook look_at_file(const std::filesystem::path& path, const std::string& shown) {
    const Named named = named_kind(lowered(path.extension().string()));
    const InputFile file(path, shown);  // says so when there is none
    const std::string extension = lowered(path.extension().string());
    std::string start(gis_head_bytes, '\0');
    start.resize(file.read_at(0, start.data(), start.size()));
    const GisFormat gis = gis_format(start, extension);
    start.resize(std::min<std::size_t>(start.size(), 4096));
    const std::string_view bytes = start;
    if (bytes.starts_with("PK\x03\x04")) {
        return look_at_package(path, shown, named);
    }
    if (bytes.starts_with("PK\x05\x06")) {
        refuse(shown, "中身のない ZIP ファイルです", "is an empty ZIP archive");
    }
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
        return named == Named::xls || named == Named::unknown
                   ? FileLook{FileKind::workbook, {}, {}}
                   : differing(FileKind::workbook, "古い Excel（.xls）", ".xls");
    }
    const bool text_may_be_json = gis == GisFormat::geojson || gis == GisFormat::geojson_lines;
    if (gis != GisFormat::none && !text_may_be_json) {
        return look_at_gis(gis, extension);
    }
    for (const KnownKind& known : known_content) {
        if (bytes.starts_with(known.mark)) {
            refuse(shown, std::string(known.ja), std::string(known.en));
        }
    }
    std::string_view text = bytes;
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    text = trimmed(text);
    if (named == Named::unknown) {
        for (const KnownKind& known : known_names) {
            if (extension == known.mark && !text.empty()) {
                refuse(shown, std::string(known.ja), std::string(known.en));
            }
        }
    }
    if (text.starts_with('<')) {
        refuse_markup(shown, text);
    }
    if (gis == GisFormat::geojson_lines && (named == Named::gis || named == Named::unknown)) {
        return look_at_gis(gis, extension);
    }
    const bool json = text.starts_with('{') && text.find("\"type\"") != std::string_view::npos;
    if (named == Named::gis) {
        const bool shapefile = bytes.starts_with(std::string_view("\0\0\x27\x0A", 4));
        return !shapefile && !text.starts_with('{') && !text.starts_with('[') && looks_like_table(bytes)
                   ? differing(FileKind::text, "CSV", ".csv")
                   : FileLook{FileKind::gis, {}, {}};
    }
    if (json) {
        return named == Named::unknown ? FileLook{FileKind::gis, {}, {}}
                                       : differing(FileKind::gis, "GeoJSON", ".geojson");
    }
    if (named == Named::xlsx || named == Named::xls || named == Named::ods || named == Named::archive) {
        // Systems that "export to Excel" often write a table of text under that name.
        return looks_like_table(bytes) ? differing(FileKind::text, "CSV・TSV", ".csv")
                                       : FileLook{FileKind::workbook, {}, {}};
    }
    if (named == Named::text && (text.starts_with("{\"") || text.starts_with("[{"))) {
        refuse(shown, "JSON のファイルです", "is a JSON file");
    }
    return named == Named::unknown && text.starts_with('{') ? FileLook{FileKind::gis, {}, {}} : FileLook{};
}

}  // namespace kokai
