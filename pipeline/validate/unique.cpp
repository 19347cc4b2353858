// SPDX-License-Identifier: Apache-2.0
#include "validate/unique.hpp"

#include <string>
#include <utility>

namespace kokai {

UniqueKey::UniqueKey(std::vector<std::string> columns, std::size_t slots_at_most)
    : names_(std::move(columns)), seen_(slots_at_most) {}

void UniqueKey::bind(const Shape& shape) {
    shape_ = &shape;
    for (const std::string& name : names_) {
        if (const std::size_t column = shape.find(name); column != Shape::npos) {
            columns_.push_back(column);
        }
    }
}

void UniqueKey::admit(Batch& batch, Findings& findings) {
    if (columns_.empty()) {
        return;
    }
    // All of them first: their slots lie far apart in memory and are fetched while others are looked at.
    fingerprints_.assign(batch.size(), 0);
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        std::uint64_t fingerprint = 0;
        bool any = false;
        for (const std::size_t column : columns_) {
            const Cell cell = batch.columns[column].cells[row];
            fingerprint = fingerprint_of(fingerprint + 1, cell);
            any = any || !cell.empty();
        }
        if (any) {
            fingerprints_[row] = fingerprint == 0 ? 1 : fingerprint;
        }
    }
    constexpr std::size_t ahead = 16;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (row + ahead < batch.size()) {
            __builtin_prefetch(seen_.slot_of(fingerprints_[row + ahead]), 1);
        }
        if (fingerprints_[row] != 0 && !seen_.insert(fingerprints_[row])) {
            findings.add(Code::id_duplicate, batch, row, columns_.back(), shape_->columns[columns_.back()],
                         batch.columns[columns_.back()].cells[row]);
        }
    }
}

/// IDs that are doubled over the spills: too late to withhold a row, early enough to stop the dataset.
void UniqueKey::end(Findings& findings) {
    if (const std::uint64_t doubled = seen_.doubled_in_spills(); doubled > 0) {
        const Place where{0, 0, 0, 0, &shape_->columns[columns_.back()]};
        findings.add(Code::id_duplicate, where, std::to_string(doubled) + "件");
    }
}

}  // namespace kokai
