// SPDX-License-Identifier: Apache-2.0
// The catalog in output/catalog as a target: `run` publishes it anyway; here it is compared, mended, and rolled back.
#include "publish/catalog.hpp"
#include "publish/editions.hpp"
#include "publish/rollback.hpp"
#include "publish/site.hpp"
#include "publish/state.hpp"
#include "publish/static_target.hpp"
#include "support/hash.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

class EmbeddedTarget : public PublishTarget {
public:
    explicit EmbeddedTarget(const TargetContext& context) : context_(context), root_(context.output / "catalog") {}

    std::vector<Mistake> preflight(const std::vector<LocalDataset>& /*local*/) override { return {}; }

    PublicationPlan plan(const std::vector<LocalDataset>& local, const PublishOptions& options) override {
        PublicationPlan plan;
        plan.target = context_.spec.name;
        plan.where = root_.string();
        plan.remove_orphaned = options.remove_orphaned;
        plan.overwrite = options.overwrite;
        const StagedSite site = staged();
        std::map<std::string, PlannedDataset> planned;
        for (const CatalogEntry& entry : site.entries()) {
            planned[entry.id].edition = entry.edition;
        }
        std::map<std::string, std::string> there = digests_of_folder(root_);
        std::map<std::string, Sha256> local_states;
        std::map<std::string, Sha256> remote_states;
        for (const SiteFile& file : site.files()) {
            const auto found = there.find(file.path);
            const std::string remote = found == there.end() ? std::string() : found->second;
            add(planned[file.dataset], file, remote);
            local_states[file.dataset].update(file.path + " " + file.sha256 + "\n");
            remote_states[file.dataset].update(file.path + " " + remote + "\n");
            if (found != there.end()) {
                there.erase(found);
            }
        }
        for (const auto& [path, digest] : there) {  // the catalog is ours alone: what is too many goes with the switch
            const std::string first = path.substr(0, path.find('/'));
            const std::string id = planned.contains(first) ? first : site_itself;
            PlannedDataset& dataset = planned[id];
            dataset.files.push_back({path, path, path, PlanAction::orphaned, {}, 0, ""});
            dataset.action = dataset.action == PlanAction::leave ? PlanAction::change : dataset.action;
            remote_states[id].update(path + " " + digest + "\n");
        }
        for (auto& [id, dataset] : planned) {
            if (!options.all && id != site_itself &&
                std::none_of(local.begin(), local.end(),
                             [&, wanted = id](const LocalDataset& one) { return one.entry.id == wanted; })) {
                continue;
            }
            dataset.id = id;
            dataset.remote = id == site_itself ? "." : id;
            dataset.local_state = local_states[id].hex();
            dataset.remote_state = remote_states[id].hex();
            plan.datasets.push_back(std::move(dataset));
        }
        plan_ = plan;
        return plan;
    }

    PublicationResult
    apply(const std::vector<std::string>& /*wanted: the catalog is one, switched as a whole*/) override {
        const bool news = std::any_of(plan_.datasets.begin(), plan_.datasets.end(),
                                      [](const PlannedDataset& one) { return one.action != PlanAction::leave; });
        if (news) {
            publish(true);
        }
        return looked_at(plan_);
    }

    PublicationResult verify(const std::vector<LocalDataset>& local) override {
        // Against what the states say is published: a dataset whose folder is gone is not.
        return looked_at(plan(local, {local.size() == entries().size(), false, {}}));
    }

    PublicationResult rollback(const std::vector<LocalDataset>& local, const std::string& edition) override {
        const CatalogEntry& entry = chosen(local, edition);
        const std::string goal = edition.empty() ? edition_before(context_.output, entry) : edition;
        if (goal.empty()) {
            throw UsageError("データセット「" + entry.id + "」には、戻れる前の版がありません",
                             "the dataset " + entry.id + " has no edition before this one");
        }
        const std::string id = entry.id;
        if (goal != entry.edition) {
            roll_back(context_.output, id, goal);
        }
        publish(false);
        PublicationPlan now = plan(local, {false, false, {}});
        std::erase_if(now.datasets, [&](const PlannedDataset& one) { return one.id != id; });
        const bool same = goal == entry.edition;
        PublicationResult result = looked_at(now);
        for (DatasetOutcome& outcome : result.datasets) {
            outcome.action = same ? PlanAction::leave : PlanAction::replace;
            outcome.where += " (" + goal + ")";
        }
        return result;
    }

    [[nodiscard]] bool unfinished(const std::string& /*dataset*/) const override { return false; }

private:
    /// Every dataset that has a folder and is published, whichever were named: the catalog is one.
    [[nodiscard]] std::vector<CatalogEntry> entries() const {
        std::vector<CatalogEntry> all;
        for (const std::string& id : state_ids(context_.output)) {
            std::error_code ignored;
            if (!fs::is_regular_file(context_.datasets / id / "dataset.json", ignored)) {
                continue;
            }
            if (auto state = read_state(context_.output, id); state && state->entry) {
                all.push_back(std::move(*state->entry));
            }
        }
        return all;
    }

    [[nodiscard]] StagedSite staged() const {
        std::vector<CatalogEntry> all = entries();
        put_editions(context_.output, all, context_.spec.editions);
        return {context_.output, context_.spec.name, std::move(all), {portal_folder(), root_, {}, false}};
    }

    void publish(bool anew) {
        if (anew) {
            std::error_code ignored;
            fs::remove(context_.output / ".state" / "catalog.digest", ignored);
        }
        publish_catalog(context_.output, entries(), {portal_folder(), context_.program, context_.spec.editions});
    }

    static void add(PlannedDataset& dataset, const SiteFile& file, const std::string& remote) {
        PlanAction action = remote == file.sha256 ? PlanAction::leave
                            : remote.empty()      ? PlanAction::create
                                                  : PlanAction::replace;
        dataset.files.push_back({file.path, file.path, file.path, action, {}, file.bytes, file.sha256});
        if (dataset.files.size() == 1) {
            dataset.action = action;
        } else if (dataset.action != action) {
            dataset.action = PlanAction::change;
        }
    }

    /// Reads every file of the catalog back.
    [[nodiscard]] PublicationResult looked_at(const PublicationPlan& plan) const {
        const std::map<std::string, std::string> there = digests_of_folder(root_);
        PublicationResult result;
        for (const PlannedDataset& dataset : plan.datasets) {
            DatasetOutcome outcome;
            outcome.id = dataset.id;
            outcome.action = dataset.action;
            outcome.where = (root_ / (dataset.id == site_itself ? "" : dataset.id)).string();
            for (const PlannedFile& file : dataset.files) {
                const auto found = there.find(file.path);
                if (file.action == PlanAction::orphaned) {
                    if (found != there.end()) {
                        outcome.wrong.push_back(file.path +
                                                ": 公開していないファイルがあります / is not of the catalog");
                    }
                } else if (found == there.end()) {
                    outcome.wrong.push_back(file.path + ": ありません / is missing");
                } else if (found->second != file.sha256) {
                    outcome.wrong.push_back(file.path + ": 内容が違います / has another content");
                } else {
                    ++outcome.verified_files;
                }
            }
            if (!outcome.wrong.empty()) {
                outcome.exit = Exit::catalog;
                outcome.ja = "公開した内容と違います";
                outcome.en = "not what was published";
            }
            result.datasets.push_back(std::move(outcome));
        }
        return result;
    }

    [[nodiscard]] const CatalogEntry& chosen(const std::vector<LocalDataset>& local, const std::string& edition) const {
        if (local.size() == 1) {
            return local.front().entry;
        }
        for (const LocalDataset& one : local) {
            if (!edition.empty() && kept_entry(context_.output, one.entry.id, edition)) {
                return one.entry;
            }
        }
        throw UsageError("どのデータセットを戻すか書いてください: kokai publish --to " + context_.spec.name +
                             " --rollback [版] <id>",
                         "which dataset? kokai publish --to " + context_.spec.name + " --rollback [EDITION] DATASET");
    }

    TargetContext context_;
    fs::path root_;
    PublicationPlan plan_;
};

}  // namespace

std::unique_ptr<PublishTarget> make_embedded_target(const TargetContext& context) {
    return std::make_unique<EmbeddedTarget>(context);
}

}  // namespace kokai
