// SPDX-License-Identifier: Apache-2.0
// Where POIコード is empty and the name says what the thing is, the code is proposed in a finding. It is never filled
// in.
#pragma once

#include "engine/stage.hpp"

#include <cstddef>

namespace kokai {

class ProposePoi : public Transform {
public:
    /// Whether a table has names and a source column of POI codes: without one nobody has asked.
    static bool applies(const Shape& shape);

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    Shape shape_;
    std::size_t name_ = Shape::npos, poi_ = Shape::npos;
};

}  // namespace kokai
