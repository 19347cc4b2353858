// SPDX-License-Identifier: Apache-2.0
#include "publish/static_target.hpp"

#include "model/error.hpp"
#include "publish/folder_switch.hpp"
#include "publish/secrets.hpp"
#include "publish/side_by_side.hpp"
#include "support/file_digest.hpp"
#include "support/interrupt.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

/// Of a file that should be ours: a little longer is another one already.
constexpr std::uint64_t little_more = 1ULL << 20U;
/// Of a file that may be somebody's: long enough to tell one content from another.
constexpr std::uint64_t much_more = 64ULL << 20U;

/// Whether an index may name the entry: all that it leads to is there.
bool is_whole_there(const CatalogEntry& entry, const std::map<std::string, std::string>& there) {
    const std::map<std::string, std::string> promised = promised_digests(entry);
    return there.contains(entry.id + "/index.html") &&
           std::all_of(promised.begin(), promised.end(), [&](const auto& one) { return there.contains(one.first); });
}

}  // namespace

StaticTarget::StaticTarget(const TargetContext& context, StoreMaker maker, std::string address, fs::path root)
    : context_(context), maker_(std::move(maker)), address_(std::move(address)), root_(std::move(root)),
      folder_(publication_folder(context.output, context.spec.name)), journal_(folder_), tally_(context.spec.parallel) {
    for (const std::string& id : published_ids(folder_)) {
        if (const auto text = read_published(folder_, id)) {
            if (auto record = static_record_from(*text)) {
                records_[id] = std::move(*record);
            }
        }
    }
}

PublicationPlan StaticTarget::plan(const std::vector<LocalDataset>& local, const PublishOptions& options) {
    if (!root_.empty()) {
        finish_cut_switch(root_);
    }
    StaticFacts facts;
    std::set<std::string> looked{site_itself};
    for (const LocalDataset& one : local) {
        looked.insert(one.entry.id);
    }
    std::map<std::string, std::string> paths;  // to their dataset
    for (const auto& [id, record] : records_) {
        if (options.all || looked.contains(id)) {
            facts.records[id] = record;
            for (const auto& [path, file] : record.files) {
                paths.emplace(path, id);
            }
        }
    }
    for (const std::string& id : looked) {
        read_journal(id, facts);
    }
    // What is no longer here is looked at first: whether the indexes may still name it.
    std::map<std::string, std::string> left;
    std::copy_if(paths.begin(), paths.end(), std::inserter(left, left.end()),
                 [&](const auto& one) { return !looked.contains(one.second); });
    look_at(left, facts);
    vanished_.clear();
    for (const auto& [id, record] : facts.records) {
        if (!looked.contains(id) && std::none_of(record.files.begin(), record.files.end(),
                                                 [&](const auto& one) { return facts.there.contains(one.first); })) {
            vanished_.insert(id);
        }
    }
    stage(local, options, facts);
    facts.site = site_->files();
    for (const CatalogEntry& entry : site_->entries()) {
        facts.editions[entry.id] = entry.edition;
    }
    for (const SiteFile& file : facts.site) {
        paths[file.path] = file.dataset;
    }
    std::erase_if(paths, [&](const auto& one) { return left.contains(one.first); });
    look_at(paths, facts);
    plan_ = {};
    plan_.target = context_.spec.name;
    plan_.where = address_;
    plan_.remove_orphaned = options.remove_orphaned;
    plan_.overwrite = options.overwrite;
    plan_.datasets = static_plan(facts, options.overwrite);
    return plan_;
}

void StaticTarget::read_journal(const std::string& id, StaticFacts& facts) {
    for (const JournalLine& line : journal_.unfinished(id)) {
        const nlohmann::json paths = nlohmann::json::parse(line.detail, nullptr, false);
        if (!paths.is_object()) {
            continue;
        }
        for (auto one = paths.begin(); one != paths.end(); ++one) {
            facts.interrupted[id][one.key()].insert(one->is_string() ? one->get<std::string>() : "");
            rests_[id].insert(one.key());
        }
    }
}

/// The site as the target is to have it: the datasets named, the others as they were last confirmed there.
void StaticTarget::stage(const std::vector<LocalDataset>& local, const PublishOptions& options,
                         const StaticFacts& facts) {
    std::vector<CatalogEntry> entries;
    std::set<std::string> ids;
    for (const LocalDataset& one : local) {
        entries.push_back(one.entry);
        ids.insert(one.entry.id);
    }
    put_editions(context_.output, entries, context_.spec.editions);
    std::set<std::string> without;
    for (const auto& [id, record] : records_) {
        if (record.entry && !ids.contains(id) &&
            (!options.all || (!options.remove_orphaned && is_whole_there(*record.entry, facts.there)))) {
            entries.push_back(*record.entry);
            without.insert(id);
        }
    }
    std::sort(entries.begin(), entries.end(),
              [](const CatalogEntry& left, const CatalogEntry& right) { return left.id < right.id; });
    site_.emplace(context_.output, context_.spec.name, std::move(entries),
                  SiteOptions{portal_folder(), {}, std::move(without), true});
}

/// What stands at the target: by its version where that is the one that was confirmed, else by reading it.
void StaticTarget::look_at(const std::map<std::string, std::string>& paths, StaticFacts& facts) {
    const std::vector<std::pair<std::string, std::string>> all(paths.begin(), paths.end());
    side_by_side(
        all.size(), context_.spec.parallel, [&] { return maker_(tally_); },
        [&](std::size_t i, FileStore& store) {
            const auto& [path, id] = all[i];
            StoredFile seen = store.look(path);
            if (!seen.there) {
                return;
            }
            const RecordedFile* last = recorded(id, path);
            const SiteFile* local = staged(path);
            std::string digest;
            if (last != nullptr && !seen.version.empty() && seen.version == last->version) {
                digest = last->sha256;
            } else {
                const std::uint64_t known =
                    std::max(last != nullptr ? last->bytes : 0, local != nullptr ? local->bytes : 0);
                digest = store.digest(path, seen, known + much_more).value_or("");
            }
            const std::lock_guard lock(mutex_);
            if (!digest.empty()) {
                facts.there[path] = digest;
                seen_[path] = {seen.version, digest};
                take_for_ours(id, path, seen, digest, facts);
            }
        });
}

/// A killed put() may have left the beginning of our file where the place does not take files whole.
void StaticTarget::take_for_ours(const std::string& id, const std::string& path, const StoredFile& seen,
                                 const std::string& digest, StaticFacts& facts) const {
    const SiteFile* local = staged(path);
    const auto files = facts.interrupted.find(id);
    if (local == nullptr || files == facts.interrupted.end() || !files->second.contains(path)) {
        return;
    }
    std::set<std::string>& digests = files->second.at(path);
    if (digests.contains(local->sha256) && !digests.contains(digest) && seen.bytes < local->bytes &&
        digest_of_file(local->file, seen.bytes) == digest) {
        digests.insert(digest);
    }
}

const RecordedFile* StaticTarget::recorded(const std::string& id, const std::string& path) const {
    const auto record = records_.find(id);
    if (record == records_.end()) {
        return nullptr;
    }
    const auto found = record->second.files.find(path);
    return found == record->second.files.end() ? nullptr : &found->second;
}

const SiteFile* StaticTarget::staged(const std::string& path) const {
    if (!site_) {
        return nullptr;
    }
    const std::vector<SiteFile>& files = site_->files();
    const auto found = std::lower_bound(files.begin(), files.end(), path,
                                        [](const SiteFile& file, const std::string& goal) { return file.path < goal; });
    return found == files.end() || found->path != path ? nullptr : &*found;
}

PublicationResult StaticTarget::apply(const std::vector<std::string>& wanted) {
    Outcomes outcomes;
    Planned datasets;
    const PlannedDataset* front = nullptr;
    for (const PlannedDataset& one : plan_.datasets) {
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), one.id) == wanted.end()) {
            continue;
        }
        DatasetOutcome& outcome = outcomes[one.id];
        outcome.id = one.id;
        // Without --remove-orphaned nothing is done about it, and nothing may be said to be done.
        const bool stays = one.action == PlanAction::orphaned && !plan_.remove_orphaned;
        outcome.action = stays ? PlanAction::leave : one.action;
        outcome.where = address_ + (one.id == site_itself ? "" : one.id + "/");
        if (one.action == PlanAction::edited_there) {
            const std::string& file = one.edits.front().field;
            outcome.exit = Exit::gate;
            outcome.ja =
                "公開先でほかの人が書き換えたファイルがあります。上書きするには --overwrite all か、--overwrite "
                "のあとにファイルの名前: " +
                file;
            outcome.en =
                "somebody else changed files there; --overwrite all or --overwrite FILE writes over them: " + file;
        }
        if (one.id == site_itself) {
            front = &one;
        } else {
            datasets.push_back(&one);
        }
    }
    if (root_.empty()) {
        send_all(datasets, front, outcomes);
    } else {
        if (front != nullptr) {
            datasets.push_back(front);
        }
        switch_all(datasets, outcomes);
    }
    forget_vanished();
    journal_.tidy();
    return result_of(outcomes);
}

PublicationResult StaticTarget::verify(const std::vector<LocalDataset>& local) {
    struct Check {
        std::string id, path, sha256;
        std::uint64_t bytes = 0;
    };
    std::vector<Check> checks;
    Outcomes outcomes;
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
            checks.push_back({id, path, file.sha256, file.bytes});
        }
    }
    side_by_side(
        checks.size(), context_.spec.parallel, [&] { return maker_(tally_); },
        [&](std::size_t i, FileStore& store) {
            const Check& check = checks[i];
            StoredFile seen;
            const std::optional<std::string> now = store.digest(check.path, seen, check.bytes + little_more);
            const std::lock_guard lock(mutex_);
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

void StaticTarget::guarded(DatasetOutcome& outcome, const std::function<void()>& work) {
    if (outcome.exit != Exit::done) {
        return;
    }
    try {
        work();
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        outcome.exit = error.exit();
        outcome.ja = redact(error.ja());
        outcome.en = redact(error.en());
    }
}

/// Everything of the dataset was sent and read back, now or before: remembered, and the journal closed.
void StaticTarget::confirm(const PlannedDataset& dataset, const DatasetOutcome& outcome) {
    if (outcome.exit != Exit::done || dataset.action == PlanAction::orphaned) {
        return;
    }
    StaticRecord record;
    const auto entry = std::find_if(site_->entries().begin(), site_->entries().end(),
                                    [&](const CatalogEntry& one) { return one.id == dataset.id; });
    if (entry != site_->entries().end()) {
        record.entry = *entry;
    }
    {
        const std::lock_guard lock(mutex_);
        for (const PlannedFile& file : dataset.files) {
            if (const SiteFile* local = staged(file.path); local != nullptr) {
                record.files[file.path] = {local->bytes, local->sha256, seen_[file.path].version};
            } else if (const RecordedFile* last = recorded(dataset.id, file.path); last != nullptr) {
                record.files[file.path] = *last;  // orphaned: still ours until it is removed
            }
        }
    }
    // Waiting for the disk, nobody holds the others up.
    const std::string text = to_json_text(record);
    if (read_published(folder_, dataset.id) != text) {
        write_published(folder_, dataset.id, text);
    }
    journal_.done(dataset.id);
    const std::lock_guard lock(mutex_);
    records_[dataset.id] = std::move(record);
}

/// Paths that are no longer there: each record is written once.
void StaticTarget::forget(const std::set<std::string>& paths) {
    for (auto record = records_.begin(); record != records_.end();) {
        auto& [id, what] = *record;
        const std::size_t gone = std::erase_if(what.files, [&](const auto& one) { return paths.contains(one.first); });
        if (gone != 0 && what.files.empty()) {
            forget_published(folder_, id);
            record = records_.erase(record);
            continue;
        }
        if (gone != 0) {
            write_published(folder_, id, to_json_text(what));
        }
        ++record;
    }
}

/// A dataset that left, and whose files are gone already: its entry must not come back into the indexes.
void StaticTarget::forget_vanished() {
    for (const std::string& id : vanished_) {
        forget_published(folder_, id);
        records_.erase(id);
    }
    vanished_.clear();
}

PublicationResult StaticTarget::result_of(Outcomes& outcomes) const {
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

std::unique_ptr<PublishTarget> make_s3_target(const TargetContext& context) {
    return std::make_unique<StaticTarget>(context, s3_store(context), s3_address(context.spec));
}

std::unique_ptr<PublishTarget> make_webdav_target(const TargetContext& context) {
    return std::make_unique<StaticTarget>(context, webdav_store(context), webdav_address(context.spec));
}

}  // namespace kokai
