// SPDX-License-Identifier: Apache-2.0
#include "command/publish.hpp"

#include "command/dataset_inputs.hpp"
#include "command/library.hpp"
#include "command/publish_report.hpp"
#include "command/run_dataset.hpp"
#include "publish/http.hpp"
#include "publish/output_folder.hpp"
#include "publish/rollback.hpp"
#include "publish/state.hpp"
#include "publish/target.hpp"
#include "support/file.hpp"
#include "support/nearest_word.hpp"
#include "support/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace kokai {
namespace {

namespace fs = std::filesystem;

/// What is published of the datasets that were named, or of all that have a folder.
std::vector<LocalDataset> local_datasets(const std::vector<std::string>& named, const CommonOptions& common) {
    const std::vector<std::string> known = dataset_ids(common.datasets);
    std::vector<std::string> ids = named.empty() ? state_ids(common.output) : named;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<LocalDataset> local;
    for (const std::string& id : ids) {
        const bool has_folder = std::binary_search(known.begin(), known.end(), id);
        if (!has_folder && !named.empty()) {
            const std::string near = nearest_word(id, known);
            throw UsageError("データセット「" + id + "」はありません" +
                                 (near.empty() ? "" : "（" + near + " ではありませんか）"),
                             "there is no dataset " + id + (near.empty() ? "" : " (did you mean " + near + "?)"));
        }
        auto state = has_folder ? read_state(common.output, id) : std::nullopt;
        if (state && state->entry) {
            if (!edition_is_whole(common.output / id, *state->entry)) {
                throw WorldError((common.output / id).string(),
                                 "公開するファイルが欠けています。kokai run " + id + " で作り直してください",
                                 "files of the edition are missing: make it again with kokai run " + id);
            }
            local.push_back({std::move(*state->entry), common.output / id});
        } else if (!named.empty()) {
            throw WorldError((common.output / id).string(),
                             "公開できる版がまだありません。先に kokai run " + id + " を実行してください",
                             "there is no edition to publish yet: kokai run " + id + " makes one");
        }
    }
    return local;
}

std::unique_ptr<PublishTarget> make_target(const TargetContext& context) {
    switch (context.spec.type) {
    case TargetType::ckan:
        return make_ckan_target(context);
    case TargetType::directory:
        return make_directory_target(context);
    case TargetType::s3:
        return make_s3_target(context);
    case TargetType::webdav:
        return make_webdav_target(context);
    }
    throw UsageError("この種類の公開先はありません: " + context.spec.name,
                     "there is no such type of target: " + context.spec.name);
}

/// Exactly one thing is asked for.
void check_wishes(const PublishCommand& wanted) {
    const int wishes = (wanted.dry_run ? 1 : 0) + (wanted.plan_file.empty() ? 0 : 1) +
                       (wanted.apply_file.empty() ? 0 : 1) + (wanted.verify ? 1 : 0) + (wanted.rollback ? 1 : 0);
    if (wishes > 1 && !(wishes == 2 && wanted.dry_run && !wanted.plan_file.empty())) {
        throw UsageError("--dry-run、--plan、--apply、--verify、--rollback は一つだけ使えます",
                         "use only one of --dry-run, --plan, --apply, --verify, --rollback");
    }
    if (!wanted.apply_file.empty() &&
        (!wanted.datasets.empty() || !wanted.overwrite.empty() || wanted.remove_orphaned)) {
        throw UsageError(
            "--apply は計画のとおりに行います。データセットや --overwrite、--remove-orphaned "
            "は計画を作るときに付けます",
            "--apply does what the plan says: name datasets, --overwrite and --remove-orphaned when it is made");
    }
}

/// The saved plan's datasets that may still be applied as planned. Throws with exit 6 when something has moved since.
std::vector<std::string> still_as_planned(const PublicationPlan& saved, const PublicationPlan& now,
                                          const PublishTarget& target) {
    if (saved.where != redact(now.where)) {  // as it was written: without secrets
        throw Error(Exit::gate, saved.target, "",
                    "計画は別の公開先のものです（" + saved.where + " → " + redact(now.where) +
                        "）。何も送っていません。計画を作り直してください",
                    "the plan was made for another place (" + saved.where + " → " + redact(now.where) +
                        "); nothing was sent. Make it again");
    }
    std::vector<std::string> wanted;
    std::string ja;
    std::string en;
    for (const PlannedDataset& planned : saved.datasets) {
        const auto found = std::find_if(now.datasets.begin(), now.datasets.end(),
                                        [&](const PlannedDataset& one) { return one.id == planned.id; });
        wanted.push_back(planned.id);
        if (found == now.datasets.end() || found->local_state != planned.local_state) {
            ja += "\n  " + planned.id + ": 手元の版が計画のあとで変わりました";
            en += "\n  " + planned.id + ": the local edition has changed since";
        } else if (found->remote_state != planned.remote_state && found->action != PlanAction::leave &&
                   !target.unfinished(planned.id)) {
            ja += "\n  " + planned.id + ": 公開先が計画のあとで変わりました（" + planned.remote_state + " → " +
                  found->remote_state + "）";
            en += "\n  " + planned.id + ": the target has changed since (" + planned.remote_state + " → " +
                  found->remote_state + ")";
        }
    }
    if (!ja.empty()) {
        throw Error(Exit::gate, saved.target, "",
                    "計画が古くなりました。何も送っていません。計画を作り直してください" + ja,
                    "the plan is stale; nothing was sent. Make it again" + en);
    }
    return wanted;
}

PublicationPlan read_plan(const std::string& file, const TargetSpec& spec) {
    PublicationPlan plan = plan_from_json(read_small_file(file, file), file);
    if (plan.target != spec.name) {
        throw UsageError("この計画は公開先「" + plan.target + "」のものです",
                         "this plan is for the target " + plan.target);
    }
    return plan;
}

int finish(const PublicationResult& result, const PublishCommand& wanted, const TargetSpec& spec,
           const CommonOptions& common) {
    std::fputs(redact(common.json ? result_json(result, spec.name)
                                  : result_text(result, spec.name, wanted.verify, common.language))
                   .c_str(),
               stdout);
    if (!common.json) {
        std::fputs(redact(trouble_text(result, common.language)).c_str(), stderr);
    }
    return static_cast<int>(result.exit());
}

}  // namespace

int publish_command(const PublishCommand& wanted, const CommonOptions& common) {
    check_wishes(wanted);
    const Targets targets = read_targets(common.datasets, common.schemas);
    const TargetSpec& spec = target_named(targets, wanted.to);
    const bool only_looks = wanted.dry_run || !wanted.plan_file.empty() || wanted.verify;
    std::optional<OutputLock> lock;
    if (!only_looks) {
        lock.emplace(common.output);
        recover_output(common.output);
        finish_rollbacks(common.output);
        restore_lost_states(common.output);
    }
    std::optional<PublicationPlan> saved;
    PublishOptions options{wanted.datasets.empty(), wanted.remove_orphaned, wanted.overwrite};
    std::vector<std::string> named = wanted.datasets;
    std::string edition = wanted.edition;
    const std::vector<std::string> known = dataset_ids(common.datasets);
    if (std::find(known.begin(), known.end(), edition) != known.end()) {
        named.push_back(edition);  // --rollback DATASET
        edition.clear();
    }
    if (!wanted.apply_file.empty()) {
        saved = read_plan(wanted.apply_file, spec);
        options.remove_orphaned = saved->remove_orphaned;
        options.overwrite = saved->overwrite;
    }
    const std::vector<LocalDataset> local = local_datasets(named, common);

    Progress progress(Progress::style_for(common.quiet), "publish");
    TargetContext context;
    context.spec = spec;
    context.catalogs_file = targets.file;
    context.secrets_folder = targets.folder;
    context.output = common.output;
    context.datasets = common.datasets;
    context.schemas = common.schemas;
    context.program = program_digest(SchemaLibrary(common.schemas));
    context.progress = [&](double part) { progress.update(part); };
    const std::unique_ptr<PublishTarget> target = make_target(context);

    if (wanted.verify) {
        return finish(target->verify(local), wanted, spec, common);
    }
    if (wanted.rollback) {
        return finish(target->rollback(local, edition), wanted, spec, common);
    }
    if (std::vector<Mistake> mistakes = target->preflight(local); !mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    const PublicationPlan plan = target->plan(local, options);
    if (plan.datasets.empty() && !saved) {
        throw WorldError(common.output.string(), "公開できる版が一つもありません。先に kokai run を実行してください",
                         "there is no edition to publish: kokai run makes them");
    }
    if (only_looks) {
        if (!wanted.plan_file.empty()) {
            write_whole_file(wanted.plan_file, redact(plan_json(plan)));
        }
        std::fputs(redact(common.json ? plan_json(plan) : plan_text(plan, common.language)).c_str(), stdout);
        return 0;
    }
    std::vector<std::string> chosen;
    if (saved) {
        chosen = still_as_planned(*saved, plan, *target);
        if (chosen.empty()) {
            return finish({}, wanted, spec, common);
        }
    }
    if (!common.quiet && !common.json) {
        std::fputs(redact(plan_text(plan, common.language)).c_str(), stderr);
    }
    return finish(target->apply(chosen), wanted, spec, common);
}

}  // namespace kokai
