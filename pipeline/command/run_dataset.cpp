// SPDX-License-Identifier: Apache-2.0
#include "command/run_dataset.hpp"

#include "command/dataset_ids.hpp"
#include "command/dataset_inputs.hpp"
#include "command/gates.hpp"
#include "command/give_back.hpp"
#include "command/published_entry.hpp"
#include "command/table_job.hpp"
#include "command/told_private.hpp"
#include "publish/editions.hpp"
#include "publish/output_folder.hpp"
#include "support/file.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

bool reads_database(const Dataset& dataset) {
    return std::any_of(dataset.sources.begin(), dataset.sources.end(),
                       [](const SourceSpec& one) { return !one.service.empty(); });
}

class DatasetWork {
public:
    DatasetWork(const DatasetFolder& folder, SchemaLibrary& schemas, const DatasetRunOptions& options)
        : folder_(folder), dataset_(folder.dataset), schemas_(schemas), options_(options),
          home_(options.output / folder.dataset.id), state_(read_state(options.output, folder.dataset.id)),
          inputs_(inputs_digest(folder, schemas, options.output, options.program)) {}

    DatasetRun run() {
        run_.id = dataset_.id;
        if (is_unchanged()) {
            run_.exit = state_->exit;
            run_.skipped = true;
            run_.report = read_small_file(home_ / "report.json", (home_ / "report.json").string());
            return std::move(run_);
        }
        open_staging();
        make_tables();
        ask_gates();
        write_reports();
        if (!options_.check_only) {
            settle();
        }
        run_.result = std::move(result_);
        return std::move(run_);
    }

private:
    [[nodiscard]] bool is_unchanged() const;
    void open_staging();
    void make_tables();
    void ask_gates();
    void write_reports();
    void give_back_sources();
    void settle();
    void publish(DatasetState& now);
    void keep_former_files();

    [[nodiscard]] std::optional<CatalogEntry> former() const { return state_ ? state_->entry : std::nullopt; }

    const DatasetFolder& folder_;
    const Dataset& dataset_;
    SchemaLibrary& schemas_;
    const DatasetRunOptions& options_;
    fs::path home_;
    std::optional<DatasetState> state_;
    std::string inputs_;
    std::optional<StagedFolder> staged_;
    fs::path staging_;  // empty: nothing is written
    std::optional<FileWriter> findings_;
    std::optional<DatasetIds> ids_;
    DatasetResult result_;
    DatasetRun run_;
};

/// Nothing is new, and what was made is there. What a gate stopped is looked at again, for its report was printed and
/// kept nowhere; what a database holds is only known when it is read.
bool DatasetWork::is_unchanged() const {
    if (options_.check_only || !state_ || state_->inputs != inputs_ || state_->exit == static_cast<int>(Exit::gate) ||
        reads_database(dataset_)) {
        return false;
    }
    std::error_code ignored;
    return state_->entry ? edition_is_whole(home_, *state_->entry)
                         : fs::is_regular_file(home_ / "report.json", ignored);
}

void DatasetWork::open_staging() {
    if (!options_.check_only) {
        staged_.emplace(options_.output, dataset_.id);
        staging_ = staged_->path();
        findings_.emplace(staging_ / "findings.jsonl", dataset_.id + "/findings.jsonl");
    } else if (!options_.report_folder.empty()) {
        fs::create_directories(options_.report_folder);
        staging_ = options_.report_folder;
        findings_.emplace(staging_ / "findings.jsonl", "findings.jsonl");
    }
}

void DatasetWork::make_tables() {
    result_.id = dataset_.id;
    result_.metadata = MetadataFacts{dataset_.update_frequency, dataset_.modified, dataset_.temporal};
    ids_.emplace(folder_);
    std::uint64_t stopping = 0;
    const auto tables = static_cast<double>(dataset_.tables.size());
    for (std::size_t i = 0; i < dataset_.tables.size(); ++i) {
        TableJob job = job_of(folder_, dataset_.tables[i], staging_, findings_ ? &*findings_ : nullptr, options_);
        job.progress = [&](std::uint64_t done, std::uint64_t all) {
            if (options_.progress && all > 0) {
                options_.progress((static_cast<double>(i) + static_cast<double>(done) / static_cast<double>(all)) /
                                  tables);
            }
        };
        job.check_only = options_.check_only;
        GivenIds given;
        if (dataset_.tables[i].keep_ids) {
            given = ids_->give(job, schemas_, options_.accept_ids || !options_.accept.empty());
            job.ids = &given;
        }
        const TableResult& table = result_.tables.emplace_back(run_table(job, schemas_));
        stopping +=
            job.on_error == OnError::dataset ? table.outcome.log.count(Severity::error) : privacy_counts(table).asking;
    }
    if (findings_) {
        findings_->finish();
    }
    result_.published = stopping == 0;
    run_.exit = result_.count(Severity::error) == 0 ? 0 : static_cast<int>(Exit::data_errors);
}

void DatasetWork::ask_gates() {
    const std::optional<CatalogEntry> before = former();
    const StagedResult made{folder_, before, staging_, {ids_->in_use(), ids_->gone()}};
    if (std::optional<GateStop> stop = stopped_by_gate(made, options_, schemas_, result_)) {
        run_.exit = static_cast<int>(Exit::gate);
        run_.gate = std::move(stop);
        result_.published = false;
    }
}

void DatasetWork::write_reports() {
    std::future<void> page;
    if (!staging_.empty()) {
        page = write_report_page(result_, staging_, options_.workers);
    }
    run_.report = report_text(result_);
    give_back_sources();
    if (!staging_.empty()) {
        write_whole_file(staging_ / "report.json", run_.report);
        page.get();
    }
}

/// The sources with their findings marked: into the folder of check --out, else into the private folder of the output.
void DatasetWork::give_back_sources() {
    std::vector<GivenSource> sources;
    for (const SourceSpec& source : dataset_.sources) {
        if (!source.service.empty()) {
            continue;
        }
        if (source.dataset.empty()) {
            sources.push_back({folder_.folder / source.file, dataset_.id + "/" + source.file});
        } else {
            const Borrowed borrowed = borrow(source, options_.output);
            sources.push_back({borrowed.path, borrowed.shown, true});
        }
    }
    const fs::path usual = home_ / private_folder;
    run_.given_folder = usual;
    if (options_.check_only && staging_.empty()) {
        run_.given_back = give_back_beside(result_, sources, usual, run_.give_back_trouble);
    } else if (options_.check_only) {
        run_.given_folder = staging_;
        run_.given_back = give_back(result_, sources, staging_, staging_);
    } else {
        fs::create_directories(staging_ / private_folder);
        run_.given_back = give_back(result_, sources, staging_ / private_folder, usual);
    }
}

/// A new edition takes the place of the former one, or that stays with the new report, or all stays as it was.
void DatasetWork::settle() {
    DatasetState now{dataset_.id, inputs_, run_.exit, former()};
    if (result_.published) {
        publish(now);
    } else if (!run_.gate) {
        keep_former_files();
    }
    if (run_.gate || !run_.withdrawn.empty()) {
        staged_.reset();  // output/<id> stays as it was, byte for byte
        run_.given_back.clear();
    } else {
        staged_->commit();
    }
    write_state(options_.output, now);
}

void DatasetWork::publish(DatasetState& now) {
    CatalogEntry entry = published_entry(dataset_, result_);
    if ((!now.entry || now.entry->edition != entry.edition) &&
        is_withdrawn(options_.output, dataset_.id, entry.edition)) {
        run_.withdrawn = entry.edition;  // somebody took it back: only somebody brings it again
        result_.published = false;
        return;
    }
    keep_edition(options_.output, staging_, entry);
    now.entry = std::move(entry);
    ids_->write();
    now.inputs = inputs_digest(folder_, schemas_, options_.output, options_.program);  // with the IDs issued now
}

/// The report is new, the data are those of the last good edition.
void DatasetWork::keep_former_files() {
    for (const TableResult& table : result_.tables) {
        for (const OutputFile& file : table.outcome.outputs) {
            fs::remove(staging_ / file.path);
        }
    }
    const std::optional<CatalogEntry> before = former();
    if (!before) {
        return;
    }
    for (const CatalogTable& table : before->tables) {
        for (const CatalogFile& file : table.files) {
            fs::create_directories((staging_ / file.path).parent_path());
            link_or_copy(home_ / file.path, staging_ / file.path);
        }
    }
}

}  // namespace

DatasetRun run_dataset(const DatasetFolder& folder, SchemaLibrary& schemas, const DatasetRunOptions& options) {
    return DatasetWork(folder, schemas, options).run();
}

}  // namespace kokai
