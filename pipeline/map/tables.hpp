// SPDX-License-Identifier: Apache-2.0
// Sources made of sources: one after another, joined on keys, a cross table turned into rows, totals looked at on the
// way.
#pragma once

#include "engine/stage.hpp"
#include "map/condition.hpp"
#include "model/dataset.hpp"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace kokai {

/// Several sources one after another; columns are brought together by their headers. Each is read up to its first batch
/// when it is opened, so that all of them can be looked at before the run.
class ConcatenatedSource : public Source {
public:
    explicit ConcatenatedSource(std::vector<std::unique_ptr<Source>> parts);
    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override;
    [[nodiscard]] std::vector<SourceInfo> about() const override;
    [[nodiscard]] std::uint64_t size() const override;
    [[nodiscard]] std::uint64_t position() const override;

    /// The first batch of each part that next() has not given out yet, where the part has rows.
    [[nodiscard]] std::vector<const Batch*> first_batches() const;

private:
    /// What a part gave when it was opened.
    struct First {
        Batch batch;
        Findings findings;
        bool held = false;
    };
    bool read(std::size_t part, Batch& batch, Findings& findings);
    void arrange(std::size_t part, Batch& batch) const;

    std::vector<std::unique_ptr<Source>> parts_;
    std::vector<First> first_;
    std::vector<std::vector<std::size_t>> to_;  // per part: its column -> our column
    std::size_t columns_ = 0;
    std::size_t current_ = 0;
};

/// Lets checks see a source's rows before anything is done to them.
class ExaminedSource : public Source {
public:
    ExaminedSource(std::unique_ptr<Source> inner, std::vector<std::unique_ptr<Check>> checks);
    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override;
    [[nodiscard]] std::vector<SourceInfo> about() const override { return inner_->about(); }
    [[nodiscard]] std::uint64_t size() const override { return inner_->size(); }
    [[nodiscard]] std::uint64_t position() const override { return inner_->position(); }

private:
    std::unique_ptr<Source> inner_;
    std::vector<std::unique_ptr<Check>> checks_;
    Shape shape_;
};

/// A whole source in memory, for joins and cross tables. Cells own their text.
struct HeldTable {
    struct Row {
        Origin origin;
        std::vector<std::string> cells;
        std::vector<CellOrigin> origins;  // of each cell
    };
    Shape shape;
    std::vector<Row> rows;
};

/// Reads an opened source to its end into memory. Throws WorldError beyond the limits.
HeldTable hold_table(Source& source, Shape shape, std::size_t most_rows, std::size_t most_cells, Findings& findings);

/// Left join: every row of the first source, with the columns of the matching row of each other one (at most 100,000
/// rows each).
class JoinedSource : public Source {
public:
    JoinedSource(std::unique_ptr<Source> left, std::vector<std::unique_ptr<Source>> right,
                 std::vector<std::string> keys);
    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override;
    [[nodiscard]] std::vector<SourceInfo> about() const override;
    [[nodiscard]] std::uint64_t size() const override { return left_->size(); }
    [[nodiscard]] std::uint64_t position() const override { return left_->position(); }

private:
    struct Side {
        std::unique_ptr<Source> source;
        HeldTable table;
        std::vector<std::size_t> added;  // its columns that are not keys
        std::unordered_multimap<std::string, std::size_t> by_key;
    };
    std::unique_ptr<Source> left_;
    std::vector<Side> right_;
    std::vector<std::string> keys_;
    std::vector<std::size_t> key_columns_;
    Shape shape_;
};

/// A cross table as rows: label columns stay, each other column of a row becomes a row of its own. A value's origin is
/// its own cell, a head's the header cell.
class CrossSource : public Source {
public:
    CrossSource(std::unique_ptr<Source> inner, CrossSpec spec, std::vector<Condition> totals);
    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override { inner_->end(findings); }
    [[nodiscard]] std::vector<SourceInfo> about() const override { return inner_->about(); }

private:
    std::unique_ptr<Source> inner_;
    CrossSpec spec_;
    Conditions totals_;
    HeldTable table_;
    std::vector<std::size_t> labels_;
    std::vector<std::size_t> values_;
    std::size_t row_ = 0;
};

}  // namespace kokai
