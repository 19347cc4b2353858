// SPDX-License-Identifier: Apache-2.0
#include "normalise/poi_proposal.hpp"

#include "model/schema.hpp"
#include "normalise/poi.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <string>

namespace kokai {

namespace {

std::size_t find_names(const Shape& shape) {
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        const ColumnInfo& column = shape.columns[i];
        if (column.field != nullptr && column.field->english == "name" && !column.from.empty()) {
            return i;
        }
    }
    return Shape::npos;
}

std::size_t find_codes(const Shape& shape) {
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        const ColumnInfo& column = shape.columns[i];
        if (column.field != nullptr && column.field->kind == Kind::poi && !column.from.empty()) {
            return i;
        }
    }
    return Shape::npos;
}

}  // namespace

bool ProposePoi::applies(const Shape& shape) {
    return find_names(shape) != Shape::npos && find_codes(shape) != Shape::npos;
}

Shape ProposePoi::bind(const Shape& in) {
    shape_ = in;
    name_ = find_names(in);
    poi_ = find_codes(in);
    return in;
}

void ProposePoi::run(Batch& batch, Findings& findings) const {
    if (name_ == Shape::npos || poi_ == Shape::npos) {
        return;
    }
    const std::vector<Cell>& names = batch.columns[name_].cells;
    const std::vector<Cell>& codes = batch.columns[poi_].cells;
    for (std::size_t row = 0; row < std::min(names.size(), codes.size()); ++row) {
        if (!trimmed(codes[row]).empty() || names[row].empty()) {
            continue;
        }
        if (const std::string proposed = propose_poi(names[row]); !proposed.empty()) {
            findings.add(Code::poi_proposed, batch, row, poi_, shape_.columns[poi_], names[row], {},
                         batch.bytes.keep(proposed));
        }
    }
}

}  // namespace kokai
