// SPDX-License-Identifier: Apache-2.0
// gzip in one piece, for small things that browsers unpack. No name and no time in it.
#pragma once

#include <string>
#include <string_view>

namespace kokai {

std::string gzipped(std::string_view plain);

}  // namespace kokai
