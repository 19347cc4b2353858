// SPDX-License-Identifier: Apache-2.0
// `kokai schemas` and `kokai stages`: what there is.
#pragma once

#include "command/options.hpp"

#include <string>

namespace kokai {

struct SchemasOptions {
    std::string id;    // empty: the list of all
    std::string form;  // --template: where an empty form goes
};

int schemas_command(const SchemasOptions& options, const CommonOptions& common);
int stages_command(const CommonOptions& common);

}  // namespace kokai
