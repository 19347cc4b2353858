// SPDX-License-Identifier: Apache-2.0
// What a file is, is decided here from its bytes, before GDAL sees its name: GDAL would follow /vsicurl/… and PG:… .
#include "read/gis_opening.hpp"

#include "model/error.hpp"
#include "read/encoding.hpp"
#include "read/geojson_scan.hpp"
#include "read/gis_shapefile.hpp"
#include "read/gis_xml.hpp"
#include "support/interrupt.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace kokai {
namespace {

namespace fs = std::filesystem;

struct Words {
    std::string_view ja, en;
};

/// What a file that is none of ours really is, for the message.
Words what_it_is(std::string_view head) {
    const std::string text = lowered(trimmed(head.substr(0, 512)));
    if (text.empty()) {
        return {"空のファイルです", "an empty file"};
    }
    if (head.starts_with("PK\x03\x04")) {
        return {"ZIP（または Excel）のファイルです", "a ZIP or Excel file"};
    }
    if (head.starts_with("SQLite format 3")) {
        return {"GeoPackage ではない SQLite のファイルです", "an SQLite file that is no GeoPackage"};
    }
    if (head.starts_with("AutoCAD Binary DXF")) {
        return {"バイナリ形式の DXF です。テキスト（ASCII）形式の DXF で保存し直してください",
                "a binary DXF: save it again as DXF in text (ASCII) form"};
    }
    if (text.starts_with("%pdf")) {
        return {"PDF のファイルです", "a PDF file"};
    }
    if (text.starts_with("<")) {
        if (holds_any(text, {"<!doctype html", "<html"})) {
            return {"ウェブページ（HTML）です。ダウンロードの途中でエラーのページが保存されたのかもしれません",
                    "a web page (HTML): perhaps the download saved an error page"};
        }
        return {"GML・KML・GPX ではない XML のファイルです", "an XML file, but no GML, KML or GPX"};
    }
    if (text.starts_with("{")) {
        return {"GeoJSON ではない JSON か、途中で壊れた GeoJSON です", "JSON that is not GeoJSON, or broken GeoJSON"};
    }
    if (text.starts_with("[")) {
        return {"GeoJSON ではない JSON（並び）です", "JSON, but a list and not GeoJSON"};
    }
    return {"GeoJSON でも Shapefile でもないファイルです", "neither GeoJSON nor a Shapefile"};
}

std::string head_of(const InputFile& file) {
    std::string head(gis_head_bytes, '\0');
    head.resize(file.read_at(0, head.data(), head.size()));
    if (head.starts_with("\xEF\xBB\xBF")) {
        head.erase(0, 3);
    }
    return head;
}

void open_shapefile(const GisToOpen& source, GisOpening& opening, Findings& findings) {
    const ShapefileParts parts = find_parts(fs::canonical(source.path));
    const DbfSurvey survey = survey_dbf(parts, source.encoding, source.shown);
    opening.text = survey.encoding == DbfEncoding::utf8 ? GisText::utf8 : GisText::cp932;
    if (survey.contradicted) {
        findings.add(Code::encoding_doubtful, source.place, opening.text == GisText::utf8 ? "UTF-8" : "CP932");
    }
    opening.request.open_options = {"ENCODING="};
    if (survey.long_integers) {
        opening.request.open_options.emplace_back("ADJUST_TYPE=YES");  // as a real it has sixteen digits only
    }
    compare_counts(parts, source.shown);
    if (!parts.shx.empty() && parts.have_small_extensions()) {
        return;
    }
    // GDAL rebuilds a missing index there, and finds no `.Dbf` and no `.Prj` in the other folder.
    opening.folder = std::make_unique<GisFolder>(source.shown);
    const std::string stem = parts.shp.stem().string();
    const std::pair<const fs::path*, const char*> links[] = {
        {&parts.shp, ".shp"}, {&parts.dbf, ".dbf"}, {&parts.shx, ".shx"}, {&parts.prj, ".prj"}};
    for (const auto& [part, extension] : links) {
        if (!part->empty()) {
            opening.folder->link(*part, stem + extension);
        }
    }
    opening.request.path = (opening.folder->path() / (stem + ".shp")).string();
    if (parts.shx.empty()) {
        opening.request.settings = {{"SHAPE_RESTORE_SHX", "YES"}};
    }
}

void need_utf8(const GisToOpen& source, const InputFile& file) {
    const EncodingSurvey survey = survey_encoding(file, {});
    if (survey.encoding != Encoding::utf8 || !survey.valid) {
        const std::string_view really = survey.encoding == Encoding::utf8 ? "不明" : name_of(survey.encoding);
        throw WorldError(
            source.shown,
            fmt::format(
                "GeoJSON の文字コードは UTF-8 でなければなりません（このファイル: {}）。UTF-8 で保存し直してください",
                really),
            fmt::format("GeoJSON must be in UTF-8 (this file: {}); save it again as UTF-8",
                        survey.encoding == Encoding::utf8 ? "unknown" : really));
    }
}

/// All that `text` gives, behind what is to stand before it, as a file of the folder.
std::string copy_of(ByteSource& text, std::string_view first, const std::string& name, const GisToOpen& source,
                    const GisFolder& folder) {
    const fs::path copy = folder.path() / name;
    std::ofstream out(copy, std::ios::binary);
    out << first;
    std::string piece(1U << 20U, '\0');
    while (const std::size_t got = text.read(piece.data(), piece.size())) {
        stop_if_interrupted();
        out.write(piece.data(), static_cast<std::streamsize>(got));
    }
    out.close();
    if (!out) {
        throw WorldError(source.shown, "一時フォルダーに書けません（ディスクの空きを確かめてください）",
                         "cannot write to the temporary folder (is the disk full?)");
    }
    return copy.string();
}

class PlainBytes : public ByteSource {
public:
    explicit PlainBytes(const InputFile& file) : file_(file) {}
    std::size_t read(char* into, std::size_t size) override {
        const std::size_t got = file_.read_at(offset_, into, size);
        offset_ += got;
        return got;
    }

private:
    const InputFile& file_;
    std::uint64_t offset_ = 0;
};

/// A .dxf says its code page only in newer versions, and GDAL listens to us only where there is a header.
void open_dxf(const GisToOpen& source, const InputFile& file, std::string_view head, GisOpening& opening) {
    const EncodingSurvey survey = survey_encoding(file, {});
    if (survey.valid && (survey.encoding == Encoding::utf8 || survey.encoding == Encoding::cp932)) {
        opening.request.settings = {{"DXF_ENCODING", survey.encoding == Encoding::utf8 ? "UTF-8" : "CP932"}};
    }
    if (head.find("HEADER") == std::string_view::npos) {
        opening.folder = std::make_unique<GisFolder>(source.shown);
        PlainBytes bytes(file);
        opening.request.path = copy_of(bytes, "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1009\n0\nENDSEC\n", "layer.dxf",
                                       source, *opening.folder);
    }
    opening.text = GisText::either;
}

/// A database that another program has open may hold rows in a journal beside it; without the journal it would be old.
void open_geopackage(const GisToOpen& source, GisOpening& opening) {
    for (const char* const tail : {"-wal", "-journal"}) {
        std::error_code missing;
        const std::uintmax_t bytes = fs::file_size(opening.request.path + tail, missing);
        if (!missing && bytes > 0) {
            throw WorldError(source.shown,
                             fmt::format("別のソフトで開いたままです（{} が残っています）。QGIS などを閉じてください",
                                         source.path.filename().string() + tail),
                             fmt::format("is open in another program ({} is there): close QGIS or the like",
                                         source.path.filename().string() + tail));
        }
    }
    opening.request.open_options = {"IMMUTABLE=YES", "LIST_ALL_TABLES=NO"};
}

/// A KML's schema may call a code a number, which would lose its zeros: everything is text. What `text` begins with
/// comes into `start`; whether something was changed in it. Only that much is looked at: a schema stands in front.
bool take_types_out(ByteSource& text, const std::string& shown, std::string& start) {
    constexpr std::size_t most = 4U << 20U;
    std::string read(most, '\0');
    std::size_t filled = 0;
    while (const std::size_t got = filled == most ? 0 : text.read(read.data() + filled, most - filled)) {
        filled += got;
    }
    read.resize(filled);
    bool changed = false;
    std::size_t fields = 0;
    std::size_t taken = 0;
    std::size_t before = 0;
    for (std::size_t at = read.find("<SimpleField"); at != std::string::npos; at = read.find("<SimpleField", at + 1)) {
        const bool other_schema =
            std::string_view(read).substr(before, at - before).find("<Schema") != std::string::npos;
        fields = other_schema ? 1 : fields + 1;
        before = at;
        refuse_too_many_columns(fields, shown);  // GDAL would take minutes to find that there are too many
        const std::size_t end = std::min(read.find('>', at), read.size());
        const std::string_view tag = std::string_view(read).substr(at, end - at);
        const std::size_t type = tag.find("type=");
        if (type == std::string_view::npos || type + 6 >= tag.size()) {
            continue;
        }
        const std::size_t close = tag.find(tag[type + 5], type + 6);
        if (close != std::string_view::npos) {
            start.append(read, taken, at + type + 6 - taken);
            start += "string";
            taken = at + close;
            changed = true;
        }
    }
    start.append(read, taken);
    return changed;
}

void open_markup(const GisToOpen& source, const InputFile& file, GisOpening& opening) {
    look_over_xml(file, source.shown);
    if (opening.format == GisFormat::ksj) {
        return;
    }
    XmlText text(file, source.shown);
    opening.folder = std::make_unique<GisFolder>(source.shown);
    const std::string name = "layer" + std::string(info(opening.format).extension);
    std::string start;
    const bool typed = opening.format == GisFormat::kml && take_types_out(text, source.shown, start);
    if (text.is_plain() && !typed) {
        opening.request.path = opening.folder->link(opening.request.path, name).string();
    } else {
        opening.request.path = copy_of(text, start, name, source, *opening.folder);
    }
    if (opening.format == GisFormat::gml) {
        opening.request.open_options = {"WRITE_GFS=NO", "DOWNLOAD_SCHEMA=NO", "EXPOSE_GML_ID=NO"};
        // Codes keep their zeros, and no reference is followed.
        opening.request.settings = {{"GML_FIELDTYPES", "ALWAYS_STRING"}, {"GML_SKIP_RESOLVE_ELEMS", "ALL"}};
    }
}

/// A .tab may be a list of other tables, anywhere on the disk: only one with data of its own is opened.
void open_mapinfo(const GisToOpen& source, std::string_view head, GisOpening& opening) {
    if (opening.format == GisFormat::mapinfo_table) {
        const std::string text = lowered(head);
        const std::size_t type = text.find("type ");
        const std::string_view kind = type == std::string::npos ? "" : std::string_view(text).substr(type + 5, 12);
        if (!trimmed(kind).starts_with("native") && !trimmed(kind).starts_with("\"dbf\"") &&
            !trimmed(kind).starts_with("dbf")) {
            throw WorldError(source.shown,
                             "この MapInfo "
                             "のテーブルは別のファイルやデータベースを指しています。中身のあるテーブル（NATIVE）で保存"
                             "し直してください",
                             "this MapInfo table points to other files or a database: save it as a native table");
        }
    }
    const fs::path main = fs::canonical(source.path);
    const std::string stem = main.stem().string();
    opening.folder = std::make_unique<GisFolder>(source.shown);
    opening.request.path = opening.folder->link(main, stem + std::string(info(opening.format).extension)).string();
    std::vector<fs::path> beside;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(main.parent_path(), error)) {
        if (entry.path().stem() == main.stem()) {
            beside.push_back(entry.path());
        }
    }
    std::sort(beside.rbegin(), beside.rend());  // of .dat and .DAT the small one
    for (const fs::path& one : beside) {
        const std::string extension = lowered(one.extension().string());
        std::error_code ignored;
        if (is_part_of(opening.format, extension) &&
            !fs::exists(opening.folder->path() / (stem + extension), ignored)) {
            opening.folder->link(one, stem + extension);
        }
    }
    opening.text = GisText::either;
}

/// `parks` or `town.parks`: what GDAL's side makes a SELECT of.
bool is_table_name(std::string_view query) {
    return !query.empty() && std::count(query.begin(), query.end(), '.') <= 1 &&
           std::none_of(query.begin(), query.end(), [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || std::string_view("\"'();,*").find(c) != std::string::npos;
           });
}

/// The query, when it is a table's name or one SELECT. GDAL sends everything else as several commands, the first of
/// which might begin a transaction that may write.
std::string one_question(std::string_view query, const std::string& shown) {
    query = trimmed(query);
    while (query.ends_with(';')) {
        query = trimmed(query.substr(0, query.size() - 1));
    }
    const std::string word = lowered(query.substr(0, query.find_first_of(" \t\r\n(*")));
    const bool asks = (word == "select" || word == "with") && query.find(';') == std::string_view::npos;
    if (!asks && !is_table_name(query)) {
        throw WorldError(shown,
                         "query には、テーブルの名前（town.parks など）か SELECT 文一つを書いてください（途中に ; "
                         "は使えません）: 「" +
                             printable(query) + "」",
                         "query takes the name of a table (like town.parks) or one SELECT, without a ; in it: \"" +
                             printable(query) + "\"");
    }
    return std::string(query);
}

}  // namespace

void refuse_too_many_columns(std::size_t columns, const std::string& shown) {
    constexpr std::size_t most = 2048;  // beyond that GDAL's time grows with the square: 9,000 take 19 s
    if (columns > most) {
        throw WorldError(
            shown, fmt::format("列（属性）が多すぎます（上限 {}）。要る列だけを書き出し直してください", most),
            fmt::format("too many columns (attributes), at most {}: export only those that are needed", most));
    }
}

GisOpening prepare_postgis(const std::string& service, const std::string& query, const std::string& shown) {
    const bool plain = !service.empty() && std::all_of(service.begin(), service.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '.';
    });
    if (!plain) {
        throw WorldError(shown,
                         "サービス名「" + printable(service) +
                             "」は使えません。pg_service.conf の [ ] の中の名前（英数字と _ - .）を書いてください",
                         "\"" + printable(service) +
                             "\" is no service name: write the one in pg_service.conf (letters, digits, _ - .)");
    }
    GisOpening opening;
    opening.format = GisFormat::postgis;
    opening.request.driver = info(opening.format).driver;
    opening.request.query = one_question(query, shown);
    // With one SELECT alone this holds: only several commands could begin a transaction that may write.
    opening.request.path =
        "PG:service='" + service +
        "' connect_timeout='10' application_name='kokai' options='-c default_transaction_read_only=on'";
    return opening;
}

void refuse_postgis(const std::string& service, const std::string& shown, std::string_view detail) {
    throw WorldError(
        shown,
        fmt::format("データベース（サービス {}）から読めません: {}。pg_service.conf とクエリを確かめてください",
                    service, printable(detail)),
        fmt::format("cannot read from the database (service {}): {}; check pg_service.conf and the query", service,
                    printable(detail)));
}

/// GDAL gives meaning to names: databases, servers, archives. Only a file of this machine is a source.
void refuse_special_names(const fs::path& path, const std::string& shown) {
    const std::string name = path.string();
    const std::size_t colon = name.find(':');
    const bool scheme = colon != std::string::npos && colon >= 2 && name.find('/') > colon;
    if (name.starts_with("/vsi") || (scheme && !fs::exists(path))) {
        throw WorldError(shown, "パソコンの中のファイルだけを読めます（サーバーやデータベースの名前は使えません）",
                         "only a local file can be read, not the name of a server, archive or database");
    }
}

void refuse_gis(const GisToOpen& source, const InputFile& file, GisFormat format, std::string_view detail) {
    const std::string more = detail.empty() ? "" : fmt::format(" ({})", printable(detail));
    if (const std::size_t line = format == GisFormat::geojson_lines ? first_broken_line(file) : 0; line > 0) {
        throw WorldError(
            source.shown,
            fmt::format("GIS のデータとして開けません: {} 行目からが JSON ではありません。元の GIS "
                        "から書き出し直してください{}",
                        line, more),
            fmt::format("cannot be opened as GIS data: what begins in line {} is no JSON; export it again{}", line,
                        more));
    }
    if (format == GisFormat::none || format == GisFormat::geojson || format == GisFormat::geojson_lines) {
        if (detail.find("OGR_GEOJSON_MAX_OBJ_SIZE") != std::string_view::npos) {
            throw WorldError(
                source.shown,
                "一つの図形が大きすぎて GeoJSON としては読めません（200 MB まで）。図形を分けるか、GeoPackage "
                "で書き出し"
                "てください",
                "one shape is too large to be read as GeoJSON (200 MB at most): divide it, or export a GeoPackage");
        }
        const Words what = what_it_is(head_of(file));
        throw WorldError(
            source.shown,
            fmt::format("GIS のデータとして開けません: {}。読めるのは {} です{}", what.ja, gis_formats_ja, more),
            fmt::format("cannot be opened as GIS data: it is {}; kokai reads {}{}", what.en, gis_formats_en, more));
    }
    const std::string_view name = info(format).name;
    throw WorldError(source.shown,
                     fmt::format("GIS のデータとして開けません: 壊れた {} です。元の GIS から書き出し直してください{}",
                                 format == GisFormat::shapefile ? "Shapefile" : name, more),
                     fmt::format("cannot be opened as GIS data: a broken {}; export it again{}",
                                 format == GisFormat::shapefile ? "Shapefile" : name, more));
}

GisOpening prepare_gis(const GisToOpen& source, const InputFile& file, Findings& findings) {
    const std::string head = head_of(file);
    GisOpening opening;
    opening.format = gis_format(head, lowered(source.path.extension().string()));
    opening.request.path = fs::canonical(source.path).string();
    opening.request.driver = info(opening.format).driver;
    switch (opening.format) {
    case GisFormat::none:
        if (head.starts_with('{') || head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
            need_utf8(source, file);
        }
        refuse_gis(source, file, opening.format, {});
    case GisFormat::shapefile:
        open_shapefile(source, opening, findings);
        break;
    case GisFormat::geojson:
    case GisFormat::geojson_lines:
        need_utf8(source, file);
        opening.request.open_options = {"DATE_AS_STRING=YES"};
        break;
    case GisFormat::geopackage:
        open_geopackage(source, opening);
        break;
    case GisFormat::kml:
    case GisFormat::gml:
    case GisFormat::ksj:
    case GisFormat::gpx:
        open_markup(source, file, opening);
        break;
    case GisFormat::mapinfo_table:
    case GisFormat::mapinfo_exchange:
        open_mapinfo(source, head, opening);
        break;
    case GisFormat::dxf:
        open_dxf(source, file, head, opening);
        break;
    case GisFormat::flatgeobuf:
    case GisFormat::postgis:
        break;
    }
    return opening;
}

}  // namespace kokai
