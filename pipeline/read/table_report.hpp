// SPDX-License-Identifier: Apache-2.0
// What a found table means for the people who read the report: findings where somebody should look, and which rows were
// taken for what.
#pragma once

#include "model/finding.hpp"
#include "read/table_layout.hpp"

#include <cstdint>
#include <vector>

namespace kokai {

/// The findings of a layout. `section_name`: the column that section rows became.
void tell_layout(const Grid& grid, const TableLayout& layout, std::uint16_t sheet, std::uint16_t source,
                 std::string_view section_name, Findings& findings);

/// For the report; nothing for a plain table (one header row, nothing but data below it).
std::vector<TakenRows> taken_rows(const Grid& grid, const TableLayout& layout, std::uint16_t sheet);

std::string_view name_of(RowRole role);

}  // namespace kokai
