// SPDX-License-Identifier: Apache-2.0
// No point in the wrong municipality: every position is held against the municipality that its address names, else the
// one of the row's code, else the publisher's. Cities do publish things in the next town, so that outside is a warning;
// an error is only what cannot be right: an address here and a point there.
#pragma once

#include "engine/stage.hpp"
#include "locate/municipality_index.hpp"
#include "locate/row_place.hpp"

#include <cstddef>
#include <string>

namespace kokai {

class GuardPositions : public Transform {
public:
    /// `publisher`: the code of rows that say nothing else; may be empty. `latitude`: the column at which findings
    /// stand, where the table has one. The index is the one beside the program; the other one is for tests.
    GuardPositions(std::string publisher, std::string latitude);
    GuardPositions(std::string publisher, std::string latitude, const MunicipalityIndex& index);

    Shape bind(const Shape& in) override;
    /// Reports position-elsewhere and position-not-at-address.
    void run(Batch& batch, Findings& findings) const override;

private:
    class Homes;
    void look(const Batch& batch, std::size_t row, Homes& homes, Findings& findings) const;

    std::string publisher_, latitude_name_;
    const MunicipalityIndex* index_ = nullptr;
    Shape shape_;
    RowPlaceColumns columns_;
    std::size_t latitude_ = Shape::npos;
};

}  // namespace kokai
