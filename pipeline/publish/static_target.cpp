// SPDX-License-Identifier: Apache-2.0
#include "publish/static_target.hpp"

#include "model/error.hpp"
#include "publish/file_store.hpp"
#include "publish/journal.hpp"
#include "publish/output_folder.hpp"
#include "publish/secrets.hpp"
#include "publish/side_by_side.hpp"
#include "publish/static_plan.hpp"
#include "support/interrupt.hpp"
#include "support/output_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

class StaticTarget : public PublishTarget {
public:
    /// `root`: a folder of this machine, which is switched as a whole; empty for a store that takes file by file.
    StaticTarget(const TargetContext& context, StoreMaker maker, std::string address, fs::path root = {})
        : context_(context), maker_(std::move(maker)), address_(std::move(address)), root_(std::move(root)),
          folder_(publication_folder(context.output, context.spec.name)), journal_(folder_),
          tally_(context.spec.parallel) {
        for (const std::string& id : published_ids(folder_)) {
            if (const auto text = read_published(folder_, id)) {
                if (auto record = static_record_from(*text)) {
                    records_[id] = std::move(*record);
                }
            }
        }
    }

    std::vector<Mistake> preflight(const std::vector<LocalDataset>& /*local*/) override { return {}; }

    PublicationPlan plan(const std::vector<LocalDataset>& local, const PublishOptions& options) override {
        StaticFacts facts;
        stage(local, options);
        facts.site = site_->files();
        for (const CatalogEntry& entry : site_->entries()) {
            facts.editions[entry.id] = entry.edition;
        }
        std::set<std::string> looked{site_itself};
        for (const LocalDataset& one : local) {
            looked.insert(one.entry.id);
        }
        for (const auto& [id, record] : records_) {
            if (options.all || looked.contains(id)) {
                facts.records[id] = record;
            }
        }
        for (const std::string& id : looked) {
            for (const JournalLine& line : journal_.unfinished(id)) {
                const nlohmann::json paths = nlohmann::json::parse(line.detail, nullptr, false);
                for (const auto& path : paths.is_array() ? paths : nlohmann::json::array()) {
                    facts.interrupted[id].insert(path.is_string() ? path.get<std::string>() : "");
                }
            }
        }
        look_at(facts);
        plan_ = {};
        plan_.target = context_.spec.name;
        plan_.where = address_;
        plan_.remove_orphaned = options.remove_orphaned;
        plan_.overwrite = options.overwrite;
        plan_.datasets = static_plan(facts, options.overwrite);
        return plan_;
    }

    PublicationResult apply(const std::vector<std::string>& wanted) override {
        std::map<std::string, DatasetOutcome> outcomes;
        std::vector<const PlannedDataset*> datasets;
        const PlannedDataset* front = nullptr;
        for (const PlannedDataset& one : plan_.datasets) {
            if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), one.id) == wanted.end()) {
                continue;
            }
            DatasetOutcome& outcome = outcomes[one.id];
            outcome.id = one.id;
            outcome.action = one.action;
            outcome.where = address_ + (one.id == site_itself ? "" : one.id + "/");
            if (one.action == PlanAction::edited_there) {
                outcome.exit = Exit::gate;
                outcome.ja =
                    "公開先でほかの人が書き換えたファイルがあります。上書きするには --overwrite all か、--overwrite "
                    "のあとにファイルの名前: " +
                    one.edits.front().field;
                outcome.en =
                    "somebody else changed files there; --overwrite all or --overwrite FILE writes over them: " +
                    one.edits.front().field;
            }
            if (one.id == site_itself) {
                front = &one;
            } else {
                datasets.push_back(&one);
            }
        }
        if (!root_.empty()) {
            return switched(datasets, front, outcomes);
        }
        if (front != nullptr) {
            send(*front, {SiteTurn::edition}, outcomes[front->id]);  // what every page loads
        }
        std::atomic<std::size_t> done{0};
        side_by_side(
            datasets.size(), context_.spec.parallel, [&] { return maker_(tally_); },
            [&](std::size_t i, FileStore& store) {
                DatasetOutcome& outcome = outcomes.at(datasets[i]->id);
                send(*datasets[i], {SiteTurn::edition, SiteTurn::data, SiteTurn::page}, outcome, &store);
                confirm(*datasets[i], outcome);
                if (context_.progress) {
                    context_.progress(static_cast<double>(++done) / static_cast<double>(datasets.size() + 1));
                }
            });
        if (front != nullptr) {
            DatasetOutcome& outcome = outcomes[front->id];
            const bool all_well = std::all_of(outcomes.begin(), outcomes.end(),
                                              [](const auto& one) { return one.second.exit == Exit::done; });
            if (all_well) {
                send(*front, {SiteTurn::data, SiteTurn::page, SiteTurn::front}, outcome);
                confirm(*front, outcome);
                remove_orphaned(outcomes);
            } else if (outcome.exit == Exit::done) {
                // The indexes name digests: they must not speak of files that are not there.
                outcome.exit = Exit::gate;
                for (const auto& [id, one] : outcomes) {
                    outcome.exit = one.exit == Exit::catalog ? one.exit : outcome.exit;
                }
                outcome.ja = "公開できなかったデータセットがあるので、目次のページは前のままです";
                outcome.en = "the indexes stay as they were, for not every dataset could be published";
            }
        }
        journal_.tidy();
        return result_of(outcomes);
    }

    PublicationResult verify(const std::vector<LocalDataset>& local) override {
        struct Check {
            std::string id, path, sha256;
        };
        std::vector<Check> checks;
        std::map<std::string, DatasetOutcome> outcomes;
        std::set<std::string> ids{site_itself};
        for (const LocalDataset& one : local) {
            ids.insert(one.entry.id);
        }
        for (const std::string& id : ids) {
            DatasetOutcome& outcome = outcomes[id];
            outcome.id = id;
            outcome.where = address_ + (id == site_itself ? "" : id + "/");
            const auto record = records_.find(id);
            if (record == records_.end()) {
                outcome.wrong.push_back(id + ": まだ公開していません / is not published yet");
                continue;
            }
            for (const auto& [path, file] : record->second.files) {
                checks.push_back({id, path, file.sha256});
            }
        }
        std::mutex mutex;
        side_by_side(
            checks.size(), context_.spec.parallel, [&] { return maker_(tally_); },
            [&](std::size_t i, FileStore& store) {
                const Check& check = checks[i];
                StoredFile seen;
                const std::optional<std::string> now = store.digest(check.path, seen);
                const std::lock_guard lock(mutex);
                DatasetOutcome& outcome = outcomes.at(check.id);
                if (!now) {
                    outcome.wrong.push_back(check.path + ": ありません / is missing");
                } else if (*now != check.sha256) {
                    outcome.wrong.push_back(check.path + ": 内容が違います / has another content");
                } else {
                    ++outcome.verified_files;
                }
            });
        for (auto& [id, outcome] : outcomes) {
            std::sort(outcome.wrong.begin(), outcome.wrong.end());
            if (!outcome.wrong.empty()) {
                outcome.exit = Exit::catalog;
                outcome.ja = "公開した内容と違います";
                outcome.en = "not what was published";
            }
        }
        return result_of(outcomes);
    }

    [[nodiscard]] bool unfinished(const std::string& dataset) const override {
        return journal_.has_unfinished(dataset);
    }

private:
    /// The site as the target is to have it: the datasets named, the others as they were last confirmed there.
    void stage(const std::vector<LocalDataset>& local, const PublishOptions& options) {
        std::vector<CatalogEntry> entries;
        std::set<std::string> ids;
        for (const LocalDataset& one : local) {
            entries.push_back(one.entry);
            ids.insert(one.entry.id);
        }
        put_editions(context_.output, entries, context_.spec.editions);
        std::set<std::string> without;
        for (const auto& [id, record] : records_) {
            if (record.entry && !ids.contains(id) && (!options.all || !options.remove_orphaned)) {
                entries.push_back(*record.entry);
                without.insert(id);
            }
        }
        std::sort(entries.begin(), entries.end(),
                  [](const CatalogEntry& left, const CatalogEntry& right) { return left.id < right.id; });
        site_.emplace(context_.output, context_.spec.name, std::move(entries),
                      SiteOptions{portal_folder(), {}, std::move(without)});
    }

    /// A folder: made beside with all that is ours new and all that is not ours as it is, then switched by one rename.
    PublicationResult switched(std::vector<const PlannedDataset*> datasets, const PlannedDataset* front,
                               std::map<std::string, DatasetOutcome>& outcomes) {
        if (front != nullptr) {
            datasets.push_back(front);
        }
        const bool stopped = std::any_of(outcomes.begin(), outcomes.end(),
                                         [](const auto& one) { return one.second.exit != Exit::done; });
        std::set<std::string> wanted;
        std::set<std::string> goes;
        for (const PlannedDataset* dataset : datasets) {
            for (const PlannedFile& file : dataset->files) {
                if (file.action == PlanAction::create || file.action == PlanAction::replace) {
                    wanted.insert(file.path);
                } else if (file.action == PlanAction::orphaned && plan_.remove_orphaned) {
                    goes.insert(file.path);
                }
            }
        }
        if (stopped) {
            for (auto& [id, outcome] : outcomes) {
                if (outcome.exit == Exit::done) {
                    outcome.exit = Exit::gate;
                    outcome.ja = "フォルダーは全体で一度に切り替えるので、前のままです";
                    outcome.en = "the folder is switched as a whole: it stays as it was";
                }
            }
            return result_of(outcomes);
        }
        if (!wanted.empty() || !goes.empty()) {
            switch_folder(wanted, goes);
        }
        const std::map<std::string, std::string> there = digests_of_folder(root_);
        for (const PlannedDataset* dataset : datasets) {
            DatasetOutcome& outcome = outcomes.at(dataset->id);
            for (const PlannedFile& file : dataset->files) {
                const SiteFile* local = staged(file.path);
                const auto now = there.find(file.path);
                if (local == nullptr) {
                    continue;
                }
                if (now == there.end() || now->second != local->sha256) {
                    outcome.exit = Exit::catalog;
                    outcome.ja = "読み戻した内容が置いたものと違います: " + file.path;
                    outcome.en = "what is read back is not what was put there: " + file.path;
                    break;
                }
                outcome.verified_files += wanted.contains(file.path) ? 1U : 0U;
                outcome.sent_bytes += wanted.contains(file.path) ? local->bytes : 0;
                versions_[file.path] = local->sha256;
            }
            confirm(*dataset, outcome);
        }
        for (const std::string& path : goes) {
            forget(path);
        }
        PublicationResult result = result_of(outcomes);
        for (const DatasetOutcome& outcome : result.datasets) {
            result.sent_bytes += outcome.sent_bytes;
        }
        return result;
    }

    void switch_folder(const std::set<std::string>& wanted, const std::set<std::string>& goes) const {
        const fs::path parent = root_.parent_path();
        fs::create_directories(parent);
        recover_output(parent);
        {
            StagedFolder beside(parent, root_.filename().string());
            std::error_code ignored;
            for (const fs::directory_entry& one : fs::recursive_directory_iterator(root_, ignored)) {
                const fs::path path = one.path().lexically_relative(root_);
                const std::string name = path.generic_string();
                if (one.is_symlink()) {
                    fs::create_directories((beside.path() / path).parent_path());
                    fs::copy_symlink(one.path(), beside.path() / path);
                } else if (one.is_regular_file() && !wanted.contains(name) && !goes.contains(name)) {
                    fs::create_directories((beside.path() / path).parent_path());
                    link_or_copy(one.path(), beside.path() / path);
                }
            }
            for (const std::string& name : wanted) {
                const SiteFile* file = staged(name);
                fs::create_directories((beside.path() / name).parent_path());
                // A copy: whoever writes into this folder must not write into our editions.
                fs::copy_file(file->file, beside.path() / name);
                adopt_file(beside.path() / name);
            }
            if (fs::exists(root_)) {
                fs::permissions(beside.path(), fs::status(root_).permissions(), ignored);
            }
            beside.commit();
        }
        std::error_code ignored;
        fs::remove(parent / ".staging", ignored);  // when it is empty
    }

    void forget(const std::string& path) {
        for (auto& [id, record] : records_) {
            if (record.files.erase(path) != 0) {
                if (record.files.empty()) {
                    forget_published(folder_, id);
                } else {
                    write_published(folder_, id, to_json_text(record));
                }
            }
        }
    }

    /// What stands at the target: by its version where that is the one that was confirmed, else by reading it.
    void look_at(StaticFacts& facts) {
        std::map<std::string, std::string> paths;  // to their dataset
        for (const SiteFile& file : facts.site) {
            paths[file.path] = file.dataset;
        }
        for (const auto& [id, record] : facts.records) {
            for (const auto& [path, file] : record.files) {
                paths.emplace(path, id);
            }
        }
        const std::vector<std::pair<std::string, std::string>> all(paths.begin(), paths.end());
        std::mutex mutex;
        side_by_side(
            all.size(), context_.spec.parallel, [&] { return maker_(tally_); },
            [&](std::size_t i, FileStore& store) {
                const auto& [path, id] = all[i];
                StoredFile seen = store.look(path);
                if (!seen.there) {
                    return;
                }
                const RecordedFile* last = recorded(id, path);
                std::string digest;
                if (last != nullptr && !seen.version.empty() && seen.version == last->version) {
                    digest = last->sha256;
                } else {
                    digest = store.digest(path, seen).value_or("");
                }
                const std::lock_guard lock(mutex);
                if (!digest.empty()) {
                    facts.there[path] = digest;
                    versions_[path] = seen.version;
                }
            });
    }

    [[nodiscard]] const RecordedFile* recorded(const std::string& id, const std::string& path) const {
        const auto record = records_.find(id);
        if (record == records_.end()) {
            return nullptr;
        }
        const auto found = record->second.files.find(path);
        return found == record->second.files.end() ? nullptr : &found->second;
    }

    [[nodiscard]] const SiteFile* staged(const std::string& path) const {
        const std::vector<SiteFile>& files = site_->files();
        const auto found =
            std::lower_bound(files.begin(), files.end(), path,
                             [](const SiteFile& file, const std::string& wanted) { return file.path < wanted; });
        return found == files.end() || found->path != path ? nullptr : &*found;
    }

    void send(const PlannedDataset& dataset, const std::vector<SiteTurn>& turns, DatasetOutcome& outcome) {
        const std::unique_ptr<FileStore> store = maker_(tally_);
        send(dataset, turns, outcome, store.get());
    }

    /// Sends what differs and reads it back, turn by turn; stops at the first that is not as it should be.
    void send(const PlannedDataset& dataset, const std::vector<SiteTurn>& turns, DatasetOutcome& outcome,
              FileStore* store) {
        for (const SiteTurn turn : turns) {
            std::vector<const SiteFile*> files;
            nlohmann::json paths = nlohmann::json::array();
            for (const PlannedFile& file : dataset.files) {
                const SiteFile* local = staged(file.path);
                if (local != nullptr && local->turn == turn &&
                    (file.action == PlanAction::create || file.action == PlanAction::replace)) {
                    files.push_back(local);
                    paths.push_back(file.path);
                }
            }
            if (files.empty() || outcome.exit != Exit::done) {
                continue;
            }
            const std::string step = fmt::format("turn {}", static_cast<int>(turn));
            try {
                journal_.write_durably({dataset.id, step, JournalState::intended, paths.dump()});
                for (const SiteFile* file : files) {
                    store->put(*file);
                    outcome.sent_bytes += file->bytes;
                }
                journal_.write({dataset.id, step, JournalState::sent, ""});
                for (const SiteFile* file : files) {
                    StoredFile seen;
                    const std::optional<std::string> now = store->digest(file->path, seen);
                    if (!now || *now != file->sha256) {
                        throw Error(Exit::catalog, file->path, "",
                                    "読み戻した内容が送ったものと違います: " + file->path,
                                    "what is read back is not what was sent: " + file->path);
                    }
                    const std::lock_guard lock(mutex_);
                    versions_[file->path] = seen.version;
                    ++outcome.verified_files;
                }
                journal_.write({dataset.id, step, JournalState::confirmed, ""});
            } catch (const Interrupted&) {
                throw;
            } catch (const Error& error) {
                outcome.exit = Exit::catalog;
                outcome.ja = redact(error.ja());
                outcome.en = redact(error.en());
            }
        }
    }

    /// Everything of the dataset was sent and read back, now or before: remembered, and the journal closed.
    void confirm(const PlannedDataset& dataset, const DatasetOutcome& outcome) {
        if (outcome.exit != Exit::done || dataset.action == PlanAction::orphaned) {
            return;
        }
        StaticRecord record;
        const auto entry = std::find_if(site_->entries().begin(), site_->entries().end(),
                                        [&](const CatalogEntry& one) { return one.id == dataset.id; });
        if (entry != site_->entries().end()) {
            record.entry = *entry;
        }
        const std::lock_guard lock(mutex_);
        for (const PlannedFile& file : dataset.files) {
            if (const SiteFile* local = staged(file.path); local != nullptr) {
                record.files[file.path] = {local->bytes, local->sha256, versions_[file.path]};
            } else if (const RecordedFile* last = recorded(dataset.id, file.path); last != nullptr) {
                record.files[file.path] = *last;  // orphaned: still ours until it is removed
            }
        }
        const std::string text = to_json_text(record);
        if (read_published(folder_, dataset.id) != text) {
            write_published(folder_, dataset.id, text);
        }
        journal_.done(dataset.id);
        records_[dataset.id] = std::move(record);
    }

    void remove_orphaned(std::map<std::string, DatasetOutcome>& outcomes) {
        if (!plan_.remove_orphaned) {
            return;
        }
        const std::unique_ptr<FileStore> store = maker_(tally_);
        for (const PlannedDataset& dataset : plan_.datasets) {
            const auto outcome = outcomes.find(dataset.id);
            if (outcome == outcomes.end()) {
                continue;
            }
            StaticRecord record = records_[dataset.id];
            bool less = false;
            try {
                for (const PlannedFile& file : dataset.files) {
                    if (file.action == PlanAction::orphaned) {
                        store->remove(file.path);
                        record.files.erase(file.path);
                        less = true;
                    }
                }
            } catch (const Interrupted&) {
                throw;
            } catch (const Error& error) {
                outcome->second.exit = Exit::catalog;
                outcome->second.ja = redact(error.ja());
                outcome->second.en = redact(error.en());
            }
            if (less && dataset.action == PlanAction::orphaned && record.files.empty()) {
                forget_published(folder_, dataset.id);
            } else if (less) {
                write_published(folder_, dataset.id, to_json_text(record));
            }
            records_[dataset.id] = std::move(record);
        }
    }

    PublicationResult result_of(std::map<std::string, DatasetOutcome>& outcomes) {
        PublicationResult result;
        for (auto& [id, outcome] : outcomes) {
            result.datasets.push_back(std::move(outcome));
        }
        std::stable_partition(result.datasets.begin(), result.datasets.end(),
                              [](const DatasetOutcome& one) { return one.id != site_itself; });
        result.requests = tally_.requests;
        result.sent_bytes = tally_.sent_bytes;
        return result;
    }

    TargetContext context_;
    StoreMaker maker_;
    std::string address_;
    fs::path root_;
    fs::path folder_;
    Journal journal_;
    StoreTally tally_;
    std::map<std::string, StaticRecord> records_;
    std::map<std::string, std::string> versions_;  // of what stands there, as last seen
    std::mutex mutex_;                             // of versions_, records_ and the outcomes' counts
    std::optional<StagedSite> site_;
    PublicationPlan plan_;
};

}  // namespace

std::unique_ptr<PublishTarget> make_directory_target(const TargetContext& context) {
    if (context.spec.path.empty()) {
        return make_embedded_target(context);
    }
    const fs::path root = fs::weakly_canonical(context.spec.path);
    return std::make_unique<StaticTarget>(context, folder_store(root), root.string() + "/", root);
}

std::unique_ptr<PublishTarget> make_s3_target(const TargetContext& context) {
    return std::make_unique<StaticTarget>(context, s3_store(context), s3_address(context.spec));
}

std::unique_ptr<PublishTarget> make_webdav_target(const TargetContext& context) {
    return std::make_unique<StaticTarget>(context, webdav_store(context), webdav_address(context.spec));
}

}  // namespace kokai
