// SPDX-License-Identifier: Apache-2.0
// Targets that hold the static catalog: output/catalog itself, another folder, a bucket, a WebDAV server.
#pragma once

#include "publish/target.hpp"

#include <memory>

namespace kokai {

/// output/catalog, which `run` writes: compared, mended, rolled back.
std::unique_ptr<PublishTarget> make_embedded_target(const TargetContext& context);

}  // namespace kokai
