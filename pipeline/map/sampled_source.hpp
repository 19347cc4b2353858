// SPDX-License-Identifier: Apache-2.0
// A source whose first batch can be looked at before the run begins: what the matcher takes for evidence. Every row is
// still read once.
#pragma once

#include "engine/stage.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace kokai {

class SampledSource : public Source {
public:
    explicit SampledSource(std::unique_ptr<Source> inner) : inner_(std::move(inner)) {}

    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void parse(Batch& batch, Findings& findings) const override;
    void end(Findings& findings) override { inner_->end(findings); }
    [[nodiscard]] std::vector<SourceInfo> about() const override { return inner_->about(); }
    [[nodiscard]] std::uint64_t size() const override { return inner_->size(); }
    [[nodiscard]] std::uint64_t position() const override { return inner_->position(); }

    /// Between open() and the first next(). Null when the table has no rows.
    [[nodiscard]] const Batch* sample() const { return has_sample_ ? &sample_ : nullptr; }
    /// The first batch of every source that has rows, of those put one after another too. Columns are the table's.
    [[nodiscard]] std::vector<const Batch*> samples() const;

private:
    std::unique_ptr<Source> inner_;
    Batch sample_;
    Findings findings_;
    bool has_sample_ = false;
    bool given_ = false;
    const Origin* rows_ = nullptr;             // tells the sample from other batches …
    mutable std::atomic<bool> parsed_{false};  // … until it has been through parse()
};

}  // namespace kokai
