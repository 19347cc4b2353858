// SPDX-License-Identifier: Apache-2.0
// A batch's shapes as they came from a GIS file: on the map of Japan at all, and valid once printed? What is repaired
// has one meaning only (two axes exchanged), or was asked for.
#pragma once

#include "model/batch.hpp"
#include "model/finding.hpp"

#include <cstddef>
#include <cstdint>

namespace kokai {

enum class FaultyShapes : std::uint8_t { tell, mend };

/// Side by side with other batches. A shape outside Japan and a point at 0,0 are told and taken away; a fault is told
/// with its place, mended when `faulty` says so.
void look_at_shapes(Batch& batch, FaultyShapes faulty, Findings& findings);

/// Square metres on the ellipsoid; of a polygon that crosses itself what its coordinates sum up to.
double area_of(const Geometries& shapes, std::size_t row);

}  // namespace kokai
