// SPDX-License-Identifier: Apache-2.0
// The static catalog as files: data of every edition, pages, indexes. The same bytes go into output/catalog, another
// folder, a bucket or a WebDAV server.
#pragma once

#include "describe/catalog_entry.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace kokai {

/// Fills `kept` of every entry: what the catalog keeps of it beside `former` older editions (0 = all). Writes nothing.
void put_editions(const std::filesystem::path& output, std::vector<CatalogEntry>& entries, std::size_t former);

struct SiteOptions {
    std::filesystem::path portal_folder;
    std::filesystem::path former;   // a site whose pages are most likely the same; empty = none
    std::set<std::string> without;  // ids that the indexes name, but whose files are not put there
    bool passing = false;           // thrown away soon: nothing waits for the disk
};

/// Writes the catalog into `folder`, from the store of editions. True when the map's libraries were there.
bool write_site(const std::filesystem::path& folder, const std::filesystem::path& output,
                const std::vector<CatalogEntry>& entries, const SiteOptions& options);

/// When a file goes out: what is linked to before what links to it, the front page last.
enum class SiteTurn : std::uint8_t { edition, data, page, front };

struct SiteFile {
    std::string dataset;  // its id; `catalog`, which no dataset may be called, for what belongs to none
    std::string path;     // from the catalog's root
    std::filesystem::path file;
    std::uint64_t bytes = 0;
    std::string sha256;
    SiteTurn turn = SiteTurn::front;
};

/// What belongs to no dataset.
inline constexpr const char* site_itself = "catalog";

/// Every file of a site with its digest, sorted by path. A data file that is not what its edition says is a WorldError.
std::vector<SiteFile> site_files(const std::filesystem::path& folder, const std::vector<CatalogEntry>& entries);

/// Paths of an entry's data, of all its editions, with the digests that it promises.
std::map<std::string, std::string> promised_digests(const CatalogEntry& entry);

/// Paths from `root` with the digest of what stands there; nothing when there is no such folder.
std::map<std::string, std::string> digests_of_folder(const std::filesystem::path& root);

/// pipeline/portal: templates, style and script of the pages.
std::filesystem::path portal_folder();

/// By the end of a path; as our own pages need it.
std::string site_media_type(const std::string& path);

/// A site in a folder of its own beside the states, gone with the object.
class StagedSite {
public:
    StagedSite(const std::filesystem::path& output, const std::string& target, std::vector<CatalogEntry> entries,
               const SiteOptions& options);
    ~StagedSite();
    StagedSite(const StagedSite&) = delete;
    StagedSite& operator=(const StagedSite&) = delete;
    StagedSite(StagedSite&&) = delete;
    StagedSite& operator=(StagedSite&&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] const std::vector<CatalogEntry>& entries() const { return entries_; }
    [[nodiscard]] const std::vector<SiteFile>& files() const { return files_; }

private:
    std::filesystem::path folder_;
    std::vector<CatalogEntry> entries_;
    std::vector<SiteFile> files_;
};

}  // namespace kokai
