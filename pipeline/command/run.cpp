// SPDX-License-Identifier: Apache-2.0
#include "command/run.hpp"

#include "command/dataset_inputs.hpp"
#include "command/give_back.hpp"
#include "command/run_dataset.hpp"
#include "model/error.hpp"
#include "publish/catalog.hpp"
#include "publish/output_folder.hpp"
#include "publish/rollback.hpp"
#include "publish/site.hpp"
#include "publish/targets.hpp"
#include "support/interrupt.hpp"
#include "support/progress.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

namespace kokai {
namespace {

namespace fs = std::filesystem;

/// A run that ended in the world's fault, kept until the others are done.
struct Failure {
    std::string id;
    Exit exit = Exit::world;
    std::string file, where, ja, en;
};

/// Runs all datasets: those that need no other side by side, then the rest in order.
class Crew {
public:
    Crew(const std::vector<DatasetFolder>& folders, SchemaLibrary& schemas, const DatasetRunOptions& options,
         unsigned jobs, Progress& progress)
        : folders_(folders), schemas_(schemas), options_(options), jobs_(jobs), progress_(progress),
          runs_(folders.size()) {}

    void work() {
        std::vector<std::size_t> free;
        std::vector<std::size_t> bound;
        for (const std::size_t at : in_order_of_need(folders_)) {
            const auto& sources = folders_[at].dataset.sources;
            const bool needs =
                std::any_of(sources.begin(), sources.end(), [](const SourceSpec& one) { return !one.dataset.empty(); });
            (needs ? bound : free).push_back(at);
        }
        std::atomic<std::size_t> next{0};
        const auto side_by_side = [&] {
            for (std::size_t i = next++; i < free.size(); i = next++) {
                one(free[i]);
            }
        };
        std::vector<std::thread> threads;
        for (unsigned i = 1; i < std::min<std::size_t>(jobs_, free.size()); ++i) {
            threads.emplace_back(side_by_side);
        }
        side_by_side();
        for (std::thread& thread : threads) {
            thread.join();
        }
        for (const std::size_t at : bound) {
            one(at);
        }
        stop_if_interrupted();
    }

    [[nodiscard]] const std::vector<std::optional<DatasetRun>>& runs() const { return runs_; }
    [[nodiscard]] const std::vector<Failure>& failures() const { return failures_; }

private:
    void one(std::size_t at) {
        try {
            stop_if_interrupted();
            DatasetRunOptions own = options_;
            if (folders_.size() > 1 && !own.report_folder.empty()) {
                own.report_folder /=
                    folders_[at].dataset.id;  // reports of several datasets do not overwrite each other
            }
            runs_[at] = run_dataset(folders_[at], schemas_, own);
        } catch (const Interrupted&) {
            return;  // told once, at the end
        } catch (const Error& error) {
            const std::lock_guard lock(mutex_);
            failures_.push_back(
                {folders_[at].dataset.id, error.exit(), error.file(), error.where(), error.ja(), error.en()});
        } catch (const std::exception& error) {
            const std::lock_guard lock(mutex_);
            failures_.push_back(
                {folders_[at].dataset.id, Exit::world, folders_[at].dataset.id, "", error.what(), error.what()});
        }
        progress_.update(static_cast<double>(++done_) / static_cast<double>(folders_.size()));
    }

    const std::vector<DatasetFolder>& folders_;
    SchemaLibrary& schemas_;
    const DatasetRunOptions& options_;
    unsigned jobs_;
    Progress& progress_;
    std::vector<std::optional<DatasetRun>> runs_;
    std::mutex mutex_;
    std::vector<Failure> failures_;
    std::atomic<std::size_t> done_{0};
};

/// How many former editions the catalog keeps: what catalogs.json says of the embedded one.
std::size_t editions_kept(const CommonOptions& common) {
    for (const TargetSpec& spec : read_targets(common.datasets, common.schemas).all) {
        if (spec.type == TargetType::directory && spec.path.empty()) {
            return spec.editions;
        }
    }
    return 0;
}

/// Gravest last: a gate outranks data errors, the world outranks both.
int gravest(int one, int other) {
    const auto rank = [](int exit) {
        switch (exit) {
        case 0:
            return 0;
        case 1:
            return 1;
        case 6:
            return 2;
        default:
            return 3;
        }
    };
    return rank(other) > rank(one) ? other : one;
}

std::string line_of(const DatasetRun& run, Language language) {
    const bool ja = language != Language::en;
    std::string text = run.id + ": ";
    if (run.skipped) {
        return text + (ja ? "変更なし" : "unchanged") + (run.exit == 0 ? "" : fmt::format(" (exit {})", run.exit));
    }
    if (run.gate) {
        return text + (ja ? run.gate->ja : run.gate->en);
    }
    if (!run.withdrawn.empty()) {
        return text +
               fmt::format(fmt::runtime(ja ? "取り消した版 {} と同じ内容なので、公開中の版のままです（公開するには "
                                             "kokai publish --to local --rollback {} {}）"
                                           : "the same as edition {}, which was taken back: the current edition "
                                             "stays (to publish it: kokai publish --to local --rollback {} {})"),
                           run.withdrawn, run.withdrawn, run.id);
    }
    std::uint64_t written = 0;
    for (const TableResult& table : run.result->tables) {
        written += table.outcome.rows.written;
    }
    text += verdict(run.result->count(Severity::error), language);
    const std::uint64_t warnings = run.result->count(Severity::warning);
    text += fmt::format(
        fmt::runtime(ja ? "（{} 行、注意 {}、お知らせ {}、{}）" : " ({} rows, {} warnings, {} notes, {})"), written,
        warnings, run.result->count(Severity::note), quality_points_text(qualities_of(*run.result), language));
    if (!run.result->change_accepted.empty()) {
        text += (ja ? "。前回との違いを認めました: " : "; the change was accepted: ") +
                printable(run.result->change_accepted);
    }
    return text;
}

/// A reason is of one change: nobody says in advance that whatever comes is right.
void look_at_reason(const RunOptions& options) {
    if (options.accept->find_first_not_of(" \t\r\n") == std::string::npos) {
        throw UsageError("--accept には理由を書いてください", "--accept needs a reason");
    }
    if (options.datasets.empty()) {
        throw UsageError("--accept にはデータセットの ID も書いてください（kokai run ID --accept \"理由\"）",
                         "--accept is for datasets that are named (kokai run ID --accept \"REASON\")");
    }
}

void tell_restored(const std::vector<std::string>& ids, const CommonOptions& common) {
    for (const std::string& id : ids) {
        std::fputs((common.language == Language::en
                        ? id + ": what was last published was not on record; taken from the editions that are kept\n"
                        : id + ": 前回の公開の記録が読めないので、残してある版から作り直しました\n")
                       .c_str(),
                   stderr);
    }
}

}  // namespace

int run_command(const RunOptions& options, const CommonOptions& common) {
    if (options.accept) {
        look_at_reason(options);
    }
    SchemaLibrary schemas(common.schemas);
    const std::vector<std::string> ids = options.datasets.empty() ? dataset_ids(common.datasets) : options.datasets;
    const std::vector<DatasetFolder> folders = load_datasets(common.datasets, ids, schemas);
    if (folders.empty()) {
        throw WorldError(common.datasets.string(), "データセットが一つもありません", "there is no dataset");
    }
    std::optional<OutputLock> lock;
    if (!options.check_only) {
        lock.emplace(common.output);
        recover_output(common.output);
        finish_rollbacks(common.output);
        tell_restored(restore_lost_states(common.output), common);
    }
    DatasetRunOptions run_options;
    run_options.output = common.output;
    run_options.check_only = options.check_only;
    run_options.report_folder = options.report_folder;
    run_options.accept_ids = options.accept_ids;
    run_options.accept = options.accept.value_or("");
    run_options.workers = jobs_or_all(common.jobs);
    run_options.program = program_digest(schemas);
    Progress progress(Progress::style_for(common.quiet), options.check_only ? "check" : "run");
    if (folders.size() == 1) {
        run_options.progress = [&](double part) { progress.update(part); };
    }
    Crew crew(folders, schemas, run_options, jobs_or_all(common.jobs), progress);
    crew.work();

    bool catalog_written = false;
    bool maps = true;
    if (!options.check_only) {
        const std::vector<std::string> known = dataset_ids(common.datasets);
        std::vector<CatalogEntry> entries;
        for (const std::string& id : state_ids(common.output)) {
            // A dataset whose folder is gone leaves the catalog; its output stays on disk.
            if (options.datasets.empty() && !std::binary_search(known.begin(), known.end(), id)) {
                continue;
            }
            if (const auto state = read_state(common.output, id); state && state->entry) {
                entries.push_back(*state->entry);
            }
        }
        const CatalogOutcome catalog = publish_catalog(common.output, std::move(entries),
                                                       {portal_folder(), run_options.program, editions_kept(common)});
        catalog_written = catalog.written;
        maps = catalog.map_library;
    }

    int exit = 0;
    nlohmann::ordered_json all{{"datasets", nlohmann::ordered_json::array()}};
    std::string text;
    for (const auto& run : crew.runs()) {
        if (!run) {
            continue;
        }
        exit = gravest(exit, run->exit);
        if (common.json) {
            all["datasets"].push_back(nlohmann::ordered_json::parse(run->report));
        }
        text += line_of(*run, common.language) + "\n";
        if (!common.quiet && run->result && run->exit != 0) {
            std::fputs(findings_text(*run->result, common.language).c_str(), stderr);
        }
        if (!common.quiet && run->result && options.check_only) {
            std::fputs(
                fmt::format("{}: {}\n", run->id, quality_text(qualities_of(*run->result), common.language)).c_str(),
                stderr);
        }
        if (!common.quiet && (options.check_only || run->exit != 0)) {
            std::fputs(given_back_text(run->given_back, run->given_folder, common.language).c_str(), stderr);
            std::fputs(give_back_trouble_text(run->give_back_trouble, common.language).c_str(), stderr);
        }
    }
    for (const Failure& failure : crew.failures()) {
        exit = gravest(exit, static_cast<int>(failure.exit));
        std::fputs(fmt::format("{}: {}{}\n", failure.id, failure.file.empty() ? "" : failure.file + ": ",
                               common.language == Language::en ? failure.en : failure.ja)
                       .c_str(),
                   stderr);
    }
    if (common.json) {
        if (!crew.failures().empty()) {
            const Failure& first = crew.failures().front();
            all["error"] = {{"exit", static_cast<int>(first.exit)},
                            {"file", first.file},
                            {"where", first.where},
                            {"message_ja", first.ja},
                            {"message_en", first.en}};
        } else if (const auto stopped = std::find_if(crew.runs().begin(), crew.runs().end(),
                                                     [](const auto& one) { return one && one->gate; });
                   stopped != crew.runs().end()) {
            all["error"] = error_of(*(*stopped)->gate);
        }
        std::fputs((all.dump(2) + "\n").c_str(), stdout);
        return exit;
    }
    if (options.check_only && crew.failures().empty()) {
        // One sentence first of all; of a single dataset it says everything.
        std::uint64_t errors = 0;
        for (const auto& run : crew.runs()) {
            errors += run && run->result ? run->result->count(Severity::error) : 0;
        }
        const bool says_all = crew.runs().size() == 1 && !(crew.runs().front() && crew.runs().front()->gate);
        text = verdict(errors, common.language) + "\n" + (says_all ? "" : text);
    }
    std::fputs(text.c_str(), stdout);
    if (!options.check_only) {
        const std::string place = (common.output / "catalog" / "index.html").string();
        const bool ja = common.language != Language::en;
        fmt::print("{}{}: {}\n", ja ? "カタログ" : "catalog",
                   catalog_written ? ""
                   : ja            ? "（変更なし）"
                                   : " (unchanged)",
                   place);
        if (!maps) {
            std::fputs(
                ja ? "地図の部品（npm）がないため、地図なしのページを作りました。pipeline/setup.sh を実行してください\n"
                   : "npm's packages are missing, so the pages have no maps: run pipeline/setup.sh\n",
                stderr);
        }
    }
    return exit;
}

}  // namespace kokai
