// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace kokai {

/// Every stage there is, for `kokai stages`: role, name, what it does.
struct StageEntry {
    std::string_view role, name, ja, en;
};
const std::vector<StageEntry>& stage_list();

}  // namespace kokai
