// SPDX-License-Identifier: Apache-2.0
#include "command/run_dataset.hpp"

#include "command/assemble.hpp"
#include "command/gates.hpp"
#include "command/give_back.hpp"
#include "describe/edition.hpp"
#include "model/error.hpp"
#include "portal/report_page.hpp"
#include "publish/editions.hpp"
#include "publish/output_folder.hpp"
#include "support/file.hpp"
#include "support/module.hpp"
#include "support/output_file.hpp"
#include "support/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t preview_rows = 20;

void digest_file(Sha256& digest, const fs::path& path, const std::string& shown) {
    const InputFile file(path, shown);
    std::string bytes(1U << 20U, '\0');
    std::uint64_t at = 0;
    while (const std::size_t got = file.read_at(at, bytes.data(), bytes.size())) {
        digest.update(std::string_view(bytes.data(), got));
        at += got;
    }
    digest.update(fmt::format("\x1F{}\x1F{}\x1E", shown, at));
}

/// A Shapefile or a MapInfo table is several files; all that share the name count, and labels beside them.
std::vector<fs::path> files_of(const fs::path& source) {
    std::vector<fs::path> files{source};
    const std::string extension = lowered(source.extension().string());
    if (extension == ".shp" || extension == ".tab" || extension == ".mif") {
        files.clear();
        std::error_code ignored;
        const std::string name = lowered(source.stem().string()) + ".";  // a.shp, A.DBF, a.attributes.csv
        for (const fs::directory_entry& entry : fs::directory_iterator(source.parent_path(), ignored)) {
            if (lowered(entry.path().filename().string()).starts_with(name) && entry.is_regular_file()) {
                files.push_back(entry.path());
            }
        }
        std::sort(files.begin(), files.end());
    }
    return files;
}

/// The published CSV of another dataset's table.
struct Borrowed {
    fs::path path;
    std::string shown, sha256;
};

Borrowed borrow(const SourceSpec& source, const fs::path& output) {
    const std::optional<DatasetState> state = read_state(output, source.dataset);
    if (state && state->entry) {
        for (const CatalogTable& table : state->entry->tables) {
            if (!source.table.empty() && table.name != source.table) {
                continue;
            }
            for (const CatalogFile& file : table.files) {
                if (file.format == "csv") {
                    return {output / source.dataset / file.path, source.dataset + "/" + file.path, file.sha256};
                }
            }
        }
    }
    throw WorldError(source.dataset,
                     "元にするデータセット「" + source.dataset + "」の CSV がまだ公開されていません。先に kokai run " +
                         source.dataset + " を実行してください",
                     "the dataset \"" + source.dataset + "\" has no published CSV yet: run it first");
}

fs::path ids_file(const DatasetFolder& folder) {
    return folder.folder / "ids.csv";
}

bool keeps_ids(const Dataset& dataset) {
    return std::any_of(dataset.tables.begin(), dataset.tables.end(),
                       [](const TableSpec& table) { return table.keep_ids; });
}

std::string inputs_digest(const DatasetFolder& folder, const SchemaLibrary& schemas, const DatasetRunOptions& options) {
    Sha256 digest;
    digest.update(options.program);
    digest_file(digest, folder.folder / "dataset.json", "dataset.json");
    for (const SourceSpec& source : folder.dataset.sources) {
        if (!source.dataset.empty()) {
            digest.update(borrow(source, options.output).sha256);
            continue;
        }
        if (!source.service.empty()) {
            continue;  // what a database holds is only known when it is read
        }
        for (const fs::path& file : files_of(folder.folder / source.file)) {
            digest_file(digest, file, folder.dataset.id + "/" + source.file);
        }
    }
    std::error_code ignored;
    if (keeps_ids(folder.dataset) && fs::exists(ids_file(folder), ignored)) {
        digest_file(digest, ids_file(folder), folder.dataset.id + "/ids.csv");
    }
    std::set<fs::path> others;
    for (const TableSpec& table : folder.dataset.tables) {
        if (schemas.has(table.schema)) {
            others.insert(schemas.file(table.schema));
        } else if (table.schema == "auto" || table.schema.empty()) {
            for (const std::string& id : schemas.ids()) {
                others.insert(schemas.file(id));
            }
        }
        for (const std::string& partner : table.partners) {
            others.insert(schemas.partner_file(partner));
        }
        if (std::find(table.outputs.begin(), table.outputs.end(), "webgis") != table.outputs.end()) {
            others.insert(schemas.partner_file("webgis"));
        }
    }
    for (const fs::path& file : others) {
        digest_file(digest, file, file.filename().string());
    }
    return digest.hex();
}

/// The lines of ids.csv; none before the first run.
std::vector<IssuedId> read_ids(const DatasetFolder& folder) {
    std::error_code ignored;
    if (!keeps_ids(folder.dataset) || !fs::exists(fs::symlink_status(ids_file(folder), ignored))) {
        return {};
    }
    const std::string shown = folder.dataset.id + "/ids.csv";
    std::vector<Mistake> mistakes;
    std::vector<IssuedId> ids = parse_issued_ids(read_small_file(ids_file(folder), shown), shown, mistakes);
    if (!mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    return ids;
}

/// Whole or absent, and only when something changed.
void write_ids(const DatasetFolder& folder, const std::vector<IssuedId>& before, const std::vector<IssuedId>& now) {
    if (now == before) {
        return;
    }
    const fs::path file = ids_file(folder);
    fs::path beside = file;
    beside += ".new";
    write_whole_file(beside, issued_ids_text(now));
    std::error_code error;
    fs::rename(beside, file, error);
    if (error) {
        throw_file_error(file.string(), error.value());
    }
    sync_folder(folder.folder);
}

/// What the rows of a table say of themselves: read once without writing anything.
std::vector<RowEvidence> evidence_of(const TableJob& job, const std::string& shown, SchemaLibrary& schemas) {
    std::vector<RowEvidence> evidence;
    TableJob first = job;
    first.formats.clear();
    first.partners.clear();
    first.findings_file = nullptr;
    first.progress = nullptr;
    first.preview_rows = 0;
    first.chart_columns.clear();
    first.evidence = &evidence;
    const TableResult looked = run_table(first, schemas);
    if (looked.fields != nullptr && looked.fields->primary_key.size() != 1) {
        throw LayoutError(
            {{shown, "/tables", "\"ids\" を使えるのは、ID か NO の項目が一つある表だけです: " + looked.schema,
              "\"ids\" needs a schema with one ID field: " + looked.schema}});
    }
    return evidence;
}

TableJob job_of(const DatasetFolder& folder, const TableSpec& table, const fs::path& staging, FileWriter* findings,
                const DatasetRunOptions& options) {
    const Dataset& dataset = folder.dataset;
    TableJob job;
    job.table = table;
    for (const std::string& name : table.from) {
        const auto spec = std::find_if(dataset.sources.begin(), dataset.sources.end(),
                                       [&](const SourceSpec& one) { return one.name == name; });
        if (spec == dataset.sources.end()) {
            continue;  // told when the file was read
        }
        SourceRequest source;
        if (!spec->service.empty()) {
            source.shown = spec->service;
        } else if (spec->dataset.empty()) {
            source.path = folder.folder / spec->file;
            source.shown = dataset.id + "/" + spec->file;
        } else {
            const Borrowed borrowed = borrow(*spec, options.output);
            source.path = borrowed.path;
            source.shown = borrowed.shown;
        }
        source.name = spec->name;
        source.sheet = spec->sheet;
        source.encoding = spec->encoding;
        source.crs = spec->crs;
        source.service = spec->service;
        source.query = spec->query;
        source.geometry = spec->geometry;
        source.repair = spec->repair;
        source.pin = spec->pin;
        source.index = static_cast<std::uint16_t>(job.sources.size());
        for (const SourceSpec& other : dataset.sources) {
            if (&other != &*spec && other.dataset.empty() && other.file == spec->file) {
                source.other_sheets.insert(source.other_sheets.end(), other.pin.sheets.begin(), other.pin.sheets.end());
                source.other_sheets.push_back(other.sheet);
            }
        }
        for (const std::string& header : spec->headers) {
            if (std::find(job.headers.begin(), job.headers.end(), header) == job.headers.end()) {
                job.headers.push_back(header);
            }
        }
        job.sources.push_back(std::move(source));
    }
    job.on_error = table.on_error.value_or(OnError::dataset);
    // A mapping that is written down says all; without one the program proposes, and asks where it is not sure.
    job.matching = table.columns.empty() || table.schema == "auto" ? Matching::ask : Matching::by_name;
    job.tells_drift = table.shape == TableShape::rows;
    job.dataset_file = folder.shown;
    job.rules_pointer = fmt::format("/tables/{}/rules", &table - dataset.tables.data());
    job.findings_file = findings;
    job.folder = staging;
    job.publisher = dataset.publisher;
    job.title = !table.title.empty() ? table.title : dataset.title;
    job.license = !dataset.license.url.empty() ? dataset.license.url : dataset.license.title;
    job.attribution = dataset.credit;
    job.modified = dataset.modified;
    job.preview_rows = preview_rows;
    if (table.chart) {
        job.chart_columns = {table.chart->category, table.chart->series, table.chart->value};
    }
    if (!options.check_only) {
        job.formats = table.outputs;
        job.partners = table.partners;
        if (job.formats.empty()) {
            job.formats = {"csv", "geojson"};
            job.geojson_only_with_position = true;
        }
    }
    std::uintmax_t bytes = 0;
    for (const SourceRequest& source : job.sources) {
        std::error_code ignored;
        const std::uintmax_t size = fs::file_size(source.path, ignored);
        bytes += ignored ? 0 : size;
    }
    job.workers = bytes < (4U << 20U) ? 1 : options.workers;
    return job;
}

CatalogTable catalog_table(const TableSpec& spec, const TableResult& table) {
    CatalogTable entry;
    entry.name = spec.name;
    entry.title = spec.title;
    entry.description = spec.description;
    entry.schema_id = table.schema;
    if (table.fields != nullptr) {
        entry.schema_title = table.fields->title;
        entry.primary_key = table.fields->primary_key;
    }
    for (const ColumnInfo& column : table.outcome.shape.columns) {
        Field field = column.field != nullptr ? *column.field : Field{};
        field.name = column.name;
        if (column.field == nullptr) {
            field.type = "string";
        }
        entry.fields.push_back(std::move(field));
    }
    for (const OutputFile& file : table.outcome.outputs) {
        entry.files.push_back({file.format, file.path, file.rows, file.bytes, file.sha256});
    }
    const RowCounts& rows = table.outcome.rows;
    entry.rows_read = rows.read;
    entry.rows_written = rows.written;
    entry.rows_withheld = rows.withheld;
    entry.first_rows = table.outcome.preview;
    const FindingLog& log = table.outcome.log;
    entry.findings = {log.count(Severity::error), log.count(Severity::warning), log.count(Severity::note)};
    for (const auto& [index, count] : log.accepted()) {
        const Accept& accept = spec.accept[static_cast<std::size_t>(index)];
        entry.accepted.push_back({std::string(info(accept.code).id), count, accept.reason, accept.columns});
    }
    entry.chart = spec.chart;
    for (const std::vector<std::string>& cells : table.outcome.chart_cells) {
        entry.chart_points.push_back({cells[0], cells[1], cells[2]});
    }
    return entry;
}

/// Why a change beyond the limits was published, for the page; it names no edition, for the data are the same without.
/// What stands for columns are the limits, which are no columns of any table.
void keep_reason(const DatasetResult& result, CatalogEntry& entry) {
    if (result.change_accepted.empty() || entry.tables.empty()) {
        return;
    }
    for (const RegressionStop& stop : result.changes) {
        const auto found = std::find_if(entry.tables.begin(), entry.tables.end(),
                                        [&](const CatalogTable& one) { return one.name == stop.table; });
        CatalogTable& table = found == entry.tables.end() ? entry.tables.front() : *found;
        table.accepted.push_back(
            {std::string(regression_code), stop.count, result.change_accepted, {std::string(stop.limit)}});
    }
}

/// The sources with their findings marked: into the folder of check --out, else into the private folder of the output.
void give_back_sources(const DatasetFolder& folder, const DatasetResult& result, const DatasetRunOptions& options,
                       const fs::path& staging, DatasetRun& run) {
    std::vector<GivenSource> sources;
    for (const SourceSpec& source : folder.dataset.sources) {
        if (!source.service.empty()) {
            continue;
        }
        if (source.dataset.empty()) {
            sources.push_back({folder.folder / source.file, folder.dataset.id + "/" + source.file});
        } else {
            const Borrowed borrowed = borrow(source, options.output);
            sources.push_back({borrowed.path, borrowed.shown, true});
        }
    }
    const fs::path usual = options.output / folder.dataset.id / private_folder;
    if (options.check_only && staging.empty()) {
        run.given_folder = usual;
        run.given_back = give_back_beside(result, sources, usual, run.give_back_trouble);
    } else if (options.check_only) {
        run.given_folder = staging;
        run.given_back = give_back(result, sources, staging, staging);
    } else {
        fs::create_directories(staging / private_folder);
        run.given_folder = usual;
        run.given_back = give_back(result, sources, staging / private_folder, usual);
    }
}

}  // namespace

std::string program_digest(const SchemaLibrary& schemas) {
    Sha256 digest;
    // 30 MB of them: their size and the time of their making say enough, and cost a small run nothing.
    const auto built = [&](const fs::path& file) {
        std::error_code missing;
        const fs::path real = fs::canonical(file, missing);
        const std::uintmax_t size = missing ? 0 : fs::file_size(real, missing);
        const fs::file_time_type made = missing ? fs::file_time_type() : fs::last_write_time(real, missing);
        digest.update(
            fmt::format("{}\x1F{}\x1F{}\x1E", file.filename().string(), size, made.time_since_epoch().count()));
    };
    built("/proc/self/exe");
    for (const char* module : {"gdal", "geos", "phone", "proj"}) {
        built(module_path(module));
    }
    for (const char* table : {"kokai_addresses.bin", "kokai_boundaries.bin"}) {
        built(beside_program(table));
    }
    // The digests of the grids are enough: a grid that differs from its own is refused.
    for (const fs::path& file : {schemas.lg_codes(), schemas.generic_names(), schemas.grids() / "SHA256SUMS"}) {
        std::error_code ignored;
        if (fs::is_regular_file(file, ignored)) {
            digest_file(digest, file, file.filename().string());
        }
    }
    return digest.hex();
}

DatasetRun run_dataset(const DatasetFolder& folder, SchemaLibrary& schemas, const DatasetRunOptions& options) {
    const Dataset& dataset = folder.dataset;
    DatasetRun run;
    run.id = dataset.id;
    const std::string inputs = inputs_digest(folder, schemas, options);
    std::optional<DatasetState> state = read_state(options.output, dataset.id);
    const fs::path home = options.output / dataset.id;
    // What a gate stopped is looked at again: its report was printed and kept nowhere.
    const bool stopped = state && state->exit == static_cast<int>(Exit::gate);
    const bool from_database = std::any_of(dataset.sources.begin(), dataset.sources.end(),
                                           [](const SourceSpec& one) { return !one.service.empty(); });
    if (!options.check_only && state && state->inputs == inputs && !stopped && !from_database) {
        std::error_code ignored;
        const bool whole =
            state->entry ? edition_is_whole(home, *state->entry) : fs::is_regular_file(home / "report.json", ignored);
        if (whole) {
            run.exit = state->exit;
            run.skipped = true;
            run.report = read_small_file(home / "report.json", (home / "report.json").string());
            return run;
        }
    }

    std::optional<StagedFolder> staged;
    fs::path staging;
    std::optional<FileWriter> findings;
    if (!options.check_only) {
        staged.emplace(options.output, dataset.id);
        staging = staged->path();
        findings.emplace(staging / "findings.jsonl", dataset.id + "/findings.jsonl");
    } else if (!options.report_folder.empty()) {
        fs::create_directories(options.report_folder);
        staging = options.report_folder;
        findings.emplace(staging / "findings.jsonl", "findings.jsonl");
    }
    DatasetResult result;
    result.id = dataset.id;
    result.metadata = MetadataFacts{dataset.update_frequency, dataset.modified, dataset.temporal};
    std::uint64_t stopping = 0;
    const std::vector<IssuedId> ids_before = read_ids(folder);
    std::vector<IssuedId> ids_now = ids_before;
    std::size_t ids_gone = 0;
    std::size_t ids_in_use = 0;
    for (std::size_t i = 0; i < dataset.tables.size(); ++i) {
        TableJob job = job_of(folder, dataset.tables[i], staging, findings ? &*findings : nullptr, options);
        job.progress = [&](std::uint64_t done, std::uint64_t all) {
            if (options.progress && all > 0) {
                options.progress((static_cast<double>(i) + static_cast<double>(done) / static_cast<double>(all)) /
                                 static_cast<double>(dataset.tables.size()));
            }
        };
        job.check_only = options.check_only;
        GivenIds given;
        if (dataset.tables[i].keep_ids) {
            const std::vector<RowEvidence> rows = evidence_of(job, folder.shown, schemas);
            IdChange change = give_ids(dataset.tables[i].name, ids_now, rows);
            for (std::size_t row = 0; row < rows.size(); ++row) {
                given[rows[row].key] = {change.ids[row], change.fresh[row]};
            }
            ids_now = std::move(change.issued);
            job.ids = &given;
            if (change.is_churn() && !options.accept_ids && options.accept.empty()) {
                job.ids_before = change.before;
                job.ids_gone = change.gone;
                ids_in_use += change.before;
                ids_gone += change.gone;
            }
        }
        result.tables.push_back(run_table(job, schemas));
        stopping += job.on_error == OnError::dataset ? result.tables.back().outcome.log.count(Severity::error)
                                                     : privacy_counts(result.tables.back()).asking;
    }
    if (findings) {
        findings->finish();
    }
    result.published = stopping == 0;
    run.exit = result.count(Severity::error) == 0 ? 0 : static_cast<int>(Exit::data_errors);

    const std::optional<CatalogEntry> former = state ? state->entry : std::nullopt;
    const StagedResult made{folder, former, staging, {ids_in_use, ids_gone}};
    if (std::optional<GateStop> stop = stopped_by_gate(made, options, schemas, result)) {
        run.exit = static_cast<int>(Exit::gate);
        run.gate = std::move(stop);
        result.published = false;
    }
    run.report = report_text(result);
    give_back_sources(folder, result, options, staging, run);
    if (!staging.empty()) {
        write_whole_file(staging / "report.json", run.report);
        write_whole_file(staging / "report.html", report_html(report_of(result, report_examples)));
    }
    if (!options.check_only) {
        DatasetState now{dataset.id, inputs, run.exit, former};
        if (run.exit == static_cast<int>(Exit::gate)) {
            staged.reset();  // output/<id> stays as it was, byte for byte
            run.given_back.clear();
        } else {
            if (result.published) {
                CatalogEntry entry = entry_of(dataset);
                for (std::size_t i = 0; i < result.tables.size(); ++i) {
                    entry.tables.push_back(catalog_table(dataset.tables[i], result.tables[i]));
                    if (entry.modified.empty() && !result.tables[i].outcome.sources.empty()) {
                        entry.modified = result.tables[i].outcome.sources.front().modified;
                    }
                }
                entry.edition = edition_name(entry);
                for (std::size_t i = 0; i < result.tables.size(); ++i) {
                    entry.tables[i].quality = quality_points(quality_of(result.tables[i], result.metadata));
                }
                keep_reason(result, entry);
                if ((!former || former->edition != entry.edition) &&
                    is_withdrawn(options.output, dataset.id, entry.edition)) {
                    run.withdrawn = entry.edition;  // somebody took it back: only somebody brings it again
                    result.published = false;
                } else {
                    keep_edition(options.output, staging, entry);
                    now.entry = std::move(entry);
                }
            } else {
                // The report is new, the data are those of the last good edition.
                for (const TableResult& table : result.tables) {
                    for (const OutputFile& file : table.outcome.outputs) {
                        fs::remove(staging / file.path);
                    }
                }
                if (former) {
                    for (const CatalogTable& table : former->tables) {
                        for (const CatalogFile& file : table.files) {
                            fs::create_directories((staging / file.path).parent_path());
                            link_or_copy(home / file.path, staging / file.path);
                        }
                    }
                }
            }
            if (result.published) {
                write_ids(folder, ids_before, ids_now);
                now.inputs = inputs_digest(folder, schemas, options);  // the same again is nothing new
            }
            if (run.withdrawn.empty()) {
                staged->commit();
            } else {
                staged.reset();
                run.given_back.clear();
            }
        }
        write_state(options.output, now);
    }
    run.result = std::move(result);
    return run;
}

}  // namespace kokai
