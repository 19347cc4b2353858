// SPDX-License-Identifier: Apache-2.0
#include "command/table_job.hpp"

#include "command/dataset_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t preview_rows = 20;

SourceRequest request_of(const DatasetFolder& folder, const SourceSpec& spec, const DatasetRunOptions& options) {
    SourceRequest source;
    if (!spec.service.empty()) {
        source.shown = spec.service;
    } else if (spec.dataset.empty()) {
        source.path = folder.folder / spec.file;
        source.shown = folder.dataset.id + "/" + spec.file;
    } else {
        const Borrowed borrowed = borrow(spec, options.output);
        source.path = borrowed.path;
        source.shown = borrowed.shown;
    }
    source.name = spec.name;
    source.sheet = spec.sheet;
    source.encoding = spec.encoding;
    source.crs = spec.crs;
    source.service = spec.service;
    source.query = spec.query;
    source.geometry = spec.geometry;
    source.repair = spec.repair;
    source.pin = spec.pin;
    for (const SourceSpec& other : folder.dataset.sources) {
        if (&other != &spec && other.dataset.empty() && other.file == spec.file) {
            source.other_sheets.insert(source.other_sheets.end(), other.pin.sheets.begin(), other.pin.sheets.end());
            source.other_sheets.push_back(other.sheet);
        }
    }
    return source;
}

/// Small sources are read sooner by one.
unsigned workers_for(const std::vector<SourceRequest>& sources, unsigned most) {
    std::uintmax_t bytes = 0;
    for (const SourceRequest& source : sources) {
        std::error_code ignored;
        const std::uintmax_t size = fs::file_size(source.path, ignored);
        bytes += ignored ? 0 : size;
    }
    return bytes < (4U << 20U) ? 1 : most;
}

}  // namespace

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
        SourceRequest source = request_of(folder, *spec, options);
        source.index = static_cast<std::uint16_t>(job.sources.size());
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
    job.workers = workers_for(job.sources, options.workers);
    return job;
}

}  // namespace kokai
