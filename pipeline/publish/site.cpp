// SPDX-License-Identifier: Apache-2.0
#include "publish/site.hpp"

#include "describe/catalog_json.hpp"
#include "describe/datapackage.hpp"
#include "describe/dcat.hpp"
#include "describe/edition.hpp"
#include "describe/vocabulary.hpp"
#include "model/error.hpp"
#include "portal/pages.hpp"
#include "publish/editions.hpp"
#include "publish/output_folder.hpp"
#include "support/file.hpp"
#include "support/file_digest.hpp"
#include "support/hash.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

void link_files(const fs::path& from, const CatalogEntry& entry, const fs::path& to) {
    for (const CatalogTable& table : entry.tables) {
        for (const CatalogFile& file : table.files) {
            fs::create_directories((to / file.path).parent_path());
            link_or_copy(from / file.path, to / file.path);
        }
    }
}

/// What the former catalog has and will most likely be the same is not written again: only what differs is.
void link_former(const fs::path& former, const fs::path& site, const fs::path& path) {
    std::error_code ignored;
    if (!former.empty() && fs::is_regular_file(former / path, ignored)) {
        fs::create_directories((site / path).parent_path());
        link_or_copy(former / path, site / path);
    }
}

/// What killed runs have left: a site whose process is no more.
void remove_left_over(const fs::path& folder) {
    std::error_code ignored;
    std::vector<fs::path> gone;
    for (const fs::directory_entry& one : fs::directory_iterator(folder, ignored)) {
        const std::string name = one.path().filename().string();
        if (!name.starts_with("site.")) {
            continue;
        }
        const long process = std::strtol(name.c_str() + 5, nullptr, 10);
        if (process <= 0 || (::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH)) {
            gone.push_back(one.path());
        }
    }
    for (const fs::path& path : gone) {
        fs::remove_all(path, ignored);
    }
}

SiteTurn turn_of(std::string_view path) {
    if (path.find('/') == std::string_view::npos) {
        return SiteTurn::front;
    }
    if (path.starts_with("assets/")) {
        return SiteTurn::edition;
    }
    if (path.ends_with("/index.html") || path.ends_with("/datapackage.json")) {
        return SiteTurn::page;
    }
    return path.find("/editions/") != std::string_view::npos ? SiteTurn::edition : SiteTurn::data;
}

}  // namespace

void put_editions(const fs::path& output, std::vector<CatalogEntry>& entries, std::size_t former) {
    for (CatalogEntry& entry : entries) {
        entry.kept = within_limit(with_current(read_editions(output, entry.id), entry), entry.edition, former);
        std::reverse(entry.kept.begin(), entry.kept.end());  // the newest first
    }
}

bool write_site(const fs::path& folder, const fs::path& output, const std::vector<CatalogEntry>& entries,
                const SiteOptions& options) {
    const Flush flush = options.passing ? Flush::none : Flush::to_disk;
    std::set<std::string> all;
    for (const CatalogEntry& entry : entries) {
        if (options.without.contains(entry.id)) {
            continue;
        }
        all.insert(entry.id);
        const fs::path home = folder / entry.id;
        fs::create_directories(home);
        link_files(kept_folder(output, entry.id, entry.edition), entry, home);
        link_former(options.former, folder, fs::path(entry.id) / "index.html");
        link_former(options.former, folder, fs::path(entry.id) / "datapackage.json");
        for (const KeptEdition& kept : entry.kept) {
            const fs::path path = fs::path(entry.id) / edition_folder(kept.entry.edition);
            const fs::path from = kept_folder(output, entry.id, kept.entry.edition);
            link_files(from, kept.entry, folder / path);
            link_or_copy(from / "datapackage.json", folder / path / "datapackage.json");
            link_former(options.former, folder, path / "index.html");
        }
        replace_file(home / "datapackage.json", datapackage_json(entry), flush);
    }
    const PagesWritten pages = write_catalog_pages(folder, entries, options.portal_folder, all, {}, flush);
    std::error_code ignored;
    for (const std::string& id : options.without) {
        fs::remove_all(folder / id, ignored);
    }
    replace_file(folder / "catalog.json", catalog_json(entries), flush);
    replace_file(folder / "catalog.jsonld", dcat_jsonld(entries), flush);
    return pages.map_library;
}

std::map<std::string, std::string> promised_digests(const CatalogEntry& entry) {
    std::map<std::string, std::string> wanted;
    const auto promise = [&](const CatalogEntry& one, const std::string& prefix) {
        for (const CatalogTable& table : one.tables) {
            for (const CatalogFile& file : table.files) {
                wanted[entry.id + "/" + prefix + file.path] = file.sha256;
            }
        }
    };
    promise(entry, "");
    for (const KeptEdition& kept : entry.kept) {
        promise(kept.entry, edition_folder(kept.entry.edition));
    }
    return wanted;
}

std::vector<SiteFile> site_files(const fs::path& folder, const std::vector<CatalogEntry>& entries) {
    std::map<std::string, std::string> wanted;  // digests that the editions promise
    std::set<std::string> ids;
    for (const CatalogEntry& entry : entries) {
        ids.insert(entry.id);
        wanted.merge(promised_digests(entry));
    }
    std::vector<SiteFile> files;
    for (const fs::directory_entry& one : fs::recursive_directory_iterator(folder)) {
        if (!one.is_regular_file()) {
            continue;
        }
        SiteFile file;
        file.path = one.path().lexically_relative(folder).generic_string();
        file.file = one.path();
        file.bytes = one.file_size();
        file.sha256 = digest_of_file(one.path());
        file.turn = turn_of(file.path);
        const std::string first = file.path.substr(0, file.path.find('/'));
        file.dataset = ids.contains(first) ? first : site_itself;
        if (const auto promised = wanted.find(file.path);
            promised != wanted.end() && !promised->second.empty() && promised->second != file.sha256) {
            throw WorldError(file.path,
                             "公開する版のファイルが、作ったときと違います。だれかが書き換えたようです。"
                             "output の " +
                                 first + " を消して kokai run " + first + " を実行してください",
                             "this file of an edition is not what was made: somebody has written to it. Remove " +
                                 first + " in the output folder and run it again");
        }
        files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(),
              [](const SiteFile& left, const SiteFile& right) { return left.path < right.path; });
    return files;
}

std::map<std::string, std::string> digests_of_folder(const fs::path& root) {
    std::map<std::string, std::string> digests;
    std::error_code ignored;
    for (const fs::directory_entry& one : fs::recursive_directory_iterator(root, ignored)) {
        if (one.is_regular_file(ignored)) {
            digests[one.path().lexically_relative(root).generic_string()] = digest_of_file(one.path());
        }
    }
    return digests;
}

fs::path portal_folder() {
    return fs::path(KOKAI_SOURCE_DIR) / "pipeline" / "portal";
}

std::string site_media_type(const std::string& path) {
    struct Type {
        std::string_view end, type;
    };
    static constexpr std::array types{
        Type{".html", "text/html; charset=utf-8"},
        Type{".css", "text/css; charset=utf-8"},
        Type{".js", "text/javascript; charset=utf-8"},
        Type{".svg", "image/svg+xml"},
        Type{".jsonld", "application/ld+json"},
        Type{".geojson", "application/geo+json"},
        Type{".geojsonl", "application/x-ndjson"},
        Type{".json", "application/json"},
        Type{".csv", "text/csv; charset=utf-8"},
        Type{".txt", "text/plain; charset=utf-8"},
        Type{".zip", "application/zip"},
        Type{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        Type{".gpkg", "application/geopackage+sqlite3"},
        Type{".fgb", "application/vnd.flatgeobuf"},
        Type{".sqlite", "application/vnd.sqlite3"},
        Type{".kml", "application/vnd.google-earth.kml+xml"},
        Type{".pmtiles", "application/vnd.pmtiles"}};
    for (const Type& one : types) {
        if (path.ends_with(one.end)) {
            return std::string(one.type);
        }
    }
    return "application/octet-stream";
}

StagedSite::StagedSite(const fs::path& output, const std::string& target, std::vector<CatalogEntry> entries,
                       const SiteOptions& options)
    : folder_(output / ".state" / "publish" / target / ("site." + std::to_string(::getpid()))),
      entries_(std::move(entries)) {
    std::error_code ignored;
    remove_left_over(folder_.parent_path());
    fs::remove_all(folder_, ignored);
    try {
        fs::create_directories(folder_);
        SiteOptions passing = options;
        passing.passing = true;
        write_site(folder_, output, entries_, passing);
        files_ = site_files(folder_, entries_);
    } catch (...) {
        fs::remove_all(folder_, ignored);
        throw;
    }
}

StagedSite::~StagedSite() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

}  // namespace kokai
