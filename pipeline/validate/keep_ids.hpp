// SPDX-License-Identifier: Apache-2.0
// Issued IDs in a run: one pass gathers what the rows say of themselves, the next gives each row its ID.
#pragma once

#include "engine/stage.hpp"
#include "model/schema.hpp"
#include "validate/issued_ids.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace kokai {

/// The row's origin as a number. One row of a table stands in one row of a source.
std::uint64_t key_of(const Origin& origin);

class GatherEvidence : public Check {
public:
    /// `into` lives as long as the run.
    GatherEvidence(const Schema& schema, std::vector<RowEvidence>& into) : schema_(schema), into_(into) {}
    void bind(const Shape& shape) override;
    void admit(Batch& batch, Findings& findings) override;

private:
    const Schema& schema_;
    std::vector<RowEvidence>& into_;
    std::size_t id_ = Shape::npos, name_ = Shape::npos, address_ = Shape::npos, building_ = Shape::npos;
    std::size_t latitude_ = Shape::npos, longitude_ = Shape::npos;
};

struct GivenId {
    std::string id;
    bool fresh = false;
};
using GivenIds = std::unordered_map<std::uint64_t, GivenId>;

/// Findings: id-kept, id-issued.
class GiveIds : public Transform {
public:
    GiveIds(std::string column, const GivenIds& ids) : column_(std::move(column)), ids_(ids) {}
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    std::string column_;
    const GivenIds& ids_;
    Shape shape_;
    std::size_t index_ = Shape::npos;
};

}  // namespace kokai
