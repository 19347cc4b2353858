// SPDX-License-Identifier: Apache-2.0
// Sorts more small records than memory should hold: sorted runs in one unnamed temporary file beside the output, merged
// on reading. What fits into one run never touches the disk.
#pragma once

#include "support/scratch_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace kokai {

/// `Record` is plain bytes with an operator< that orders any two records (no ties: the order must not depend on
/// anything else).
template <typename Record>
class ExternalSort {
    static_assert(std::is_trivially_copyable_v<Record>);

public:
    /// `folder`: where the temporary file may lie (it has no name there).
    explicit ExternalSort(std::filesystem::path folder, std::size_t run_bytes = std::size_t{6} << 20U)
        : folder_(std::move(folder)), run_records_(std::max<std::size_t>(1, run_bytes / sizeof(Record))) {}

    void add(const Record& record) {
        if (records_.size() == run_records_) {
            spill();
        }
        if (records_.size() == records_.capacity()) {  // doubling would pass run_bytes
            records_.reserve(std::min(run_records_, std::max<std::size_t>(256, records_.size() * 2)));
        }
        records_.push_back(record);
        ++size_;
    }
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// After the last add(), before the first next().
    void sort() {
        std::sort(records_.begin(), records_.end());
        const std::size_t piece = std::max<std::size_t>(256, run_records_ / (runs_.size() + 1) / 2);
        for (Run& run : runs_) {
            run.piece = piece;
            refill(run);
        }
        if (!records_.empty()) {
            runs_.push_back({.window = std::move(records_)});
        }
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            heads_.push_back(i);
        }
        std::make_heap(heads_.begin(), heads_.end(), later());
    }

    /// The next record in order; false at the end.
    bool next(Record& record) {
        if (heads_.empty()) {
            return false;
        }
        std::pop_heap(heads_.begin(), heads_.end(), later());
        Run& run = runs_[heads_.back()];
        record = run.window[run.at++];
        if (run.at == run.window.size()) {
            refill(run);
        }
        if (run.window.empty()) {
            heads_.pop_back();
        } else {
            std::push_heap(heads_.begin(), heads_.end(), later());
        }
        return true;
    }

private:
    struct Run {
        std::uint64_t begin = 0, end = 0;  // bytes of the file still to read
        std::size_t piece = 0;
        std::vector<Record> window{};
        std::size_t at = 0;
    };

    void spill() {
        std::sort(records_.begin(), records_.end());
        if (file_ == nullptr) {
            file_ = std::make_unique<ScratchFile>(folder_);
        }
        const std::uint64_t begin = file_->size();
        file_->append(std::as_bytes(std::span(records_)));
        runs_.push_back({.begin = begin, .end = file_->size()});
        records_.clear();
    }

    [[nodiscard]] auto later() const {
        return [this](std::size_t a, std::size_t b) {
            return runs_[b].window[runs_[b].at] < runs_[a].window[runs_[a].at];
        };
    }

    void refill(Run& run) {
        const std::uint64_t left = (run.end - run.begin) / sizeof(Record);
        run.window.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, run.piece)));
        run.at = 0;
        if (run.window.empty()) {
            return;
        }
        file_->read(run.begin, std::as_writable_bytes(std::span(run.window)));
        run.begin += run.window.size() * sizeof(Record);
    }

    std::filesystem::path folder_;
    std::size_t run_records_;
    std::vector<Record> records_;
    std::uint64_t size_ = 0;
    std::vector<Run> runs_;
    std::vector<std::size_t> heads_;  // a heap: the run with the smallest next record on top
    std::unique_ptr<ScratchFile> file_;
};

}  // namespace kokai
