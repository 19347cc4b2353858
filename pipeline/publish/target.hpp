// SPDX-License-Identifier: Apache-2.0
// What every target offers: plan, apply, verify, and back to a former edition where it keeps them.
#pragma once

#include "describe/catalog_entry.hpp"
#include "publish/http.hpp"
#include "publish/plan.hpp"
#include "publish/targets.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kokai {

/// An edition as it would be published: what output/.state says, and the folder of its files.
struct LocalDataset {
    CatalogEntry entry;
    std::filesystem::path folder;
};

struct PublishOptions {
    bool all = true;               // no dataset was named: what is no longer local is looked for, too
    bool remove_orphaned = false;  // …and removed
    std::vector<std::string> overwrite;
};

/// How one dataset came out. `exit` done means: looked at after the last step, and found as it was meant to be.
struct DatasetOutcome {
    std::string id;
    PlanAction action = PlanAction::leave;
    Exit exit = Exit::done;
    std::string ja, en;              // what went wrong
    std::string where;               // its public address
    std::size_t verified_files = 0;  // whose content was read at the target in this run, with the digest it should have
    std::uint64_t sent_bytes = 0;
    std::vector<std::string> wrong;  // verify: what is not as published, one sentence each, both languages
};

struct PublicationResult {
    std::vector<DatasetOutcome> datasets;
    std::uint64_t requests = 0, sent_bytes = 0;
    [[nodiscard]] Exit exit() const;
};

struct TargetContext {
    TargetSpec spec;
    std::string catalogs_file;             // as told in messages
    std::filesystem::path secrets_folder;  // files of secrets count from here
    std::filesystem::path output, datasets, schemas;
    std::string program;                   // digest of the program
    std::function<void(double)> progress;  // 0 … 1
};

class PublishTarget {
public:
    virtual ~PublishTarget() = default;
    PublishTarget() = default;
    PublishTarget(const PublishTarget&) = delete;
    PublishTarget& operator=(const PublishTarget&) = delete;
    PublishTarget(PublishTarget&&) = delete;
    PublishTarget& operator=(PublishTarget&&) = delete;

    /// Everything that can be found wrong without asking the target, with its JSON pointer in dataset.json.
    [[nodiscard]] virtual std::vector<Mistake> preflight(const std::vector<LocalDataset>& local) = 0;
    /// Reads the target, changes nothing.
    virtual PublicationPlan plan(const std::vector<LocalDataset>& local, const PublishOptions& options) = 0;
    /// Does what the last plan() said, for the datasets named in `wanted` (all when empty).
    virtual PublicationResult apply(const std::vector<std::string>& wanted) = 0;
    /// Whether what is public is what was published: metadata, and every file's digest.
    virtual PublicationResult verify(const std::vector<LocalDataset>& local) = 0;
    /// Makes a former edition the public one; empty = the one before. Throws UsageError where none are kept.
    virtual PublicationResult rollback(const std::vector<LocalDataset>& local, const std::string& edition);
    /// Whether a step of this dataset by a killed run is unfinished: the target may then have moved by our own doing.
    [[nodiscard]] virtual bool unfinished(const std::string& dataset) const = 0;
};

/// How requests to a target go that stands at `url`.
HttpSettings http_settings(const TargetSpec& spec, const std::string& url);

std::unique_ptr<PublishTarget> make_ckan_target(const TargetContext& context);
std::unique_ptr<PublishTarget> make_directory_target(const TargetContext& context);
std::unique_ptr<PublishTarget> make_s3_target(const TargetContext& context);
std::unique_ptr<PublishTarget> make_webdav_target(const TargetContext& context);

}  // namespace kokai
