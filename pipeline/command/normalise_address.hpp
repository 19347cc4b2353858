// SPDX-License-Identifier: Apache-2.0
// `kokai normalise address`: one address a line in, its parts and their joined notation out.
#pragma once

#include "command/normalise.hpp"

namespace kokai {

int normalise_addresses(const NormaliseOptions& options);

}  // namespace kokai
