// SPDX-License-Identifier: Apache-2.0
// `kokai schemas` and `kokai stages`: what there is.
#pragma once

#include "command/options.hpp"

#include <string>

namespace kokai {

int schemas_command(const std::string& id, const CommonOptions& common);
int stages_command(const CommonOptions& common);

}  // namespace kokai
