// SPDX-License-Identifier: Apache-2.0
// Two columns that are the beginning and the end of one span: 開館時間 and 閉館時間, 開催日（自） and 開催日（至）.
#pragma once

#include "map/propose.hpp"

#include <cstddef>
#include <vector>

namespace kokai {

/// The pair that begins in `column`, for the start and end fields that are free; empty when there is none, or more than
/// one that are equally good. A pair is always of one qualifier: 平日 with 平日.
std::vector<Proposal> span_pair_of(const std::vector<SampledColumn>& columns, std::size_t column,
                                   const std::vector<const Field*>& free);

}  // namespace kokai
