// SPDX-License-Identifier: Apache-2.0
// Targets that hold the static catalog: output/catalog itself, another folder, a bucket, a WebDAV server.
#pragma once

#include "publish/file_store.hpp"
#include "publish/journal.hpp"
#include "publish/static_plan.hpp"
#include "publish/target.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kokai {

/// output/catalog, which `run` writes: compared, mended, rolled back.
std::unique_ptr<PublishTarget> make_embedded_target(const TargetContext& context);

/// Another folder, a bucket or a WebDAV server. Looking and planning are in static_target.cpp, sending in
/// static_send.cpp, the switch of a folder in static_folder.cpp.
class StaticTarget : public PublishTarget {
public:
    /// `root`: a folder of this machine, which is switched as a whole; empty for a store that takes file by file.
    StaticTarget(const TargetContext& context, StoreMaker maker, std::string address, std::filesystem::path root = {});

    std::vector<Mistake> preflight(const std::vector<LocalDataset>& /*local*/) override { return {}; }
    PublicationPlan plan(const std::vector<LocalDataset>& local, const PublishOptions& options) override;
    PublicationResult apply(const std::vector<std::string>& wanted) override;
    PublicationResult verify(const std::vector<LocalDataset>& local) override;
    [[nodiscard]] bool unfinished(const std::string& dataset) const override {
        return journal_.has_unfinished(dataset);
    }

private:
    using Outcomes = std::map<std::string, DatasetOutcome>;
    using Planned = std::vector<const PlannedDataset*>;
    struct Seen {
        std::string version, sha256;
    };

    // What is there and what is to be.
    void read_journal(const std::string& id, StaticFacts& facts);
    void look_at(const std::map<std::string, std::string>& paths, StaticFacts& facts);
    void take_for_ours(const std::string& id, const std::string& path, const StoredFile& seen,
                       const std::string& digest, StaticFacts& facts) const;
    void stage(const std::vector<LocalDataset>& local, const PublishOptions& options, const StaticFacts& facts);
    [[nodiscard]] const RecordedFile* recorded(const std::string& id, const std::string& path) const;
    [[nodiscard]] const SiteFile* staged(const std::string& path) const;

    // File by file.
    void send_all(const Planned& datasets, const PlannedDataset* front, Outcomes& outcomes);
    void send_front(const PlannedDataset& front, Outcomes& outcomes);
    void send(const PlannedDataset& dataset, const std::vector<SiteTurn>& turns, DatasetOutcome& outcome,
              FileStore& store);
    void send_turn(const std::string& id, SiteTurn turn, const std::vector<const SiteFile*>& files,
                   DatasetOutcome& outcome, FileStore& store);
    void stop_if_moved(const std::string& path, FileStore& store);
    void remove_orphaned(Outcomes& outcomes);
    void remove_orphaned(const PlannedDataset& dataset, FileStore& store, std::set<std::string>& gone);

    // The folder as a whole.
    void switch_all(const Planned& datasets, Outcomes& outcomes);
    void read_folder_back(const PlannedDataset& dataset, const std::map<std::string, std::filesystem::path>& put,
                          DatasetOutcome& outcome);
    void stop_if_folder_moved(const std::string& path) const;

    // What is remembered.
    static void guarded(DatasetOutcome& outcome, const std::function<void()>& work);
    void confirm(const PlannedDataset& dataset, const DatasetOutcome& outcome);
    void forget(const std::set<std::string>& paths);
    void forget_vanished();
    PublicationResult result_of(Outcomes& outcomes) const;

    TargetContext context_;
    StoreMaker maker_;
    std::string address_;
    std::filesystem::path root_;
    std::filesystem::path folder_;
    Journal journal_;
    StoreTally tally_;
    std::map<std::string, StaticRecord> records_;
    std::map<std::string, Seen> seen_;  // what stands there, as last seen
    std::mutex mutex_;                  // of seen_, records_ and the outcomes' counts
    std::optional<StagedSite> site_;
    PublicationPlan plan_;
    std::map<std::string, std::set<std::string>> rests_;  // by dataset: paths that a killed run was writing
    std::set<std::string> vanished_;                      // records of what is no longer here nor there
};

}  // namespace kokai
