// SPDX-License-Identifier: Apache-2.0
#include "map/sampled_source.hpp"

#include "map/tables.hpp"

#include <utility>

namespace kokai {

Shape SampledSource::open(Findings& findings) {
    Shape shape = inner_->open(findings);
    has_sample_ = inner_->next(sample_, findings_);
    if (has_sample_) {
        inner_->parse(sample_, findings_);
    }
    return shape;
}

std::vector<const Batch*> SampledSource::samples() const {
    std::vector<const Batch*> all;
    if (has_sample_) {
        all.push_back(&sample_);
    }
    if (const auto* const parts = dynamic_cast<const ConcatenatedSource*>(inner_.get()); parts != nullptr && !given_) {
        const std::vector<const Batch*> others = parts->first_batches();
        all.insert(all.end(), others.begin(), others.end());
    }
    return all;
}

bool SampledSource::next(Batch& batch, Findings& findings) {
    if (given_) {
        return inner_->next(batch, findings);
    }
    given_ = true;
    findings = std::move(findings_);
    if (!has_sample_) {
        return false;
    }
    has_sample_ = false;
    batch = std::move(sample_);
    rows_ = batch.rows.data();
    parsed_ = true;
    return true;
}

void SampledSource::parse(Batch& batch, Findings& findings) const {
    // The worker that holds the sample comes here before it uses the batch's memory again, so nobody else's rows stand
    // at this address while the flag is up.
    if (batch.rows.data() == rows_ && parsed_.exchange(false)) {
        return;
    }
    inner_->parse(batch, findings);
}

}  // namespace kokai
