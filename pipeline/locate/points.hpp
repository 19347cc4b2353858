// SPDX-License-Identifier: Apache-2.0
// Points from the latitude and longitude columns, after these have been normalised to decimal degrees.
#pragma once

#include "engine/stage.hpp"

#include <string>

namespace kokai {

class LocatePoints : public Transform {
public:
    LocatePoints(std::string latitude, std::string longitude);
    /// Rows whose source brings shapes keep them; their columns are held against the shape (position-elsewhere).
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    void locate(Batch& batch, std::size_t row, Findings& findings) const;
    void compare(const Batch& batch, std::size_t row, Findings& findings) const;

    std::string latitude_name_, longitude_name_;
    Shape shape_;
    bool brings_shapes_ = false;
    std::size_t latitude_ = Shape::npos;
    std::size_t longitude_ = Shape::npos;
};

/// The latitude and longitude columns of a table without schema, by their usual names; empty when there are none.
struct PositionColumns {
    std::string latitude, longitude;
};
PositionColumns find_position_columns(const Shape& shape);

}  // namespace kokai
