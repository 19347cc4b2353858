// SPDX-License-Identifier: Apache-2.0
// The four roles a stage can have; its type says what it may do. Making a stage checks its options and touches nothing.
#pragma once

#include "model/batch.hpp"
#include "model/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

/// Bytes an encoder made of one batch. A sink may keep more than one stream (record bodies, index entries).
struct Buffer {
    std::string bytes;
    std::vector<std::byte> extra;  // the sink's own business
    std::uint64_t rows = 0;

    void clear() {
        bytes.clear();
        extra.clear();
        rows = 0;
    }
};

/// A finished output file, as the report lists it.
struct OutputFile {
    std::string format;  // csv, geojson, partner:iko-yo
    std::string path;    // relative to the output folder
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// Makes batches.
class Source {
public:
    virtual ~Source() = default;
    /// Opens, looks, and says which columns there are. The Shape lives as long as the run.
    virtual Shape open(Findings& findings) = 0;
    /// The next batch, in order, from one thread at a time. May leave the cells to parse().
    virtual bool next(Batch& batch, Findings& findings) = 0;
    /// Bytes to cells, side by side with other batches.
    virtual void parse(Batch& /*batch*/, Findings& /*findings*/) const {}
    /// After the last batch: what is only known at the end (a quote never closed, a file that changed).
    virtual void end(Findings& /*findings*/) {}
    /// What the report says; complete after end(). One entry a source read, Origin::source indexes it.
    [[nodiscard]] virtual std::vector<SourceInfo> about() const = 0;
    /// Size of the work in bytes and how much of it next() has handed out: for the progress bar. 0 = not known.
    [[nodiscard]] virtual std::uint64_t size() const { return 0; }
    [[nodiscard]] virtual std::uint64_t position() const { return 0; }
};

/// Changes batches, side by side.
class Transform {
public:
    virtual ~Transform() = default;
    /// What comes out for what comes in. `in` lives as long as the run.
    virtual Shape bind(const Shape& in) = 0;
    virtual void run(Batch& batch, Findings& findings) const = 0;
};

/// Only looks.
class Check {
public:
    virtual ~Check() = default;
    virtual void bind(const Shape& shape) = 0;
    /// Side by side: keys, hashes. May keep bytes in the batch.
    virtual void prepare(Batch& /*batch*/) const {}
    /// In row order.
    virtual void admit(Batch& batch, Findings& findings) = 0;
    /// After the last row. May stop the dataset, never withholds a row.
    virtual void end(Findings& /*findings*/) {}
};

/// Writes one output.
class Sink {
public:
    virtual ~Sink() = default;
    /// Opens the file in the staging folder. Fields and names are final here.
    virtual void open(const Shape& shape) = 0;
    /// Side by side, after the batch was admitted; writes rows whose state is `kept`. Findings made here are reported
    /// (a partner's rows that lack a value); they never change what is written elsewhere.
    virtual void encode(const Batch& batch, Buffer& buffer, Findings& findings) const = 0;
    /// In row order.
    virtual void append(Buffer&& buffer) = 0;
    /// Finishes the file: tails, indexes, digests, fsync.
    virtual OutputFile close() = 0;
};

}  // namespace kokai
