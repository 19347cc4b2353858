// SPDX-License-Identifier: Apache-2.0
// `kokai publish`: what output/ holds as published, brought to a target: plan, apply, read back.
#pragma once

#include "command/options.hpp"

#include <string>
#include <vector>

namespace kokai {

struct PublishCommand {
    std::vector<std::string> datasets;  // none = all
    std::string to;
    bool dry_run = false, verify = false, remove_orphaned = false;
    std::string plan_file, apply_file;
    std::vector<std::string> overwrite;
    bool rollback = false;
    std::string edition;  // to go back to; empty = the one before
};

int publish_command(const PublishCommand& wanted, const CommonOptions& common);

}  // namespace kokai
