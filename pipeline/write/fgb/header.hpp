// SPDX-License-Identifier: Apache-2.0
// The beginning of a FlatGeobuf file: what there is before the index.
#pragma once

#include "model/batch.hpp"
#include "write/bounds.hpp"
#include "write/fgb/feature.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kokai {

/// FlatGeobuf 3.0.1: major version 3, patch level 1.
constexpr std::string_view fgb_magic{"fgb\x03"
                                     "fgb\x01",
                                     8};

struct FgbHeader {
    std::string name;  // the layer's name in GDAL and QGIS
    std::string title;
    std::string description;
    std::string license;
    std::string attribution;
    FgbType type = FgbType::unknown;
    Bounds bounds;
    std::uint64_t features = 0;
};

/// The table Header, its size first, a multiple of eight bytes in all.
std::string fgb_header(const FgbHeader& header, const Shape& shape);

}  // namespace kokai
