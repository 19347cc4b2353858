// SPDX-License-Identifier: Apache-2.0
// One cell that holds two fields: 「緯度,経度」 (the ranges tell the order), a span of times or dates, 名称（通称）.
#pragma once

#include "map/propose.hpp"

#include <cstddef>
#include <vector>

namespace kokai {

/// The fields that the column holds together, of those still free; empty when it is no such column.
std::vector<Proposal> compound_of(const std::vector<SampledColumn>& columns, std::size_t column,
                                  const std::vector<const Field*>& free);

}  // namespace kokai
