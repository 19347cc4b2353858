// SPDX-License-Identifier: Apache-2.0
// Small tables for tests: a Source with cells given in the test, and what a stage made of them.
#pragma once

#include "engine/stage.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace kokai::testing {

using Rows = std::vector<std::vector<std::string>>;

/// Header in row 1, data from row 2, in batches of `batch_rows`.
class TableSource : public Source {
public:
    TableSource(std::vector<std::string> header, Rows rows, std::uint16_t index = 0, std::size_t batch_rows = 2)
        : header_(std::move(header)), rows_(std::move(rows)), index_(index), batch_rows_(batch_rows) {}

    Shape open(Findings&) override {
        Shape shape;
        for (std::size_t i = 0; i < header_.size(); ++i) {
            shape.columns.push_back({header_[i], nullptr, {{index_, static_cast<std::uint32_t>(i + 1), header_[i]}}});
        }
        return shape;
    }
    bool next(Batch& batch, Findings&) override {
        if (at_ >= rows_.size()) {
            return false;
        }
        batch.columns.resize(header_.size());
        for (Column& column : batch.columns) {
            column.cells.clear();
            column.origins.clear();
        }
        const std::size_t end = std::min(rows_.size(), at_ + batch_rows_);
        for (; at_ < end; ++at_) {
            for (std::size_t i = 0; i < header_.size(); ++i) {
                batch.columns[i].cells.emplace_back(rows_[at_][i]);
            }
            batch.rows.push_back({static_cast<std::uint32_t>(at_ + 2), 0, index_});
        }
        return true;
    }
    [[nodiscard]] std::vector<SourceInfo> about() const override {
        SourceInfo info;
        info.name = "table" + std::to_string(index_);
        info.file = info.name + ".csv";
        info.format = "csv";
        info.header_rows = {1};
        info.data_rows = rows_.size();
        return {info};
    }

private:
    std::vector<std::string> header_;
    Rows rows_;
    std::uint16_t index_;
    std::size_t batch_rows_;
    std::size_t at_ = 0;
};

/// Everything that comes out of a source and its transforms.
struct Outcome {
    Shape shape;
    Rows rows;
    std::vector<RowState> states;
    std::vector<FindingText> findings;

    /// `code@cell` of each finding, or `code@row`.
    [[nodiscard]] std::vector<std::string> places() const {
        std::vector<std::string> all;
        for (const FindingText& finding : findings) {
            all.push_back(std::string(info(finding.code).id) + "@" +
                          (finding.cell.empty() ? std::to_string(finding.row) : finding.cell));
        }
        return all;
    }
};

inline Outcome outcome_of(Source& source, const std::vector<Transform*>& transforms = {},
                          const std::vector<Check*>& checks = {}) {
    Outcome outcome;
    Findings findings;
    std::vector<Shape> shapes{source.open(findings)};
    shapes.reserve(transforms.size() + 1);
    for (Transform* transform : transforms) {
        shapes.push_back(transform->bind(shapes.back()));
    }
    for (Check* check : checks) {
        check->bind(shapes.back());
    }
    const auto collect = [&](Findings& found) {
        const std::vector<SourceInfo> sources = source.about();
        for (const Finding& finding : found.list()) {
            outcome.findings.push_back(spell_out(finding, sources));
        }
        found.clear();
    };
    collect(findings);
    Batch batch;
    while (true) {
        batch.clear();
        if (!source.next(batch, findings)) {
            break;
        }
        source.parse(batch, findings);
        batch.states.assign(batch.size(), RowState::kept);
        for (Transform* transform : transforms) {
            transform->run(batch, findings);
        }
        for (Check* check : checks) {
            check->prepare(batch);
            check->admit(batch, findings);
        }
        for (std::size_t row = 0; row < batch.size(); ++row) {
            std::vector<std::string> cells;
            for (const Column& column : batch.columns) {
                cells.emplace_back(column.cells[row]);
            }
            outcome.rows.push_back(std::move(cells));
            outcome.states.push_back(batch.states[row]);
        }
        collect(findings);
    }
    source.end(findings);
    for (Check* check : checks) {
        check->end(findings);
    }
    collect(findings);
    outcome.shape = shapes.back();
    return outcome;
}

}  // namespace kokai::testing
