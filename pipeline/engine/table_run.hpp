// SPDX-License-Identifier: Apache-2.0
// One table through its stages. Each worker carries one batch all the way; two turnstiles keep the order where order
// counts (admitting rows, appending bytes), so the outputs are the same for any number of workers.
#pragma once

#include "engine/finding_log.hpp"
#include "engine/stage.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace kokai {

class FileWriter;

struct RowCounts {
    std::uint64_t read = 0;
    std::uint64_t written = 0;
    std::uint64_t withheld = 0;  // an error, and on_error is `rows`
    std::uint64_t filtered = 0;  // left out by `where`
    std::uint64_t totals = 0;    // total rows of the source
    std::uint64_t with_position = 0;
    std::uint64_t with_error = 0;  // data rows that at least one error is about
};

struct TableStages {
    std::unique_ptr<Source> source;
    std::vector<std::unique_ptr<Transform>> transforms;
    std::vector<std::unique_ptr<Check>> checks;
    std::vector<std::unique_ptr<Sink>> sinks;
};

struct TableOptions {
    Policy policy;
    unsigned workers = 1;
    FileWriter* findings_file = nullptr;  // findings.jsonl of the dataset
    /// Told now and then: bytes done, bytes in all (0 = not known).
    std::function<void(std::uint64_t, std::uint64_t)> progress;
    std::uint64_t preview_rows = 0;          // the first rows written, kept for the catalog's page
    std::vector<std::string> chart_columns;  // of these, the cells of up to `most_chart_rows` rows are kept
    std::uint64_t most_chart_rows = 5000;
    /// Masks what findings quote, before anybody sees them. From any thread.
    std::function<void(Findings&)> conceal;
};

struct TableOutcome {
    std::vector<SourceInfo> sources;
    Shape shape;
    RowCounts rows;
    FindingLog log;
    std::vector<OutputFile> outputs;
    std::vector<std::vector<std::string>> preview;      // rows of cells
    std::vector<std::vector<std::string>> chart_cells;  // rows of the chart's columns
};

class TableRun {
public:
    TableRun(TableStages stages, TableOptions options);
    ~TableRun();
    TableRun(const TableRun&) = delete;
    TableRun& operator=(const TableRun&) = delete;
    TableRun(TableRun&&) = delete;
    TableRun& operator=(TableRun&&) = delete;

    /// Opens the source and binds the stages made so far.
    const Shape& open();
    /// Stages that need to know the shape of what is before them; before go().
    void add(std::unique_ptr<Transform> transform);
    void add(std::unique_ptr<Check> check);
    void add(std::unique_ptr<Sink> sink);
    [[nodiscard]] const Shape& shape() const { return shapes_.back(); }
    [[nodiscard]] std::vector<SourceInfo> about() const { return stages_.source->about(); }
    [[nodiscard]] Findings& opening_findings() { return opening_; }

    /// Runs everything to the end. Throws what any stage threw.
    TableOutcome go();

private:
    class Line;

    void conceal(Findings& findings) const;
    void settle(Batch& batch, Findings& findings, std::size_t from);
    [[nodiscard]] int lower(Finding& finding) const;
    void admit(Batch& batch, Findings& findings);
    void count_wrong_rows(const Batch& batch, const std::vector<Finding>& list);
    void finish(TableOutcome& outcome);
    void close_sinks();
    [[nodiscard]] std::vector<std::size_t> columns_of(const ColumnInfo& field) const;

    TableStages stages_;
    TableOptions options_;
    std::deque<Shape> shapes_;
    Findings opening_;
    std::vector<SourceInfo> sources_;
    TableOutcome outcome_;
    std::vector<std::size_t> chart_;
    std::vector<bool> wrong_;  // rows of the batch being admitted
};

}  // namespace kokai
