// SPDX-License-Identifier: Apache-2.0
// Sorts more small records than memory should hold: sorted runs in one unnamed temporary file beside the output, merged
// on reading. Up to one run it never touches the disk.
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
    explicit ExternalSort(std::filesystem::path folder, std::size_t run_bytes = std::size_t{16} << 20U)
        : folder_(std::move(folder)), run_records_(std::max<std::size_t>(1, run_bytes / sizeof(Record))) {}

    void add(const Record& record) {
        if (records_.size() == run_records_) {
            spill();
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
    }

    /// The next record in order; false at the end.
    bool next(Record& record) {
        Run* best = nullptr;
        for (Run& run : runs_) {
            if (run.at < run.window.size() && (best == nullptr || run.window[run.at] < best->window[best->at])) {
                best = &run;
            }
        }
        if (at_ < records_.size() && (best == nullptr || records_[at_] < best->window[best->at])) {
            record = records_[at_++];
            return true;
        }
        if (best == nullptr) {
            return false;
        }
        record = best->window[best->at++];
        if (best->at == best->window.size()) {
            refill(*best);
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
        runs_.push_back({begin, file_->size()});
        records_.clear();
    }

    void refill(Run& run) {
        const std::uint64_t left = (run.end - run.begin) / sizeof(Record);
        run.window.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, run.piece)));
        run.at = 0;
        file_->read(run.begin, std::as_writable_bytes(std::span(run.window)));
        run.begin += run.window.size() * sizeof(Record);
    }

    std::filesystem::path folder_;
    std::size_t run_records_;
    std::vector<Record> records_;
    std::size_t at_ = 0;
    std::uint64_t size_ = 0;
    std::vector<Run> runs_;
    std::unique_ptr<ScratchFile> file_;
};

}  // namespace kokai
