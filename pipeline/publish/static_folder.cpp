// SPDX-License-Identifier: Apache-2.0
// A static catalog in a folder of this machine: switched as a whole, or not at all.
#include "model/error.hpp"
#include "publish/folder_switch.hpp"
#include "publish/static_target.hpp"
#include "support/file_digest.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace kokai {
namespace {

namespace fs = std::filesystem;

/// "site/" and "site" are one folder, there already or not.
fs::path plain(const fs::path& path) {
    fs::path whole = fs::weakly_canonical(path);
    return whole.has_filename() ? whole : whole.parent_path();
}

bool is_within(const fs::path& path, const fs::path& folder) {
    const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return end == folder.end();
}

/// What stands in `root` is switched: it must not be what we work with.
void refuse_own_folders(const TargetContext& context, const fs::path& root) {
    for (const fs::path& own : {context.datasets, context.output, context.schemas}) {
        if (is_within(plain(own), root)) {
            throw LayoutError(
                {{context.catalogs_file, context.spec.pointer + "/path",
                  "このフォルダーには kokai が使うフォルダー（" + own.string() +
                      "）があるので、公開先にできません。別のフォルダーを書いてください: " + root.string(),
                  "this folder is or holds one that kokai works with (" + own.string() +
                      ") and cannot be a target: name another one: " + root.string()}});
        }
    }
    for (const char* own : {"catalog", ".state", ".staging"}) {
        if (is_within(root, plain(context.output / own))) {
            throw LayoutError({{context.catalogs_file, context.spec.pointer + "/path",
                                "このフォルダーは kokai run が書き換えるので、公開先にできません: " + root.string(),
                                "kokai run writes this folder anew: it cannot be a target: " + root.string()}});
        }
    }
}

}  // namespace

/// Made beside with all that is ours new and all that is not ours as it is, then switched by one rename.
void StaticTarget::switch_all(const Planned& datasets, Outcomes& outcomes) {
    if (std::any_of(outcomes.begin(), outcomes.end(), [](const auto& one) { return one.second.exit != Exit::done; })) {
        for (auto& [id, outcome] : outcomes) {
            if (outcome.exit == Exit::done) {
                outcome.exit = Exit::gate;
                outcome.ja = "フォルダーは全体で一度に切り替えるので、前のままです";
                outcome.en = "the folder is switched as a whole: it stays as it was";
            }
        }
        return;
    }
    FolderChange change;
    std::vector<JournalLine> lines;
    for (const PlannedDataset* dataset : datasets) {
        nlohmann::json paths = nlohmann::json::object();
        for (const PlannedFile& file : dataset->files) {
            if (file.action == PlanAction::create || file.action == PlanAction::replace) {
                change.puts[file.path] = staged(file.path)->file;
                paths[file.path] = file.sha256;
            } else if (file.action == PlanAction::orphaned && plan_.remove_orphaned) {
                change.removes.insert(file.path);
            }
        }
        if (!paths.empty()) {
            lines.push_back({dataset->id, "switch", JournalState::intended, paths.dump()});
        }
    }
    change.last_look = [&] {
        for (const auto& [path, file] : change.puts) {
            stop_if_folder_moved(path);
        }
        for (const std::string& path : change.removes) {
            stop_if_folder_moved(path);
        }
    };
    if (!change.puts.empty() || !change.removes.empty()) {
        for (const JournalLine& line : lines) {  // one flush takes them all
            &line == &lines.back() ? journal_.write_durably(line) : journal_.write(line);
        }
        switch_folder(root_, change);
    }
    for (const PlannedDataset* dataset : datasets) {
        DatasetOutcome& outcome = outcomes.at(dataset->id);
        guarded(outcome, [&] { read_folder_back(*dataset, change.puts, outcome); });
        confirm(*dataset, outcome);
    }
    forget(change.removes);
}

void StaticTarget::read_folder_back(const PlannedDataset& dataset, const std::map<std::string, fs::path>& put,
                                    DatasetOutcome& outcome) {
    const std::unique_ptr<FileStore> store = maker_(tally_);
    for (const PlannedFile& file : dataset.files) {
        const SiteFile* local = staged(file.path);
        if (local == nullptr) {
            continue;
        }
        StoredFile seen;
        if (store->digest(file.path, seen, local->bytes) != local->sha256) {
            throw Error(Exit::catalog, file.path, "", "読み戻した内容が置いたものと違います: " + file.path,
                        "what is read back is not what was put there: " + file.path);
        }
        seen_[file.path] = {seen.version, local->sha256};
        if (put.contains(file.path)) {
            ++outcome.verified_files;
            outcome.sent_bytes += local->bytes;
            tally_.sent_bytes += local->bytes;
        }
    }
}

void StaticTarget::stop_if_folder_moved(const std::string& path) const {
    std::error_code ignored;
    const auto planned = seen_.find(path);
    const bool there = fs::is_regular_file(root_ / path, ignored);
    if (there != (planned != seen_.end()) || (there && digest_of_file(root_ / path) != planned->second.sha256)) {
        throw Error(Exit::gate, path, "",
                    "計画を立てたあとで、ほかの人が書き換えました。フォルダーは前のままです: " + path,
                    "somebody else changed it after the plan was made; the folder stays as it was: " + path);
    }
}

std::unique_ptr<PublishTarget> make_directory_target(const TargetContext& context) {
    if (context.spec.path.empty()) {
        return make_embedded_target(context);
    }
    const fs::path root = plain(context.spec.path);
    refuse_own_folders(context, root);
    return std::make_unique<StaticTarget>(context, folder_store(root), root.string() + "/", root);
}

}  // namespace kokai
