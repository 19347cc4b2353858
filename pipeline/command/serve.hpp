// SPDX-License-Identifier: Apache-2.0
// `kokai serve`: the embedded catalog in a browser on this machine, until Ctrl-C.
#pragma once

#include "command/options.hpp"

namespace kokai {

struct ServeOptions {
    unsigned port = 8000;  // 0 = any that is free
};

int serve_command(const ServeOptions& options, const CommonOptions& common);

}  // namespace kokai
