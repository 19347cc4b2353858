// SPDX-License-Identifier: Apache-2.0
// What kind of place a table lists, by the word for its names (公園名) and by how they end (桂萱公園): a list of parks
// is no list of nurseries, whatever else the two have in common.
#pragma once

#include "map/propose.hpp"
#include "model/schema.hpp"

#include <string>
#include <vector>

namespace kokai {

/// The kind (公園) that the schema is not about, or "".
std::string foreign_kind(const std::vector<SampledColumn>& columns, const Proposals& proposals, const Schema& schema);

}  // namespace kokai
