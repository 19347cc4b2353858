// SPDX-License-Identifier: Apache-2.0
#include "publish/static_plan.hpp"

#include "publish/http_store.hpp"
#include "support/hash.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

std::string at(const std::map<std::string, std::string>& all, const std::string& key) {
    const auto found = all.find(key);
    return found == all.end() ? std::string() : found->second;
}

PlanAction action_of(const SiteFile& file, const std::string& now, const RecordedFile* last, bool interrupted,
                     const std::vector<std::string>& overwrite) {
    if (now == file.sha256) {
        return PlanAction::leave;
    }
    if (now.empty()) {
        return PlanAction::create;
    }
    if ((last != nullptr && last->sha256 == now) || interrupted) {
        return PlanAction::replace;
    }
    const bool allowed = std::any_of(overwrite.begin(), overwrite.end(),
                                     [&](const std::string& one) { return one == "all" || one == file.path; });
    return allowed ? PlanAction::replace : PlanAction::edited_there;
}

/// The dataset's action is what its files have in common, else `change`.
PlanAction summed_up(const PlannedDataset& dataset) {
    const auto any = [&](PlanAction action) {
        return std::any_of(dataset.files.begin(), dataset.files.end(),
                           [&](const PlannedFile& file) { return file.action == action; });
    };
    const auto all = [&](PlanAction action) {
        return std::all_of(dataset.files.begin(), dataset.files.end(),
                           [&](const PlannedFile& file) { return file.action == action; });
    };
    if (any(PlanAction::edited_there)) {
        return PlanAction::edited_there;
    }
    for (const PlanAction one : {PlanAction::leave, PlanAction::create, PlanAction::replace, PlanAction::orphaned}) {
        if (all(one)) {
            return one;
        }
    }
    const bool sends = any(PlanAction::create) || any(PlanAction::replace);
    return sends ? PlanAction::change : PlanAction::leave;  // an orphaned file alone is no news of the dataset
}

}  // namespace

std::vector<PlannedDataset> static_plan(const StaticFacts& facts, const std::vector<std::string>& overwrite) {
    std::map<std::string, PlannedDataset> planned;
    std::set<std::string> local;
    for (const SiteFile& file : facts.site) {
        const auto record = facts.records.find(file.dataset);
        const RecordedFile* last = nullptr;
        if (record != facts.records.end()) {
            const auto found = record->second.files.find(file.path);
            last = found == record->second.files.end() ? nullptr : &found->second;
        }
        const auto broken = facts.interrupted.find(file.dataset);
        const std::string now = at(facts.there, file.path);
        const bool interrupted = broken != facts.interrupted.end() && broken->second.contains(file.path) &&
                                 (now == sha256_of_nothing || broken->second.at(file.path).contains(now));
        const PlanAction action = action_of(file, now, last, interrupted, overwrite);
        PlannedDataset& dataset = planned[file.dataset];
        dataset.files.push_back({file.path, file.path, file.path, action, {}, file.bytes, file.sha256});
        if (action == PlanAction::edited_there) {
            dataset.edits.push_back({file.path, now, file.sha256});
        }
        local.insert(file.path);
    }
    for (const auto& [id, record] : facts.records) {
        for (const auto& [path, file] : record.files) {
            if (!local.contains(path) && facts.there.contains(path)) {
                planned[id].files.push_back({path, path, path, PlanAction::orphaned, {}, 0, ""});
            }
        }
    }
    std::vector<PlannedDataset> all;
    for (auto& [id, dataset] : planned) {
        dataset.id = id;
        dataset.remote = id == site_itself ? "." : id + "/";
        dataset.edition = at(facts.editions, id);
        Sha256 now;
        Sha256 goal;
        for (const PlannedFile& file : dataset.files) {
            now.update(file.path + " " + at(facts.there, file.path) + "\n");
            goal.update(file.path + " " + file.sha256 + "\n");
        }
        dataset.local_state = goal.hex();
        dataset.remote_state = now.hex();
        dataset.action = summed_up(dataset);
        all.push_back(std::move(dataset));
    }
    std::stable_partition(all.begin(), all.end(), [](const PlannedDataset& one) { return one.id != site_itself; });
    return all;
}

}  // namespace kokai
