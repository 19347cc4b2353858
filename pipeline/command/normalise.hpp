// SPDX-License-Identifier: Apache-2.0
// `kokai normalise KIND`: one value a line in, one JSON document a line out.
#pragma once

#include "command/options.hpp"

#include <string>

namespace kokai {

struct NormaliseOptions {
    std::string kind;
};

int normalise_command(const NormaliseOptions& options, const CommonOptions& common);

}  // namespace kokai
