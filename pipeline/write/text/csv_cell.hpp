// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kokai {

/// Appends a cell, in quotes where it must stand in them: with a comma, a quote or a line break.
void append_csv_cell(std::string& out, std::string_view text);

}  // namespace kokai
