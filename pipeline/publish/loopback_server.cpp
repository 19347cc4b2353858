// SPDX-License-Identifier: Apache-2.0
// The way into the module that holds cpp-httplib.
#include "publish/loopback_server.hpp"

#include "support/module.hpp"

namespace kokai {

std::unique_ptr<LoopbackServer> open_loopback_server(const LoopbackSettings& settings) {
    return std::unique_ptr<LoopbackServer>(
        module_function<LoopbackServer*(const LoopbackSettings*)>("serve", "kokai_loopback_server")(&settings));
}

}  // namespace kokai
