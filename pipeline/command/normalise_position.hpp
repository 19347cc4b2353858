// SPDX-License-Identifier: Apache-2.0
// `kokai normalise position --crs EPSG:6677`: a position a line, as latitude and longitude in JGD2011.
#pragma once

#include "command/normalise.hpp"

namespace kokai {

/// Throws UsageError for a coordinate system that is not known.
int normalise_positions(const NormaliseOptions& options, const CommonOptions& common);

}  // namespace kokai
