// SPDX-License-Identifier: Apache-2.0
// Three ways: what we published last, what is local, what the catalog holds now. Tells our own changes from those that
// somebody made at the portal. Plain values, no network.
#pragma once

#include "publish/ckan_document.hpp"
#include "publish/journal.hpp"
#include "publish/plan.hpp"
#include "publish/target.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

/// A file as it was published: what was sent, and what CKAN made of it.
struct CkanPublishedFile {
    std::string id, path, file_name;
    std::uint64_t bytes = 0;
    CkanFields sent, seen;
    std::string last_modified;  // as the catalog told after the upload
};

/// A dataset as it was confirmed, or as a run that was killed meant it to be.
struct CkanPublished {
    std::string package_id, name, edition;
    CkanFields sent, seen;
    std::map<std::string, CkanPublishedFile> files;  // by key
    std::map<std::string, CkanPublishedFile> left;   // ours of former editions, still there; removed when asked for
};

std::string published_json(const CkanPublished& published);
/// Nothing when the text is not what published_json wrote.
std::optional<CkanPublished> published_from_json(std::string_view text);

/// `package` holds the document: as it will be remembered.
CkanPublished published_as(const CatalogEntry& entry, const CkanDocument& document, const nlohmann::json& package);
/// As it is meant to be, before the first request: with the values that only a run under way has (`private`).
CkanPublished intended_as(const CatalogEntry& entry, const CkanDocument& document);

/// What is known of a dataset before it is compared.
struct CkanKnown {
    const nlohmann::json* package = nullptr;     // as the catalog has it; null = it has none
    std::optional<CkanPublished> last;           // confirmed
    std::vector<CkanPublished> intended;         // by runs that were killed
    std::map<std::string, std::string> digests;  // of files there that were read, by key; "" = there is none
};

/// A file's part of the work.
struct CkanFileWork {
    std::size_t index = 0;  // in CkanDocument::files
    bool create = false, send = false;
    CkanFields changes;  // fields to be written
};

struct CkanWork {
    PlannedDataset planned;
    CkanFields changes;  // of the package
    std::vector<CkanFileWork> files;
    std::vector<std::string> removals;  // resource ids
};

CkanWork compare_ckan(const CatalogEntry& entry, const CkanDocument& document, const CkanKnown& known,
                      const PublishOptions& options);

/// What of the plan's orphaned files the package still holds is remembered as ours, so that a later run can remove it.
void remember_left(CkanPublished& published, const PlannedDataset& planned, const nlohmann::json& package);

/// Fields of the package and files that are not what `wanted` says, one sentence each; empty = all is right.
std::vector<FieldChange> ckan_differences(const CkanPublished& wanted, const nlohmann::json& package);

/// Whether `--overwrite` names the field: itself, the list that it is in (`tags`), or `all`.
bool is_overwritten(const std::string& field, const std::vector<std::string>& overwrite);

/// `id@time`: which state of a package a plan was made against; "" for none.
std::string ckan_state(const nlohmann::json* package);

}  // namespace kokai
