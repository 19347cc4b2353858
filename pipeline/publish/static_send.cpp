// SPDX-License-Identifier: Apache-2.0
// A static catalog goes to a store file by file: editions, data, pages, at last the indexes that name them.
#include "model/error.hpp"
#include "publish/side_by_side.hpp"
#include "publish/static_target.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>

namespace kokai {

void StaticTarget::send_all(const Planned& datasets, const PlannedDataset* front, Outcomes& outcomes) {
    if (front != nullptr) {
        const std::unique_ptr<FileStore> store = maker_(tally_);
        send(*front, {SiteTurn::edition}, outcomes[front->id], *store);  // what every page loads
    }
    std::atomic<std::size_t> done{0};
    side_by_side(
        datasets.size(), context_.spec.parallel, [&] { return maker_(tally_); },
        [&](std::size_t i, FileStore& store) {
            DatasetOutcome& outcome = outcomes.at(datasets[i]->id);
            send(*datasets[i], {SiteTurn::edition, SiteTurn::data, SiteTurn::page}, outcome, store);
            confirm(*datasets[i], outcome);
            if (context_.progress) {
                context_.progress(static_cast<double>(++done) / static_cast<double>(datasets.size() + 1));
            }
        });
    if (front != nullptr) {
        send_front(*front, outcomes);
    }
}

void StaticTarget::send_front(const PlannedDataset& front, Outcomes& outcomes) {
    DatasetOutcome& outcome = outcomes[front.id];
    Exit gravest = Exit::done;
    for (const auto& [id, one] : outcomes) {
        gravest =
            gravest == Exit::done || gravest == Exit::gate ? (one.exit == Exit::done ? gravest : one.exit) : gravest;
    }
    if (gravest == Exit::done) {
        const std::unique_ptr<FileStore> store = maker_(tally_);
        send(front, {SiteTurn::data, SiteTurn::page, SiteTurn::front}, outcome, *store);
        confirm(front, outcome);
        if (outcome.exit == Exit::done) {
            remove_orphaned(outcomes);
        }
    } else if (outcome.exit == Exit::done) {
        // The indexes name digests: they must not speak of files that are not there.
        outcome.exit = gravest;
        outcome.ja = "公開できなかったデータセットがあるので、目次のページは前のままです";
        outcome.en = "the indexes stay as they were, for not every dataset could be published";
    }
}

/// Sends what differs and reads it back, turn by turn; stops at the first that is not as it should be.
void StaticTarget::send(const PlannedDataset& dataset, const std::vector<SiteTurn>& turns, DatasetOutcome& outcome,
                        FileStore& store) {
    guarded(outcome, [&] {
        if (const auto rests = rests_.find(dataset.id); rests != rests_.end()) {
            for (const std::string& path : rests->second) {
                store.remove_rest_of(path);
            }
        }
        for (const SiteTurn turn : turns) {
            std::vector<const SiteFile*> files;
            for (const PlannedFile& file : dataset.files) {
                const SiteFile* local = staged(file.path);
                if (local != nullptr && local->turn == turn &&
                    (file.action == PlanAction::create || file.action == PlanAction::replace)) {
                    files.push_back(local);
                }
            }
            if (!files.empty()) {
                send_turn(dataset.id, turn, files, outcome, store);
            }
        }
    });
}

void StaticTarget::send_turn(const std::string& id, SiteTurn turn, const std::vector<const SiteFile*>& files,
                             DatasetOutcome& outcome, FileStore& store) {
    const std::string step = fmt::format("turn {}", static_cast<int>(turn));
    nlohmann::json paths = nlohmann::json::object();
    for (const SiteFile* file : files) {
        paths[file->path] = file->sha256;
    }
    journal_.write_durably({id, step, JournalState::intended, paths.dump()});
    for (const SiteFile* file : files) {
        stop_if_moved(file->path, store);
        store.put(*file);
        outcome.sent_bytes += file->bytes;
    }
    journal_.write({id, step, JournalState::sent, ""});
    for (const SiteFile* file : files) {
        StoredFile seen;
        const std::optional<std::string> now = store.digest(file->path, seen, file->bytes + (1ULL << 20U));
        if (!now || *now != file->sha256) {
            throw Error(Exit::catalog, file->path, "", "読み戻した内容が送ったものと違います: " + file->path,
                        "what is read back is not what was sent: " + file->path);
        }
        const std::lock_guard lock(mutex_);
        seen_[file->path] = {seen.version, file->sha256};
        ++outcome.verified_files;
    }
    journal_.write({id, step, JournalState::confirmed, ""});
}

/// The plan may be minutes old: what somebody wrote since is theirs.
void StaticTarget::stop_if_moved(const std::string& path, FileStore& store) {
    std::optional<Seen> planned;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = seen_.find(path); found != seen_.end()) {
            planned = found->second;
        }
    }
    StoredFile now = store.look(path);
    if (now.there == planned.has_value() && (!planned || (!now.version.empty() && now.version == planned->version))) {
        return;
    }
    // Some servers behind one name give one file different versions: its content decides.
    const std::optional<std::string> digest =
        now.there ? store.digest(path, now, 64ULL << 20U) : std::optional<std::string>();
    if (!digest ? !planned : planned && *digest == planned->sha256) {
        return;
    }
    throw Error(Exit::gate, path, "",
                "計画を立てたあとで、ほかの人が書き換えました。もう一度 kokai publish を実行してください: " + path,
                "somebody else changed it after the plan was made; run kokai publish again: " + path);
}

void StaticTarget::remove_orphaned(Outcomes& outcomes) {
    if (!plan_.remove_orphaned) {
        return;
    }
    const std::unique_ptr<FileStore> store = maker_(tally_);
    std::set<std::string> gone;
    for (const PlannedDataset& dataset : plan_.datasets) {
        if (const auto outcome = outcomes.find(dataset.id); outcome != outcomes.end()) {
            guarded(outcome->second, [&] { remove_orphaned(dataset, *store, gone); });
        }
    }
    forget(gone);
}

void StaticTarget::remove_orphaned(const PlannedDataset& dataset, FileStore& store, std::set<std::string>& gone) {
    for (const PlannedFile& file : dataset.files) {
        if (file.action != PlanAction::orphaned) {
            continue;
        }
        stop_if_moved(file.path, store);
        store.remove(file.path);
        if (store.look(file.path).there) {
            throw Error(Exit::catalog, file.path, "",
                        "公開先は消したと答えましたが、ファイルはまだ公開されています: " + file.path,
                        "the target says that it was removed, but the file is still public: " + file.path);
        }
        gone.insert(file.path);
    }
}

}  // namespace kokai
