// SPDX-License-Identifier: Apache-2.0
// Identifiers made of a name: the same name gives the same one, on any machine.
#pragma once

#include <string>
#include <string_view>

namespace kokai {

/// RFC 9562's version 5 in the namespace of URLs, in small letters.
std::string uuid5(std::string_view url);

}  // namespace kokai
