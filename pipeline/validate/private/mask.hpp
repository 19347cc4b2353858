// SPDX-License-Identifier: Apache-2.0
// Private values as reports may show them: enough to know the kind, the last digits to find them by, never the value.
#pragma once

#include "validate/private/patterns.hpp"

#include <string>
#include <string_view>

namespace kokai {

/// *********018, ***-****-*678, a***@gmail.com, **** / ** / ** of a birth date.
std::string mask_private(PrivateKind kind, std::string_view value);

/// A text that any report quotes, with everything private in it masked; of a column of birth dates or accounts every
/// digit but the last ones.
std::string mask_text(std::string_view text, const ColumnSense& sense = {});

}  // namespace kokai
