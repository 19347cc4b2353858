// SPDX-License-Identifier: Apache-2.0
#include "read/archive.hpp"

#include "model/error.hpp"
#include "read/file_kind.hpp"
#include "read/gis_format.hpp"
#include "read/gis_labels.hpp"
#include "read/xlsx_package.hpp"
#include "support/interrupt.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <set>
#include <system_error>

namespace kokai {
namespace {

std::string base_name(std::string_view entry) {
    return std::string(entry.substr(entry.rfind('/') + 1));
}

std::string extension_of(std::string_view entry) {
    const std::string name = base_name(entry);
    const std::size_t dot = name.rfind('.');
    return dot == std::string::npos || dot == 0 ? std::string() : lowered(name.substr(dot));
}

/// Folders, and what macOS and Windows leave behind.
bool is_clutter(std::string_view entry) {
    const std::string name = base_name(entry);
    return name.empty() || name.front() == '.' || entry.starts_with("__MACOSX/") || lowered(name) == "thumbs.db" ||
           lowered(name) == "desktop.ini";
}

template <std::size_t count>
bool is_one_of(std::string_view extension, const std::array<std::string_view, count>& all) {
    return std::find(all.begin(), all.end(), extension) != all.end();
}

/// The names that lists of labels of the Shapefiles have: `a.attributes.csv` says what the fields of `a.shp` are
/// called.
std::set<std::string> lists_of_labels(const std::vector<std::string>& entries) {
    std::set<std::string> lists;
    for (const std::string& entry : entries) {
        if (std::string name = lowered(entry); name.ends_with(".shp")) {
            lists.insert(name.replace(name.size() - 4, 4, list_of_labels));
        }
    }
    return lists;
}

/// The entries that are tables. Texts and JSON count only when there is no better one: they may be explanations.
std::vector<std::string> tables_in(const std::vector<std::string>& entries) {
    constexpr std::array<std::string_view, 20> certain{
        ".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", ".geojson", ".geojsonl", ".geojsons",
        ".shp", ".kml", ".gml", ".gpkg", ".fgb",  ".mif", ".dxf", ".gpx",     ".ndjson",   ".geojsonseq"};
    constexpr std::array<std::string_view, 3> perhaps{".txt", ".json", ".xml"};
    const std::set<std::string> labels = lists_of_labels(entries);
    std::vector<std::string> found;
    for (const bool sure : {true, false}) {
        for (const std::string& entry : entries) {
            const std::string extension = extension_of(entry);
            const bool about = lowered(base_name(entry)).starts_with("ks-meta");  // 国土数値情報 on itself
            if (!is_clutter(entry) && !about && !labels.contains(lowered(entry)) &&
                (sure ? is_one_of(extension, certain) : is_one_of(extension, perhaps))) {
                found.push_back(entry);
            }
        }
        if (!found.empty()) {
            return found;
        }
    }
    return found;
}

/// 国土数値情報 is handed out as one ZIP with the same layer in several formats: one of them will do, the one that says
/// most of itself. Nothing when the tables are different ones.
std::string best_of_same(const std::vector<std::string>& tables) {
    constexpr std::array<std::string_view, 4> order{".geojson", ".gpkg", ".fgb", ".shp"};
    const auto stem_of = [](const std::string& entry) {
        const std::string name = base_name(entry);
        return name.substr(0, name.size() - extension_of(entry).size());
    };
    for (const std::string& one : tables) {
        if (stem_of(one) != stem_of(tables.front()) || !is_one_of(extension_of(one), order)) {
            return {};
        }
    }
    for (const std::string_view extension : order) {
        const auto found = std::find_if(tables.begin(), tables.end(),
                                        [&](const std::string& one) { return extension_of(one) == extension; });
        if (found != tables.end()) {
            return *found;
        }
    }
    return {};
}

std::string list_of(const std::vector<std::string>& entries) {
    constexpr std::size_t most = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(entries.size(), most); ++i) {
        text += (i == 0 ? "" : ", ") + entries[i];
    }
    return text + (entries.size() > most ? " …" : "");
}

/// A name for the unpacked file: the entry's own where it is harmless, because layers are called after it.
std::string safe_name(std::string_view entry) {
    const std::string name = base_name(entry);
    const bool harmless = name.size() <= 200 && name.front() != '.' && name.front() != '-' &&
                          std::all_of(name.begin(), name.end(), [](char c) {
                              return static_cast<unsigned char>(c) >= 0x20 && c != '\\' && c != ':' && c != '\x7F';
                          });
    return harmless ? name : "table" + extension_of(entry);
}

[[noreturn]] void refuse_nested(const std::string& shown, const std::vector<std::string>& entries) {
    throw WorldError(
        shown, "ZIP の中に ZIP があります。外側を展開して、中の ZIP を指定してください（" + list_of(entries) + "）",
        "holds another ZIP: unpack the outer one and name the inner (" + list_of(entries) + ")");
}

[[noreturn]] void refuse_without_table(const std::string& shown, const std::vector<std::string>& entries) {
    std::vector<std::string> others;
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(others),
                 [](const std::string& entry) { return !is_clutter(entry); });
    const bool nested = std::any_of(others.begin(), others.end(),
                                    [](const std::string& entry) { return extension_of(entry) == ".zip"; });
    if (nested) {
        refuse_nested(shown, others);
    }
    throw WorldError(shown, "ZIP の中に表（CSV、Excel、GIS のデータ）がありません。あるのは: " + list_of(others),
                     "holds no table (CSV, Excel, GIS data); there are: " + list_of(others));
}

}  // namespace

UnpackFolder::UnpackFolder(const std::string& shown) {
    std::error_code error;
    std::string form = (std::filesystem::temp_directory_path(error) / "kokai-zip-XXXXXX").string();
    if (error || mkdtemp(form.data()) == nullptr) {
        const std::string why = error ? error.message() : std::error_code(errno, std::generic_category()).message();
        throw WorldError(shown, "一時フォルダーを作れません: " + why, "cannot make a temporary folder: " + why);
    }
    path_ = form;
}

UnpackFolder::~UnpackFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void ArchiveSource::unpack(const XlsxPackage& package, const std::string& entry, const std::string& name) const {
    PartReader reader = package.open(entry);
    std::ofstream out(folder_->path() / name, std::ios::binary);
    std::string piece(1U << 20U, '\0');
    while (const std::size_t got = reader.read(piece.data(), piece.size())) {
        stop_if_interrupted();
        out.write(piece.data(), static_cast<std::streamsize>(got));
    }
    out.close();
    if (!out) {
        throw WorldError(request_.shown, "一時フォルダーに展開できません（ディスクの空きを確かめてください）: " + entry,
                         "cannot unpack into the temporary folder (is the disk full?): " + entry, entry);
    }
}

/// A KMZ may begin with a KML that only points to the others in it.
std::vector<std::string> ArchiveSource::with_placemarks(const XlsxPackage& package,
                                                        const std::vector<std::string>& tables) const {
    if (std::any_of(tables.begin(), tables.end(), [](const auto& one) { return extension_of(one) != ".kml"; })) {
        return tables;
    }
    std::vector<std::string> found;
    std::string piece(1U << 20U, '\0');
    for (const std::string& one : tables) {
        PartReader reader = package.open(one);
        std::string tail;
        bool drawn = false;
        while (const std::size_t got = drawn ? 0 : reader.read(piece.data(), piece.size())) {
            stop_if_interrupted();
            tail.append(piece.data(), got);
            drawn = tail.find("<Placemark") != std::string::npos;
            tail.erase(0, tail.size() - std::min<std::size_t>(tail.size(), 16));
        }
        if (drawn) {
            found.push_back(one);
        }
    }
    return found.empty() ? tables : found;
}

std::string ArchiveSource::chosen_table(const XlsxPackage& package, const std::vector<std::string>& entries,
                                        const std::vector<std::string>& tables) {
    const std::string& wanted = request_.sheet;
    const auto named = std::find_if(entries.begin(), entries.end(), [&](const std::string& entry) {
        return !wanted.empty() && !is_clutter(entry) && (entry == wanted || base_name(entry) == wanted);
    });
    names_entry_ = named != entries.end();
    if (names_entry_) {
        return *named;
    }
    if (tables.empty()) {
        refuse_without_table(request_.shown, entries);
    }
    const std::vector<std::string> drawn = tables.size() > 1 ? with_placemarks(package, tables) : tables;
    std::string same = drawn.size() > 1 ? best_of_same(drawn) : drawn.front();
    if (same.empty()) {
        const std::string count = std::to_string(tables.size());
        throw WorldError(request_.shown,
                         "ZIP の中に表が " + count +
                             " 個あります。どれを読みますか。sheet（--sheet）で名前を指定するか、" +
                             "展開して一つを指定してください: " + list_of(tables),
                         "holds " + count + " tables; which one is meant? Name it with sheet (--sheet), or unpack it " +
                             "and name one: " + list_of(tables));
    }
    return same;
}

/// The files without which the chosen one cannot be read: those of a Shapefile, of a MapInfo table.
void ArchiveSource::unpack_parts(const XlsxPackage& package, const std::vector<std::string>& entries,
                                 const std::string& table, const std::string& name) const {
    const std::string extension = extension_of(table);
    const GisFormat format = extension == ".shp"   ? GisFormat::shapefile
                             : extension == ".tab" ? GisFormat::mapinfo_table
                             : extension == ".mif" ? GisFormat::mapinfo_exchange
                                                   : GisFormat::none;
    const auto without_extension = [](const std::string& entry) {
        return lowered(entry.substr(0, entry.size() - extension_of(entry).size()));
    };
    const std::string stem = without_extension(table);
    const std::string into = name.substr(0, name.size() - extension.size());
    for (const std::string& entry : entries) {
        const std::string part = extension_of(entry);
        if (is_part_of(format, part) && without_extension(entry) == stem) {
            unpack(package, entry, into + part);
        }
        for (const std::string_view ending : {list_of_labels, export_settings}) {
            if (format == GisFormat::shapefile && lowered(entry) == stem + std::string(ending) &&
                package.bytes(entry) <= most_bytes_of_labels) {
                unpack(package, entry, into + std::string(ending));
            }
        }
    }
}

Shape ArchiveSource::open(Findings& findings) {
    file_.emplace(request_.path, request_.shown);
    const XlsxPackage package(request_.path, request_.shown, PackageKind::archive);
    const std::vector<std::string> entries = package.names();
    const std::vector<std::string> tables = tables_in(entries);
    const std::string table = chosen_table(package, entries, tables);
    folder_ = std::make_unique<UnpackFolder>(request_.shown);
    const std::string name = safe_name(table);
    unpack(package, table, name);
    unpack_parts(package, entries, table, name);
    SourceRequest inner = request_;
    inner.sheet = names_entry_ ? std::string() : request_.sheet;
    inner.path = folder_->path() / name;
    inner.shown = request_.shown + "/" + table;
    if (look_at_file(inner.path, inner.shown).kind == FileKind::archive) {
        refuse_nested(request_.shown, {table});
    }
    inside_ = make_source(inner);
    return inside_->open(findings);
}

void ArchiveSource::end(Findings& findings) {
    inside_->end(findings);
    if (file_->changed()) {
        findings.add(Code::source_changed, {0, 0, 0, request_.index, nullptr}, {});
    }
}

}  // namespace kokai
