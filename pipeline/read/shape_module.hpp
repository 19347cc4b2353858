// SPDX-License-Identifier: Apache-2.0
// The border between the program and kokai_geos.so: what GEOS does for us, in plain types. Only a shape that has a
// fault, or whose rings touch, opens the module.
#pragma once

#include "model/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace kokai {

enum class ShapeDigits : std::uint8_t { as_printed, as_read };

struct ShapeVerdict {
    bool valid = true;
    std::string reason;
    double longitude = 0, latitude = 0;
};

/// Used from one thread at a time.
class ShapeWorkshop {
public:
    ShapeWorkshop() = default;
    virtual ~ShapeWorkshop() = default;
    ShapeWorkshop(const ShapeWorkshop&) = delete;
    ShapeWorkshop& operator=(const ShapeWorkshop&) = delete;
    ShapeWorkshop(ShapeWorkshop&&) = delete;
    ShapeWorkshop& operator=(ShapeWorkshop&&) = delete;

    virtual ShapeVerdict look(const Geometries& shapes, std::size_t row, ShapeDigits digits) = 0;
    /// Appends the mended polygon as one row, valid once its coordinates are printed; lines and points that mending
    /// leaves over are dropped. False, with nothing appended, when no area is left.
    virtual bool mend(const Geometries& shapes, std::size_t row, Geometries& into) = 0;
};

}  // namespace kokai

/// The module's only function; the caller owns what it gives.
extern "C" kokai::ShapeWorkshop* kokai_shape_workshop();
