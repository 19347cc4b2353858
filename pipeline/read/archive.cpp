// SPDX-License-Identifier: Apache-2.0
#include "read/archive.hpp"

#include "model/error.hpp"
#include "read/file_kind.hpp"
#include "read/xlsx_package.hpp"
#include "support/interrupt.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
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

/// The entries that are tables. Texts and JSON count only when there is no better one: they may be explanations.
std::vector<std::string> tables_in(const std::vector<std::string>& entries) {
    constexpr std::array<std::string_view, 9> certain{".csv", ".tsv", ".tab",     ".xlsx", ".xlsm",
                                                      ".xls", ".ods", ".geojson", ".shp"};
    constexpr std::array<std::string_view, 2> perhaps{".txt", ".json"};
    std::vector<std::string> found;
    for (const bool sure : {true, false}) {
        for (const std::string& entry : entries) {
            const std::string extension = extension_of(entry);
            if (!is_clutter(entry) && (sure ? is_one_of(extension, certain) : is_one_of(extension, perhaps))) {
                found.push_back(entry);
            }
        }
        if (!found.empty()) {
            return found;
        }
    }
    return found;
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
    throw WorldError(shown, "ZIP の中に表（CSV、Excel、GeoJSON、Shapefile）がありません。あるのは: " + list_of(others),
                     "holds no table (CSV, Excel, GeoJSON, Shapefile); there are: " + list_of(others));
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

Shape ArchiveSource::open(Findings& findings) {
    file_.emplace(request_.path, request_.shown);
    const XlsxPackage package(request_.path, request_.shown, PackageKind::archive);
    const std::vector<std::string> entries = package.names();
    const std::vector<std::string> tables = tables_in(entries);
    if (tables.empty()) {
        refuse_without_table(request_.shown, entries);
    }
    if (tables.size() > 1) {
        const std::string count = std::to_string(tables.size());
        throw WorldError(request_.shown,
                         "ZIP の中に表が " + count +
                             " 個あります。どれを読みますか。展開して一つを指定してください: " + list_of(tables),
                         "holds " + count + " tables; which one is meant? Unpack it and name one: " + list_of(tables));
    }
    const std::string& table = tables.front();
    folder_ = std::make_unique<UnpackFolder>(request_.shown);
    const std::string name = safe_name(table);
    unpack(package, table, name);
    if (extension_of(table) == ".shp") {
        const std::string stem = lowered(table.substr(0, table.size() - 4));
        for (const std::string& entry : entries) {
            const std::string extension = extension_of(entry);
            const bool part = extension == ".dbf" || extension == ".shx" || extension == ".prj" || extension == ".cpg";
            if (part && lowered(entry.substr(0, entry.size() - 4)) == stem) {
                unpack(package, entry, name.substr(0, name.size() - 4) + extension);
            }
        }
    }
    SourceRequest inner = request_;
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
