// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kokai {

/// Of latitude, on a sphere: good to a metre in a kilometre, for what is near or far.
constexpr double metres_per_degree = 111'195.0;

}  // namespace kokai
