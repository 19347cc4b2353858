// SPDX-License-Identifier: Apache-2.0
#include "command/convert.hpp"

#include "command/assemble.hpp"
#include "command/give_back.hpp"
#include "command/outputs.hpp"
#include "command/report.hpp"
#include "model/dataset_json.hpp"
#include "model/error.hpp"
#include "normalise/code.hpp"
#include "publish/output_folder.hpp"
#include "support/output_file.hpp"
#include "support/progress.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>

namespace kokai {
namespace {

namespace fs = std::filesystem;

/// A folder of this conversion's own, gone at the end whatever happens.
class ScratchFolder {
public:
    explicit ScratchFolder(const fs::path& beside) {
        std::error_code error;
        fs::create_directories(beside, error);
        std::string name = (beside / ".kokai-XXXXXX").string();
        if (error || ::mkdtemp(name.data()) == nullptr) {
            throw_file_error(beside.string(), error ? error.value() : errno);
        }
        path_ = name;
    }
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ScratchFolder(ScratchFolder&&) = delete;
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

void spool_stdin(const fs::path& to) {
    FileWriter file(to, "stdin");
    std::string buffer(1U << 20U, '\0');
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), stdin)) {
        file.append(std::string_view(buffer.data(), got));
    }
    file.finish();
}

void copy_to_stdout(const fs::path& file) {
    std::FILE* in = std::fopen(file.c_str(), "rb");
    if (in == nullptr) {
        throw_file_error(file.string(), errno);
    }
    std::string buffer(1U << 20U, '\0');
    bool written = true;
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), in)) {
        written = written && std::fwrite(buffer.data(), 1, got, stdout) == got;
    }
    std::fclose(in);
    if (!written || std::fflush(stdout) != 0) {
        throw_file_error("stdout", errno);
    }
}

/// Formats as asked for: known ones, and `partner:NAME`. Throws UsageError with the list.
void sort_formats(const std::vector<std::string>& wanted, const SchemaLibrary& schemas, TableJob& job) {
    constexpr std::string_view partner = "partner:";
    std::vector<std::string> known = built_formats();
    for (const std::string& name : schemas.partners()) {
        known.push_back(std::string(partner) + name);
    }
    for (const std::string& format : wanted) {
        if (std::find(known.begin(), known.end(), format) == known.end()) {
            const std::string list = fmt::format("{}", fmt::join(known, " "));
            throw UsageError("形式「" + format + "」は作れません（作れる形式: " + list + "）",
                             "cannot write the format \"" + format + "\" (there are: " + list + ")");
        }
        if (format.starts_with(partner)) {
            job.partners.push_back(format.substr(partner.size()));
        } else {
            job.formats.push_back(format);
        }
    }
}

/// Every finished file to its place, each by a rename; what else is in the folder stays untouched.
void hand_over(const fs::path& from, const fs::path& to) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from)) {
        if (!entry.is_regular_file()) {
            continue;
        }
        const fs::path goal = to / entry.path().lexically_relative(from);
        std::error_code error;
        fs::create_directories(goal.parent_path(), error);
        fs::rename(entry.path(), goal, error);
        if (error) {
            throw_file_error(goal.string(), error.value());
        }
    }
    sync_folder(to);
}

/// Where `check FILE` leaves the marked file when no folder is named: as for a dataset of the file's name. Nothing for
/// names that the output folder keeps for itself.
fs::path usual_private_folder(const fs::path& output, const std::string& stem) {
    const bool reserved = stem.empty() || stem.front() == '.' || stem.front() == '_' || is_reserved_id(stem);
    return reserved ? fs::path() : output / stem / private_folder;
}

}  // namespace

int convert_command(const ConvertOptions& options, const CommonOptions& common) {
    SchemaLibrary schemas(common.schemas);
    const bool to_stdout = options.out == "-";
    const bool keeps = !options.out.empty() && !to_stdout;
    const ScratchFolder scratch(keeps ? fs::path(options.out) : fs::temp_directory_path());

    TableJob job;
    sort_formats(options.formats, schemas, job);
    if (to_stdout && job.formats.size() != 1) {
        throw UsageError("標準出力へは形式を一つだけ指定してください（--format csv など）",
                         "name exactly one format for stdout (--format csv or the like)");
    }
    if (options.output_options.record_separator &&
        std::find(job.formats.begin(), job.formats.end(), "geojsonseq") == job.formats.end()) {
        throw UsageError("--record-separator は --format geojsonseq と一緒に使います",
                         "--record-separator needs --format geojsonseq");
    }
    job.table.output_options = options.output_options;
    job.table.keep_extra = options.keep_extra;
    job.check_only = options.check_only;
    if (options.formats.empty() && !options.check_only) {
        job.formats = {"csv", "geojson"};
        job.geojson_only_with_position = true;
    }
    if (options.check_only) {
        job.formats.clear();
        job.partners.clear();
    }
    std::string publisher = options.publisher;
    if (!publisher.empty()) {
        const Normalised code = normalise_code(publisher);
        if (code.failed() || code.value.empty()) {
            throw UsageError("公開する自治体のコード「" + publisher + "」は全国地方公共団体コード（6桁）ではありません",
                             "the publisher \"" + publisher + "\" is no local government code (six digits)");
        }
        publisher = code.value;
    }

    SourceRequest source;
    source.path = options.source;
    source.shown = options.source;
    if (options.source == "-") {
        source.path = scratch.path() / ".stdin";
        source.shown = "stdin";
        spool_stdin(source.path);
    }
    source.name = options.source == "-" ? "stdin" : fs::path(options.source).stem().string();
    source.sheet = options.sheet;
    source.encoding = options.encoding;
    source.crs = options.crs;
    source.pin.header_row = options.header_row;

    const fs::path staging = scratch.path() / "out";
    fs::create_directories(staging);
    job.table.name = source.name;
    job.table.schema = options.schema;
    job.table.from = {source.name};
    job.sources = {source};
    job.on_error = options.on_error;
    job.folder = staging;
    job.publisher.code = publisher;
    job.title = source.name;
    job.plain_stem = source.name;
    Progress progress(Progress::style_for(common.quiet), source.name);
    job.progress = [&](std::uint64_t done, std::uint64_t all) {
        progress.update(all == 0 ? 0.0 : static_cast<double>(done) / static_cast<double>(all));
    };
    std::error_code ignored;
    const std::uintmax_t bytes = fs::file_size(source.path, ignored);
    job.workers = ignored || bytes < (1U << 20U) ? 1 : jobs_or_all(common.jobs);

    FileWriter findings(staging / "findings.jsonl", "findings.jsonl");
    job.findings_file = &findings;
    DatasetResult result;
    result.id = source.name;
    result.tables.push_back(run_table(job, schemas));
    findings.finish();
    progress.update(1.0);

    const std::uint64_t errors = result.count(Severity::error);
    const std::optional<GateStop> stop = stopped_by_privacy(result);
    result.published = !stop && (errors == 0 || options.on_error != OnError::dataset);
    if (!result.published) {
        for (const OutputFile& file : result.tables.front().outcome.outputs) {
            fs::remove(staging / file.path, ignored);
        }
    }
    std::future<void> page;
    if (keeps) {
        page = write_report_page(result, staging, job.workers);
    }
    const std::string report = stop ? with_error(report_text(result), *stop) : report_text(result);
    std::vector<std::string> given;
    fs::path given_folder;
    std::string trouble;
    if (options.check_only) {
        given_folder = keeps ? fs::path(options.out) : usual_private_folder(common.output, source.name);
        const std::vector<GivenSource> sources{{source.path, source.shown}};
        if (keeps) {
            given = give_back(result, sources, staging, given_folder);
        } else if (!given_folder.empty()) {
            given = give_back_beside(result, sources, given_folder, trouble);
        }
    }
    if (keeps) {
        write_whole_file(staging / "report.json", report);
        page.get();
        hand_over(staging, options.out);
    }
    if (to_stdout && result.published) {
        copy_to_stdout(staging / result.tables.front().outcome.outputs.front().path);
    }
    if (common.json && !to_stdout) {
        const std::string document = options.check_only ? "{\"datasets\": [" + report + "]}\n" : report;
        std::fputs((stop && options.check_only ? with_error(document, *stop) : document).c_str(), stdout);
    }
    if (!common.quiet) {
        std::fputs(findings_text(result, common.language).c_str(), stderr);
        std::fputs((quality_text(qualities_of(result), common.language) + "\n").c_str(), stderr);
        std::fputs(given_back_text(given, given_folder, common.language).c_str(), stderr);
        std::fputs(give_back_trouble_text(trouble, common.language).c_str(), stderr);
    }
    const bool only_example = result.tables.front().outcome.log.by_code().count(Code::example_only) != 0;
    if (!common.json && !to_stdout && options.check_only && errors == 0 && only_example) {
        std::fputs(common.language == Language::en ? "the form is read as it should be; it holds no data yet\n"
                                                   : "様式は正しく読めます。まだ記入例だけです\n",
                   stdout);
    } else if (!common.json && !to_stdout && options.check_only) {
        std::fputs((verdict(errors, common.language) + "\n").c_str(), stdout);
    } else if (!common.json && !to_stdout && result.published) {
        for (const OutputFile& file : result.tables.front().outcome.outputs) {
            fmt::print("{} ({})\n", (fs::path(options.out) / file.path).string(), file.rows);
        }
    }
    if (!common.quiet && !options.check_only && errors > 0) {
        std::fputs((verdict(errors, common.language) + "\n").c_str(), stderr);
    }
    if (stop) {
        std::fputs(((common.language == Language::en ? stop->en : stop->ja) + "\n").c_str(), stderr);
        return static_cast<int>(Exit::gate);
    }
    return errors == 0 ? 0 : 1;
}

}  // namespace kokai
