// SPDX-License-Identifier: Apache-2.0
// Population by age written as two numbered series (man1 … man18, woman1 … woman18): which column is which class of
// ages is taken only where as many columns stand there as the standard has classes, and their sums prove it.
#pragma once

#include "map/propose.hpp"

#include <vector>

namespace kokai {

/// The columns of both series with their fields, or nothing.
std::vector<Proposal> age_series_of(const std::vector<SampledColumn>& columns, const std::vector<const Field*>& free);

}  // namespace kokai
